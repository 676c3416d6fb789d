using System.Text.RegularExpressions;

namespace Infra.Insight.Permissions;

/// <summary>What permissions of different environments have in common.</summary>
internal static partial class PermissionKind
{
    private const string Apply = "infra-apply";

    /// <summary>
    /// What a role is for, read from its name: <c>tap-poc-infra-apply</c> and <c>durable-code-dev-infra-apply</c> are both
    /// <c>infra-apply</c>; the whole name of a role of another kind.
    /// </summary>
    /// <remarks>
    /// The role with which a pipeline deploys is of the kind of the one with which GitHub does: DeploymentPolicies writes the policies of both.
    /// </remarks>
    public static string OfRole(string role) => Suffix().Match(role) is not { Success: true } match ? role
        : match.Groups["kind"].Value is var kind && kind == "infra-deploy" ? Apply : kind;

    /// <summary>
    /// Kind of a statement by its id: those about one bucket or table of an application have its name in the id, and are written by the
    /// same code whatever it is.
    /// </summary>
    public static string OfStatement(string sid) => Data().Replace(sid, "${kind}${list}");

    [GeneratedRegex(@"^(?<kind>Bucket|Table)[A-Z]\w*?(?<list>List)?$")]
    private static partial Regex Data();

    // A service's or an agent's name stands before the last four; the longest of "migration-execution" and "execution" is found first.
    [GeneratedRegex("-(?<kind>infra-[a-z]+|infra-state-replica|github-[a-z]+|deploy-[a-z]+|pipeline|check|images|schedule|backup|restore"
        + "|flow-logs|slack|migration-execution|execution|task|jobs|agent)$")]
    private static partial Regex Suffix();
}
