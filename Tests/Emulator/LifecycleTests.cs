using System.Diagnostics;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A deployment's whole life: made, unchanged, runtime destroyed and made again, settings changed, all of it destroyed.</summary>
[TestFixtureSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.Cycled))]
[Parallelizable(ParallelScope.Self)]
internal sealed class LifecycleTests(AppliedEnvironment environment) : DeploymentTests(environment)
{
    private IReadOnlyDictionary<string, string> _baseBefore = new Dictionary<string, string>();

    [Test, Order(3)]
    public void DeployAgain_DoesNothing()
    {
        Run run = Environment.Expect(0, "deploy");
        Assert.That(run.Output, Does.Contain("base: nothing to do").And.Contain("runtime: nothing to do"));
    }

    [Test, Order(4), Property("Row", "D6")]
    public void DestroyRuntime_LeavesBaseUntouched()
    {
        _baseBefore = Environment.OutputsNow("base");
        Assert.That(_baseBefore, Does.ContainKey("certificate_arn"));

        Run run = Environment.Expect(0, "destroy", "runtime");

        Assert.That(run.Output, Does.Match(@"(?m)^runtime: 0 added, 0 changed, \d+ destroyed"));
        Assert.That(run.Output, Does.Not.Match(@"(?m)^base:"), "base is not even planned");
        Assert.That(Environment.OutputsNow("base"), Is.EqualTo(_baseBefore), "base's outputs, its certificate among them");
    }

    [Test, Order(5), Property("Row", "D6"), Property("Row", "D13")]
    public void RuntimeAgain_StandsOnTheSameBase()
    {
        var watch = Stopwatch.StartNew();
        Run run = Environment.Expect(0, "deploy");

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromMinutes(5)), "runtime is back in under five minutes");
        Assert.That(run.Output, Does.Contain("base: nothing to do").And.Match(@"(?m)^runtime: \d+ added, 0 changed, 0 destroyed"));
        Assert.That(Environment.OutputsNow("base"), Is.EqualTo(_baseBefore));
    }

    [Test, Order(6)]
    public void Change_IsMadeInPlace_ByTheSameRole()
    {
        Run run = Environment.ExpectChanged(EnvironmentChanges.Of(Environment.File), 0, "deploy", "--skip-smoke");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^base: \d+ added, [1-9]\d* changed, \d+ destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^runtime: \d+ added, [1-9]\d* changed, \d+ destroyed"));
        });
    }

    [Test, Order(7)]
    public void DestroyBaseUnderRuntime_IsRefused()
    {
        Run run = Environment.Expect(2, "destroy", "base");
        Assert.That(run.Output, Does.Contain("runtime still stands on base"));
    }

    [Test, Order(8)]
    public void DestroyAll_LeavesNothing()
    {
        Run run = Environment.Expect(0, "destroy", "runtime", "base");
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^runtime: 0 added, 0 changed, \d+ destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^base: 0 added, 0 changed, \d+ destroyed"));
            Assert.That(Environment.OutputsNow("base"), Is.Empty);
        });
    }
}
