using Infra.Configuration;
using Infra.Operations.Output;
using Infra.Operations.Secrets;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Secrets;

[Property("Row", "L6"), Property("Row", "T11")]
internal sealed class SecretsCommandTests
{
    private FakeAws _aws = null!;
    private TestHost _host = null!;
    private int _parameterVersion;

    [SetUp]
    public void SetUp()
    {
        _aws = new FakeAws();
        _host = new TestHost();
        _parameterVersion = 2;
        _aws.Always("DescribeSecret", request => new FakeAws.Answer(
            (string?)request.Json["SecretId"] == "dev/acme/partner-key" ? "{}" : """{ "VersionIdsToStages": { "v": ["AWSCURRENT"] } }""",
            200));
        _aws.Always("PutSecretValue", new JObject());
        _aws.Always("DescribeParameters", request => new FakeAws.Answer(
            $$"""{ "Parameters": [{ "Name": "/dev/acme/partner/account", "KeyId": "alias/acme", "Description": "Account there", "Version": {{_parameterVersion}} }] }""", 200));
        _aws.Always("PutParameter", new JObject());
    }

    [TearDown]
    public void TearDown()
    {
        _aws.Dispose();
        _host.Dispose();
    }

    [Test]
    public void CheckAsync_ValueMissing_ListsAllAndSaysHowToGiveIt()
    {
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Command().ShowAsync(mustBeThere: true))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message, Is.EqualTo("1 secret has no value: partner-key"));
            Assert.That(failure.Remedy, Does.Contain("./infra secrets set --env dev").And.Contain("environments/secrets.dev.json"));
            Assert.That(
                _host.Output.ToString(), Does.Contain("jwt-key: has a value (generated)").And.Contain(
                    "partner-key: MISSING its value (set by the operator) - Key of the partner"));
        }
    }

    [Test]
    public async Task EnsureAsync_ValueInTheFile_PutsItWithoutShowingIt()
    {
        Write("""{ "partner-key": "s3cr3t-value" }""");
        string done = await Command().EnsureAsync();
        JObject sent = _aws.Sent("PutSecretValue").Single();
        _host.Reporter.Line("s3cr3t-value");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(done, Is.EqualTo("secrets: 1 value set"));
            Assert.That((string?)sent["SecretId"], Is.EqualTo("dev/acme/partner-key"));
            Assert.That((string?)sent["SecretString"], Is.EqualTo("s3cr3t-value"));
            Assert.That((string?)sent["ClientRequestToken"], Is.Not.Empty);
            Assert.That(_host.Output.ToString(), Does.Contain("partner-key: value set from the file").And.Not.Contain("s3cr3t-value"),
                "whoever repeats it");
        }
    }

    [Test]
    public async Task EnsureAsync_ParameterThatOnlyTerraformWrote_GetsAValue_UnderItsKeyAndDescription()
    {
        _parameterVersion = 1;
        Write("""{ "partner-key": "s3cr3t-value", "partner/account": "s3cr3t-account" }""");
        Assert.That(await Command().EnsureAsync(), Is.EqualTo("secrets: 2 values set"));
        Assert.That(_aws.Sent("PutParameter").Single(), Is.EqualTo(JObject.Parse("""
            { "Name": "/dev/acme/partner/account", "Value": "s3cr3t-account", "Type": "SecureString", "Overwrite": true, "KeyId": "alias/acme", "Description": "Account there" }
            """)).Using<JToken>(JToken.DeepEquals));
    }

    [Test]
    public void EnsureAsync_NoPrompt_WritesNothing()
    {
        Assert.ThrowsAsync<OperationException>(() => Command().EnsureAsync());
        Assert.That(_aws.Sent("PutSecretValue").Concat(_aws.Sent("PutParameter")), Is.Empty);
    }

    [Test]
    public async Task EnsureAsync_OnTheEmulator_TakesAPlaceholder()
    {
        await Command(onEmulator: true).EnsureAsync();
        Assert.That((string?)_aws.Sent("PutSecretValue").Single()["SecretString"], Is.EqualTo("placeholder-partner-key"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void Read_OthersMayReadTheFile_IsRefused()
    {
        string file = Write("""{ "partner-key": "s3cr3t-value" }""");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Command().EnsureAsync())!;
        Assert.That((failure.Message, failure.Remedy),
            Is.EqualTo(("environments/secrets.dev.json can be read by other users", "chmod 600 environments/secrets.dev.json")));
    }

    [TestCase("""{ "jwt-key": "s3cr3t-value" }""", "jwt-key is not a secret of dev with a value set by the operator")]
    [TestCase("""{ "partner-key": 12 }""", "partner-key is not a string")]
    [TestCase("s3cr3t-value", "is not a JSON object")]
    public void Read_WrongFile_IsRefusedWithoutShowingIt(string content, string message)
    {
        Write(content);
        OperationException failure = Assert.ThrowsAsync<OperationException>(() => Command().EnsureAsync())!;
        Assert.That(failure.Message, Does.Contain(message).And.Not.Contain("s3cr3t-value"));
    }

    [Test]
    public void SetAsync_GeneratedSecret_IsRefused() =>
        Assert.That(Assert.ThrowsAsync<OperationException>(() => Command().SetAsync(["jwt-key"]))!.Message,
            Does.Contain("jwt-key is not a secret of dev with a value set by the operator"));

    private string Write(string content)
    {
        string file = _host.Write("environments/secrets.dev.json", content);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }

    private SecretsCommand Command(bool onEmulator = false)
    {
        string file = _host.Write("environments/dev.json", """
            {
              "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2",
              "secrets": { "jwt-key": { "generate": true }, "partner-key": { "description": "Key of the partner" } },
              "secureParameters": { "partner/account": {}, "salt": { "generate": true } }
            }
            """);
        LoadedEnvironment loaded = EnvironmentFile.Load(file, _host.Context.Checkout.Root).Environment!;
        return new SecretsCommand(_host.Context, loaded, _aws.Access(), onEmulator);
    }
}
