using Infra.Configuration.Model;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A deployment on the local AWS, by real Terraform and the real provider: created, and without changes in a second plan.
/// </summary>
[Category("Emulator")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal abstract class DeploymentTests(AppliedEnvironment environment)
{
    private bool _broken;

    protected AppliedEnvironment Environment { get; } = environment;

    // Each step depends on the one before: after a failure the later steps report that instead of failing for other reasons.
    [SetUp]
    public void RequireEarlierSteps() => Assert.That(_broken, Is.False, "an earlier step of this deployment failed");

    [TearDown]
    public void RecordFailure() =>
        _broken |= TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed;

    [Test, Order(1), Property("Row", "X2"), Property("Row", "D1"), Property("Row", "S15")]
    public void Deploy_CreatesBootstrapBaseAndRuntime()
    {
        Run run = Environment.DeployRun;
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"(?m)^bootstrap: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Does.Match(@"(?m)^base: \d+ added, 0 changed, 0 destroyed"));
            Assert.That(run.Output, Environment.Config.Network.Vpc == VpcSource.None
                ? Does.Contain("runtime: nothing to do")
                : Does.Match(@"(?m)^runtime: \d+ added, 0 changed, 0 destroyed"));
        });
    }

    /// <summary>Also shows that what was applied has the values of the synthesized JSON, as the provider reads them back.</summary>
    [Test, Order(2)]
    public void Drift_CheckedByTheReadOnlyRole_IsNone()
    {
        Run run = Environment.ExpectDrift(0);
        Assert.That(run.Output, Does.Not.Contain("changed outside Terraform").And.Not.Contain("not applied yet"));
    }
}

/// <summary>Environments that are deployed and kept until the test run ends.</summary>
[TestFixtureSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.WithoutFullCycle))]
[Parallelizable(ParallelScope.Self)]
internal sealed class StayingTests(AppliedEnvironment environment) : DeploymentTests(environment);
