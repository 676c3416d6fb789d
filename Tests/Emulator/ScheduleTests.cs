using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A schedule that a user overrides, on the local AWS: runtime is put to sleep and woken locally, and by builds with the deployed script.
/// The builds that a schedule starts are also those of <see cref="LifecycleTests"/>.
/// </summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class ScheduleTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";

    private Sandbox _sandbox = null!;
    private string _environment = "";
    private RuntimeScheduleBuildRun _build = null!;
    private RoleSession _session = null!;
    private bool _broken;

    [OneTimeSetUp]
    public void Deploy()
    {
        _sandbox = new Sandbox();
        _environment = _sandbox.Environment("nap", $$"""
            {
              "name": "nap", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "github": { "repository": "acme/nap" },
              "network": { "flowLogs": false },
              "schedule": {
                "timezone": "{{MorningTimeZone.Name}}", "wake": "00:00", "sleep": "23:59", "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
              }
            }
            """);
        _sandbox.Expect(0, "bootstrap", "--env", _environment, "--yes");
        _session = RoleSession.OfJob(
            _sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/acme-nap-infra-apply", JobClaims.Deploying("acme/nap", "nap"));
        Infra(0, "deploy", "--yes");
        _build = new RuntimeScheduleBuildRun(_sandbox, Account, Region, "acme-nap-cycle");
    }

    [OneTimeTearDown]
    public void StopSandbox() => _sandbox.Dispose();

    // Each step depends on the one before: after a failure the later steps report that instead of failing for other reasons.
    [SetUp]
    public void RequireEarlierSteps() => Assert.That(_broken, Is.False, "an earlier step failed");

    [TearDown]
    public void RecordFailure() =>
        _broken |= TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed;

    [Test, Order(1), Property("Row", "D10")]
    public void Sleep_OfProduction_WithoutConfirmation_ChangesNothing()
    {
        string file = File.ReadAllText(_environment);
        File.WriteAllText(_environment, file.Replace("\"disposable\": true", "\"production\": true", StringComparison.Ordinal));

        Run sleep = Infra(2, "sleep", "--for", "2");

        File.WriteAllText(_environment, file);
        Assert.That(sleep.Output, Does.Contain("nap is marked production").And.Contain("nothing was changed"));
        Assert.That(Override(), Is.EqualTo("none"));
        Assert.That(Resources("runtime"), Is.GreaterThan(0));
    }

    [Test, Order(2), Property("Row", "D10")]
    public void Sleep_Locally_OverridesTheSchedule()
    {
        Run sleep = Infra(0, "sleep", "--for", "20");
        Assert.That(sleep.Output, Does.Match(@"(?m)^  runtime: 0 added, 0 changed, \d+ destroyed").And.Contain("asleep until"));
        Assert.That(Override(), Does.Match(@"^asleep until 20\d\d-\d\d-\d\dT\d\d:\d\dZ$"));
        JObject turn = Api("scheduler")
            .RestAsync(HttpMethod.Get, $"/schedules/override-end", query: new Dictionary<string, string> { ["groupName"] = "acme-nap" })
            .GetAwaiter()
            .GetResult();
        Assert.That((string?)turn["ScheduleExpression"], Does.StartWith("at(20"));
        Assert.That((string?)turn["ActionAfterCompletion"], Is.EqualTo("DELETE"));

        Run build = _build.Start("wake");

        Assert.That(build.ExitCode, Is.Zero, build.Output);
        Assert.That(
            build.Output, Does.Contain("wake would make it awake").And.Contain("nothing to do").And.Contain("done: runtime is asleep"));
        Assert.That(Resources("runtime"), Is.Zero);
        Assert.That(
            Infra(0, "schedule").Output,
            Does.Match(@"override +asleep until .* for 19h\d\d").And.Match("runtime +not deployed")
                .And.Contain($"00:00 to 23:59 {MorningTimeZone.Name}"));
    }

    [Test, Order(3), Property("Row", "D10")]
    public void Override_ThatHasEndedOrIsMalformed_IsIgnored()
    {
        Set("asleep until 2020-01-01T00:00Z");
        Run ended = _build.Start("wake");
        Assert.That(ended.ExitCode, Is.Zero, ended.Output);
        Assert.That(ended.Output, Does.Contain("has ended").And.Contain("done: runtime is awake"));

        Set("asleep for ever");
        Run malformed = _build.Start();
        Assert.That(malformed.ExitCode, Is.Zero, malformed.Output);
        Assert.That(
            malformed.Output, Does.Contain("\"asleep for ever\" is taken for none").And.Contain("nothing to do: runtime is awake already"));
        Assert.That(Infra(0, "schedule").Output, Does.Contain("\"asleep for ever\" is neither none nor"));
    }

    [Test, Order(4), Property("Row", "D10")]
    public void Wake_Locally_RecreatesTheStoredDeployment()
    {
        Infra(0, "schedule", "--clear");
        Assert.That(Override(), Is.EqualTo("none"));
        Run sleep = _build.Start("sleep");
        Assert.That(sleep.ExitCode, Is.Zero, sleep.Output);
        Assert.That(sleep.Output, Does.Contain("done: runtime is asleep").And.Contain("stored deployment: {"));

        Run wake = Infra(0, "wake", "--until", "23:58");

        Assert.That(wake.Output, Does.Contain("runtime as deployed 20").And.Match(@"(?m)^  runtime: \d+ added, 0 changed, 0 destroyed"));
        Assert.That(Override(), Does.StartWith("awake until 20"));
        Infra(0, "plan");
    }

    private Run Infra(int exitCode, string verb, params string[] options) =>
        _sandbox.ExpectAs(_session, exitCode, [verb, "--env", _environment, .. options]);

    private Infra.Operations.Aws.AwsApi Api(string service) => _sandbox.Access(Account, Region).Api(service);

    private string Override() =>
        (string)Api("ssm")
            .JsonAsync("GetParameter", new JObject { ["Name"] = "/nap/acme/schedule/override" })
            .GetAwaiter()
            .GetResult()["Parameter"]!["Value"]!;

    private void Set(string text) => Api("ssm").JsonAsync(
        "PutParameter", new JObject { ["Name"] = "/nap/acme/schedule/override", ["Value"] = text, ["Overwrite"] = true }).GetAwaiter()
            .GetResult();

    private int Resources(string stack)
    {
        var state = new Infra.Operations.Aws.StateBucket(_sandbox.Access(Account, Region), $"acme-tfstate-{Account}", "acme-tfstate-lock");
        return state.ResourceCountAsync($"acme/nap/{stack}", CancellationToken.None).GetAwaiter().GetResult() ?? -1;
    }
}
