using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.CommandLine;

/// <summary>The default help, followed by examples; of the root command, its verbs by section and the exit codes.</summary>
internal sealed class ExamplesHelpAction(HelpAction usual) : SynchronousCommandLineAction
{
    private const string Commands = "Commands:";

    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        // The library shows the name of the assembly; users run the launcher script.
        string text = Usual(parseResult).Replace($"  {parseResult.RootCommandResult.Command.Name}", "  ./infra", StringComparison.Ordinal);
        if (parseResult.CommandResult.Command is SectionedCommand root)
        {
            output.Write(text[..text.IndexOf(Commands, StringComparison.Ordinal)]);
            WriteSections(output, root);
            output.WriteLine("Exit codes:");
            output.WriteLine(
                $"  {(int)ExitCode.Ok} done · {(int)ExitCode.Failed} failed · {(int)ExitCode.BadInput} bad input · "
                    + $"{(int)ExitCode.WrongAccount} wrong account");
            output.WriteLine(
                $"  {(int)ExitCode.ToolMissing} tool missing · {(int)ExitCode.Changes} plan shows changes · "
                    + $"{(int)ExitCode.DataAtRisk} data at risk · {(int)ExitCode.Interrupted} interrupted");
            output.WriteLine();
            output.WriteLine("./infra help COMMAND (or ./infra COMMAND --help) describes a command, with examples.");
            return 0;
        }

        output.Write(text);
        output.WriteLine("Examples:");
        foreach (string example in ((CommandWithExamples)parseResult.CommandResult.Command).Examples)
            output.WriteLine($"  {example}");
        output.WriteLine();
        return 0;
    }

    /// <summary>The default help, without the shared options that do not apply to the verb.</summary>
    private string Usual(ParseResult parsed)
    {
        Option[] others = parsed.CommandResult.Command is Verb verb ? [.. SharedOptions.All.Except(verb.AppliedOptions)] : [];
        TextWriter output = parsed.InvocationConfiguration.Output;
        using var text = new StringWriter();
        parsed.InvocationConfiguration.Output = text;
        foreach (Option option in others)
            option.Hidden = true;
        try
        {
            usual.Invoke(parsed);
        }
        finally
        {
            foreach (Option option in others)
                option.Hidden = false;
            parsed.InvocationConfiguration.Output = output;
        }

        return text.ToString();
    }

    private static void WriteSections(TextWriter output, SectionedCommand root)
    {
        int names = root.Subcommands.Max(verb => verb.Name.Length);
        int width = (Console.IsOutputRedirected ? int.MaxValue : Console.WindowWidth) - names - 5;
        output.WriteLine(Commands);
        foreach (VerbSection section in root.Sections)
        {
            output.WriteLine();
            output.WriteLine($"{section.Title}:");
            foreach (Command verb in section.Verbs)
            {
                string name = verb.Name;
                foreach (string line in Wrapped.Lines(verb.Description!, width))
                {
                    output.WriteLine($"  {name.PadRight(names)}  {line}");
                    name = "";
                }
            }
        }

        output.WriteLine();
    }
}
