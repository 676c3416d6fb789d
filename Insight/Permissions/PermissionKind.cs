using System.Text.RegularExpressions;

namespace Infra.Insight.Permissions;

/// <summary>Groups permissions of different environments.</summary>
internal static partial class PermissionKind
{
    // Kinds whose policies are written by the same code: DeploymentPolicies for the roles with which a pipeline and GitHub deploy,
    // DeliveryRole for those with which workflows and people deliver.
    private static readonly Dictionary<string, string> s_same = new()
    {
        ["infra-deploy"] = "infra-apply",
        ["local-delivery"] = "github-delivery",
    };

    /// <summary>
    /// Kind of a role, from its name: <c>tap-poc-infra-apply</c> and <c>durable-code-dev-infra-apply</c> are both <c>infra-apply</c>; the
    /// full name for other roles.
    /// </summary>
    public static string OfRole(string role) => Suffix().Match(role) is not { Success: true } match ? role
        : s_same.GetValueOrDefault(match.Groups["kind"].Value, match.Groups["kind"].Value);

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
    [GeneratedRegex("-(?<kind>infra-[a-z]+|infra-state-replica|github-[a-z]+|local-delivery|deploy-[a-z]+|pipeline|check|images|schedule"
        + "|backup|restore|flow-logs|slack|migration-execution|execution|task|jobs|agent)$")]
    private static partial Regex Suffix();
}
