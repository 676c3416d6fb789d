using System.Diagnostics;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Scheduling;

/// <summary>
/// The wake and sleep commands: the steps of the schedule's build (cycle.sh) in the same order, with an override, so that the schedule does
/// not revert them too early. Without a schedule they deploy and destroy runtime.
/// </summary>
/// <remarks>
/// What differs, because an operator runs them: they refuse before they change anything, write the override that the build only reads, and
/// ask before production is changed. A plan that another run has made stale is therefore an error here; the build, which nobody watches,
/// plans again.
/// </remarks>
internal sealed class RuntimeScheduleCommand(RunContext context, SessionOptions options)
{
    /// <summary>Addresses of resources with data that a wake may destroy or replace.</summary>
    public IReadOnlyList<string> AllowDataLoss { get; init; } = [];

    /// <summary>Wakes runtime, or puts it to sleep.</summary>
    /// <param name="awake">Whether to wake it.</param>
    /// <param name="until">End of the override, as given on the command line; null means the schedule's overrideHours.</param>
    /// <param name="hours">Duration of the override in hours.</param>
    public async Task<ExitCode> RunAsync(bool awake, string? until, double? hours)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, awake ? "wake" : "sleep");
        RuntimeOverride? wanted = Wanted(session.Environment.Config.Schedule, awake, until, hours);
        StackFolder @base = session.Stack(StackNames.Base);
        if (await session.State.ResourceCountAsync(@base.StateKey, context.Stopping) is 0)
            throw OperationException.BadInput(
                "base is not deployed: there is no runtime to wake or put to sleep", $"./infra deploy {options.AsTyped}");
        SynthesizedSchedule? schedule = SynthesizedSchedule.Of(session.Access, @base);
        // Before the override is written: this fails if nothing is stored.
        StackFolder? runtime = schedule is { Stored: null } ? null : await RuntimeAsync(session, schedule);
        if (!awake && runtime is not null)
            await DestroyProtection.RequireNoneAsync(session, options, [StackNames.Runtime], context.Stopping);
        if (options.DryRun)
            return await PlanAsync(session, schedule, runtime, awake);

        // Before the override is written: without a confirmation nothing changes.
        var runner = new StackRunner(context, session, []);
        StackPlan? plan = await ConfirmedAsync(session, runner, runtime, awake);
        if (schedule is not null && wanted is not null)
        {
            if (await schedule.OverrideAsync(context.Stopping) is null)
                throw OperationException.BadInput("the schedule is not deployed yet", $"./infra deploy {options.AsTyped}");
            // Before it is applied, so that a run of the schedule in the meantime does the same.
            await schedule.SetAsync(wanted.ToString(), context.Stopping);
            await schedule.RunAtAsync(wanted.Until, context.Stopping);
        }

        var rollout = new RuntimeRollout(context, options, session);
        string done = plan is null ? await ScaleAsync(schedule!, awake, rollout)
            : awake ? await rollout.ApplyAsync(plan.Stack, () => runner.ApplyAsync(plan))
            : await runner.ApplyAsync(plan);
        context.Reporter.Step("done");
        context.Reporter.Line($"  {done}");
        if (wanted is not null)
            context.Reporter.Line(
                $"  {wanted.Word} until {Timetable.Of(session.Environment.Config.Schedule!).Show(wanted.Until)}, then follows the timetable");
        return ExitCode.Ok;
    }

    private static RuntimeOverride? Wanted(ScheduleConfig? schedule, bool awake, string? until, double? hours)
    {
        if (until is not null && hours is not null)
            throw OperationException.BadInput("--until and --for cannot be combined", "pass only one of them");
        if (schedule is null)
            return until is null && hours is null ? null : throw OperationException.BadInput(
                "the environment has no schedule to override", "remove --until and --for, or add a schedule");
        Timetable timetable = Timetable.Of(schedule);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (until is not null)
            return new RuntimeOverride(awake, UntilArgument.Parse(until, timetable, now));
        var time = TimeSpan.FromHours(hours ?? schedule.OverrideHours);
        return time <= TimeSpan.Zero || time > UntilArgument.Longest
            ? throw OperationException.BadInput(
                $"--for {hours} is not a number of hours above 0 and up to {UntilArgument.Longest.TotalHours}")
            : new RuntimeOverride(awake, now + time);
    }

    /// <summary>The confirmed plan of runtime; null if only tasks are started or stopped, which is confirmed, too.</summary>
    private async Task<StackPlan?> ConfirmedAsync(DeploymentSession session, StackRunner runner, StackFolder? runtime, bool awake)
    {
        // Runtime holds no data, and a schedule destroys it every evening: only production needs a confirmation.
        EnvironmentConfig config = session.Environment.Config;
        EnvironmentConfig asked = config.Schedule is null ? config : config with { Disposable = true };
        var confirmation = new Confirmation(asked, options, context.Reporter);
        if (runtime is null)
        {
            await confirmation.BeforeAsync(awake ? "start the tasks of its services" : "stop the tasks of its services", context.Stopping);
            return null;
        }

        StackPlan plan = await runner.PlanAsync(runtime, destroy: !awake);
        // An own resource of runtime can hold data; a plan to destroy was checked by DestroyProtection.
        await PlanGuard.Of(session, AllowDataLoss, context.Reporter).ReviewAsync(plan, context.Stopping);
        await confirmation.ReviewAsync(plan, context.Stopping);
        return plan;
    }

    private async Task<string> ScaleAsync(SynthesizedSchedule schedule, bool awake, RuntimeRollout rollout)
    {
        context.Reporter.Step(awake ? "starting the tasks of services" : "stopping the tasks of services");
        var watch = Stopwatch.StartNew();
        await schedule.ScaleAsync(awake, context.Reporter.Line, context.Stopping);
        if (awake)
            await rollout.WaitForTasksAsync(schedule.Services.Select(service => service.Name));
        return $"{schedule.Services.Count()} services scaled in {Reporter.Duration(watch.Elapsed)}";
    }

    private async Task<ExitCode> PlanAsync(DeploymentSession session, SynthesizedSchedule? schedule, StackFolder? runtime, bool awake)
    {
        if (runtime is null)
        {
            context.Reporter.Line($"would set the tasks of: {string.Join(", ", schedule!.Services.Select(service => service.Name))}");
            return ExitCode.Changes;
        }

        StackPlan plan = await new StackRunner(context, session, []).PlanAsync(runtime, destroy: !awake);
        return plan.HasChanges ? ExitCode.Changes : ExitCode.Ok;
    }

    /// <summary>Runtime as it was last deployed; without a schedule, as synthesized from this checkout.</summary>
    private async Task<StackFolder> RuntimeAsync(DeploymentSession session, SynthesizedSchedule? schedule)
    {
        if (schedule?.Stored is not { } stored)
            return session.Stack(StackNames.Runtime);
        string folder = session.OutDir + "-stored";
        JObject manifest = await stored.GetAsync(folder, StackNames.Runtime, context.Stopping)
            ?? throw OperationException.BadInput("no stored deployment yet to wake or put to sleep", $"./infra deploy {options.AsTyped}");
        context.Reporter.Detail(
            $"runtime as deployed {(string?)manifest["deployedAt"]} from {(string?)manifest["commit"] ?? "an unknown commit"}");
        StackFolder stack = StackFolder.Open(folder, StackNames.Runtime);
        ProviderLock provider = ProviderLock.ReadFile(StoredDeployment.LockIn(folder));
        stack.Complete(provider, TerraformSetup.Mirror(provider, context.Variables));
        return stack;
    }
}
