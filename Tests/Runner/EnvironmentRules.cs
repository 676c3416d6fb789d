using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// Protection rules of a GitHub environment, as <c>./infra github protect</c> has put them. A job names an environment that does not exist:
/// GitHub creates it without rules. https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments
/// </summary>
/// <param name="HasReviewers">Whether its jobs wait for a reviewer.</param>
/// <param name="PreventSelfReview">Whether who started a run cannot approve it.</param>
/// <param name="Branches">Branches whose jobs may use it; null means all.</param>
internal sealed record EnvironmentRules(bool HasReviewers, bool PreventSelfReview, IReadOnlyList<string>? Branches)
{
    private static readonly EnvironmentRules None = new(HasReviewers: false, PreventSelfReview: false, Branches: null);

    /// <summary>Rules in the repository that runs the workflow, also where that calls one of another repository.</summary>
    public static EnvironmentRules Of(WorkflowRunner runner, string repository, string environment)
    {
        if (repository != runner.GitHub.Repository)
            return runner.Applications[repository].Environments.GetValueOrDefault(environment) ?? None;
        FakeGitHub github = runner.GitHub;
        JObject? settings = github.Settings.GetValueOrDefault($"environments/{environment}");
        return new EnvironmentRules(
            settings?["reviewers"]?.Any() ?? false,
            (bool?)settings?["prevent_self_review"] ?? false,
            (bool?)settings?.SelectToken("deployment_branch_policy.custom_branch_policies") == true
                ? [.. github.DeploymentBranches.Where(each => each.Environment == environment).Select(each => each.Branch)]
                : null);
    }
}
