using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Secrets;
using Infra.Operations.Sessions;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Secrets;

[Property("Row", "D-L3"), Property("Row", "L-L3")]
internal sealed class SecretRotationTests
{
    private const string Versions = """{ "VersionIdsToStages": { "new": ["AWSCURRENT"], "old": ["AWSPREVIOUS"] } }""";

    private FakeAws _aws = null!;
    private TestHost _host = null!;

    [SetUp]
    public void SetUp()
    {
        _aws = new FakeAws();
        _host = new TestHost();
        _aws.Always("DescribeSecret", _ => new FakeAws.Answer(Versions, 200));
        _aws.Always("PutSecretValue", new JObject());
        _aws.Always("UpdateSecretVersionStage", new JObject());
        _aws.Always("GetRandomPassword", JObject.Parse("""{ "RandomPassword": "n3wValue" }"""));
        _aws.Always("DescribeTaskDefinition", JObject.Parse("""{ "taskDefinition": { "containerDefinitions": [] } }"""));
        _aws.Always("ListTasks", JObject.Parse("""{ "taskArns": [] }"""));
        _aws.Always("UpdateService", _ => Service("ecs-svc/2", "IN_PROGRESS", member: "service"));
    }

    [TearDown]
    public void TearDown()
    {
        _aws.Dispose();
        _host.Dispose();
    }

    [Test]
    public async Task Rotate_GeneratedSecret_WritesARandomValue_AndRestartsItsReaders()
    {
        _aws.Always("DescribeServices", _ => Service("ecs-svc/2", "COMPLETED"));

        Assert.That(await Rotation().RotateAsync("jwt-key"), Is.EqualTo(ExitCode.Ok));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((string?)_aws.Sent("PutSecretValue").Single()["SecretString"], Is.EqualTo("n3wValue"));
            Assert.That((int?)_aws.Sent("GetRandomPassword").Single()["PasswordLength"], Is.EqualTo(48));
            Assert.That(_aws.Sent("UpdateService").Select(sent => $"{sent["service"]} {sent["forceNewDeployment"]}"),
                Is.EqualTo(new[] { "acme-dev-api True" }));
            Assert.That(_aws.Sent("UpdateSecretVersionStage"), Is.Empty);
            Assert.That(_host.Output.ToString(), Does.Contain("job nightly of api reads it at its next run")
                .And.Contain("agent helper reads it at its next run").And.Not.Contain("n3wValue"));
        }
    }

    [TestCase("ecs-svc/2", "FAILED", "the new deployment of acme-dev-api failed")]
    [TestCase("ecs-svc/3", "COMPLETED", "ECS rolled back the new deployment of acme-dev-api")]
    public void Rotate_AServiceDoesNotStart_MakesThePreviousValueCurrentAgain(string deployment, string state, string message)
    {
        _aws.Tell("DescribeServices", _ => Service("ecs-svc/1", "COMPLETED"));
        _aws.Tell("DescribeServices", _ => Service(deployment, state));
        _aws.Always("DescribeServices", _ => Service("ecs-svc/2", "COMPLETED"));

        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Rotation().RotateAsync("jwt-key"))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Does.StartWith(message).And.Contain("jwt-key has its previous value again"));
            Assert.That(failure.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(_aws.Sent("UpdateSecretVersionStage").Single(), Is.EqualTo(JObject.Parse("""
                { "SecretId": "dev/acme/jwt-key", "VersionStage": "AWSCURRENT", "RemoveFromVersionId": "new", "MoveToVersionId": "old" }
                """)).Using<JToken>(JToken.DeepEquals));
            Assert.That(_aws.Sent("UpdateService"), Has.Count.EqualTo(2), "with the new value, and with the previous one");
        }
    }

    [Test]
    public async Task Rotate_ServiceIsNotDeployed_SaysSo()
    {
        _aws.Always("DescribeServices", JObject.Parse("""{ "services": [] }"""));
        await Rotation().RotateAsync("jwt-key");
        Assert.That(_host.Output.ToString(), Does.Contain("api: not deployed; it reads the value when it starts"));
    }

    [Test]
    public async Task Rotate_DryRun_ChangesNothing()
    {
        Assert.That(await Rotation(dryRun: true).RotateAsync("jwt-key"), Is.EqualTo(ExitCode.Changes));
        Assert.That(_aws.Requests.Select(request => request.Action).Distinct(), Is.EqualTo(new[] { "DescribeSecret" }));
    }

    [Test]
    public void Rotate_ValueOfTheOperator_WithoutAPrompt_SaysWhereToWriteIt()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Rotation().RotateAsync("partner-key"))!;
        Assert.That((failure.Message, failure.Remedy),
            Is.EqualTo(("partner-key needs a new value", "write it to environments/secrets.dev.json")));
        Assert.That(_aws.Sent("PutSecretValue"), Is.Empty);
    }

    [Test]
    public void Rotate_UnknownSecret_NamesTheAvailableOnes() =>
        Assert.That(Assert.ThrowsAsync<OperationException>(() => Rotation().RotateAsync("jwt"))!.Remedy,
            Does.StartWith("available: jwt-key, partner-key"));

    [Test]
    public void RollBack_WithoutAPreviousValue_IsRefused()
    {
        _aws.Always("DescribeSecret", _ => new FakeAws.Answer("""{ "VersionIdsToStages": { "new": ["AWSCURRENT"] } }""", 200));
        Assert.That(Assert.ThrowsAsync<OperationException>(() => Rotation().RollBackAsync("jwt-key"))!.Message,
            Is.EqualTo("the secret dev/acme/jwt-key has no previous value"));
    }

    [TestCase(89, false), TestCase(90, true)]
    public async Task Check_ReportsAValueThatIsDue(int days, bool due)
    {
        long created = DateTimeOffset.UtcNow.AddDays(-days).AddHours(-1).ToUnixTimeSeconds();
        _aws.Always("ListSecretVersionIds", JObject.Parse(
            $$"""{ "Versions": [{ "VersionId": "new", "VersionStages": ["AWSCURRENT"], "CreatedDate": {{created}} }] }"""));
        var command = new SecretsCommand(_host.Context, Load(), _aws.Access(), onEmulator: false);
        if (!due)
        {
            Assert.That(await command.ShowAsync(mustBeThere: true), Is.EqualTo(ExitCode.Ok));
            return;
        }

        OperationException failure = Assert.ThrowsAsync<OperationException>(() => command.ShowAsync(mustBeThere: true))!;
        Assert.That(failure.Message, Is.EqualTo("jwt-key is 90 days old and due for rotation after 90"));
        Assert.That(_host.Output.ToString(), Does.Contain("jwt-key: has a value (generated), DUE for rotation"));
    }

    private static FakeAws.Answer Service(string deployment, string state, string member = "services[0]")
    {
        var service = new JObject
        {
            ["status"] = "ACTIVE",
            ["taskDefinition"] = "acme-dev-api:1",
            ["desiredCount"] = 1,
            ["runningCount"] = 1,
            ["deployments"] = new JArray(new JObject { ["id"] = deployment, ["status"] = "PRIMARY", ["rolloutState"] = state }),
        };
        JObject body = member == "service" ? new JObject { ["service"] = service } : new JObject { ["services"] = new JArray(service) };
        return new FakeAws.Answer(body.ToString(), 200);
    }

    private SecretRotation Rotation(bool dryRun = false) => new(
        _host.Context, new SessionOptions("dev", null, false, false, dryRun, TimeSpan.Zero), Load(), _aws.Access(), onEmulator: false);

    private LoadedEnvironment Load()
    {
        string file = _host.Write("environments/dev.json", """
            {
              "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2",
              "services": {
                "api": { "secrets": { "JWT_KEY": "jwt-key" }, "jobs": { "nightly": { "schedule": "rate(1 day)", "command": ["run"] } } },
                "web": { "port": 3000 }
              },
              "agents": { "helper": { "uses": { "secrets": ["jwt-key"] } } },
              "secrets": { "jwt-key": { "generate": true, "length": 48, "rotationDays": 90 }, "partner-key": {} }
            }
            """);
        LoadResult result = EnvironmentFile.Load(file, _host.Context.Checkout.Root);
        return result.Environment ?? throw new AssertionException(string.Join('\n', result.Findings));
    }
}
