using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Configures GitHub's protection rules: an environment only accepts jobs of its deployment branch, production needs a reviewer, and a
/// deployment branch only accepts pull requests whose checks have passed.
/// </summary>
internal sealed class Protection(RunContext context, GitHubApi github)
{
    /// <summary>
    /// Jobs whose results a pull request needs: the tests of <c>ci.yml</c>, the last job of <c>plan.yml</c>. Both report on every pull
    /// request.
    /// </summary>
    public static readonly IReadOnlyList<string> RequiredChecks = ["test", "plan"];

    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="reviewers">GitHub users who approve production.</param>
    /// <param name="checks">Required checks; empty means <see cref="RequiredChecks"/>.</param>
    public async Task<ExitCode> ApplyAsync(
        IReadOnlyList<DeployableEnvironment> environments, IReadOnlyList<string> reviewers, IReadOnlyList<string> checks)
    {
        IReadOnlyList<string> required = checks.Count > 0 ? checks : RequiredChecks;
        if (environments.Any(environment => environment.Production) && reviewers.Count == 0)
            throw OperationException.BadInput("production needs a reviewer", "pass --reviewer USER");
        JArray approving = [];
        foreach (string reviewer in reviewers)
            approving.Add(new JObject { ["type"] = "User", ["id"] = (await github.GetAsync($"users/{reviewer}", context.Stopping))["id"] });

        foreach (DeployableEnvironment environment in environments)
            await ProtectAsync(environment, environment.Production ? approving : []);
        foreach (string branch in environments.Select(environment => environment.Branch).Distinct(StringComparer.Ordinal))
            await ProtectAsync(branch, required);
        return ExitCode.Ok;
    }

    private async Task ProtectAsync(DeployableEnvironment environment, JArray reviewers)
    {
        string path = $"environments/{Uri.EscapeDataString(environment.GitHubEnvironment)}";
        await github.SendAsync(HttpMethod.Put, path, new JObject
        {
            ["reviewers"] = reviewers,
            ["prevent_self_review"] = false,
            ["deployment_branch_policy"] = new JObject { ["protected_branches"] = false, ["custom_branch_policies"] = true },
        }, context.Stopping);
        JToken policies = await github.SendAsync(HttpMethod.Get, $"{path}/deployment-branch-policies", body: null, context.Stopping);
        if (!policies["branch_policies"]!.Any(policy => (string?)policy["name"] == environment.Branch))
            await github.SendAsync(
                HttpMethod.Post, $"{path}/deployment-branch-policies", new JObject { ["name"] = environment.Branch }, context.Stopping);
        context.Reporter.Line(
            $"environment {environment.GitHubEnvironment}: branch "
                + $"{environment.Branch}{(reviewers.Count > 0 ? $", approved by {reviewers.Count}" : "")}");
    }

    private async Task ProtectAsync(string branch, IReadOnlyList<string> checks)
    {
        await github.SendAsync(HttpMethod.Put, $"branches/{Uri.EscapeDataString(branch)}/protection", new JObject
        {
            ["required_status_checks"] = new JObject
            {
                ["strict"] = true,
                ["checks"] = new JArray(checks.Select(check => new JObject { ["context"] = check })),
            },
            ["enforce_admins"] = true,
            ["required_pull_request_reviews"] = new JObject { ["required_approving_review_count"] = 0 },
            ["restrictions"] = JValue.CreateNull(),
            ["allow_force_pushes"] = false,
            ["allow_deletions"] = false,
        }, context.Stopping);
        context.Reporter.Line($"branch {branch}: only pull requests, after {string.Join(" and ", checks)}");
    }
}
