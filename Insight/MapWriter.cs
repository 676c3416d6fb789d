using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>Writes a resource map as Markdown or JSON.</summary>
public static class MapWriter
{
    private const string None = "—";

    /// <param name="title">Environment, for the heading.</param>
    /// <param name="map">Resources.</param>
    /// <param name="discovery">Variables and parameters of applications.</param>
    /// <param name="contacts">People and teams to contact.</param>
    public static string Markdown(string title, ResourceMap map, DiscoveryTable discovery, IReadOnlyList<MapContact> contacts)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $"# Resources of {title}\n");
        if (contacts.Count > 0)
        {
            page.Append("\n## Contacts\n\n");
            Table(page, ["role", "name", "contact"],
                contacts.Select(contact => new[] { contact.Role, contact.Name, string.Join("<br>", contact.Ways) }));
        }

        foreach (IGrouping<string, MappedResource> stack in map.Resources.GroupBy(resource => resource.Address.Stack))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {stack.Key}: {stack.Count()} resources\n\n");
            Table(page, ["resource", "construct", "in AWS", "depends on"], stack.Select(resource => new[]
            {
                Code(resource.Address.Address), resource.Construct ?? None, Code(resource.Name), DependsOn(resource),
            }));
        }

        page.Append(Discovery(discovery));
        return page.ToString();
    }

    /// <summary>The part about discovery, with headings.</summary>
    public static string Discovery(DiscoveryTable discovery)
    {
        var page = new StringBuilder();
        foreach (ContainerVariables container in discovery.Variables)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## Variables of {container.Container} in {container.Task}\n\n");
            Table(page, ["variable", "value"], container.Variables.Select(variable => new[]
            {
                Code(variable.Name), variable.IsReference ? $"read from {Code(Plain(variable.Value))}" : Code(Plain(variable.Value)),
            }));
        }

        if (discovery.Parameters.Count > 0)
        {
            page.Append("\n## Discovery parameters\n\n");
            Table(page, ["parameter", "value", "written by"], discovery.Parameters.Select(parameter => new[]
            {
                Code(parameter.Name), Code(Plain(parameter.Value)), parameter.Stack,
            }));
        }

        return page.ToString();
    }

    /// <inheritdoc cref="Markdown"/>
    public static string Json(string title, ResourceMap map, DiscoveryTable discovery, IReadOnlyList<MapContact> contacts) => new JObject
    {
        ["environment"] = title,
        ["contacts"] = new JArray(contacts.Select(contact => new JObject
        {
            ["role"] = contact.Role,
            ["name"] = contact.Name,
            ["contact"] = new JArray(contact.Ways),
        })),
        ["resources"] = new JArray(map.Resources.Select(resource => new JObject
        {
            ["stack"] = resource.Address.Stack,
            ["address"] = resource.Address.Address,
            ["type"] = resource.Type,
            ["construct"] = resource.Construct,
            ["name"] = resource.Name,
            ["dependsOn"] =
                new JArray(resource.DependsOn.Select(target => new JObject { ["stack"] = target.Stack, ["address"] = target.Address })),
        })),
        ["variables"] = new JArray(discovery.Variables.Select(container => new JObject
        {
            ["task"] = container.Task,
            ["container"] = container.Container,
            ["variables"] = new JObject(container.Variables.Select(variable => new JProperty(
                variable.Name, new JObject { [variable.IsReference ? "valueFrom" : "value"] = variable.Value }))),
        })),
        ["parameters"] = new JObject(discovery.Parameters.Select(parameter => new JProperty(parameter.Name, parameter.Value))),
    }.ToString(Formatting.Indented);

    private static string DependsOn(MappedResource resource) => resource.DependsOn.Count == 0
        ? None
        : string.Join("<br>", resource.DependsOn.Select(target =>
            target.Stack == resource.Address.Stack ? Code(target.Address) : $"{target.Stack}: {Code(target.Address)}"));

    private static void Table(StringBuilder page, string[] heads, IEnumerable<string[]> rows)
    {
        page.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", heads)} |\n|{string.Concat(heads.Select(_ => "---|"))}\n");
        foreach (string[] row in rows)
            page.Append(CultureInfo.InvariantCulture,
                $"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
    }

    private static string Code(string? text) => string.IsNullOrEmpty(text) ? None : $"`{text}`";

    /// <summary><c>${aws_sns_topic.alerts.arn}</c> without the interpolation syntax.</summary>
    private static string Plain(string value) =>
        value.StartsWith("${", StringComparison.Ordinal) && Reference.End(value, 2) == value.Length - 1 ? value[2..^1] : value;
}
