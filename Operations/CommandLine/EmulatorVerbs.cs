using System.CommandLine;
using System.Globalization;
using Infra.Configuration;
using Infra.Operations.Deployment;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>emulator start|stop|status</c>.</summary>
internal static class EmulatorVerbs
{
    public static Verb Create(RunContext context)
    {
        var server = new EmulatorServer(context.Checkout, context.Runner, context.Reporter);
        var port = new Option<int>("--port") { Description = "Port on loopback; 0 means a free one", HelpName = "PORT" };
        var empty = new Option<bool>("--empty") { Description = "Start it without the state buckets of the environments that live on it" };
        var start = new Verb(
            "start",
            "Start it and bootstrap the environments that live on it; it runs on after this command ends",
            "./infra emulator start                           ready for INFRA_ENV=local npx cdktf deploy base runtime",
            "./infra emulator start --empty                   in a second, with nothing in it")
        {
            port, empty,
        };
        start.Does(parsed => StartAsync(context, server, Options.Read(parsed), parsed.GetValue(port), parsed.GetValue(empty)));
        return new Verb("emulator", "The local AWS: moto on loopback, its data in memory", "./infra emulator start", "./infra emulator status", "./infra emulator stop")
        {
            start,
            new Verb("stop", "Stop it; what was deployed into it is gone", "./infra emulator stop").Does(_ => StopAsync(server, context.Reporter)),
            new Verb("status", "Where it listens, its process, since when, its log; exit code 1 if it does not run", "./infra emulator status")
                .Does(_ => StatusAsync(server, context.Reporter)),
        };
    }

    private static async Task<ExitCode> StartAsync(RunContext context, EmulatorServer server, SessionOptions options, int port, bool empty)
    {
        (EmulatorState state, bool started) = await server.StartAsync(port);
        if (!started)
            throw OperationException.Failed($"the emulator is running already: {state.Url.OriginalString}, process {state.ProcessId}", "./infra emulator stop   ends it");
        Show(context.Reporter, state);
        if (empty)
            return ExitCode.Ok;
        foreach (string environment in LivingOnIt(context, options))
            await new DeployCommand(context, options with { Environment = environment, Emulator = true, DryRun = false }).BootstrapAsync();
        return ExitCode.Ok;
    }

    /// <summary>The chosen environment, else all below <c>environments/</c> that name no account but the emulator.</summary>
    private static IEnumerable<string> LivingOnIt(RunContext context, SessionOptions options) =>
        options.Chosen is { } chosen
            ? [chosen]
            : EnvironmentFile.List(context.Checkout.Root)
                .Where(name => EnvironmentFile.Load(name, context.Checkout.Root).Environment is { Config.Emulator: true });

    private static async Task<ExitCode> StopAsync(EmulatorServer server, Reporter reporter)
    {
        EmulatorState? stopped = await server.StopAsync();
        reporter.Line(stopped is null ? "the emulator was not running" : $"emulator stopped: process {stopped.ProcessId}");
        return ExitCode.Ok;
    }

    private static async Task<ExitCode> StatusAsync(EmulatorServer server, Reporter reporter)
    {
        if (await server.FindAsync() is not { } state)
        {
            reporter.Line("the emulator is not running");
            return ExitCode.Failed;
        }

        Show(reporter, state);
        return ExitCode.Ok;
    }

    private static void Show(Reporter reporter, EmulatorState state)
    {
        reporter.Line($"emulator  {state.Url.OriginalString}");
        reporter.Line($"process   {state.ProcessId.ToString(CultureInfo.InvariantCulture)}");
        reporter.Line($"since     {state.StartedAt.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)}");
        reporter.Line($"moto      {state.Version} ({state.Way})");
        reporter.Line($"log       {state.Log}");
    }
}
