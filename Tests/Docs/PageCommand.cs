using System.CommandLine;
using System.Text.RegularExpressions;
using Infra.Operations.CommandLine;
using Infra.Operations.Verbs;
using Infra.Operations.Workspace;

namespace Infra.Tests.Docs;

/// <summary>A command line of <c>./infra</c> on a page.</summary>
/// <param name="Place">Page and line.</param>
/// <param name="Text">The command as written, without a comment.</param>
internal sealed partial record PageCommand(string Place, string Text)
{
    private static readonly string[] Everywhere = ["--help", "-h", "--version"];

    /// <summary>Words after <c>./infra</c>.</summary>
    public string[] Arguments =>
        [.. Word().Matches(Text["./infra".Length..]).Select(match => match.Value.Trim('"', '\''))];

    /// <summary>All commands of a page, in fenced blocks and in the text.</summary>
    public static IEnumerable<PageCommand> Of(string page)
    {
        string[] lines = MarkdownPages.Read(page).Split('\n');
        bool fenced = false;
        for (int at = 0; at < lines.Length; at++)
        {
            if (lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
                fenced = !fenced;
            else
                foreach (Match match in (fenced ? InBlock() : InText()).Matches(lines[at]))
                    yield return new PageCommand($"{page}:{at + 1}", match.Groups["command"].Value.Trim());
        }
    }

    /// <summary>What is wrong with the command; null if its verb and options exist.</summary>
    public string? Problem(RunContext context)
    {
        RootCommand root = RegisteredVerbs.Root(context);
        Command command = root;
        string[] words = Arguments;
        // On pages, options follow the verb.
        foreach (string word in words)
        {
            if (command.Subcommands.FirstOrDefault(each => each.Name == word) is { } inner)
                command = inner;
            else if (command is RootCommand or VerbGroup && LowerCase().IsMatch(word))
                return $"there is no verb {word}";
        }

        string[] known = [.. command.Options.Concat(root.Options).SelectMany(option => option.Aliases.Append(option.Name)), .. Everywhere];
        string? missing = words.Where(word => word.StartsWith('-')).Select(word => word.Split('=')[0])
            .FirstOrDefault(option => !known.Contains(option));
        return missing is null ? null : $"{command.Name} has no option {missing}";
    }

    [GeneratedRegex(@"(?<![\w/.])(?<command>\./infra(?= )[^#|&;>]*)")]
    private static partial Regex InBlock();

    [GeneratedRegex(@"`(?:[A-Z_]+=\S+ )*(?<command>\./infra [^`|&;>]*)`")]
    private static partial Regex InText();

    [GeneratedRegex("""[^\s"']+|"[^"]*"|'[^']*'""")]
    private static partial Regex Word();

    // Not a placeholder such as VERB or …, and not an option.
    [GeneratedRegex("^[a-z]+$")]
    private static partial Regex LowerCase();
}
