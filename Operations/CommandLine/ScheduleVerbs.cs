using System.CommandLine;
using Infra.Operations.Scheduling;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>wake</c>, <c>sleep</c>, <c>schedule</c>.</summary>
internal static class ScheduleVerbs
{
    public static IEnumerable<Verb> Create(RunContext context)
    {
        yield return WakeOrSleep(
            context, awake: true, "wake", "Start runtime immediately, regardless of the schedule, and keep it running for a while",
            "./infra wake --env dev                           for the schedule's overrideHours",
            "./infra wake --env dev --until 22:00             in the schedule's time zone");
        yield return WakeOrSleep(context, awake: false, "sleep",
            "Destroy runtime (or stop its tasks, depending on the schedule's mode) immediately, and keep it stopped for a while",
            "./infra sleep --env dev --until 2027-01-04T08:00 over the holidays",
            "./infra sleep --env dev --for 2");
        yield return Schedule(context);
    }

    private static Verb WakeOrSleep(RunContext context, bool awake, string name, string description, params string[] examples)
    {
        var until =
            new Option<string?>("--until")
            {
                Description =
                "End of the override: 22:00, 2026-12-01T22:00 (schedule's zone), 2026-12-01T22:00Z",
                HelpName = "TIME"
            };
        var hours = new Option<double?>("--for") { Description = "Duration of the override in hours", HelpName = "HOURS" };
        var verb = new Verb(name, description, examples) { until, hours };
        return verb.WithAction(parsed => new RuntimeScheduleCommand(context, Options.Read(context, parsed))
            .RunAsync(awake, parsed.GetValue(until), parsed.GetValue(hours)));
    }

    private static Verb Schedule(RunContext context)
    {
        var clear = new Option<bool>("--clear") { Description = "Remove the override; only the timetable applies again" };
        var verb =
            new Verb("schedule", "Show the hours in which runtime is up, the override, and the next change", "./infra schedule --env dev",
                "./infra schedule --env dev --clear")
        {
            clear,
        };
        return verb.WithAction(parsed => new ScheduleCommand(context, Options.Read(context, parsed)).RunAsync(parsed.GetValue(clear)));
    }
}
