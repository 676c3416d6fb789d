using System.CommandLine.Parsing;
using System.Globalization;

namespace Infra.Operations.Verbs;

/// <summary>A validator of options with whole numbers.</summary>
internal static class Least
{
    /// <summary>Refuses numbers that are less.</summary>
    public static Action<OptionResult> Of(int least) => result =>
    {
        // What is no number has an error already.
        foreach (Token token in result.Tokens)
            if (int.TryParse(token.Value, CultureInfo.InvariantCulture, out int number) && number < least)
                result.AddError($"{result.Option.Name} {token.Value}: expected {least} or more");
    };
}
