using Infra.Operations.Releases;
using Infra.Operations.Trial.Images;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Releases a second image, and rolls back to the first.</summary>
internal sealed class RollbackStep : TrialStep
{
    public override string Name => "rollback";

    public override string Description => "Release a second image and roll back to the first";

    public override TimeSpan Expected => TimeSpan.FromMinutes(9);

    public override async Task RunAsync(TrialRun run)
    {
        RunningService before = await run.RunningAsync(TrialEnvironment.Service);
        string digest = await TrialImages.PushAsync(run, "v2", TrialImages.Server("v2"));
        await ReleaseStep.ReleaseAsync(run, digest);
        Require((await run.RunningAsync(TrialEnvironment.Service)).Runs(digest), "the second release does not run");
        using (ReleaseCommand command = await ReleaseCommand.OpenAsync(run.Context, run.Options, TrialEnvironment.Service, "rollback"))
            TrialRun.Expect(await command.RollBackAsync(null), "rollback");
        RunningService after = await run.RunningAsync(TrialEnvironment.Service);
        Require(after.Image == before.Image, $"after the rollback ECS runs {after.Image}, not {before.Image}");
    }
}
