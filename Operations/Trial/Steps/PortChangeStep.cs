using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Changes the service's port while its target group is in use.</summary>
internal sealed class PortChangeStep : TrialStep
{
    public override string Name => "port-change";

    public override string Description => "Change the service's port and deploy";

    public override TimeSpan Expected => TimeSpan.FromMinutes(7);

    public override async Task RunAsync(TrialRun run)
    {
        run.WriteEnvironment(TrialEnvironment.SecondPort);
        try
        {
            // The security groups that allow the port are in base.
            await run.DeployAsync(StackNames.Base, StackNames.Runtime);
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
        {
            run.Report.Note(Assumption.PortChange, false, e.Message);
            throw;
        }

        RunningService running = await run.RunningAsync(TrialEnvironment.Service);
        run.Report.Note(Assumption.PortChange, true, $"deployed; {running.Running} of {running.Desired} tasks run");
    }
}
