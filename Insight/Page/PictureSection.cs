using System.Xml.Linq;
using Infra.Insight.Graph;

namespace Infra.Insight.Page;

/// <summary>The picture of <c>./infra graph</c>.</summary>
internal static class PictureSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "picture",
        "Picture",
        new XElement(
            "input", new XAttribute("type", "checkbox"), new XAttribute("id", "full-size"), new XAttribute("class", "size")),
        " ",
        new XElement("label", new XAttribute("for", "full-size"), new XAttribute("class", "size"), "Full size"),
        new XElement(
            "div",
            new XAttribute("class", "picture scroll"),
            new XAttribute("tabindex", "0"),
            new XAttribute("role", "region"),
            new XAttribute("aria-label", "Picture of the resources"),
            SvgWriter.Picture(report.Graph, report.Layout)));
}
