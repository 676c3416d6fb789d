using Infra.Contracts;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Deploys base and runtime with the placeholder image.</summary>
internal sealed class DeployStep : TrialStep
{
    public override string Name => "deploy";

    public override string Description => "Deploy base and runtime with the placeholder image";

    public override TimeSpan Expected => TimeSpan.FromMinutes(18);

    public override bool CanBeSkipped => false;

    public override async Task RunAsync(TrialRun run)
    {
        await run.DeployAsync(StackNames.Base, StackNames.Runtime);
        await run.CheckPlanAsync("after the deployment");
    }
}
