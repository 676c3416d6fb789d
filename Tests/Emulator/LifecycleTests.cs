using System.Diagnostics;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A deployment's life on the local AWS, by real Terraform and the real provider: made, unchanged, runtime put away and
/// brought back, all of it destroyed.
/// </summary>
[TestFixture("local")]
[TestFixture("examples/tap/poc.json")]
[TestFixture("examples/durable-code/dev.json")]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class LifecycleTests(string environment)
{
    private Sandbox _sandbox = null!;
    private bool _broken;
    private IReadOnlyDictionary<string, string> _baseBefore = new Dictionary<string, string>();

    [OneTimeSetUp]
    public void StartSandbox() => _sandbox = new Sandbox();

    [OneTimeTearDown]
    public void StopSandbox() => _sandbox.Dispose();

    // Each step stands on the one before: after a failure the rest says so instead of failing in ways of its own.
    [SetUp]
    public void StandOnTheStepBefore() => Assert.That(_broken, Is.False, "an earlier step of this deployment's life failed");

    [TearDown]
    public void RememberFailure() => _broken |= TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed;

    [Test, Order(1), Property("Row", "X2"), Property("Row", "D1"), Property("Row", "S15")]
    public void Deploy_MakesBootstrapBaseAndRuntime()
    {
        Run run = Expect(0, "deploy");
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^bootstrap: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^base: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^runtime: \d+ added, 0 changed, 0 destroyed"));
        });
    }

    [Test, Order(2)]
    public void Plan_ShowsNoDrift()
    {
        Run run = Expect(0, "plan", "base", "runtime");
        Assert.That(run.Output.Split('\n').Count(line => line.Trim() == "no changes"), Is.EqualTo(2), run.Output);
    }

    [Test, Order(3)]
    public void DeployAgain_DoesNothing()
    {
        Run run = Expect(0, "deploy");
        Assert.That(run.Output, Does.Contain("base: nothing to do").And.Contain("runtime: nothing to do"));
    }

    [Test, Order(4), Property("Row", "D6")]
    public void DestroyRuntime_LeavesBaseUntouched()
    {
        _baseBefore = Outputs();
        Assert.That(_baseBefore, Does.ContainKey("certificate_arn"));

        Run run = Expect(0, "destroy", "runtime");

        Assert.That(run.Output, Does.Match(@"(?m)^runtime: 0 added, 0 changed, \d+ destroyed"));
        Assert.That(run.Output, Does.Not.Match(@"(?m)^base:"), "base is not even planned");
        Assert.That(Outputs(), Is.EqualTo(_baseBefore), "base's outputs, its certificate among them");
    }

    [Test, Order(5), Property("Row", "D6"), Property("Row", "D13")]
    public void RuntimeAgain_StandsOnTheSameBase()
    {
        var watch = Stopwatch.StartNew();
        Run run = Expect(0, "deploy");

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromMinutes(5)), "runtime is back in under five minutes");
        Assert.That(run.Output, Does.Contain("base: nothing to do").And.Match(@"(?m)^runtime: \d+ added, 0 changed, 0 destroyed"));
        Assert.That(Outputs(), Is.EqualTo(_baseBefore));
    }

    [Test, Order(6)]
    public void DestroyBaseUnderRuntime_IsRefused()
    {
        Run run = Expect(2, "destroy", "base");
        Assert.That(run.Output, Does.Contain("runtime still stands on base"));
    }

    [Test, Order(7)]
    public void DestroyAll_LeavesNothing()
    {
        Run run = Expect(0, "destroy", "runtime", "base");
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^runtime: 0 added, 0 changed, \d+ destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^base: 0 added, 0 changed, \d+ destroyed"));
            Assert.That(Outputs(), Is.Empty);
        });
    }

    private Run Expect(int exitCode, string verb, params string[] stacks) =>
        _sandbox.Expect(exitCode, [verb, .. stacks, "--env", environment, "--emulator", "--yes"]);

    private Dictionary<string, string> Outputs()
    {
        string stack = Directory.GetDirectories(_sandbox.Work("deploy")).Single();
        Run run = _sandbox.Start("terraform", [$"-chdir={Path.Combine(stack, "stacks", "base")}", "output", "-json"]).Wait();
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        string json = run.Output[run.Output.IndexOf('{', StringComparison.Ordinal)..];
        return JObject.Parse(json).Properties().ToDictionary(output => output.Name, output => output.Value["value"]!.ToString());
    }
}
