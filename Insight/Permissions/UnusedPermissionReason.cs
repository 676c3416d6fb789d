using Newtonsoft.Json.Linq;

namespace Infra.Insight.Permissions;

/// <summary>Why permissions stay though no test uses them. Patterns take <c>*</c> and <c>?</c>.</summary>
/// <param name="Role">Pattern of kinds of roles: <c>infra-apply</c>, of whatever environment.</param>
/// <param name="Statement">Pattern of statements' ids; <c>Bucket</c>, <c>BucketList</c> and <c>Table</c> for those about an application's data.</param>
/// <param name="Action">Pattern of actions; it matches a permission's action as it is written.</param>
/// <param name="Reason">Why they stay.</param>
/// <param name="Source">Where that is documented.</param>
public sealed record UnusedPermissionReason(string Role, string Statement, string Action, string Reason, string Source)
{
    /// <summary>The list of this repository.</summary>
    public const string File = "docs/unused-permissions.json";

    /// <summary>Whether it is about a permission.</summary>
    public bool IsFor(GrantedPermission permission) =>
        GrantedPermission.Matches(Role, permission.Kind.RoleKind)
        && GrantedPermission.Matches(Statement, permission.Kind.Sid)
        && GrantedPermission.Matches(Action, permission.Action);

    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">An entry lacks something, or its source is no address.</exception>
    public static IReadOnlyList<UnusedPermissionReason> Read(string json)
    {
        static string Text(JToken entry, string name) => (string?)entry[name] is { Length: > 0 } text
            ? text
            : throw new FormatException($"{File}: {entry.ToString(Newtonsoft.Json.Formatting.None)} has no \"{name}\"");

        return
        [
            .. from entry in JArray.Parse(json)
               let source = Text(entry, "source")
               select source.StartsWith("https://", StringComparison.Ordinal)
                   ? new UnusedPermissionReason(Text(entry, "role"), Text(entry, "statement"), Text(entry, "action"), Text(entry, "reason"), source)
                   : throw new FormatException($"{File}: source \"{source}\" is no https address"),
        ];
    }
}
