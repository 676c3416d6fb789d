using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>The program behind <c>./infra</c>: reads the command line, runs the verb, turns whatever happens into an exit code.</summary>
public static class Launcher
{
    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments; none means <c>synth</c>, which is how cdktf calls.</param>
    /// <param name="synthesize">Synthesizes an environment.</param>
    /// <returns>The exit code: a value of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Synthesize synthesize)
    {
        var reporter = Reporter.ForConsole();
        try
        {
            var checkout = Checkout.Find();
            string name = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? "synth";
            using var log = new LogFile(checkout.Logs, Path.GetFileName(name), reporter.Redactor);
            log.Write($"$ infra {string.Join(' ', args)}");
            using var interruption = Interruption.OfThisProcess(
                () => reporter.Warn("interrupted: waiting for what runs to end cleanly; once more ends it at once"));
            return (int)await RunAsync(args, new RunContext(checkout, reporter, interruption, synthesize, log));
        }
        catch (Exception e) when (e is OperationException or IOException or UnauthorizedAccessException)
        {
            // There is no log to write to.
            reporter.Failure(e.Message, (e as OperationException)?.Remedy);
            return (int)((e as OperationException)?.ExitCode ?? ExitCode.Failed);
        }
    }

    internal static async Task<ExitCode> RunAsync(string[] args, RunContext context)
    {
        try
        {
            RootCommand root = Verbs.Root(context);
            var help = root.Options.OfType<HelpOption>().Single();
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
            ParseResult parsed = root.Parse(args.Length == 0 ? ["synth"] : args);
            if (parsed.Action is ParseErrorAction problem)
            {
                // The typing error and the nearest verb, not the whole help.
                problem.ShowHelp = false;
                await parsed.InvokeAsync();
                context.Reporter.Problem("./infra --help shows the verbs, ./infra VERB --help shows one");
                return ExitCode.BadInput;
            }

            // Exceptions and signals are dealt with here, once, for all verbs.
            return (ExitCode)await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (OperationException e)
        {
            context.Log.Write(e.ToString());
            context.Reporter.Failure(e.Message, e.Remedy);
            return e.ExitCode;
        }
        catch (OperationCanceledException) when (context.Stopping.IsCancellationRequested)
        {
            context.Reporter.Failure("interrupted", null);
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The one place where every unexpected exception ends: a person gets a line, the log the trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.Log.Write(e.ToString());
            context.Reporter.Failure(
                $"unexpected error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}", $"details: {context.Checkout.Show(context.Log.Path)}");
            return ExitCode.Failed;
        }
    }
}
