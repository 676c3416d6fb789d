using System.CommandLine;
using Infra.Configuration;
using Infra.Operations.Deployment;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;

namespace Infra.Operations.LocalAws;

internal sealed class EmulatorStartVerb() : Verb(
    "start",
    "Start it and bootstrap the environments that use it; it keeps running after this command ends",
    "./infra emulator start                           ready for INFRA_ENV=local npx cdktf deploy base runtime",
    "./infra emulator start --empty                   in a second, without any resources")
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "Port on the loopback interface; 0 means a free one",
        HelpName = "PORT",
    };

    private readonly Option<bool> _empty = new("--empty")
    {
        Description = "Start it without the state buckets of the environments that use it",
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        RunContext context = invocation.Context;
        (EmulatorState state, bool started) =
            await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).StartAsync(invocation.Value(_port));
        if (!started)
            throw OperationException.Failed($"the emulator is running already: {state.Url.OriginalString}, process {state.ProcessId}",
                "./infra emulator stop   stops it");
        EmulatorStatusVerb.Show(context.Reporter, state);
        if (invocation.Value(_empty))
            return ExitCode.Ok;
        foreach (string environment in EnvironmentsOnEmulator(context, invocation.Options))
            await new DeployCommand(context, invocation.Options with { Environment = environment, Emulator = true, DryRun = false })
                .BootstrapAsync();
        return ExitCode.Ok;
    }

    /// <summary>The chosen environment, or all in <c>environments/</c> that use the emulator instead of an account.</summary>
    private static IEnumerable<string> EnvironmentsOnEmulator(RunContext context, SessionOptions options) =>
        options.Environment is { } chosen
            ? [chosen]
            : EnvironmentFile.List(context.Checkout.Root)
                .Where(name => EnvironmentFile.Load(name, context.Checkout.Root).Environment is { Config.Emulator: true });
}
