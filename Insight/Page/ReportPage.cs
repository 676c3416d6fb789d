using System.Globalization;
using System.Xml.Linq;
using Infra.Insight.Graph;

namespace Infra.Insight.Page;

/// <summary>Writes the page of an environment: one HTML file that loads nothing. The same report has the same page.</summary>
public static class ReportPage
{
    public static string Write(EnvironmentReport report)
    {
        XElement[] sections =
        [
            PictureSection.Of(report),
            CostSection.Of(report),
            ScheduleSection.Of(report),
            ExposureSection.Of(report),
            AccessSection.Of(report),
            BackupSection.Of(report),
            AlarmSection.Of(report),
            ReleaseSection.Of(report),
            ResourceSection.Of(report),
        ];
        return HtmlDocument.Write(
            report.Title,
            PageScript.Text,
            [PageStyle.Text, SvgStyle.Text],
            new XElement(
                "header",
                new XElement("h1", report.Title),
                new XElement("p", new XAttribute("class", "subtitle"), $"AWS account {report.Account}, {report.Region}"),
                new XElement(
                    "nav",
                    new XAttribute("aria-label", "Sections"),
                    new XElement("ul", sections.Select(Link)))),
            new XElement("main", Summary(report), sections),
            new XElement(
                "footer",
                Html.Paragraph("Written by ./infra report from the environment file and its synthesized Terraform JSON. "
                    + "What was changed outside of Terraform is not in it: ./infra drift finds that.")));
    }

    private static XElement Link(XElement section) => new(
        "li", new XElement("a", new XAttribute("href", $"#{(string?)section.Attribute("id")}"), (string)section.Element("h2")!));

    private static XElement Summary(EnvironmentReport report)
    {
        decimal hours = report.Estimate.Hours.PerWeek;
        return new XElement(
            "dl",
            new XAttribute("class", "cards"),
            Card(
                "Cost per month",
                $"{report.Estimate.ScheduledUsd.ToString("0", CultureInfo.InvariantCulture)} USD",
                report.Estimate.Hours.Mode is null
                    ? "always on"
                    : $"with its schedule; always on {report.Estimate.AlwaysUsd.ToString("0", CultureInfo.InvariantCulture)} USD"),
            Card("Hours up per week", hours.ToString("0.#", CultureInfo.InvariantCulture), "of 168"),
            Card("Public entry points", Count(report.Entries.Select(entry => entry.Address).Distinct()), "reachable from outside the VPC"),
            Card("Alarms", Count(report.Alarms), "and events that notify people"),
            Card("Resources", Count(report.Map.Resources), "managed by Terraform"));
    }

    private static XElement Card(string name, string value, string note) => new(
        "div", new XElement("dt", name), new XElement("dd", value, new XElement("small", note)));

    private static string Count<T>(IEnumerable<T> items) => items.Count().ToString(CultureInfo.InvariantCulture);
}
