using System.Text.RegularExpressions;
using Infra.Configuration.Findings;
using Infra.Operations.Findings;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Findings;

/// <summary>
/// Required properties of https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, and those that code scanning requires:
/// https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
/// </summary>
internal sealed partial class SarifLogTests
{
    private static readonly Rule Warning = new("services/warning", Severity.Warning, "A service is safe.");

    private static readonly Finding[] Findings =
    [
        new("environments/dev.json", 14, 17, "services.web.cpu", "300 is not a size"),
        new("environments/a b.json", 0, 0, "", "does not exist"),
        new("environments/dev.json", 3, 5, "services.web", "is not safe") { Rule = Warning },
    ];

    [Test]
    public void Log_HasTheRequiredProperties()
    {
        JObject log = SarifLog.Of("validate", Findings, pages: null);

        Assert.That((string?)log["version"], Is.EqualTo("2.1.0"));
        Assert.That((string?)log["$schema"], Does.EndWith("/sarif-schema-2.1.0.json"));
        JToken run = log["runs"]!.Single();
        Assert.That((string?)run.SelectToken("tool.driver.name"), Is.EqualTo("infra"));
        Assert.That((string?)run.SelectToken("automationDetails.id"), Is.EqualTo("infra-validate/"));
        foreach (JToken rule in run.SelectToken("tool.driver.rules")!)
        {
            foreach (string required in new[] { "id", "shortDescription.text", "fullDescription.text", "help.text" })
                Assert.That((string?)rule.SelectToken(required), Is.Not.Empty.And.Not.Null, $"{required}\n{rule}");
            Assert.That((string?)rule.SelectToken("defaultConfiguration.level"), Is.AnyOf("error", "warning", "note"));
        }

        foreach (JToken result in run["results"]!)
        {
            JToken rule = run.SelectToken("tool.driver.rules")![(int)result["ruleIndex"]!]!;
            Assert.That((string?)result["ruleId"], Is.EqualTo((string?)rule["id"]));
            Assert.That((string?)result["level"], Is.EqualTo((string?)rule.SelectToken("defaultConfiguration.level")));
            Assert.That((string?)result.SelectToken("message.text"), Is.Not.Empty.And.Not.Null);
            Assert.That((string?)result.SelectToken("locations[0].physicalLocation.artifactLocation.uri"), Is.Not.Empty.And.Not.Null);
            Assert.That((int?)result.SelectToken("locations[0].physicalLocation.region.startLine"), Is.GreaterThanOrEqualTo(1));
            Assert.That((string?)result.SelectToken("partialFingerprints.primaryLocationLineHash"), Does.Match(Hash()));
        }
    }

    [Test]
    public void Results_AreAtTheirLines()
    {
        JArray results = Results(Findings);

        Assert.That(results.Select(result => (string?)result["level"]), Is.EqualTo(new[] { "error", "error", "warning" }));
        Assert.That((string?)results[0].SelectToken("message.text"), Is.EqualTo("services.web.cpu  300 is not a size"));
        Assert.That(
            results.Select(result => result.SelectToken("locations[0].physicalLocation.region")!.ToString(Formatting.None)),
            Is.EqualTo(new[]
            {
                """{"startLine":14,"startColumn":17}""", """{"startLine":1}""", """{"startLine":3,"startColumn":5}""",
            }));
        Assert.That(
            results[1].SelectToken("locations[0].physicalLocation.artifactLocation")!.ToString(Formatting.None),
            Is.EqualTo("""{"uri":"environments/a%20b.json","uriBaseId":"%SRCROOT%"}"""));
    }

    [Test]
    public void FileOutsideOfTheRepository_HasAnAbsoluteAddress() => Assert.That(
        Results(Findings[0] with { File = "/elsewhere/dev.json" })[0]
            .SelectToken("locations[0].physicalLocation.artifactLocation")!.ToString(Formatting.None),
        Is.EqualTo("""{"uri":"file:///elsewhere/dev.json"}"""));

    [Test]
    public void NoFindings_AreARunWithoutResults_SoThatAlertsAreClosed() => Assert.That(Results(), Is.Empty);

    [Test]
    public void Fingerprint_StaysIfTheLineOrTheTextChanges()
    {
        Finding finding = Findings[0];

        string[] same = [Fingerprints(finding)[0], Fingerprints(finding with { Line = 99, Column = 1, Message = "another text" })[0]];

        Assert.That(same.Distinct().Count(), Is.EqualTo(1));
        Assert.That(Fingerprints(
            finding, finding with { File = "environments/live.json" }, finding with { Path = "services.web.memory" },
            finding with { Rule = Warning }, finding with { Message = "a second finding at the same path" }), Is.Unique);
    }

    [TestCase("policies/NoFullAccess", "docs/checks.md#rules")]
    [TestCase("services/sizes", "docs/rules.md#services")]
    [TestCase("terraform/validate", "docs/operations.md#verbs")]
    public void Rule_HasTheAddressOfItsPage(string id, string page)
    {
        Finding finding = Findings[0] with { Rule = new Rule(id, Severity.Error, "Summary.") };

        JToken rule = SarifLog.Of("check", [finding], new Uri("https://github.com/acme/infra/blob/HEAD/"))
            .SelectToken("runs[0].tool.driver.rules[0]")!;

        Assert.That((string?)rule["helpUri"], Is.EqualTo($"https://github.com/acme/infra/blob/HEAD/{page}"));
        Assert.That((string?)rule.SelectToken("help.text"), Is.EqualTo($"Summary. See {page}."));
    }

    private static string[] Fingerprints(params Finding[] findings) =>
        [.. Results(findings).Select(result => (string)result.SelectToken("partialFingerprints.primaryLocationLineHash")!)];

    private static JArray Results(params Finding[] findings) =>
        (JArray)SarifLog.Of("validate", findings, pages: null).SelectToken("runs[0].results")!;

    [GeneratedRegex("^[0-9a-f]{16}:[1-9][0-9]*$")]
    private static partial Regex Hash();
}
