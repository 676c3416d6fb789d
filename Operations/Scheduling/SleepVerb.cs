using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Scheduling;

internal sealed class SleepVerb() : Verb(
    "sleep",
    "Destroy runtime (or stop its tasks, depending on the schedule's mode) immediately, and keep it stopped for a while",
    "./infra sleep --env dev --until 2027-01-04T08:00 over the holidays",
    "./infra sleep --env dev --for 2")
{
    private readonly UntilOption _until = new();
    private readonly ForOption _for = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new RuntimeScheduleCommand(invocation.Context, invocation.Options)
        .RunAsync(awake: false, invocation.Value(_until), invocation.Value(_for));
}
