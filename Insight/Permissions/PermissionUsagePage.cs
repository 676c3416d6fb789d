using System.Text;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Permissions;

/// <summary>The comparison of granted and used permissions as Markdown or JSON.</summary>
public static class PermissionUsagePage
{
    /// <summary>A page with a section for each role.</summary>
    /// <param name="title">Heading.</param>
    /// <param name="usage">The comparison.</param>
    public static string Markdown(string title, PermissionUsage usage)
    {
        var page = new StringBuilder($"# {title}\n\n{Summary(usage)}\n");
        foreach ((string account, string role) in Roles(usage))
        {
            bool Its(GrantedPermission permission) => permission.Account == account && permission.Role == role;
            page.Append($"\n## {role} in {account}\n");
            Table(page, "Used", "| statement | action | called |", usage.Used.Where(used => Its(used.Permission)).Select(used =>
                $"| {used.Permission.Statement} | `{used.Permission.Action}` | "
                    + $"{string.Join(", ", used.Actions.Select(action => $"{action.Key} {action.Value}"))} |"));
            Table(page, "Never used by a test", "| statement | action | why it stays |",
                usage.Unused.Where(unused => Its(unused.Permission)).Select(unused =>
                $"| {unused.Permission.Statement} | `{unused.Permission.Action}` | "
                    + $"{(unused.Reason is { } reason ? $"{reason.Reason} ([source]({reason.Source}))" : "**no reason**")} |"));
            Table(page, "Refused", "| action | resource | reason |",
                usage.Refused.Where(call => call.Account == account && call.Role == role).Select(call =>
                $"| `{call.Action}` ({call.Times}) | `{call.Resource}` | {call.Reason} |"));
        }

        return page.ToString();
    }

    /// <summary><c>412 permissions of 9 roles: 380 used, 30 unused with a reason, 2 unused without; 14 calls refused</c>.</summary>
    public static string Summary(PermissionUsage usage) =>
        $"{usage.Used.Count + usage.Unused.Count} permissions of {Roles(usage).Count} roles: {usage.Used.Count} used, "
        + $"{usage.Unused.Count - usage.Unexplained.Count()} unused with a reason, {usage.Unexplained.Count()} unused without; "
            + $"{usage.Refused.Sum(call => call.Times)} calls refused";

    /// <summary>The comparison as JSON.</summary>
    public static JObject Json(PermissionUsage usage) => new()
    {
        ["used"] = new JArray(usage.Used.Select(used => Json(used.Permission, ("actions", JObject.FromObject(used.Actions))))),
        ["unused"] = new JArray(
            usage.Unused.Select(unused => Json(unused.Permission, ("reason", unused.Reason?.Reason), ("source", unused.Reason?.Source)))),
        ["refused"] = JArray.FromObject(usage.Refused.Select(call => new
        {
            account = call.Account,
            role = call.Role,
            action = call.Action,
            resource = call.Resource,
            reason = call.Reason,
            times = call.Times,
        })),
        ["staleReasons"] = new JArray(usage.StaleReasons.Select(reason => reason.ToString())),
    };

    private static List<(string Account, string Role)> Roles(PermissionUsage usage) =>
        [.. usage.Used.Select(used => used.Permission)
            .Concat(usage.Unused.Select(unused => unused.Permission))
            .Select(p => (p.Account, p.Role))
            .Distinct()
            .Order()];

    private static JObject Json(GrantedPermission permission, params IEnumerable<(string Name, JToken? Value)> more)
    {
        var json = new JObject
        {
            ["account"] = permission.Account,
            ["role"] = permission.Role,
            ["statement"] = permission.Statement,
            ["action"] = permission.Action,
        };
        foreach ((string name, JToken? value) in more)
            json[name] = value;
        return json;
    }

    private static void Table(StringBuilder page, string heading, string header, IEnumerable<string> rows)
    {
        string[] lines = [.. rows];
        if (lines.Length > 0)
            page.Append($"\n{heading}:\n\n{header}\n|---|---|---|\n{string.Join('\n', lines)}\n");
    }
}
