using System.Text.RegularExpressions;

namespace Infra.Insight.Permissions;

/// <summary>Groups permissions of different environments.</summary>
internal static partial class PermissionKind
{
    private const string Apply = "infra-apply";

    /// <summary>
    /// Kind of a role, from its name: <c>tap-poc-infra-apply</c> and <c>durable-code-dev-infra-apply</c> are both <c>infra-apply</c>; the
    /// full name for other roles.
    /// </summary>
    /// <remarks>
    /// The role with which a pipeline deploys has the same kind as the role with which GitHub deploys: DeploymentPolicies writes the
    /// policies of both.
    /// </remarks>
    public static string OfRole(string role) => Suffix().Match(role) is not { Success: true } match ? role
        : match.Groups["kind"].Value is var kind && kind == "infra-deploy" ? Apply : kind;

    /// <summary>
    /// Kind of a role with a name of its own (<c>naming</c>), from its id in the stack: <c>tap-ecs-task-role</c> with the id
    /// <c>backend-task</c> is <c>task</c>.
    /// </summary>
    public static string OfRole(string role, string id) => OfRole(role) is var kind && kind != role ? kind
        : OfRole($"-{id}") is var named && named != $"-{id}" ? named : role;

    /// <summary>
    /// Kind of a statement, from its Sid: statements for one bucket or table of an application have its name in the Sid, and are written by
    /// the same code.
    /// </summary>
    public static string OfStatement(string sid) => Data().Replace(sid, "${kind}${list}");

    [GeneratedRegex(@"^(?<kind>Bucket|Table)[A-Z]\w*?(?<list>List)?$")]
    private static partial Regex Data();

    // The name of a service or an agent precedes the last four; the longest of "migration-execution" and "execution" is found first.
    [GeneratedRegex("-(?<kind>infra-[a-z]+|infra-state-replica|github-[a-z]+|deploy-[a-z]+|pipeline|check|images|schedule|backup|restore"
        + "|flow-logs|slack|migration-execution|execution|task|jobs|agent)$")]
    private static partial Regex Suffix();
}
