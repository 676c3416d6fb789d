using Infra.Operations.Releases;
using Infra.Operations.Trial.Images;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Releases a first image.</summary>
internal sealed class ReleaseStep : TrialStep
{
    public override string Name => "release";

    public override string Description => "Push an image to the service's repository and release it";

    public override TimeSpan Expected => TimeSpan.FromMinutes(5);

    public override bool CanBeSkipped => false;

    public override async Task RunAsync(TrialRun run)
    {
        string digest = await TrialImages.PushAsync(run, "v1", TrialImages.Server("v1"));
        await ReleaseAsync(run, digest);
        RunningService running = await run.RunningAsync(TrialEnvironment.Service);
        Require(running.Runs(digest), $"after the release ECS runs {running.Image}, not {digest}");
        // The emulator runs no containers.
        if (!run.OnEmulator)
            run.Report.Note(Assumption.TemporaryFolder, true, "the image is healthy");
    }

    /// <summary>Releases a digest of the service.</summary>
    internal static async Task ReleaseAsync(TrialRun run, string digest)
    {
        using ReleaseCommand command = await ReleaseCommand.OpenAsync(run.Context, run.Options, TrialEnvironment.Service, "release");
        TrialRun.Expect(await command.ReleaseAsync(digest), "release");
    }
}
