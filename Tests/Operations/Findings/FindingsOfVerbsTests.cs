using Infra.Contracts;
using Infra.Operations.Checks;
using Infra.Operations.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Policies;
using Infra.Policies.Rules;
using Infra.Tests.Operations.Support;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Findings;

/// <summary>What <c>validate</c> and <c>check</c> write for files with findings on known lines.</summary>
internal sealed class FindingsOfVerbsTests
{
    private const string WrongRegion = """
        {
          "name": "dev", "project": "shop", "account": "111111111111",
          "region": "moon-1",
          "servces": {}
        }
        """;

    private static readonly EnvironmentVariables InActions =
        new(new Dictionary<string, string> { ["GITHUB_ACTIONS"] = "true" });

    [TestCase("validate"), TestCase("check")]
    public async Task FindingsOfAllFiles_AreReported_AtTheirLines(string verb)
    {
        using var host = new TestHost(variables: InActions);
        host.Write("environments/dev.json", WrongRegion);
        host.Write("environments/live.json", WrongRegion.Replace("\"dev\"", "\"live\"", StringComparison.Ordinal));
        string sarif = Path.Combine(host.Context.Checkout.Root, "findings.sarif");

        ExitCode exitCode = await Launcher.RunAsync([verb, "--sarif", sarif], host.Context);

        Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(host.Problems.ToString(), Does.Contain("2 environments have findings"));
        string[] places = ["environments/dev.json 3", "environments/dev.json 4", "environments/live.json 3", "environments/live.json 4"];
        Assert.That(Places(sarif), Is.EqualTo(places));
        foreach (string file in new[] { "dev", "live" })
        {
            Assert.That(host.Problems.ToString(), Does.Contain($"environments/{file}.json:4:"), "text");
            Assert.That(host.Output.ToString(), Does.Contain($"::error file=environments/{file}.json,line=4,col="), "annotation");
        }
    }

    [Test]
    public async Task OneFile_EndsWithItsOwnMessage()
    {
        using var host = new TestHost();
        host.Write("environments/dev.json", WrongRegion);

        ExitCode exitCode = await Launcher.RunAsync(["validate", "--env", "dev"], host.Context);

        Assert.That(exitCode, Is.EqualTo(ExitCode.BadInput));
        Assert.That(host.Problems.ToString(), Does.Contain("environment dev has "));
        Assert.That(host.Output.ToString(), Does.Not.Contain("::"));
    }

    [Test]
    public void FindingOfAPolicy_NamesResourceStatementAndRule()
    {
        using var folder = new TemporaryFolder();
        var policy = new JObject
        {
            ["Version"] = "2012-10-17",
            ["Statement"] = new JObject { ["Sid"] = "All", ["Effect"] = "Allow", ["Action"] = "*", ["Resource"] = "*" },
        };
        var role = new JObject { ["name"] = "app", ["role"] = "app", ["policy"] = policy.ToString() };
        folder.Write("stacks/base/cdk.tf.json", new JObject
        {
            ["resource"] = new JObject { ["aws_iam_role_policy"] = new JObject { ["app"] = role } },
        }.ToString());
        string sarif = Path.Combine(folder.Path, "check.sarif");
        using var host = new TestHost(variables: InActions);
        // The reference of AWS's actions is in the checkout.
        var context = new RunContext(
            Checkout.Find(), InActions, host.Reporter, host.Interruption, _ => new SynthesisResult([]), host.Context.Log);

        ExitCode exitCode = CheckCommand.Run(context, chosen: null, folder.Path, sarif);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
        JToken result = JObject.Parse(File.ReadAllText(sarif)).SelectToken("runs[0].results")!
            .Single(each => (string?)each["ruleId"] == "policies/NoFullAccess");
        Assert.That((string?)result["level"], Is.EqualTo("error"));
        Assert.That(
            (string?)result.SelectToken("message.text"), Does.StartWith("base aws_iam_role_policy.app All  ").And.Contain("; fix: "));
        Assert.That(
            (string?)result.SelectToken("locations[0].physicalLocation.artifactLocation.uri"), Does.EndWith("/stacks/base/cdk.tf.json"));
        Assert.That(host.Output.ToString(), Does.Contain("title=policies/NoFullAccess::base aws_iam_role_policy.app All"));
    }

    [Test]
    public void RulesOfPolicies_HaveADescription_AndAreInTheDocument()
    {
        string document = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "checks.md"));
        foreach (PolicyRule rule in PolicyChecks.Rules)
        {
            Assert.That(rule.Requirement, Does.EndWith(".").And.Length.GreaterThan(20), rule.Id);
            Assert.That(document, Does.Contain($"\n| `{rule.Id}` | "));
        }
    }

    private static IEnumerable<string> Places(string sarif) =>
        JObject.Parse(File.ReadAllText(sarif)).SelectToken("runs[0].results")!.Select(result =>
        {
            JToken place = result.SelectToken("locations[0].physicalLocation")!;
            return $"{place.SelectToken("artifactLocation.uri")} {place.SelectToken("region.startLine")}";
        });
}
