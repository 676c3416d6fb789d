using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Configures GitHub's protection rules: an environment only accepts jobs of its deployment branch, production needs a reviewer, and a
/// deployment branch only accepts pull requests that are approved and whose checks have passed. The environment files say what the
/// repository is: the infrastructure's, or that of an application, whose own workflows have other checks.
/// </summary>
internal sealed class Protection(RunContext context, GitHubApi github)
{
    private const string Plans =
        "private repositories have required reviewers only with GitHub Enterprise, and neither protected branches nor environments with "
        + "GitHub Free; --skip-reviewers leaves the approval to the pull request: docs/delivery.md#github-plans";

    /// <summary>
    /// Jobs whose results a pull request needs: the tests of <c>ci.yml</c>, the last job of <c>plan.yml</c>. Both report on every pull
    /// request.
    /// </summary>
    public static readonly IReadOnlyList<string> RequiredChecks = ["test", "plan"];

    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="settings">What the operator chooses.</param>
    public async Task<ExitCode> ApplyAsync(IReadOnlyList<DeployableEnvironment> environments, ProtectionSettings settings)
    {
        DeployableEnvironment[] own = [.. environments.Where(environment => environment.IsOf(github.Repository))];
        DeployableEnvironment[] delivered = [.. environments.Where(environment => environment.TakesApplication(github.Repository))];
        bool isApplication = own.Length == 0;
        DeployableEnvironment[] used = isApplication ? delivered : own;
        if (used.Length == 0)
            throw OperationException.BadInput(
                $"no environment file names {github.Repository}",
                "set GITHUB_REPOSITORY to a github.repository or a github.applications of an environment file; available: "
                    + string.Join(", ", environments.SelectMany(environment => environment.Applications.Prepend(environment.Repository))
                        .Distinct(StringComparer.Ordinal)));
        IReadOnlyList<string> checks = settings.Checks.Count > 0 || isApplication ? settings.Checks : RequiredChecks;
        if (used.Any(environment => environment.Production) && settings.Reviewers.Count == 0 && !settings.SkipReviewers)
            throw OperationException.BadInput("production needs a reviewer", "pass --reviewer USER");
        if (settings.SkipReviewers && (settings.Reviewers.Count > 0 || settings.Approvals == 0))
            throw OperationException.BadInput(
                "with --skip-reviewers the pull request's approval is the only one",
                "remove --reviewer, and ask for at least one approval: --approvals 1");
        JArray approving = [];
        foreach (string reviewer in settings.Reviewers)
            approving.Add(new JObject { ["type"] = "User", ["id"] = (await github.GetAsync($"users/{reviewer}", context.Stopping))["id"] });

        context.Reporter.Line($"{github.Repository} is {(isApplication ? "an application's" : "the infrastructure's")} repository");
        foreach (DeployableEnvironment environment in used)
            await ProtectAsync(environment, environment.Production ? approving : [], settings);
        foreach (string branch in used.Select(environment => environment.Branch).Distinct(StringComparer.Ordinal))
            await ProtectAsync(branch, checks, settings.Approvals);
        return ExitCode.Ok;
    }

    private async Task ProtectAsync(DeployableEnvironment environment, JArray reviewers, ProtectionSettings settings)
    {
        string path = $"environments/{Uri.EscapeDataString(environment.GitHubEnvironment)}";
        await github.SendAsync(HttpMethod.Put, path, new JObject
        {
            ["reviewers"] = reviewers,
            ["prevent_self_review"] = reviewers.Count > 0 && !settings.AllowSelfReview,
            ["deployment_branch_policy"] = new JObject { ["protected_branches"] = false, ["custom_branch_policies"] = true },
        }, context.Stopping, Plans);
        JToken policies = await github.SendAsync(HttpMethod.Get, $"{path}/deployment-branch-policies", body: null, context.Stopping);
        if (!policies["branch_policies"]!.Any(policy => (string?)policy["name"] == environment.Branch))
            await github.SendAsync(
                HttpMethod.Post, $"{path}/deployment-branch-policies", new JObject { ["name"] = environment.Branch }, context.Stopping);
        context.Reporter.Line(
            $"environment {environment.GitHubEnvironment}: branch {environment.Branch}"
                + (reviewers.Count == 0
                    ? ""
                    : $", approved by one of {reviewers.Count}{(settings.AllowSelfReview ? "" : ", not by who started it")}"));
    }

    private async Task ProtectAsync(string branch, IReadOnlyList<string> checks, int approvals)
    {
        await github.SendAsync(HttpMethod.Put, $"branches/{Uri.EscapeDataString(branch)}/protection", new JObject
        {
            ["required_status_checks"] = checks.Count == 0
                ? JValue.CreateNull()
                : new JObject
                {
                    ["strict"] = true,
                    ["checks"] = new JArray(checks.Select(check => new JObject { ["context"] = check })),
                },
            ["enforce_admins"] = true,
            ["required_pull_request_reviews"] = new JObject
            {
                ["required_approving_review_count"] = approvals,
                ["dismiss_stale_reviews"] = true,
            },
            ["restrictions"] = JValue.CreateNull(),
            ["allow_force_pushes"] = false,
            ["allow_deletions"] = false,
        }, context.Stopping, Plans);
        context.Reporter.Line(
            $"branch {branch}: only pull requests, with {approvals} {(approvals == 1 ? "approval" : "approvals")}"
                + (checks.Count == 0 ? "" : $", after {string.Join(" and ", checks)}"));
    }
}
