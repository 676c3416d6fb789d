using Newtonsoft.Json.Linq;

namespace Infra.Operations.GitHub;

/// <summary>
/// Rules that a branch which deploys should have: only pull requests, approved and with passed checks, for administrators too.
/// https://docs.github.com/rest/branches/branch-protection
/// </summary>
/// <param name="Branch">Name of the branch.</param>
/// <param name="Approvals">Approvals that a pull request needs.</param>
/// <param name="Checks">Checks that a pull request needs.</param>
internal sealed record BranchProtection(string Branch, int Approvals, IReadOnlyList<RequiredCheck> Checks)
{
    public string Path => $"branches/{Uri.EscapeDataString(Branch)}/protection";

    /// <param name="apps">Ids of the GitHub Apps of the checks, by name.</param>
    public JObject Request(IReadOnlyDictionary<string, long> apps) => new()
    {
        ["required_status_checks"] = Checks.Count == 0
            ? JValue.CreateNull()
            : new JObject
            {
                ["strict"] = true,
                ["checks"] = new JArray(Checks.Select(check => new JObject { ["context"] = check.Name, ["app_id"] = apps[check.App] })),
            },
        ["enforce_admins"] = true,
        ["required_pull_request_reviews"] = new JObject
        {
            ["required_approving_review_count"] = Approvals,
            ["dismiss_stale_reviews"] = true,
        },
        ["restrictions"] = JValue.CreateNull(),
        ["allow_force_pushes"] = false,
        ["allow_deletions"] = false,
    };
}
