using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>A deployment on the local AWS, by real Terraform and the real provider: made, and unchanged when looked at again.</summary>
[Category("Emulator")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal abstract class DeploymentTests(AppliedEnvironment environment)
{
    private bool _broken;

    protected AppliedEnvironment Environment { get; } = environment;

    // Each step stands on the one before: after a failure the rest says so instead of failing in ways of its own.
    [SetUp]
    public void StandOnTheStepBefore() => Assert.That(_broken, Is.False, "an earlier step of this deployment's life failed");

    [TearDown]
    public void RememberFailure() => _broken |= TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed;

    [Test, Order(1), Property("Row", "X2"), Property("Row", "D1"), Property("Row", "S15")]
    public void Deploy_MakesBootstrapBaseAndRuntime()
    {
        Run run = Environment.DeployRun;
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^bootstrap: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^base: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Environment.Config.Network.Vpc == "none"
                ? Does.Contain("runtime: nothing to do")
                : Does.Match(@"(?m)^runtime: \d+ added, 0 changed, 0 destroyed"));
        });
    }

    [Test, Order(2)]
    public void Drift_LookedForByTheRoleThatOnlyReads_IsNone()
    {
        Run run = Environment.ExpectDrift(0);
        Assert.That(run.Output, Does.Not.Contain("changed outside Terraform").And.Not.Contain("not applied yet"));
    }

    [Test, Order(3)]
    public void DeployAgain_DoesNothing()
    {
        Run run = Environment.Expect(0, "deploy");
        Assert.That(run.Output, Does.Contain("base: nothing to do").And.Contain("runtime: nothing to do"));
    }
}

/// <summary>Environments that are deployed and stay until the run ends.</summary>
[TestFixtureSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.Staying))]
[Parallelizable(ParallelScope.Self)]
internal sealed class StayingTests(AppliedEnvironment environment) : DeploymentTests(environment);
