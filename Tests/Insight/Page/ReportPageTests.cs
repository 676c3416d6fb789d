using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Insight.Graph;
using Infra.Insight.Page;
using Infra.Operations.Insight;
using Infra.Tests.Insight.Graph;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Page;

/// <summary>The page of <c>./infra report</c>. In a browser it is checked by browser-check.mjs.</summary>
[Property("Row", "X6")]
internal sealed partial class ReportPageTests
{
    private static IEnumerable<Example> Examples => [Example.Local, Example.Tap, Example.AgentProduction];

    [TestCaseSource(nameof(Examples))]
    public async Task Page_LoadsNothing_AndAllowsOnlyItsOwnScriptAndStyles(Example example)
    {
        XElement page = Read(ReportPage.Write(await ReportAsync(example)));
        string policy = (string)page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!;
        XElement[] inline = [.. page.Descendants().Where(element => element.Name.LocalName is "script" or "style")];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(policy, Does.StartWith("default-src 'none'; "));
            foreach (XElement element in inline)
                Assert.That(
                    policy,
                    Does.Contain($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.Value)))}'"),
                    element.Name.LocalName);
            Assert.That(inline, Has.Length.EqualTo(3), "its script, its style sheet, and that of the picture");
            Assert.That(
                page.Descendants().Attributes().Select(attribute => attribute.Name.LocalName)
                    .Where(name => name is "style" or "src" || name.StartsWith("on", StringComparison.Ordinal)),
                Is.Empty);
            Assert.That(page.Descendants().Attributes("href").Select(link => link.Value), Is.All.StartsWith("#"));
        }
    }

    [TestCaseSource(nameof(Examples))]
    public async Task Page_HasLabelledSections_CaptionsAndHeadings(Example example)
    {
        string text = ReportPage.Write(await ReportAsync(example));
        XElement page = Read(text);
        string[] ids = [.. page.Descendants().Attributes("id").Select(id => id.Value)];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Unique);
            Assert.That(page.Descendants("a").Select(link => ((string)link.Attribute("href")!)[1..]), Is.SubsetOf(ids));
            Assert.That(page.Descendants("section").Select(section => (string)section.Attribute("aria-labelledby")!), Is.SubsetOf(ids));
            Assert.That(page.Descendants("label").Select(label => (string)label.Attribute("for")!), Is.SubsetOf(ids));
            Assert.That(page.Descendants("h1").Count(), Is.EqualTo(1));
            foreach (XElement table in page.Descendants("table"))
            {
                Assert.That(table.Elements().First().Name.LocalName, Is.EqualTo("caption"));
                int columns = table.Element("thead")!.Descendants("th").Count();
                Assert.That(
                    table.Element("tbody")!.Elements("tr").Select(row => row.Elements().Count()), Is.All.EqualTo(columns),
                    (string)table.Element("caption")!);
            }

            // HTML reads the start tag of another element without content as not closed.
            Assert.That(EmptyElement().Matches(text).Select(match => match.Groups[1].Value).Distinct(),
                Is.SubsetOf(new[] { "br", "input", "meta", "rect", "path", "polyline" }));
        }
    }

    [Test]
    public async Task Page_IsTheSame_ForTheSameReport() => Assert.That(
        ReportPage.Write(await ReportAsync(Example.Tap)), Is.EqualTo(ReportPage.Write(await ReportAsync(Example.Tap))));

    [TestCaseSource(nameof(Examples))]
    public async Task Page_HasTheNumbersOfItsReaders(Example example)
    {
        EnvironmentReport report = await ReportAsync(example);
        XElement page = Read(ReportPage.Write(report));
        string[] total = Cells(Rows(page, "cost", "US dollars per month")[^1]);
        var estimate = Estimate.Of(StackJson.ReadAll(example.Deployment.OutDir), PriceList.Committed);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(total[2], Is.EqualTo(estimate.AlwaysUsd.ToString("0.00", CultureInfo.InvariantCulture)));
            if (estimate.Hours.Mode is not null)
                Assert.That(total[3], Is.EqualTo(estimate.ScheduledUsd.ToString("0.00", CultureInfo.InvariantCulture)));
            Assert.That(
                Rows(page, "resources", "Resources that Terraform manages"), Has.Length.EqualTo(report.Map.Resources.Count));
            Assert.That(Rows(page, "alarms", "Alarms and events that notify people"), Has.Length.EqualTo(report.Alarms.Count));
            Assert.That(
                Rows(page, "exposure", "What can be reached from outside the VPC"), Has.Length.EqualTo(report.Entries.Count));
            Assert.That(page.Descendants().Attributes("id").Select(id => id.Value),
                Is.SupersetOf(report.Graph.Nodes.Select(node => node.Id)));
        }
    }

    [Test]
    public async Task Week_IsThatOfTheSchedule()
    {
        XElement page = Read(ReportPage.Write(await ReportAsync(Example.Local)));
        XElement[] days = Rows(page, "schedule", $"A week in {Example.Local.Config.Schedule!.Timezone}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                days.Select(day => $"{day.Element("th")!.Value}: {day.Element("td")!.Value}"),
                Is.EqualTo(new[]
                {
                    "Monday: 08:00 to 20:00", "Tuesday: 08:00 to 20:00", "Wednesday: 08:00 to 20:00", "Thursday: 08:00 to 20:00",
                    "Friday: 08:00 to 20:00", "Saturday: down", "Sunday: down",
                }));
            // 8 and 12 of 24 hours, of 240.
            Assert.That(
                days[0].Descendants().Where(each => (string?)each.Attribute("class") == "bar-up")
                    .Select(bar => $"{bar.Attribute("x")!.Value} {bar.Attribute("width")!.Value}"),
                Is.EqualTo(new[] { "80 120" }));
        }
    }

    [Test]
    public async Task Values_AreText_NotMarkup()
    {
        const string Attack = "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u0001";
        var resources = new JObject
        {
            ["aws_vpc"] = new JObject { ["a"] = new JObject { ["tags"] = new JObject { ["Name"] = Attack } } },
            ["aws_cloudwatch_metric_alarm"] = new JObject
            {
                ["a"] = new JObject { ["alarm_name"] = Attack, ["alarm_description"] = Attack },
            },
        };
        StackJson[] stacks = [new StackJson("base", new JObject { ["resource"] = resources })];
        EnvironmentGraph graph = GraphBuilder.Build(Attack, "111111111111", "us-east-1", stacks);
        string text = ReportPage.Write(
            ReportCommand.Report(Example.Tap.Environment, stacks, graph, await ExampleGraphs.LayoutAsync(graph), null));
        XElement page = Read(text);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.Not.Contain("<script>alert").And.Not.Contain("<img"));
            Assert.That(page.Descendants("script").Count(), Is.EqualTo(1));
            Assert.That(page.Descendants("h1").Single().Value, Is.EqualTo(Attack));
            Assert.That(Rows(page, "alarms", "Alarms and events that notify people").Single().Elements().Take(2).Select(cell => cell.Value),
                Is.EqualTo(new[] { Attack, Attack }));
        }
    }

    [Test]
    public async Task Releases_AreListed_OrThePageSaysThatItHasNone()
    {
        EnvironmentReport report = await ReportAsync(Example.Tap);
        EnvironmentReport released = report with
        {
            Releases =
            [
                new ReleaseEvent("backend", DateTimeOffset.UnixEpoch.AddDays(1), 3, "sha256:bb", "arn:aws:iam::111111111111:user/a", true),
                new ReleaseEvent("backend", DateTimeOffset.UnixEpoch, 2, "sha256:aa", null, false),
            ],
        };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ReportPage.Write(report), Does.Contain("This page was written without AWS"));
            Assert.That(
                Rows(Read(ReportPage.Write(released)), "releases", "Releases, newest first")
                    .Select(row => string.Join("|", Cells(row))),
                Is.EqualTo(new[]
                {
                    "1970-01-02 00:00|backend|3|sha256:bb|arn:aws:iam::111111111111:user/a|failed, rolled back",
                    "1970-01-01 00:00|backend|2|sha256:aa|unknown|released",
                }));
        }
    }

    private static async Task<EnvironmentReport> ReportAsync(Example example)
    {
        EnvironmentGraph graph = ExampleGraphs.Of(example);
        return ReportCommand.Report(
            example.Environment, StackJson.ReadAll(example.Deployment.OutDir), graph, await ExampleGraphs.LayoutAsync(graph), null);
    }

    private static XElement[] Rows(XElement page, string section, string caption) =>
    [
        .. page.Descendants("section").Single(each => (string?)each.Attribute("id") == section).Descendants("table")
            .Single(table => (string?)table.Element("caption") == caption).Element("tbody")!.Elements("tr"),
    ];

    // Without the spaces around elements in a cell.
    private static string[] Cells(XElement row) => [.. row.Elements().Select(cell => cell.Value.Trim())];

    private static XElement Read(string page)
    {
        const string Doctype = "<!DOCTYPE html>\n";
        Assert.That(page, Does.StartWith(Doctype));
        using var reader = XmlReader.Create(
            new StringReader(page[Doctype.Length..]), new XmlReaderSettings { CheckCharacters = false });
        return XElement.Load(reader);
    }

    [GeneratedRegex("<([a-z0-9]+)[^<>]*/>")]
    private static partial Regex EmptyElement();
}
