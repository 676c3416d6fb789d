using System.Text.RegularExpressions;
using Infra.Operations.Aws;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements of system P, as applied: layers published, kept, rolled back and shared by <c>./infra layer</c>.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class PythonFrameworksDeployedTests
{
    private const string Flask = "da-flask-layer";
    private const string Framework = "da-framework-layer";

    private static AppliedEnvironment Sandbox => AppliedEnvironment.PythonSandbox;

    private static AppliedEnvironment Production => AppliedEnvironment.PythonProduction;

    private static string Artifact(string layer) => Sandbox.Sandbox.Work($"{layer}.zip");

    private static Run Publish(AppliedEnvironment environment, string layer, params string[] further) =>
        environment.Expect(0, "layer", ["publish", layer, Artifact(layer), .. further]);

    private static async Task<string> InUseAsync(AppliedEnvironment environment, string layer) =>
        (string)(
            await environment.Aws.Api("ssm")
                .JsonAsync("GetParameter",
                    new JObject { ["Name"] = $"/{environment.Config.Name}/python-frameworks/layers/{layer}" }))["Parameter"]!["Value"]!;

    private static async Task<long[]> VersionsAsync(AppliedEnvironment environment, string layer)
    {
        AwsApi lambda = environment.Aws.Api("lambda");
        string name = $"{environment.Config.Name}-{layer}";
        return [.. (await lambda.RestAsync(HttpMethod.Get, $"/2018-10-31/layers/{name}/versions"))["LayerVersions"]!.Select(
            version => (long)version["Version"]!)];
    }

    private static string Arn(AppliedEnvironment environment, string layer, long version) =>
        $"arn:aws:lambda:us-east-2:{environment.Config.Account}:layer:{environment.Config.Name}-{layer}:{version}";

    [OneTimeSetUp]
    public void Pack()
    {
        foreach ((string layer, string framework) in new[] { (Flask, "da_flask"), (Framework, "da_framework") })
            Sandbox.Sandbox.Expect(
                0, "layer", "pack", FrameworkSources.CopyTo(framework, Sandbox.Sandbox.Work("content", layer)), Artifact(layer));
    }

    [Test, Order(1), Property("Row", "P5"), Property("Row", "P1"), Property("Row", "P4")]
    public async Task Publish_CreatesTheFirstVersion_AndNoneOfUnchangedSources()
    {
        Assert.That(Publish(Sandbox, Flask).Output, Does.Contain($"dev-{Flask}: version 1 published (the first version;"));
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 1)));

        Assert.That(Publish(Sandbox, Flask).Output, Does.Contain("nothing to publish, version 1 has these sources"));
        Assert.That(await VersionsAsync(Sandbox, Flask), Is.EqualTo(new[] { 1L }));

        Assert.That(Publish(Sandbox, Flask, "--force").Output, Does.Contain("version 2 published (forced;"));
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 2)));
    }

    [Test, Order(2), Property("Row", "P8")]
    public async Task Rollback_SelectsThePreviousVersion_OrTheGivenOne()
    {
        Assert.That(Sandbox.Expect(0, "layer", "rollback", Flask).Output, Does.Contain("now uses version 1"));
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 1)));
        Assert.That(Sandbox.Expect(0, "layer", "list", Flask).Output, Does.Match(@"(?m)^ +2  before ").And.Match(@"(?m)^ +1  in use "));

        Assert.That(Publish(Sandbox, Flask).Output, Does.Contain("nothing to publish").And.Contain("after a rollback"),
            "a rerun of the same sources does not undo a rollback");
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 1)));

        Sandbox.Expect(0, "layer", "rollback", Flask, "--to", "2");
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 2)));
        Assert.That(Sandbox.Expect(2, "layer", "rollback", Flask, "--to", "9").Output, Does.Contain($"dev-{Flask} has no version 9"));
    }

    [Test, Order(3), Property("Row", "P1"), Property("Row", "P8")]
    public void Terraform_DoesNotChangeReleases() =>
        Assert.That(Sandbox.Expect(0, "plan", "base").Output, Does.Contain("no changes"));

    [Test, Order(4), Property("Row", "P6")]
    public async Task Publish_Concurrently_RunsOneAfterTheOther()
    {
        string[] command = ["layer", "publish", Framework, Artifact(Framework), "--env", Sandbox.File, "--emulator", "--force", "--yes"];
        Running[] running =
            [.. Enumerable.Range(0, 3).Select(_ => Sandbox.Sandbox.Start(Path.Combine(Emulator.Sandbox.Root, "infra"), command))];

        Run[] runs = [.. running.Select(each => each.Wait())];

        Assert.Multiple(() =>
        {
            Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero, string.Join('\n', runs.Select(run => run.Output)));
            Assert.That(runs.Select(run => Regex.Match(run.Output, @"version (\d) published").Groups[1].Value),
                Is.EquivalentTo(new[] { "1", "2", "3" }));
        });
        Assert.That(await InUseAsync(Sandbox, Framework), Is.EqualTo(Arn(Sandbox, Framework, 3)), "the last one to publish is in use");
    }

    [Test, Order(5), Property("Row", "P6")]
    public async Task Publish_WhileAnotherUserHoldsTheLock_NamesTheHolder()
    {
        using Amazon.DynamoDBv2.AmazonDynamoDBClient dynamoDb = Sandbox.Aws.DynamoDb();
        const string table = "python-frameworks-tfstate-lock";
        Amazon.DynamoDBv2.Model.AttributeValue id = new() { S = "python-frameworks/dev/layers" };
        await dynamoDb.PutItemAsync(table, new()
        {
            ["LockID"] = id,
            ["Info"] =
                new() { S = """{ "ID": "7", "Who": "ada@laptop", "Operation": "layer publish", "Created": "2026-11-20T14:02:11Z" }""" },
            ["Ends"] =
                new()
                {
                    N = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds()
                    .ToString(System.Globalization.CultureInfo.InvariantCulture)
                },
        });

        Run run = Sandbox.Expect(1, "layer", "publish", Flask, Artifact(Flask), "--force", "--lock-timeout", "1");
        Assert.That(run.Output, Does.Contain("is locked by ada@laptop since 14:02:11 UTC (layer publish, lock 7)"));
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 2)), "and changes nothing");

        await dynamoDb.UpdateItemAsync(
            table, new() { ["LockID"] = id }, new() { ["Ends"] = new() { Action = "PUT", Value = new() { N = "1" } } });
        Assert.That(Publish(Sandbox, Flask, "--force").Output, Does.Contain("version 3 published"),
            "the lock of a run that was killed is taken over");
    }

    [Test, Order(6), Property("Row", "P1")]
    public async Task Publish_KeepsTheConfiguredNumberOfVersions()
    {
        string environment = Sandbox.Sandbox.Environment("dev", $$"""
            { "extends": "{{Path.Combine(Emulator.Sandbox.Root, Sandbox.File)}}", "layers": { "{{Framework}}": { "keepVersions": 2 } } }
            """);
        Sandbox.Sandbox.Expect(0, "layer", "rollback", Framework, "--to", "1", "--env", environment, "--emulator");

        Run run = Sandbox.Sandbox.Expect(
            0, "layer", "publish", Framework, Artifact(Framework), "--force", "--env", environment, "--emulator");

        Assert.That(run.Output, Does.Contain("version 4 published").And.Contain("version 2 deleted: 2 are kept"));
        Assert.That(await VersionsAsync(Sandbox, Framework), Is.EquivalentTo(new[] { 1L, 3L, 4L }),
            "version 1 was in use before, whatever its age");
    }

    [Test, Order(7), Property("Row", "P3")]
    public async Task Publish_WithCredentialsOfAnotherAccount_ChangesNothing()
    {
        string before = await InUseAsync(Production, Flask);
        string url = Regex.Match(Sandbox.Sandbox.Expect(0, "emulator", "status").Output, @"http://127\.0\.0\.1:\d+").Value;
        Run run = Sandbox.Sandbox.Start(
            Path.Combine(Emulator.Sandbox.Root, "infra"),
            ["layer", "publish", Flask, Artifact(Flask), "--env", Production.File, "--yes"],
            ("AWS_ACCESS_KEY_ID", Sandbox.Config.Account), ("AWS_SECRET_ACCESS_KEY", "emulator"), ("AWS_ENDPOINT_URL", url)).Wait();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Output);
        Assert.That(run.Output, Does.Contain("wrong AWS account").And.Contain("111111111111").And.Contain("222222222222"));
        Assert.That(await InUseAsync(Production, Flask), Is.EqualTo(before));
    }

    [Test, Order(8), Property("Row", "P11"), Property("Row", "P2"), Property("Row", "P12")]
    public async Task Production_IsASeparateAccount_WhoseLayersTheSandboxMayUse()
    {
        Assert.That(
            Publish(Production, Flask).Output, Does.Contain("version 1 published").And.Contain("version 1 shared with 111111111111"));

        JObject answer = await Production.Aws.Api("lambda")
            .RestAsync(HttpMethod.Get, $"/2018-10-31/layers/prod-da-flask-layer/versions/1/policy");
        JToken statement = JObject.Parse((string)answer["Policy"]!)["Statement"]!.Single();
        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Action"], Is.EqualTo("lambda:GetLayerVersion"));
            Assert.That(statement["Principal"]!.ToString(), Does.Contain("111111111111"));
            Assert.That((string?)statement["Resource"], Is.EqualTo(Arn(Production, Flask, 1)));
        });
        Assert.That(await InUseAsync(Production, Flask), Is.EqualTo(Arn(Production, Flask, 1)));
        Assert.That(await InUseAsync(Sandbox, Flask), Is.EqualTo(Arn(Sandbox, Flask, 3)), "each account has its own version in use");
    }

    [Test, Order(9), Property("Row", "P-L6")]
    public async Task Inventory_ListsWhatTheAccountHolds_WithTheReadOnlyRole()
    {
        await Sandbox.Aws.Api("cloudformation").QueryAsync("CreateStack", new Dictionary<string, string>
        {
            ["StackName"] = "other-team-topic",
            ["TemplateBody"] = """{ "Resources": { "Topic": { "Type": "AWS::SNS::Topic" } } }""",
        });

        string table = Sandbox.ExpectReadOnly(0, "inventory").Output;
        Assert.Multiple(() =>
        {
            foreach (string line in new[]
            {
                "us-east-2, CloudFormation stacks: 1", "  -          other-team-topic", "  -          111111111111-code-deployment",
                "  base       python-frameworks-access-logs-dev-111111111111", "  bootstrap  python-frameworks-tfstate-111111111111",
                "  layers     dev-da-flask-layer, version 3", "us-east-1, buckets: none",
            })
                Assert.That(table.Split('\n').Select(each => each.TrimEnd()), Has.Member(line), table);
        });
        JObject json = JObject.Parse(Production.ExpectReadOnly(0, "inventory", "--json", "--region", "us-east-2").Output);
        Assert.That((string?)json["account"], Is.EqualTo("222222222222"));
        Assert.That(
            json["items"]!.Select(item => (string?)item["name"]),
            Has.Member("222222222222-code-deployment").And.None.Contain("111111111111"), "each account only its own");
        Assert.That(
            Sandbox.Expect(1, "inventory").Output, Does.Contain("may not list what the account holds"), "the role that deploys may not");
    }
}
