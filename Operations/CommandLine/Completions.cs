using System.CommandLine;
using Infra.Configuration;
using Infra.Operations.Releases;
using Infra.Operations.Verbs;

namespace Infra.Operations.CommandLine;

/// <summary>Words that can follow in a command line, for the shells' completion.</summary>
internal static class Completions
{
    /// <summary>How the scripts of <see cref="CompletionVerb"/> ask: <c>infra [suggest] LINE</c>.</summary>
    public const string Directive = "[suggest]";

    /// <summary>The line to complete, without the program; null if the arguments are those of a verb.</summary>
    public static string? LineOf(string[] args) => args is [Directive, .. var line] ? string.Join(' ', line) : null;

    /// <summary>Candidates for the last word of the line.</summary>
    /// <param name="line">Command line up to the cursor, without the program.</param>
    /// <param name="rootDirectory">Root of the repository.</param>
    /// <param name="environment">Environment, if the line names none.</param>
    public static IReadOnlyList<string> Of(string line, string rootDirectory, string? environment = null)
    {
        string[] words = line.Split(' ');
        string last = words[^1];
        if (words.Length > 1 && IsEnvironment(words[^2]))
            return Matching(EnvironmentFile.List(rootDirectory), last);
        RootCommand root = RegisteredVerbs.Root();
        if (root.Parse(words[..^1]).UnmatchedTokens.Count > 0)
            return [];
        ParseResult parsed = root.Parse(line);
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> candidates = parsed.GetCompletions(line.Length).Select(candidate => candidate.Label);
        if (command is Verb verb)
        {
            IEnumerable<string> others = SharedOptions.All.Except(verb.AppliedOptions).SelectMany(Names);
            candidates = candidates.Except(others);
        }

        if (command.Arguments.OfType<ServiceArgument>().Any() && !last.StartsWith('-'))
            candidates = candidates.Concat(Services(words, rootDirectory, environment));
        IReadOnlyList<string> matching = Matching(candidates, last);
        // Options only where they are asked for, or where nothing else can follow.
        return matching.Any(IsOption) && !matching.All(IsOption) ? [.. matching.Where(each => !IsOption(each))] : matching;
    }

    private static bool IsOption(string word) => word.StartsWith('-');

    private static bool IsEnvironment(string word) => Names(SharedOptions.Environment).Contains(word);

    private static IEnumerable<string> Names(Option option) => option.Aliases.Prepend(option.Name);

    /// <summary>Services and agents of the environment; none if its file has findings.</summary>
    private static IEnumerable<string> Services(string[] words, string rootDirectory, string? environment)
    {
        int option = Array.FindIndex(words, IsEnvironment);
        string? chosen = option >= 0 && option + 1 < words.Length ? words[option + 1] : environment;
        return EnvironmentFile.Load(chosen ?? "", rootDirectory).Environment?.Config is { } config
            ? config.Services.Keys.Concat(config.Agents.Keys)
            : [];
    }

    // Short and Windows forms of options are not worth a line each.
    private static string[] Matching(IEnumerable<string> candidates, string start) =>
    [
        .. candidates.Where(each => each.StartsWith(start, StringComparison.Ordinal))
            .Where(each => each[0] != '/' && (each[0] != '-' || each.StartsWith("--", StringComparison.Ordinal)))
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
