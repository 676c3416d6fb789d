using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Alarms;

internal sealed class AlarmsListVerb() : Verb(
    "list",
    "List the alarms with their states and topics, and subscriptions that are not confirmed",
    "./infra alarms list --env prod")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override async Task<ExitCode> RunAsync(Invocation invocation) =>
        await (await AlarmsCommand.OpenAsync(invocation.ContextOf(_json), invocation.Options)).ListAsync();
}
