using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Scheduling;

internal sealed class WakeVerb() : Verb(
    "wake",
    "Start runtime immediately, regardless of the schedule, and keep it running for a while",
    "./infra wake --env dev                           for the schedule's overrideHours",
    "./infra wake --env dev --until 22:00             in the schedule's time zone")
{
    private readonly UntilOption _until = new();
    private readonly ForOption _for = new();
    private readonly AllowDataLossOption _allowDataLoss = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) => new RuntimeScheduleCommand(invocation.Context, invocation.Options)
    {
        AllowDataLoss = invocation.Value(_allowDataLoss),
    }.RunAsync(awake: true, invocation.Value(_until), invocation.Value(_for));
}
