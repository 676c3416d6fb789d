using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.CommandLine;

/// <summary>The default help, followed by examples and, for the root command, the exit codes.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parseResult.InvocationConfiguration.Output = text;
        int result = usual.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        // The library shows the name of the assembly; users run the launcher script.
        output.Write(text.ToString().Replace($"  {parseResult.RootCommandResult.Command.Name}", "  ./infra", StringComparison.Ordinal));
        Command command = parseResult.CommandResult.Command;
        IEnumerable<string> examples = command is CommandWithExamples own
            ? own.Examples
            : command.Subcommands.OfType<CommandWithExamples>().Select(each => each.Examples[0]);
        output.WriteLine(command is CommandWithExamples ? "Examples:" : "One example each:");
        foreach (string example in examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        if (command is RootCommand)
        {
            output.WriteLine("Exit codes:");
            output.WriteLine(
                $"  {(int)ExitCode.Ok} done · {(int)ExitCode.Failed} failed · {(int)ExitCode.BadInput} bad input · "
                    + $"{(int)ExitCode.WrongAccount} wrong account · "
                + $"{(int)ExitCode.ToolMissing} tool missing · {(int)ExitCode.Changes} plan shows changes · {(int)ExitCode.Interrupted} "
                    + "interrupted");
            output.WriteLine();
        }

        return result;
    }
}
