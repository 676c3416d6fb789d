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
/// The verbs wake and sleep: what the schedule's build does, done locally at once, and said to the schedule, so that it does not
/// undo it before its time. Without a schedule they bring up and take away runtime.
/// </summary>
internal sealed class RuntimeScheduleCommand(RunContext context, SessionOptions options)
{
    /// <summary>Wakes runtime, or puts it to sleep.</summary>
    /// <param name="awake">Which.</param>
    /// <param name="until">Time until which it holds, as typed; none means the schedule's overrideHours.</param>
    /// <param name="hours">Hours for which it holds.</param>
    public async Task<ExitCode> RunAsync(bool awake, string? until, double? hours)
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, awake ? "wake" : "sleep");
        Override? wanted = Wanted(target.Environment.Config.Schedule, awake, until, hours);
        StackFolder @base = target.Stack(StackNames.Base);
        if (await target.State.ResourceCountAsync(@base.StateKey, context.Stopping) is 0)
            throw OperationException.BadInput("base is not deployed: there is nothing to wake or to put to sleep", $"./infra deploy {options.AsTyped}");
        SynthesizedSchedule? schedule = SynthesizedSchedule.Of(target.Access, @base);
        // Before anything is said to the schedule: where nothing is stored, it ends here.
        StackFolder? runtime = schedule is { Stored: null } ? null : await RuntimeAsync(target, schedule);
        if (options.DryRun)
            return await PlanAsync(target, schedule, runtime, awake);

        // A plan is asked for by its review; without one it is done here.
        if (runtime is null)
            await Confirmation(target).BeforeAsync(awake ? "give its services their tasks" : "take the tasks of its services away", context.Stopping);
        if (schedule is not null && wanted is not null)
        {
            if (await schedule.OverrideAsync(context.Stopping) is null)
                throw OperationException.BadInput("the schedule is not deployed yet", $"./infra deploy {options.AsTyped}");
            // First, so that a turn of the schedule that comes meanwhile wants the same.
            await schedule.SetAsync(wanted.ToString(), context.Stopping);
            await schedule.TakeTurnAtAsync(wanted.Until, context.Stopping);
        }

        StackRunner runner = Runner(target);
        var rollout = new RuntimeRollout(context, options, target);
        string done = runtime is null ? await ScaleAsync(schedule!, awake, rollout)
            : awake ? await rollout.ApplyAsync(runtime, async () => await runner.ApplyAsync(await runner.PlanAsync(runtime)))
            : await runner.ApplyAsync(await runner.PlanAsync(runtime, destroy: true));
        context.Reporter.Step("done");
        context.Reporter.Line($"  {done}");
        if (wanted is not null)
            context.Reporter.Line($"  {wanted.Word} until {Timetable.Of(target.Environment.Config.Schedule!).Show(wanted.Until)}, then as the timetable says");
        return ExitCode.Ok;
    }

    private static Override? Wanted(ScheduleConfig? schedule, bool awake, string? until, double? hours)
    {
        if (until is not null && hours is not null)
            throw OperationException.BadInput("--until and --for both say how long", "leave one of them out");
        if (schedule is null)
            return until is null && hours is null ? null : throw OperationException.BadInput("the environment has no schedule to hold against", "leave --until and --for out, or add a schedule");
        Timetable timetable = Timetable.Of(schedule);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (until is not null)
            return new Override(awake, UntilArgument.Parse(until, timetable, now));
        var time = TimeSpan.FromHours(hours ?? schedule.OverrideHours);
        return time <= TimeSpan.Zero || time > UntilArgument.Longest
            ? throw OperationException.BadInput($"--for {hours} is not a number of hours above 0 and up to {UntilArgument.Longest.TotalHours}")
            : new Override(awake, now + time);
    }

    private async Task<string> ScaleAsync(SynthesizedSchedule schedule, bool awake, RuntimeRollout rollout)
    {
        context.Reporter.Step(awake ? "giving services their tasks back" : "taking the tasks of services away");
        var watch = Stopwatch.StartNew();
        await schedule.ScaleAsync(awake, context.Reporter.Line, context.Stopping);
        if (awake)
            await rollout.WaitForTasksAsync(schedule.Services.Select(service => service.Service));
        return $"{schedule.Services.Count()} services scaled in {Reporter.Duration(watch.Elapsed)}";
    }

    private async Task<ExitCode> PlanAsync(DeploymentSession target, SynthesizedSchedule? schedule, StackFolder? runtime, bool awake)
    {
        if (runtime is null)
        {
            context.Reporter.Line($"would set the tasks of: {string.Join(", ", schedule!.Services.Select(service => service.Service))}");
            return ExitCode.Changes;
        }

        StackPlan plan = await Runner(target).PlanAsync(runtime, destroy: !awake, listAll: true);
        return plan.HasChanges ? ExitCode.Changes : ExitCode.Ok;
    }

    /// <summary>Runtime as it was last deployed; without a schedule, as it is here.</summary>
    private async Task<StackFolder> RuntimeAsync(DeploymentSession target, SynthesizedSchedule? schedule)
    {
        if (schedule?.Stored is not { } stored)
            return target.Stack(StackNames.Runtime);
        string folder = target.OutDir + "-stored";
        JObject manifest = await stored.GetAsync(folder, StackNames.Runtime, context.Stopping)
            ?? throw OperationException.BadInput("no deployment is stored yet that could be woken or put to sleep", $"./infra deploy {options.AsTyped}");
        context.Reporter.Detail($"runtime as deployed {(string?)manifest["deployedAt"]} from {(string?)manifest["commit"] ?? "an unknown commit"}");
        StackFolder stack = StackFolder.Open(folder, StackNames.Runtime);
        ProviderLock provider = ProviderLock.ReadFile(StoredDeployment.LockIn(folder));
        stack.Complete(provider, TerraformSetup.Mirror(provider));
        return stack;
    }

    private StackRunner Runner(DeploymentSession target) => new(context, target, [Confirmation(target)]);

    private Confirmation Confirmation(DeploymentSession target)
    {
        Reporter reporter = context.Reporter;
        // Runtime holds no data, and an environment with a schedule loses it each evening: only production is asked for.
        EnvironmentConfig config = target.Environment.Config;
        EnvironmentConfig asked = config.Schedule is null ? config : config with { Disposable = true };
        return new Confirmation(asked, options.Yes, reporter.CanAsk, reporter.AskAsync, reporter);
    }
}
