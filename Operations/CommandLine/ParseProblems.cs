using System.CommandLine;
using System.CommandLine.Parsing;
using Infra.Configuration.Reading;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.CommandLine;

/// <summary>Describes the first mistake in a command line, with what is allowed.</summary>
internal static class ParseProblems
{
    // Commands of Terraform, the AWS CDK, SST, Copilot and Docker Compose that have another name here.
    private static readonly Dictionary<string, string> s_namesElsewhere = new(StringComparer.Ordinal)
    {
        ["apply"] = "deploy",
        ["build"] = "deliver",
        ["delete"] = "destroy",
        ["diff"] = "plan",
        ["down"] = "destroy",
        ["init"] = "setup",
        ["install"] = "setup",
        ["lint"] = "check",
        ["preview"] = "plan",
        ["ps"] = "status",
        ["remove"] = "destroy",
        ["start"] = "wake",
        ["stop"] = "sleep",
        ["up"] = "deploy",
    };

    /// <summary>The mistake; null if there is none.</summary>
    public static OperationException? Of(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string? problem = UnknownOption(parsed) ?? UnknownWord(parsed) ?? Missing(parsed) ?? parsed.Errors.Select(Invalid).FirstOrDefault();
        return problem is null ? null : OperationException.BadInput(problem, $"./infra {Prefix(command)}--help lists what is available");
    }

    private static string? UnknownOption(ParseResult parsed)
    {
        // Arguments accept every word, also one that is a mistyped option; after -- it is meant as an argument.
        IEnumerable<string> words = parsed.UnmatchedTokens;
        if (!parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash))
            words = words.Concat(parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens).Select(token => token.Value));
        if (words.FirstOrDefault(word => word.Length > 1 && word[0] == '-') is not { } unknown)
            return null;
        IEnumerable<string> known = OptionsOf(parsed).SelectMany(option => option.Aliases.Prepend(option.Name));
        return $"{Named(parsed.CommandResult.Command)} has no option {unknown}{ClosestMatch.Hint(unknown, known)}";
    }

    private static string? UnknownWord(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string[] verbs = [.. command.Subcommands.Select(each => each.Name)];
        if (verbs.Length > 0 && command is not Verb)
            return parsed.UnmatchedTokens is [var word, ..]
                ? $"{Named(command)} has no command {word}{(s_namesElsewhere.TryGetValue(word, out string? name) && verbs.Contains(name)
                    ? $"; did you mean {name}?"
                    : ClosestMatch.Text(word, verbs) is { } near ? $"; did you mean {near}?" : $"; available: {string.Join(", ", verbs)}")}"
                : parsed.Errors.Count > 0 ? $"{Named(command)} needs a command; available: {string.Join(", ", verbs)}" : null;
        return parsed.UnmatchedTokens is [var unexpected, ..]
            ? $"{Named(command)} does not expect {unexpected}"
                + (command.Arguments.Count > 0 ? $"; its arguments: {string.Join(' ', command.Arguments.Select(each => each.Name))}" : "")
            : null;
    }

    private static string? Missing(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        IEnumerable<string> arguments = command.Arguments
            .Where(argument => (parsed.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MinimumNumberOfValues)
            .Select(argument => argument.HelpName ?? argument.Name);
        IEnumerable<string> options = command.Options
            .Where(option => option.Required && parsed.GetResult(option) is null or { Implicit: true })
            .Select(option => $"{option.Name} {option.HelpName}");
        string[] missing = [.. arguments, .. options];
        if (missing.Length > 0)
            return $"{Named(command)} needs {string.Join(", ", missing)}";
        return OptionsOf(parsed)
            .Where(option => parsed.GetResult(option) is { Implicit: false, Tokens.Count: 0 } && option.Arity.MinimumNumberOfValues > 0)
            .Select(option => $"{option.Name} needs a value: {option.HelpName}").FirstOrDefault();
    }

    /// <summary>What a validator or the conversion of a value found.</summary>
    private static string Invalid(ParseError error) => error.SymbolResult switch
    {
        OptionResult { Tokens: [var token, ..] } result when Wanted(result.Option.ValueType) is { } wanted =>
            error.Message.StartsWith(result.Option.Name, StringComparison.Ordinal)
                ? error.Message
                : $"{result.Option.Name} {token.Value}: expected {wanted}",
        _ => error.Message,
    };

    private static string? Wanted(Type type) => Type.GetTypeCode(Nullable.GetUnderlyingType(type) ?? type) switch
    {
        TypeCode.Int32 or TypeCode.Int64 => "a whole number",
        TypeCode.Double or TypeCode.Decimal => "a number",
        TypeCode.Boolean => "true or false",
        _ => null,
    };

    private static IEnumerable<Option> OptionsOf(ParseResult parsed) =>
        parsed.CommandResult.Command.Options.Concat(parsed.RootCommandResult.Command.Options).Distinct();

    private static string Named(Command command) => command is RootCommand ? "./infra" : $"./infra {Prefix(command).TrimEnd()}";

    /// <summary>The command with its group, as typed: <c>layer publish </c>.</summary>
    private static string Prefix(Command command) => command is RootCommand
        ? ""
        : $"{string.Concat(command.Parents.OfType<Command>().Select(Prefix))}{command.Name} ";
}
