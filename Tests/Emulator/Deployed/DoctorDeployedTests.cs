using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary><c>./infra doctor --production</c> on a deployed environment.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class DoctorDeployedTests
{
    [Test, Property("Row", "D-L5")]
    public void Doctor_ReadsWhatIsDeployed()
    {
        AppliedEnvironment environment = AppliedEnvironment.Hoopstat;
        environment.Bootstrap.Addresses();

        Run run = environment.Sandbox.Expect(1, "doctor", "--production", "--env", environment.File, "--emulator");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Match(@"  met +bootstrap "));
            Assert.That(run.Output, Does.Match(@"  met +deployed +base, runtime"));
            Assert.That(run.Output, Does.Match(@"  met +certificates +\d issued"));
            Assert.That(run.Output, Does.Match(@"not met +releases +data-pipeline was never released"));
            Assert.That(run.Output, Does.Match(@"met +subscriptions "));
            Assert.That(run.Output, Does.Match(@"not checked +reviewers +GITHUB_TOKEN is not set"));
            Assert.That(run.Output, Does.Not.Contain("no access"));
        });
    }
}
