using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class OutputsVerb() : Verb(
    "outputs",
    "Show the outputs of the deployed stacks, such as ARNs and ids",
    "./infra outputs --env dev                        base and runtime",
    "./infra outputs base --env dev --json | jq -r .base.vpc_id")
{
    private readonly StacksArgument _stacks = new(StackOrder.Default);
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        OutputsCommand.RunAsync(invocation.Context, invocation.Options, _stacks.Of(invocation), invocation.Value(_json));
}
