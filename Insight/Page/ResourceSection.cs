using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>The resource map of <c>./infra map</c>, with a search.</summary>
internal static class ResourceSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "resources",
        "Resources",
        // Shown by the script, which it needs.
        new XElement(
            "p",
            new XAttribute("id", "search-field"),
            new XAttribute("hidden", "hidden"),
            new XElement("label", new XAttribute("for", "search"), "Search names, types and dependencies"),
            new XElement("br"),
            new XElement(
                "input", new XAttribute("type", "search"), new XAttribute("id", "search"), new XAttribute("autocomplete", "off")),
            " ",
            new XElement("span", new XAttribute("id", "found"), new XAttribute("role", "status"))),
        Html.Table(
            "Resources that Terraform manages",
            ["resource", "stack", "name in AWS", "depends on"],
            report.Map.Resources.Select(resource => new object[]
            {
                Html.Code(resource.Address.Address), resource.Address.Stack, resource.Name ?? "",
                Html.List(resource.DependsOn.Select(target =>
                    target.Stack == resource.Address.Stack ? target.Address : target.ToString())),
            })));
}
