using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Scheduling;

/// <summary>The verb schedule: the timetable, what is said against it, and what comes next.</summary>
internal sealed class ScheduleCommand(RunContext context, SessionOptions options)
{
    private const int HoursOfWeek = 168;

    /// <summary>Shows the schedule.</summary>
    /// <param name="clear">Whether to take the override away first.</param>
    public async Task<ExitCode> RunAsync(bool clear)
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "schedule");
        ScheduleConfig config = target.Environment.Config.Schedule
            ?? throw OperationException.BadInput($"{target.Environment.Config.Name} has no schedule: its runtime is always up", "add the section schedule to the environment file; docs/schedule.md");
        SynthesizedSchedule schedule = SynthesizedSchedule.Of(target.Access, target.Stack(StackNames.Base))!;
        string? text = await schedule.OverrideAsync(context.Stopping);
        if (clear && text is not null)
        {
            await schedule.SetAsync(text = ScheduleOverrideParameter.None, context.Stopping);
            // Takes the turn that the override has kept from happening.
            await schedule.TakeTurnAtAsync(DateTimeOffset.UtcNow.AddMinutes(1), context.Stopping);
        }

        Show(config, text, await RuntimeAsync(target));
        if (schedule.Stored is { } stored && text is not null)
            Line("stored", await stored.ManifestAsync(context.Stopping) is { } manifest
                ? $"{(string?)manifest["commit"] ?? "unknown commit"}, deployed {(string?)manifest["deployedAt"]}"
                : $"nothing yet; the schedule cannot wake runtime before ./infra deploy {options.AsTyped}");
        return ExitCode.Ok;
    }

    private void Show(ScheduleConfig config, string? text, string runtime)
    {
        Timetable timetable = Timetable.Of(config);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Line("timetable", $"{string.Join(' ', ScheduleConfig.Week.Where(config.Days.Contains))}, {config.Wake} to {config.Sleep} {config.Timezone}");
        Line("there it is", $"{timetable.Show(now)}, by the timetable {(timetable.IsAwake(now) ? "awake" : "asleep")}");
        Line("awake", $"{config.HoursPerWeek:0.#} of {HoursOfWeek} hours a week ({config.Share:P0})");
        Line("asleep", config.DestroysRuntime ? "runtime is destroyed" : "services have no tasks");
        Line("override", Describe(text, timetable, now));
        Line("runtime", runtime);
        Line("next wake", timetable.Show(timetable.NextWake(now)));
        Line("next sleep", timetable.Show(timetable.NextSleep(now)));
    }

    private static string Describe(string? text, Timetable timetable, DateTimeOffset now)
    {
        if (text is null)
            return "the schedule is not deployed yet";
        if (!Override.TryParse(text, out Override? found))
            return $"\"{text}\" is neither none nor awake|asleep until 2026-12-01T22:00Z; it is taken for none";
        return found is null ? ScheduleOverrideParameter.None
            : found.Until <= now ? $"none ({found.Word} until {timetable.Show(found.Until)} has ended)"
            : $"{found.Word} until {timetable.Show(found.Until)}, for {Reporter.Duration(found.Until - now)} more";
    }

    private async Task<string> RuntimeAsync(DeploymentSession target) =>
        await target.State.ResourceCountAsync(target.Stack(StackNames.Runtime).StateKey, context.Stopping) switch
        {
            null => "its state cannot be read",
            0 => "not there",
            { } count => $"{count} resources",
        };

    private void Line(string name, string value) => context.Reporter.Line($"  {name,-12}{value}");
}
