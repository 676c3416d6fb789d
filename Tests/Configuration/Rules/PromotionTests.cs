using Infra.Configuration;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

/// <summary>A pipeline and the environments that it deploys refer to each other.</summary>
[TestFixture]
[Property("Row", "L3")]
[Property("Row", "L4")]
public class PromotionTests
{
    private const string Connection = "arn:aws:codeconnections:us-east-1:333333333333:connection/00000000-0000-0000-0000-000000000000";

    [Test]
    public void Load_APipelineAndItsEnvironments_HasNoFindings()
    {
        using TestFolder folder = Folder();

        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "tools", "beta", "prod" })
                Assert.That(EnvironmentFile.Load(name, folder.Root).Findings, Is.Empty, name);
            LoadedEnvironment tools = EnvironmentFile.Load("tools", folder.Root).Environment!;
            Assert.That(tools.Promotes.Select(target => target.Names.Account), Is.EqualTo(new[] { "111111111111", "222222222222" }));
            Assert.That(EnvironmentFile.Load("beta", folder.Root).Environment!.DeployedFrom!.Names.Account, Is.EqualTo("333333333333"));
        });
    }

    [TestCase("""["beta", "prod", "bta"]""", "pipeline.promotes[2]  there is no bta.json in the same folder; did you mean beta?")]
    [TestCase("""["beta", "prod", "tools"]""", "pipeline.promotes[2]  is the pipeline's own environment; it is deployed by hand")]
    [TestCase("""["prod", "beta"]""",
        "pipeline.promotes[0]  prod is production and comes first; no environment would have tested a commit before",
        "pipeline.promotes[1]  comes after prod, which is production; production comes last")]
    [TestCase("""["beta", "broken"]""", "pipeline.promotes[1]  broken.json in the same folder has findings; fix them first")]
    [TestCase("""["beta", "wrong"]""", "pipeline.promotes[1]  wrong.json in the same folder has findings; fix them first")]
    [TestCase("""["beta", "alone"]""",
        "pipeline.promotes[1]  environments/alone.json does not trust it; write \"deployedFrom\": \"tools\" there")]
    [TestCase(
        """["beta", "near"]""",
        "pipeline.promotes[1]  environments/near.json is in the pipeline's account; a pipeline needs a separate account, so that builds "
            + "cannot access running environments")]
    [TestCase("""["beta", "foreign"]""", "pipeline.promotes[1]  environments/foreign.json belongs to project other, the pipeline to shop")]
    [TestCase("""["beta", "other"]""", "pipeline.promotes[1]  environments/other.json is a pipeline itself")]
    [TestCase("""["beta", "desk"]""",
        "pipeline.promotes[1]  one of environments/desk.json and this file uses the emulator, the other an AWS account")]
    public void Load_APipelineThatCannotDeployThere_SaysWhy(string promotes, params string[] findings)
    {
        using TestFolder folder = Folder($$""" "promotes": {{promotes}}, "approvalEmails": ["a@example.com"] """);
        folder.Write("environments/broken.json", """{ "name": """);
        folder.Write("environments/wrong.json",
            Environment("wrong", "444444444444", """ "deployedFrom": "tools", "network": { "zones": ["z"] } """));
        folder.Write("environments/alone.json", Environment("alone", "444444444444", """ "production": false """));
        folder.Write("environments/near.json", Environment("near", "333333333333", """ "deployedFrom": "tools" """));
        folder.Write("environments/foreign.json",
            Environment("foreign", "444444444444", """ "deployedFrom": "tools" """).Replace("shop", "other", StringComparison.Ordinal));
        folder.Write("environments/desk.json", Environment("desk", "444444444444", """ "deployedFrom": "tools", "emulator": true """));
        folder.Write(
            "environments/other.json",
            Environment("other", "555555555555",
                Pipeline(""" "promotes": ["alone"] """).Replace("333333333333", "555555555555", StringComparison.Ordinal)));

        Assert.That(Findings(folder, "tools"), Is.EqualTo(findings));
    }

    [Test]
    public void Load_ProductionWithoutApprovers_IsAFinding()
    {
        using TestFolder folder = Folder(""" "promotes": ["beta", "prod"] """);
        Assert.That(Findings(folder, "tools"),
            Is.EqualTo(new[] { "pipeline  approvalEmails is missing: nobody would be asked to approve prod, which is production" }));
    }

    [Test]
    public void Load_ASecondPipelineOfTheProjectAndAccount_IsAFinding()
    {
        using TestFolder folder = Folder();
        folder.Write("environments/tools-2.json", Environment("tools-2", "333333333333", Pipeline(""" "promotes": ["beta"] """)));
        Assert.That(Findings(folder, "tools"), Is.EqualTo(new[]
        {
            "pipeline  environments/tools-2.json of the same account and project also has a pipeline; they would share their state",
        }));
    }

    [TestCase("""{ "web": { "context": "web" } }""", "pipeline.images.web  beta has no such repository; available: api")]
    [TestCase("""{ "api": { "context": "api" } }""", "pipeline.images.api.architecture  is x86_64; service api of beta runs on arm64")]
    public void Load_AnImageThatAnEnvironmentCannotUse_IsAFinding(string images, string finding)
    {
        using TestFolder folder = Folder($$""" "promotes": ["beta"], "images": {{images}} """);
        Assert.That(Findings(folder, "tools"), Is.EqualTo(new[] { finding }));
    }

    [TestCase("tols", "deployedFrom  there is no tols.json in the same folder; did you mean tools?")]
    [TestCase("prod", "deployedFrom  environments/prod.json has no pipeline")]
    [TestCase("tools", "deployedFrom  the pipeline of environments/tools.json does not promote gamma; add it to pipeline.promotes there")]
    public void Load_AnEnvironmentThatTrustsNoPipeline_SaysWhy(string from, string finding)
    {
        using TestFolder folder = Folder();
        folder.Write("environments/gamma.json", Environment("gamma", "444444444444", $$""" "deployedFrom": "{{from}}" """));
        Assert.That(Findings(folder, "gamma"), Is.EqualTo(new[] { finding }));
    }

    [Test]
    [Property("Row", "L1")]
    public void Load_PrefixesOfSystemLInOneAccount_DoNotCollide()
    {
        using var folder = new TestFolder();
        folder.Write("environments/beta.json",
            Environment("beta", "111111111111", """ "naming": { "prefix": "{env}-{project}" }, "services": { "api": { "port": 80 } } """));
        folder.Write(
            "environments/prod.json",
            Environment("prod", "111111111111",
                """ "naming": { "prefix": "{project}", "repository": "{env}/{purpose}" }, "services": { "api": { "port": 80 } } """));
        Assert.Multiple(() =>
        {
            Assert.That(Findings(folder, "beta"), Is.Empty);
            Assert.That(Findings(folder, "prod"), Is.Empty);
        });
    }

    private static TestFolder Folder(string pipeline = """ "promotes": ["beta", "prod"], "approvalEmails": ["a@example.com"] """)
    {
        var folder = new TestFolder();
        folder.Write(
            "environments/beta.json", Environment(
                "beta", "111111111111", """ "deployedFrom": "tools", "services": { "api": { "port": 80, "architecture": "arm64" } } """));
        folder.Write("environments/prod.json", Environment("prod", "222222222222", """ "deployedFrom": "tools", "production": true """));
        folder.Write("environments/tools.json", Environment("tools", "333333333333", Pipeline(pipeline)));
        return folder;
    }

    private static string Pipeline(string values) =>
        $$""" "pipeline": { "connectionArn": "{{Connection}}", "repository": "acme/shop", {{values}} } """;

    private static string Environment(string name, string account, string sections) =>
        $$"""{ "name": "{{name}}", "project": "shop", "account": "{{account}}", "region": "us-east-1", {{sections}} }""";

    private static string[] Findings(TestFolder folder, string name) =>
        [.. EnvironmentFile.Load(name, folder.Root).Findings.Select(f => $"{f.Path}  {f.Message}")];
}
