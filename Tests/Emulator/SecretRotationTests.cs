using Infra.Naming;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A generated secret and a SecureString that get another value, and their previous one again, with the deployment role.</summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Row", "D-L3"), Property("Row", "L-L3")]
internal sealed class SecretRotationTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    private Sandbox _sandbox = null!;
    private string[] _choice = null!;
    private RoleSession _apply = null!;

    [OneTimeSetUp]
    public void Deploy()
    {
        _sandbox = new Sandbox();
        string environment = _sandbox.Environment("beta", """
            {
              "name": "beta", "project": "keys", "account": "111111111111", "region": "us-east-1", "disposable": true,
              "github": { "repository": "acme/keys" },
              "network": { "flowLogs": false, "nat": "single" },
              "services": {
                "reader": { "secrets": { "SIGNING_KEY": "signing-key" }, "parameters": { "API_KEY": "api_key" } },
                "other": {}
              },
              "secrets": { "signing-key": { "generate": true, "length": 40, "rotationDays": 90 } },
              "secureParameters": { "api_key": { "generate": true, "length": 32 } }
            }
            """);
        _choice = ["--env", environment, "--emulator", "--yes"];
        _sandbox.Expect(0, ["bootstrap", .. _choice]);
        _apply = RoleSession.OfJob(
            _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/keys-beta-{GitHubRoles.Apply}",
            JobClaims.Deploying("acme/keys", "beta"));
        _sandbox.ExpectAs(_apply, 0, ["deploy", .. _choice]);
    }

    [OneTimeTearDown]
    public void Stop() => _sandbox.Dispose();

    [Test, Order(1)]
    public async Task Secret_GetsAnotherValue_AndOnlyItsReaderIsRestarted()
    {
        string before = await SecretAsync();
        string reader = await DeploymentAsync("reader");
        string other = await DeploymentAsync("other");

        Run run = _sandbox.ExpectAs(_apply, 0, ["secrets", "rotate", "signing-key", .. _choice]);
        string after = await SecretAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Output, Does.Contain("2. restart reader, which read it when they start").And.Contain("reader: restarted")
                .And.Contain("./infra secrets rollback signing-key").And.Not.Contain(after));
            Assert.That(after, Does.Match(@"\A[A-Za-z0-9]{40}\z").And.Not.EqualTo(before));
            Assert.That(await SecretAsync("AWSPREVIOUS"), Is.EqualTo(before));
            Assert.That(await DeploymentAsync("reader"), Is.Not.EqualTo(reader));
            Assert.That(await DeploymentAsync("other"), Is.EqualTo(other));
        }

        _sandbox.ExpectAs(_apply, 0, ["secrets", "rollback", "signing-key", .. _choice]);
        Assert.That(await SecretAsync(), Is.EqualTo(before));
        Assert.That(await SecretAsync("AWSPREVIOUS"), Is.EqualTo(after));
    }

    [Test, Order(2)]
    public async Task SecureString_GetsAnotherValue_AndItsPreviousOneAgain()
    {
        string before = await ParameterAsync();
        string reader = await DeploymentAsync("reader");

        _sandbox.ExpectAs(_apply, 0, ["secrets", "rotate", "api_key", .. _choice]);
        string after = await ParameterAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Does.Match(@"\A[A-Za-z0-9]{32}\z").And.Not.EqualTo(before));
            Assert.That(await DeploymentAsync("reader"), Is.Not.EqualTo(reader));
        }

        _sandbox.ExpectAs(_apply, 0, ["secrets", "rollback", "api_key", .. _choice]);
        Assert.That(await ParameterAsync(), Is.EqualTo(before));
    }

    [Test, Order(3)]
    public void RotatedValues_AreNoDrift() => _sandbox.ExpectAs(_apply, 0, ["plan", "base", "runtime", .. _choice]);

    [Test, Order(4)]
    public void Check_OfAYoungValue_Succeeds() =>
        Assert.That(_sandbox.ExpectAs(_apply, 0, ["secrets", "check", .. _choice]).Output, Does.Not.Contain("DUE for rotation"));

    private AwsAccess Administrator => _sandbox.Access(Account, Region);

    private async Task<string> SecretAsync(string stage = "AWSCURRENT") => (string)(await Administrator.Api("secretsmanager").JsonAsync(
        "GetSecretValue", new JObject { ["SecretId"] = "beta/keys/signing-key", ["VersionStage"] = stage }))["SecretString"]!;

    private async Task<string> ParameterAsync() => (string)(await Administrator.Api("ssm").JsonAsync(
        "GetParameter", new JObject { ["Name"] = "/beta/keys/api_key", ["WithDecryption"] = true })).SelectToken("Parameter.Value")!;

    private async Task<string> DeploymentAsync(string service) => (string)(await Administrator.Api("ecs").JsonAsync(
        "DescribeServices", new JObject { ["cluster"] = "keys-beta", ["services"] = new JArray($"keys-beta-{service}") }))
            .SelectToken("services[0].deployments[0].id")!;
}
