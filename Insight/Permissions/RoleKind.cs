using System.Text.RegularExpressions;

namespace Infra.Insight.Permissions;

/// <summary>What a role is for, read from its name: <c>tap-poc-infra-apply</c> and <c>durable-code-dev-infra-apply</c> are both <c>infra-apply</c>.</summary>
internal static partial class RoleKind
{
    /// <summary>The kind; the whole name of a role of another kind.</summary>
    public static string Of(string role) => Suffix().Match(role) is { Success: true } match ? match.Groups["kind"].Value : role;

    // A service's or an agent's name stands before the last four; the longest of "migration-execution" and "execution" is found first.
    [GeneratedRegex("-(?<kind>infra-[a-z]+|infra-state-replica|github-[a-z]+|deploy-[a-z]+|pipeline|check|images|schedule|backup|restore|flow-logs|slack"
        + "|migration-execution|execution|task|jobs|agent)$")]
    private static partial Regex Suffix();
}
