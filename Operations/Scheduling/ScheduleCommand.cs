using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Scheduling;

/// <summary>The schedule command: shows the timetable, the override, and the next change.</summary>
internal sealed class ScheduleCommand(RunContext context, SessionOptions options)
{
    private const int HoursOfWeek = 168;

    /// <summary>Shows the schedule.</summary>
    /// <param name="clear">Whether to remove the override first.</param>
    public async Task<ExitCode> RunAsync(bool clear)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "schedule");
        ScheduleConfig config = session.Environment.Config.Schedule
            ?? throw OperationException.BadInput($"{session.Environment.Config.Name} has no schedule: its runtime is always up",
                "add \"schedule\" to the environment file; see docs/schedule.md");
        SynthesizedSchedule schedule = SynthesizedSchedule.Of(session.Access, session.Stack(StackNames.Base))!;
        string? text = await schedule.OverrideAsync(context.Stopping);
        if (clear && text is not null)
        {
            await schedule.SetAsync(text = RuntimeOverride.None, context.Stopping);
            // Runs the schedule that the override has prevented.
            await schedule.RunAtAsync(DateTimeOffset.UtcNow.AddMinutes(1), context.Stopping);
        }

        string runtime = await RuntimeAsync(session);
        Show(config, text, runtime);
        Timetable timetable = Timetable.Of(config);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        context.Report(new JObject
        {
            ["timezone"] = config.Timezone,
            ["days"] = new JArray(config.Days.Order().Select(day => day.Text())),
            ["wake"] = config.Wake,
            ["sleep"] = config.Sleep,
            ["awakeByTimetable"] = timetable.IsAwake(now),
            ["override"] = text,
            ["runtime"] = runtime,
            ["nextWake"] = timetable.NextWake(now).UtcDateTime,
            ["nextSleep"] = timetable.NextSleep(now).UtcDateTime,
        });
        if (schedule.Stored is { } stored && text is not null)
            Line("stored", await stored.ManifestAsync(context.Stopping) is { } manifest
                ? $"{(string?)manifest["commit"] ?? "unknown commit"}, deployed {(string?)manifest["deployedAt"]}"
                : $"nothing yet; the schedule cannot wake runtime until you run ./infra deploy {options.AsTyped}");
        return ExitCode.Ok;
    }

    private void Show(ScheduleConfig config, string? text, string runtime)
    {
        Timetable timetable = Timetable.Of(config);
        DateTimeOffset now = DateTimeOffset.UtcNow;
        Line("timetable",
            $"{string.Join(' ', config.Days.Order().Select(day => day.Text()))}, {config.Wake} to {config.Sleep} {config.Timezone}");
        Line("local time", $"{timetable.Show(now)}, according to the timetable {(timetable.IsAwake(now) ? "awake" : "asleep")}");
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
        if (!RuntimeOverride.TryParse(text, out RuntimeOverride? found))
            return $"\"{text}\" is neither none nor awake|asleep until 2026-12-01T22:00Z; it is treated as none";
        return found is null ? RuntimeOverride.None
            : !found.IsInForce(now) ? $"none ({found.Word} until {timetable.Show(found.Until)} has expired)"
            : $"{found.Word} until {timetable.Show(found.Until)}, for {Reporter.Duration(found.Until - now)} more";
    }

    private async Task<string> RuntimeAsync(DeploymentSession session) =>
        await session.State.ResourceCountAsync(session.Stack(StackNames.Runtime).StateKey, context.Stopping) switch
        {
            null => "its state cannot be read",
            0 => "not deployed",
            { } count => $"{count} resources",
        };

    private void Line(string name, string value) => context.Reporter.Line($"  {name,-12}{value}");
}
