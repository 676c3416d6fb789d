using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>
/// The rules that apply to a branch, from its protection or from rulesets. GitHub applies both, and of both the stricter:
/// https://docs.github.com/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
/// </summary>
internal sealed record BranchRules
{
    public static readonly BranchRules None = new();

    public bool PullRequest { get; init; }

    public int Approvals { get; init; }

    public bool DismissStaleReviews { get; init; }

    /// <summary>Required checks with the id of the GitHub App that reports them; null means any.</summary>
    public IReadOnlyList<(string Name, long? App)> Checks { get; init; } = [];

    /// <summary>Whether a pull request has to be up to date with the branch.</summary>
    public bool Strict { get; init; }

    public bool ForcePushesBlocked { get; init; }

    public bool DeletionBlocked { get; init; }

    /// <summary>From a branch's protection: https://docs.github.com/rest/branches/branch-protection#get-branch-protection</summary>
    public static BranchRules OfProtection(JObject protection)
    {
        JToken? reviews = protection["required_pull_request_reviews"], checks = protection["required_status_checks"];
        return new BranchRules
        {
            PullRequest = reviews is JObject,
            Approvals = (int?)reviews?.SelectToken("required_approving_review_count") ?? 0,
            DismissStaleReviews = (bool?)reviews?.SelectToken("dismiss_stale_reviews") == true,
            Checks = [.. (checks?["checks"] ?? new JArray()).Select(check => ((string)check["context"]!, App(check["app_id"])))],
            Strict = (bool?)checks?.SelectToken("strict") == true,
            ForcePushesBlocked = (bool?)protection.SelectToken("allow_force_pushes.enabled") != true,
            DeletionBlocked = (bool?)protection.SelectToken("allow_deletions.enabled") != true,
        };
    }

    /// <summary>From the rules of rulesets: https://docs.github.com/rest/repos/rules#get-rules-for-a-branch</summary>
    public static BranchRules OfRules(JArray rules) => rules.Aggregate(None, (sum, rule) => sum.And(OfRule(rule)));

    /// <summary>Both together.</summary>
    public BranchRules And(BranchRules other) => new()
    {
        PullRequest = PullRequest || other.PullRequest,
        Approvals = Math.Max(Approvals, other.Approvals),
        DismissStaleReviews = DismissStaleReviews || other.DismissStaleReviews,
        Checks = [.. Checks, .. other.Checks],
        Strict = Strict || other.Strict,
        ForcePushesBlocked = ForcePushesBlocked || other.ForcePushesBlocked,
        DeletionBlocked = DeletionBlocked || other.DeletionBlocked,
    };

    private static BranchRules OfRule(JToken rule)
    {
        JToken? parameters = rule["parameters"];
        return (string?)rule["type"] switch
        {
            "pull_request" => new BranchRules
            {
                PullRequest = true,
                Approvals = (int?)parameters?["required_approving_review_count"] ?? 0,
                DismissStaleReviews = (bool?)parameters?["dismiss_stale_reviews_on_push"] == true,
            },
            "required_status_checks" => new BranchRules
            {
                Strict = (bool?)parameters?["strict_required_status_checks_policy"] == true,
                Checks =
                [
                    .. (parameters?["required_status_checks"] ?? new JArray())
                        .Select(check => ((string)check["context"]!, App(check["integration_id"]))),
                ],
            },
            "non_fast_forward" => new BranchRules { ForcePushesBlocked = true },
            "deletion" => new BranchRules { DeletionBlocked = true },
            _ => None,
        };
    }

    // -1 and null: any app, or any user.
    private static long? App(JToken? id) => (long?)id is > 0 and var app ? app : null;
}
