using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// An environment that is not disposable, on the local AWS with the protection that it has on AWS: what holds data is neither destroyed
/// nor replaced unless it is named.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class DataLossTests
{
    private const string Secret = "aws_secretsmanager_secret.secret-key";

    private Sandbox _sandbox = null!;

    [OneTimeSetUp]
    public void DeployBase()
    {
        _sandbox = new Sandbox();
        Write(secret: "key");
        Expect(0, "deploy", "base");
    }

    [OneTimeTearDown]
    public void StopSandbox() => _sandbox.Dispose();

    [Test, Order(1), Property("Finding", "U5")]
    public void Destroy_OfProtectedResources_IsRefusedBeforeAnythingIsPlanned()
    {
        foreach (string[] verb in new[] { ["destroy", "runtime", "base"], new[] { "plan", "--destroy", "runtime", "base" } })
        {
            Run run = Expect(2, verb);
            Assert.That(run.Output, Does.Contain("runtime and base have protected resources; nothing was planned or destroyed")
                .And.Contain("base: aws_dynamodb_table.table-sessions (prevent_destroy, deletion_protection_enabled)")
                .And.Not.Contain("plan to destroy"));
        }
    }

    [Test, Order(2), Property("Row", "X7")]
    public void Deploy_RemovesASecret_OnlyIfItIsNamed()
    {
        Write(secret: null);
        Assert.That(Expect(6, "plan", "base").Output, Does.Contain($"! {Secret} is destroyed; lost: its values"));
        Run refused = Expect(6, "deploy", "base");
        Assert.That(refused.Output, Does.Contain("it was not applied").And.Contain($"--allow-data-loss {Secret}"));

        string plans = _sandbox.Work("plans");
        Expect(6, "plan", "base", "--save", plans);
        Expect(6, "deploy", "base", "--saved", plans);
        Write(secret: null, until: "2020-01-31");
        Run expired = Expect(6, "deploy", "base");
        Assert.That(expired.Output, Does.Contain($"the entry of {Secret} has no effect"));

        Write(secret: null, until: "9999-12-31");
        Run allowed = Expect(0, "deploy", "base", "--saved", plans);
        Assert.That(allowed.Output, Does.Contain($"allowed: {Secret} is destroyed"));
    }

    [Test, Order(3), Property("Row", "X7")]
    public void Deploy_RenamedSecret_AdvisesAMovedBlock_AndIsAllowedByTheOption()
    {
        Write(secret: "one");
        Expect(0, "deploy", "base");
        Write(secret: "two");
        Run refused = Expect(6, "deploy", "base");
        Assert.That(refused.Output, Does.Match(
            @"from = aws_secretsmanager_secret\.secret-one\s+to   = aws_secretsmanager_secret\.secret-two"));
        Expect(0, "deploy", "base", "--allow-data-loss", "aws_secretsmanager_secret.secret-one");
    }

    [Test, Order(4), Property("Finding", "U5")]
    public void Destroy_AfterTheEnvironmentWasMadeDisposable_Works()
    {
        Write(secret: "two", disposable: true);
        Run refused = Expect(2, "destroy", "runtime", "base");
        Assert.That(refused.Output, Does.Contain("table-sessions (deletion_protection_enabled)"), "not deployed yet");
        Expect(0, "deploy", "base");
        Expect(0, "destroy", "runtime", "base");
    }

    private Run Expect(int exitCode, params string[] arguments)
    {
        Run run = _sandbox.InfraWith(
            [("INFRA_EMULATOR_PROTECTED", "1")], [.. arguments, "--env", _sandbox.EnvironmentFile("kept"), "--emulator", "--yes"]);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), $"./infra {string.Join(' ', arguments)}\n{run.Output}");
        return run;
    }

    private void Write(string? secret, string? until = null, bool disposable = false)
    {
        var environment = JObject.Parse("""
            {
              "name": "kept", "project": "data", "account": "111111111111", "region": "us-east-1",
              "network": { "vpc": "none" }, "tables": { "sessions": { "partitionKey": "user:S" } }
            }
            """);
        environment["disposable"] = disposable;
        if (secret is not null)
            environment["secrets"] = new JObject { [secret] = new JObject { ["generate"] = true } };
        if (until is not null)
            environment["allowDataLoss"] =
                new JArray(new JObject { ["address"] = Secret, ["until"] = until, ["reason"] = "no longer used" });
        _sandbox.Environment("kept", environment.ToString());
    }
}
