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
        var port = new Option<int>("--port") { Description = "Port on the loopback interface; 0 means a free one", HelpName = "PORT" };
        var empty = new Option<bool>("--empty") { Description = "Start it without the state buckets of the environments that use it" };
        var start = new Verb(
            "start",
            "Start it and bootstrap the environments that use it; it keeps running after this command ends",
            "./infra emulator start                           ready for INFRA_ENV=local npx cdktf deploy base runtime",
            "./infra emulator start --empty                   in a second, without any resources")
        {
            port, empty,
        };
        start.WithAction(
            parsed => StartAsync(context, server, Options.Read(context, parsed), parsed.GetValue(port), parsed.GetValue(empty)));
        return new Verb("emulator", "Start, stop and show the local AWS emulator: moto on the loopback interface, data in memory",
            "./infra emulator start", "./infra emulator status", "./infra emulator stop")
        {
            start,
            new Verb("stop", "Stop it; everything that was deployed to it is lost", "./infra emulator stop")
                .WithAction(_ => StopAsync(server, context.Reporter)),
            new Verb("status", "Show its address, process, start time and log; exit code 1 if it is not running", "./infra emulator status")
                .WithAction(_ => StatusAsync(server, context.Reporter)),
        };
    }

    private static async Task<ExitCode> StartAsync(RunContext context, EmulatorServer server, SessionOptions options, int port, bool empty)
    {
        (EmulatorState state, bool started) = await server.StartAsync(port);
        if (!started)
            throw OperationException.Failed($"the emulator is running already: {state.Url.OriginalString}, process {state.ProcessId}",
                "./infra emulator stop   stops it");
        Show(context.Reporter, state);
        if (empty)
            return ExitCode.Ok;
        foreach (string environment in LivingOnIt(context, options))
            await new DeployCommand(context, options with { Environment = environment, Emulator = true, DryRun = false }).BootstrapAsync();
        return ExitCode.Ok;
    }

    /// <summary>The chosen environment, or all in <c>environments/</c> that use the emulator instead of an account.</summary>
    private static IEnumerable<string> LivingOnIt(RunContext context, SessionOptions options) =>
        options.Environment is { } chosen
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
