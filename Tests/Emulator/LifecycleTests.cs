using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A deployment's whole life cycle: created, unchanged, runtime destroyed and recreated, settings changed, everything destroyed.
/// </summary>
/// <remarks>
/// If the environment has a schedule, its build destroys and recreates runtime, with its own role; otherwise the deployment role does.
/// </remarks>
[TestFixtureSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.WithFullCycle))]
[Parallelizable(ParallelScope.Self)]
internal sealed class LifecycleTests(AppliedEnvironment environment) : DeploymentTests(environment)
{
    private IReadOnlyDictionary<string, string> _baseBefore = new Dictionary<string, string>();

    [Test, Order(3), Property("Row", "D6")]
    public void RuntimeIsDestroyed_BaseStays()
    {
        _baseBefore = Environment.OutputsNow("base");
        Assert.That(_baseBefore, Does.ContainKey("certificate_arn"));

        Run run = Environment.ScheduleBuild is { } build ? build.Start("sleep") : Environment.Run("destroy", "runtime");

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(run.Output, Does.Not.Match(@"(?m)^base:"), "base is not even planned");
        Assert.That(Environment.ResourcesNow("runtime"), Is.Empty);
        Assert.That(Environment.OutputsNow("base"), Is.EqualTo(_baseBefore), "base's outputs, including its certificate");
    }

    [Test, Order(4), Property("Row", "D6"), Property("Row", "D13")]
    public void RuntimeIsRecreated_OnTheSameBase()
    {
        Run run = Environment.ScheduleBuild is { } build ? build.Start("wake") : Environment.Run("deploy", "runtime");

        Assert.That(run.ExitCode, Is.Zero, run.Output);
        Assert.That(
            Environment.ResourcesNow("runtime"), Is.EquivalentTo(Environment.Runtime.Addresses()), "all resources that existed before");
        Assert.That(Environment.OutputsNow("base"), Is.EqualTo(_baseBefore));
    }

    [Test, Order(5)]
    public void Change_IsAppliedInPlace_ByTheSameRole()
    {
        Run run = Environment.ExpectChanged(EnvironmentChanges.Of(Environment.File), 0, "deploy", "--skip-smoke");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^base: \d+ added, [1-9]\d* changed, \d+ destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^runtime: \d+ added, [1-9]\d* changed, \d+ destroyed"));
        });
    }

    [Test, Order(6)]
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
