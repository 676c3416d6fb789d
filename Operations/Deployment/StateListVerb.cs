using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class StateListVerb() : Verb(
    "list",
    "List the last versions of a stack's state, newest first",
    "./infra state list base --env dev")
{
    private readonly StateStackArgument _stack = new();

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new StateCommand(invocation.ContextOf(_json), invocation.Options).ListAsync(invocation.Value(_stack));
}
