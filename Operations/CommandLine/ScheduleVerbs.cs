using System.CommandLine;
using Infra.Operations.Scheduling;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>wake</c>, <c>sleep</c>, <c>schedule</c>.</summary>
internal static class ScheduleVerbs
{
    public static IEnumerable<Verb> Create(RunContext context)
    {
        yield return Cycle(context, awake: true, "wake", "Bring runtime up at once, whatever the schedule says, and keep it up for a while",
            "./infra wake --env dev                           for the schedule's overrideHours",
            "./infra wake --env dev --until 22:00             in the schedule's time zone");
        yield return Cycle(context, awake: false, "sleep", "Take runtime away at once (or its tasks, by the schedule's mode), and keep it away for a while",
            "./infra sleep --env dev --until 2027-01-04T08:00 over the holidays",
            "./infra sleep --env dev --for 2");
        yield return Schedule(context);
    }

    private static Verb Cycle(RunContext context, bool awake, string name, string description, params string[] examples)
    {
        var until = new Option<string?>("--until") { Description = "Time until which it holds: 22:00, 2026-12-01T22:00 (schedule's zone), 2026-12-01T22:00Z", HelpName = "TIME" };
        var hours = new Option<double?>("--for") { Description = "Hours for which it holds", HelpName = "HOURS" };
        var verb = new Verb(name, description, examples) { until, hours };
        return verb.Does(parsed => new RuntimeScheduleCommand(context, Options.Read(parsed)).RunAsync(awake, parsed.GetValue(until), parsed.GetValue(hours)));
    }

    private static Verb Schedule(RunContext context)
    {
        var clear = new Option<bool>("--clear") { Description = "Take the override away; the timetable alone decides again" };
        var verb = new Verb("schedule", "Hours in which runtime is up, what was said against them, and what comes next", "./infra schedule --env dev", "./infra schedule --env dev --clear")
        {
            clear,
        };
        return verb.Does(parsed => new ScheduleCommand(context, Options.Read(parsed)).RunAsync(parsed.GetValue(clear)));
    }
}
