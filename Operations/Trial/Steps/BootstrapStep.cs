using Infra.Operations.Deployment;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Creates state bucket, lock table and roles.</summary>
internal sealed class BootstrapStep : TrialStep
{
    public override string Name => "bootstrap";

    public override string Description => "Create the state bucket, the lock table and the roles";

    public override TimeSpan Expected => TimeSpan.FromMinutes(2);

    public override bool CanBeSkipped => false;

    public override async Task RunAsync(TrialRun run)
    {
        run.WriteEnvironment(TrialEnvironment.FirstPort);
        TrialRun.Expect(await new DeployCommand(run.Context, run.Options).BootstrapAsync(), "bootstrap");
    }
}
