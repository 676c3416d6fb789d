using System.CommandLine;
using System.CommandLine.Help;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>The program behind <c>./infra</c>: parses the command line, runs the command, returns an exit code for every outcome.</summary>
public static class Launcher
{
    /// <summary><c>help VERB</c> is <c>VERB --help</c>.</summary>
    private const string HelpWord = "help";

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Arguments; none means help.</param>
    /// <param name="synthesize">Synthesizes an environment.</param>
    /// <returns>The exit code: a value of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Synthesize synthesize)
    {
        var variables = EnvironmentVariables.OfThisProcess();
        var reporter = Reporter.ForConsole(name => variables[name]);
        using var interruption = Interruption.OfThisProcess(
            () => reporter.Warn("interrupted: waiting for running operations to stop gracefully; press Ctrl-C again to stop immediately"));
        return (int)await RunAsync(args, synthesize, variables, reporter, interruption);
    }

    internal static async Task<ExitCode> RunAsync(
        string[] args, Synthesize synthesize, EnvironmentVariables variables, Reporter reporter, Interruption interruption)
    {
        try
        {
            var checkout = Checkout.Find(variables);
            if (Completions.LineOf(args) is { } line)
            {
                foreach (string candidate in Completions.Of(line, checkout.Root, variables[SessionOptions.EnvironmentVariable]))
                    reporter.Line(candidate);
                return ExitCode.Ok;
            }

            string name = args.FirstOrDefault(arg => !arg.StartsWith('-')) ?? HelpWord;
            using var log = new LogFile(checkout.Logs, Path.GetFileName(name), reporter.Redactor);
            log.Write($"$ infra {string.Join(' ', args)}");
            return await RunAsync(args, new RunContext(checkout, variables, reporter, interruption, synthesize, log));
        }
        catch (Exception e) when (e is OperationException or IOException or UnauthorizedAccessException)
        {
            // No log can be written.
            reporter.Failure(e.Message, (e as OperationException)?.Remedy);
            return (e as OperationException)?.ExitCode ?? ExitCode.Failed;
        }
    }

    internal static async Task<ExitCode> RunAsync(string[] args, RunContext context)
    {
        try
        {
            RootCommand root = RegisteredVerbs.Root(context);
            var help = root.Options.OfType<HelpOption>().Single();
            help.Action = new ExamplesHelpAction((HelpAction)help.Action!);
            bool asksForHelp = args is [] or [HelpWord, ..];
            ParseResult parsed = root.Parse(asksForHelp ? [.. args.SkipWhile(arg => arg == HelpWord), help.Name] : args);
            // Help of a verb that does not exist would be the help of the program, without a word about the mistake.
            bool showsHelp = parsed.Action is ExamplesHelpAction && !(asksForHelp && parsed.UnmatchedTokens.Count > 0);
            if (!showsHelp && ParseProblems.Of(parsed) is { } problem)
                throw problem;

            // Exceptions and signals are handled here, once, for all commands.
            return (ExitCode)await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
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
        catch (Exception e) when (AwsFailure.Of(e) is { } failure)
        {
            context.Log.Write(e.ToString());
            context.Reporter.Failure(failure.Message, failure.Remedy);
            return failure.ExitCode;
        }
#pragma warning disable CA1031 // The one place that handles unexpected exceptions: the user gets one line, the log the stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            context.Log.Write(e.ToString());
            context.Reporter.Failure(
                $"unexpected error: {e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}",
                $"details: {context.Checkout.Show(context.Log.Path)}");
            return ExitCode.Failed;
        }
    }
}
