using System.Xml.Linq;

namespace Infra.Insight.Page;

/// <summary>What can be reached from outside, and by which ports.</summary>
internal static class ExposureSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "exposure",
        "Exposure",
        Html.Table(
            "What can be reached from outside the VPC",
            ["name", "kind", "ports", "from", "firewall (WAF)", "source"],
            report.Entries.Select(entry => new object[]
            {
                entry.Name, entry.Kind, entry.Ports, entry.From, entry.Protection ?? "none", Html.Code(entry.Address.ToString()),
            })),
        Html.Paragraph(
            new XAttribute("class", "note"),
            "From security groups, distributions, APIs and sign-in pages. APIs of AWS, which require credentials, are under "
                + "“Who may do what”."));
}
