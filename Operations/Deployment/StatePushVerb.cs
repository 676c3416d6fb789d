using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class StatePushVerb() : Verb(
    "push",
    "Save the state that an apply could not save, from this machine; deployed resources are not changed",
    "./infra state push base --env dev")
{
    private readonly StateStackArgument _stack = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new StateCommand(invocation.Context, invocation.Options).PushAsync(invocation.Value(_stack));
}
