using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Trial.Images;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Releases an image whose tasks exit immediately: ECS rolls back the deployment, and the release fails.</summary>
internal sealed class FailedReleaseStep : TrialStep
{
    public override string Name => "failed-release";

    public override string Description => "Release an image whose tasks exit immediately; ECS rolls back and the release fails";

    public override TimeSpan Expected => TimeSpan.FromMinutes(12);

    public override async Task RunAsync(TrialRun run)
    {
        RunningService before = await run.RunningAsync(TrialEnvironment.Service);
        // The emulator recognizes such an image by this tag.
        string digest = await TrialImages.PushAsync(run, "crash", TrialImages.Crash);
        OperationException? failure = null;
        try
        {
            await ReleaseStep.ReleaseAsync(run, digest);
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
        {
            failure = e;
        }

        RunningService after = await run.RunningAsync(TrialEnvironment.Service);
        bool rolledBack = failure is not null && after.Image == before.Image && after.Rollout == "COMPLETED"
            && after.Events.Any(said => said.Message?.Contains("deployment failed", StringComparison.Ordinal) == true);
        run.Report.Note(Assumption.Rollback, rolledBack, $"{failure?.Message ?? "the release did not fail"}; it runs {after.Image}");
        Require(rolledBack,
            $"the failed release was not rolled back as expected: {failure?.Message ?? "it succeeded"}; it runs {after.Image}");
    }
}
