using System.Net;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>What GitHub answered to a request: the content, or why there is none.</summary>
/// <param name="Content">The content; null if GitHub refused.</param>
/// <param name="Refusal">GitHub's refusal; null if there is content.</param>
internal sealed record Reading<T>(T? Content, GitHubException? Refusal) where T : JToken
{
    /// <summary>Whether GitHub refused with this message.</summary>
    public bool IsRefusedWith(HttpStatusCode status, string answer) =>
        Refusal is { } refusal && refusal.Status == status && refusal.Answer.Contains(answer, StringComparison.OrdinalIgnoreCase);

    /// <summary>The result of a check that could not read its setting.</summary>
    /// <param name="permission">The permission that the token needs for it.</param>
    public CheckResult NotRead(string permission)
    {
        GitHubException refusal = Refusal ?? throw new InvalidOperationException("GitHub has answered");
        // A feature that the GitHub plan does not have for a private repository: nothing can be set.
        if (IsRefusedWith(HttpStatusCode.Forbidden, "Upgrade to"))
            return CheckResult.NotMet(
                $"GitHub: {refusal.Answer}", "another GitHub plan or a public repository: docs/delivery.md#github-plans");
        // A limit, or a failure of GitHub, is not a missing permission.
        bool isPermission = refusal.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            && !refusal.Answer.Contains("rate limit", StringComparison.OrdinalIgnoreCase);
        return CheckResult.NotChecked(isPermission
            ? $"needs permission {permission}; GitHub answered {(int)refusal.Status}: {refusal.Answer}"
            : refusal.Message);
    }
}
