using Infra.Operations.Output;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Configures GitHub's protection rules: an environment only accepts jobs of its deployment branch, production needs a reviewer, and a
/// deployment branch only accepts pull requests that are approved and whose checks have passed.
/// </summary>
internal sealed class Protection(RunContext context, GitHubApi github)
{
    private const string Plans =
        "private repositories have required reviewers only with GitHub Enterprise, and neither protected branches nor environments with "
        + "GitHub Free; --skip-reviewers leaves the approval to the pull request: docs/delivery.md#github-plans";

    /// <param name="environments">Environments that workflows deploy.</param>
    /// <param name="settings">What the operator chooses.</param>
    public async Task<ExitCode> ApplyAsync(IReadOnlyList<DeployableEnvironment> environments, ProtectionSettings settings)
    {
        settings.Validate();
        RepositoryProtection protection = RepositoryProtection.Of(github.Repository, environments, settings);
        if (protection.Environments.Any(environment => environment.NeedsReviewers && environment.Reviewers.Count == 0))
            throw OperationException.BadInput("production needs a reviewer", "pass --reviewer USER");
        Dictionary<string, long> reviewers = await IdsAsync("users", settings.Reviewers);
        Dictionary<string, long> apps =
            await IdsAsync("apps", protection.Branches.SelectMany(branch => branch.Checks).Select(check => check.App));
        Dictionary<string, JObject> current = await github
            .ListAsync(EnvironmentProtection.List, context.Stopping, EnvironmentProtection.List)
            .ToDictionaryAsync(environment => (string)environment["name"]!, StringComparer.OrdinalIgnoreCase);

        context.Reporter.Line(protection.Describe(github.Repository));
        foreach (EnvironmentProtection environment in protection.Environments)
            await ProtectAsync(environment, reviewers, current.GetValueOrDefault(environment.Name));
        foreach (BranchProtection branch in protection.Branches)
            await ProtectAsync(branch, apps);
        return ExitCode.Ok;
    }

    private async Task<Dictionary<string, long>> IdsAsync(string kind, IEnumerable<string> names)
    {
        var ids = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (string name in names.Distinct(StringComparer.Ordinal))
            ids.Add(name, (long)(await github.GetAsync($"{kind}/{Uri.EscapeDataString(name)}", context.Stopping))["id"]!);
        return ids;
    }

    private async Task ProtectAsync(EnvironmentProtection environment, Dictionary<string, long> reviewers, JObject? current)
    {
        await github.SendAsync(
            HttpMethod.Put, environment.Path, environment.Request(environment.Reviewers.Select(name => reviewers[name]), current),
            context.Stopping, Plans);
        HashSet<string?> allowed = await github
            .ListAsync(environment.BranchesPath, context.Stopping, EnvironmentProtection.BranchList)
            .Select(policy => (string?)policy["name"]).ToHashSetAsync();
        foreach (string branch in environment.Branches.Where(branch => !allowed.Contains(branch)))
            await github.SendAsync(HttpMethod.Post, environment.BranchesPath, new JObject { ["name"] = branch }, context.Stopping);
        context.Reporter.Line(
            $"environment {environment.Name}: branch {string.Join(", ", environment.Branches)}"
                + (environment.NeedsReviewers
                    ? $", approved by one of {environment.Reviewers.Count}"
                    : "")
                + (environment.PreventSelfReview ? ", not by who started it" : ""));
    }

    private async Task ProtectAsync(BranchProtection branch, Dictionary<string, long> apps)
    {
        await github.SendAsync(HttpMethod.Put, branch.Path, branch.Request(apps), context.Stopping, Plans);
        context.Reporter.Line(
            $"branch {branch.Branch}: only pull requests, with {branch.Approvals} {(branch.Approvals == 1 ? "approval" : "approvals")}"
                + (branch.Checks.Count == 0 ? "" : $", after {string.Join(" and ", branch.Checks.Select(check => check.Name))}"));
    }
}
