using System.Text.RegularExpressions;

namespace Infra.Insight.Permissions;

/// <summary>What a role is for, read from its name: <c>tap-poc-infra-apply</c> and <c>durable-code-dev-infra-apply</c> are both <c>infra-apply</c>.</summary>
internal static partial class RoleKind
{
    private const string Apply = "infra-apply";

    /// <summary>The kind; the whole name of a role of another kind.</summary>
    /// <remarks>The role with which a pipeline deploys is of the kind of the one with which GitHub does: DeploymentPolicies writes the policies of both.</remarks>
    public static string Of(string role) => Suffix().Match(role) is not { Success: true } match ? role
        : match.Groups["kind"].Value is var kind && kind == "infra-deploy" ? Apply : kind;

    // A service's or an agent's name stands before the last four; the longest of "migration-execution" and "execution" is found first.
    [GeneratedRegex("-(?<kind>infra-[a-z]+|infra-state-replica|github-[a-z]+|deploy-[a-z]+|pipeline|check|images|schedule|backup|restore|flow-logs|slack"
        + "|migration-execution|execution|task|jobs|agent)$")]
    private static partial Regex Suffix();
}
