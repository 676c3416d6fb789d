using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Permissions;

/// <summary>An action that a statement of a role's own policy allows, from the synthesized JSON.</summary>
/// <param name="Account">Account of the role.</param>
/// <param name="Role">Name of the role.</param>
/// <param name="Policy">Name of the policy; for an inline policy, role and name: <c>acme-dev-apply/state</c>.</param>
/// <param name="Sid">Id of the statement; its number, from 0, where it has none.</param>
/// <param name="Action">Action or pattern: <c>ecs:*</c>.</param>
public sealed partial record GrantedPermission(string Account, string Role, string Policy, string Sid, string Action)
{
    /// <summary>The statement as the local AWS names it: emulator/authorization/documents.py.</summary>
    public string Statement => $"{Policy}/{Sid}";

    /// <summary>Key that permissions of the same statement in other environments share.</summary>
    public (string RoleKind, string Sid) Kind => (RoleKind, PermissionKind.OfStatement(Sid));

    /// <summary>Kind of the role, which roles of other environments share.</summary>
    public string RoleKind { get; init; } = PermissionKind.OfRole(Role);

    /// <summary>Permissions of a stack's roles: from inline policies, and from policies of the stack that are attached to them.</summary>
    /// <remarks>Without AWS managed policies, which cannot be changed. A permissions boundary does not grant permissions.</remarks>
    public static IEnumerable<GrantedPermission> Of(StackJson stack, string account) =>
    [
        .. from inline in Resources(stack, "aws_iam_role_policy")
           let found = RoleOf(stack, inline)
           where found is not null
           let role = found.Value
           from permission in InPolicy(account, role, $"{role.Name}/{inline.Text("name") ?? inline.Name}", inline.Text("policy"))
           select permission,
        .. from attachment in Resources(stack, "aws_iam_role_policy_attachment")
           let found = RoleOf(stack, attachment)
           let policy = Referenced(stack, attachment.Text("policy_arn"))
           where found is not null && policy is not null
           from permission in InPolicy(account, found.Value, policy.Text("name") ?? policy.Name, policy.Text("policy"))
           select permission,
    ];

    /// <summary>Whether an action matches a pattern with <c>*</c> and <c>?</c>, case-insensitively.</summary>
    internal static bool Matches(string pattern, string text) => Regex.IsMatch(
        text, "^" + Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)
            + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static IEnumerable<StackElement> Resources(StackJson stack, string type) =>
        stack.Resources.Where(resource => resource.Type == type);

    private static (string Name, string Kind)? RoleOf(StackJson stack, StackElement element)
    {
        if (Referenced(stack, element.Text("role")) is not { } role)
            return element.Text("role") is { } text ? (text, PermissionKind.OfRole(text)) : null;
        string name = role.Text("name") ?? role.Name;
        return (name, PermissionKind.OfRole(name, role.Name));
    }

    private static StackElement? Referenced(StackJson stack, string? text) =>
        text is not null && Whole().Match(text) is { Success: true } match
        ? stack.Find(match.Groups["address"].Value)
        : null;

    private static IEnumerable<GrantedPermission> InPolicy(
        string account, (string Name, string Kind) role, string policy, string? text)
    {
        if (text is null || !text.StartsWith('{'))
            return [];
        JToken statements = JObject.Parse(text)["Statement"]!;
        return from statement in (statements as JArray ?? new JArray(statements)).OfType<JObject>()
            .Select((json, number) => (Json: json, Number: number))
               where (string?)statement.Json["Effect"] == "Allow"
               from action in statement.Json["Action"] is JArray many
                   ? many.Values<string>().OfType<string>()
                   : [(string?)statement.Json["Action"] ?? ""]
               where action.Length > 0
               let sid = (string?)statement.Json["Sid"]
                   ?? statement.Number.ToString(System.Globalization.CultureInfo.InvariantCulture)
               select new GrantedPermission(account, role.Name, policy, sid, action) { RoleKind = role.Kind };
    }

    [GeneratedRegex(@"^\$\{(?<address>[^.}]+\.[^.}]+)\.[^.}]+\}$")]
    private static partial Regex Whole();
}
