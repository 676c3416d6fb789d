using System.CommandLine;
using System.Globalization;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.LocalAws;

internal sealed class EmulatorStatusVerb() : Verb(
    "status",
    "Show its address, process, start time and log; exit code 1 if it is not running",
    "./infra emulator status")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => [];

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        RunContext context = invocation.ContextOf(_json);
        if (await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).FindAsync() is not { } state)
        {
            context.Reporter.Line("the emulator is not running");
            context.Report(new JObject { ["running"] = false });
            return ExitCode.Failed;
        }

        Show(context.Reporter, state);
        context.Report(new JObject
        {
            ["running"] = true,
            ["url"] = state.Url.OriginalString,
            ["process"] = state.ProcessId,
            ["since"] = state.StartedAt,
            ["moto"] = state.Version,
            ["log"] = state.Log,
        });
        return ExitCode.Ok;
    }

    internal static void Show(Reporter reporter, EmulatorState state)
    {
        reporter.Line($"emulator  {state.Url.OriginalString}");
        reporter.Line($"process   {state.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        reporter.Line($"since     {state.StartedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}");
        reporter.Line($"moto      {state.Version} ({state.Way})");
        reporter.Line($"log       {state.Log}");
    }
}
