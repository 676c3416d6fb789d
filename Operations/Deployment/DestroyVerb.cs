using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class DestroyVerb() : Verb(
    "destroy",
    "Destroy runtime, which costs by the hour; base, which holds data, only if it is named",
    "./infra destroy --env dev                        runtime; base and its certificates are kept",
    "./infra destroy --env local runtime base         everything of a disposable environment")
{
    private readonly StacksArgument _stacks = new(StackOrder.DefaultDestroy);
    private readonly FullOption _full = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DestroyCommand(invocation.Context, invocation.Options) { Full = invocation.Value(_full) }.RunAsync(_stacks.Of(invocation));
}
