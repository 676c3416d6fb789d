using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Deployment;

internal sealed class StateRestoreVerb() : Verb(
    "restore",
    "Restore an earlier version of a stack's state; deployed resources are not changed",
    "./infra state restore base 3HL4kqtJlcpXroDTDmJ.rmSpXd3dIbrH --env dev")
{
    private readonly StateStackArgument _stack = new();
    private readonly Argument<string> _version = new("VERSION") { Description = "Version of the state, as list shows it" };

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new StateCommand(invocation.Context, invocation.Options).RestoreAsync(invocation.Value(_stack), invocation.Value(_version));
}
