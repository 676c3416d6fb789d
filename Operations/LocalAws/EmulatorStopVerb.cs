using System.CommandLine;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;

namespace Infra.Operations.LocalAws;

internal sealed class EmulatorStopVerb() : Verb(
    "stop",
    "Stop it; everything that was deployed to it is lost",
    "./infra emulator stop")
{
    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        RunContext context = invocation.Context;
        EmulatorState? stopped = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).StopAsync();
        context.Reporter.Line(stopped is null ? "the emulator was not running" : $"emulator stopped: process {stopped.ProcessId}");
        return ExitCode.Ok;
    }
}
