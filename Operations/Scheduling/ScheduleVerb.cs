using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Scheduling;

internal sealed class ScheduleVerb() : Verb(
    "schedule",
    "Show the hours in which runtime is up, the override, and the next change",
    "./infra schedule --env dev",
    "./infra schedule --env dev --clear")
{
    private readonly Option<bool> _clear = new("--clear") { Description = "Remove the override; only the timetable applies again" };

    private readonly JsonOption _json = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new ScheduleCommand(invocation.ContextOf(_json), invocation.Options).RunAsync(invocation.Value(_clear));
}
