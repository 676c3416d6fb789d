using System.Xml.Linq;
using Infra.Insight.Graph;
using Infra.Insight.Permissions;

namespace Infra.Insight.Page;

/// <summary>Access across the account's boundary, and the permissions of its roles.</summary>
internal static class AccessSection
{
    public static XElement Of(EnvironmentReport report)
    {
        Dictionary<string, GraphNode> nodes = report.Graph.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        return Html.Section(
            "access",
            "Who may do what",
            Across("Access from outside the account", "who", report.Inward),
            Across("Access of its roles to other accounts", "role", report.Outward),
            Html.Table(
                "Data, secrets and other resources that policies of applications name",
                ["application", "resources"],
                report.Graph.Edges.Where(edge => edge.Kind == EdgeKind.Permission).GroupBy(edge => edge.From)
                    .Select(application => new object[]
                    {
                        $"{nodes[application.Key].Name} ({nodes[application.Key].Detail})",
                        Html.List(application.Select(edge => $"{nodes[edge.To].Name} ({nodes[edge.To].Detail})")),
                    })),
            Html.Table(
                "Actions that policies of roles allow; conditions and resources limit them further",
                ["role", "actions"],
                report.Granted.GroupBy(permission => permission.Role).OrderBy(role => role.Key, StringComparer.Ordinal)
                    .Select(role => new object[] { role.Key, Html.List(ByService(role)) })));
    }

    private static XElement Across(string caption, string who, IEnumerable<CrossAccess> rows) => Html.Table(
        caption,
        [who, "may", "on", "source"],
        AccessReport.Sorted(rows).Select(row => new object[] { row.Who, row.May, row.What, Html.Code(row.Where) }));

    /// <summary><c>s3: GetObject, PutObject</c></summary>
    private static IEnumerable<string> ByService(IEnumerable<GrantedPermission> permissions) =>
        from permission in permissions
        group permission.Action by permission.Action.Split(':')[0] into service
        orderby service.Key
        select $"{service.Key}: "
            + string.Join(", ", service.Select(action => action[(action.IndexOf(':') + 1)..]).Distinct().Order(StringComparer.Ordinal));
}
