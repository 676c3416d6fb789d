using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>Protection rules that a GitHub environment should have. https://docs.github.com/rest/deployments/environments</summary>
/// <param name="Name">Name of the GitHub environment.</param>
/// <param name="Branches">The only branches whose jobs may use it.</param>
/// <param name="NeedsReviewers">Whether its jobs wait for a reviewer.</param>
/// <param name="Reviewers">GitHub users who approve; empty if the operator has not said who.</param>
/// <param name="PreventSelfReview">Whether who started a run cannot approve it.</param>
internal sealed record EnvironmentProtection(
    string Name, IReadOnlyList<string> Branches, bool NeedsReviewers, IReadOnlyList<string> Reviewers, bool PreventSelfReview)
{
    /// <summary>Property of GitHub's list of environments that has the list.</summary>
    public const string List = "environments";

    /// <summary>Property of the list of deployment branches that has the list.</summary>
    public const string BranchList = "branch_policies";

    public string Path => $"environments/{Uri.EscapeDataString(Name)}";

    public string BranchesPath => $"{Path}/deployment-branch-policies";

    /// <param name="reviewers">Ids of the reviewers.</param>
    /// <param name="current">The environment as it is; null if it does not exist.</param>
    public JObject Request(IEnumerable<long> reviewers, JObject? current)
    {
        var request = new JObject
        {
            ["reviewers"] = new JArray(reviewers.Select(id => new JObject { ["type"] = "User", ["id"] = id })),
            ["prevent_self_review"] = PreventSelfReview,
            ["deployment_branch_policy"] = new JObject { ["protected_branches"] = false, ["custom_branch_policies"] = true },
        };
        // A wait timer that a team has set stays. Without one the property is left out: not every GitHub plan has wait timers.
        if (Rule(current, "wait_timer")?["wait_timer"] is { } minutes)
            request["wait_timer"] = minutes.DeepClone();
        return request;
    }

    /// <summary>A protection rule of an environment, as GitHub returns it; null if it has none of the type.</summary>
    public static JToken? Rule(JObject? environment, string type) =>
        environment?["protection_rules"]?.FirstOrDefault(rule => (string?)rule["type"] == type);
}
