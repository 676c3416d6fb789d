using Newtonsoft.Json.Linq;

namespace Infra.Insight.Permissions;

/// <summary>
/// Reason to keep permissions that no test uses. Patterns can contain <c>*</c> and <c>?</c>; in the file each is a string or a list.
/// </summary>
/// <param name="Roles">Patterns of role kinds: <c>infra-apply</c>, in every environment.</param>
/// <param name="Statements">
/// Patterns of statements' ids; <c>Bucket</c>, <c>BucketList</c> and <c>Table</c> for those about an application's data.
/// </param>
/// <param name="Actions">Patterns of actions; they match a permission's action literally.</param>
/// <param name="Reason">Why they are kept.</param>
/// <param name="Source">Where that is documented.</param>
public sealed record UnusedPermissionReason(
    IReadOnlyList<string> Roles, IReadOnlyList<string> Statements, IReadOnlyList<string> Actions, string Reason, string Source)
{
    /// <summary>The list of this repository.</summary>
    public const string File = "docs/unused-permissions.json";

    /// <summary>Whether it applies to a permission.</summary>
    public bool IsFor(GrantedPermission permission) =>
        Match(Roles, permission.Kind.RoleKind) && Match(Statements, permission.Kind.Sid) && Match(Actions, permission.Action);

    /// <summary><c>infra-apply Any logs:PutResourcePolicy, logs:*LogDelivery</c></summary>
    public override string ToString() =>
        string.Join(' ', new[] { Roles, Statements, Actions }.Select(patterns => string.Join(", ", patterns)));

    /// <summary>Reads a list.</summary>
    /// <exception cref="FormatException">An entry is incomplete, or its source is not a URL.</exception>
    public static IReadOnlyList<UnusedPermissionReason> Read(string json)
    {
        return
        [
            .. from entry in JArray.Parse(json)
               let source = Texts(entry, "source").Single()
               select source.StartsWith("https://", StringComparison.Ordinal)
                   ? new UnusedPermissionReason(
                       Texts(entry, "role"), Texts(entry, "statement"), Texts(entry, "action"), Texts(entry, "reason").Single(), source)
                   : throw new FormatException($"{File}: source \"{source}\" is not an https URL"),
        ];
    }

    private static bool Match(IEnumerable<string> patterns, string text) =>
        patterns.Any(pattern => GrantedPermission.Matches(pattern, text));

    private static string[] Texts(JToken entry, string name)
    {
        string[] texts =
            [.. (entry[name] is JArray many ? many.Values<string>() : [(string?)entry[name]]).OfType<string>()
                .Where(text => text.Length > 0)];
        return texts.Length > 0
            ? texts
            : throw new FormatException($"{File}: {entry.ToString(Newtonsoft.Json.Formatting.None)} has no \"{name}\"");
    }
}
