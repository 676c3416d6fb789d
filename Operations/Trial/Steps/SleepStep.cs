using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Scheduling;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Destroys runtime, as the schedule does in the evening, and wakes it.</summary>
internal sealed class SleepStep : TrialStep
{
    public const string StepName = "sleep-and-wake";

    public override string Name => StepName;

    public override string Description => "Put runtime to sleep and wake it: on AWS by the schedule's own build";

    public override TimeSpan Expected => TimeSpan.FromMinutes(16);

    public override async Task RunAsync(TrialRun run)
    {
        TrialRun.Expect(await new RuntimeScheduleCommand(run.Context, run.Options).RunAsync(awake: false, until: null, hours: 1), "sleep");
        if (run.OnEmulator)
        {
            // The emulator stores builds but does not run them.
            TrialRun.Expect(
                await new RuntimeScheduleCommand(run.Context, run.Options).RunAsync(awake: true, until: null, hours: 1), "wake");
        }
        else
        {
            // Not with schedule --clear, which would start a second build at the same time.
            await new SsmClient(await run.AccessAsync()).PutParameterAsync(
                new PutParameterRequest(run.Names.ScheduleOverride, RuntimeOverride.None, "String"), run.Stopping);
            await ScheduleBuild.RunAsync(run, "wake");
        }

        Releases.RunningService running = await run.RunningAsync(TrialEnvironment.Worker);
        run.Report.Note(
            Assumption.Wake, running.Running == running.Desired, $"{running.Running} of {running.Desired} tasks of the worker run");
        await run.CheckPlanAsync("after the wake");
    }
}
