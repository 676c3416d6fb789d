using System.Text.RegularExpressions;

namespace Infra.Configuration.Reading;

/// <summary>Converts messages of Newtonsoft.Json to messages for users who edit a file.</summary>
internal static partial class JsonErrors
{
    public static string InWords(string message)
    {
        string text = Place().Replace(message, "").TrimEnd('.');
        if (AfterValue().Match(text) is { Success: true } after)
            return $"a comma or a closing bracket is missing before {after.Groups[1].Value}";
        if (text.StartsWith("Unterminated string", StringComparison.Ordinal))
            return "the closing double quote of a text is missing";
        if (text.StartsWith("Unexpected end", StringComparison.Ordinal))
            return "the file ends too early; a bracket or brace is not closed";
        if (text.StartsWith("Additional text", StringComparison.Ordinal))
            return "there is more text after the end of the object";
        return text.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(text[0]) + text[1..];
    }

    [GeneratedRegex(@"\s*Path '.*', line \d+, position \d+\.?$", RegexOptions.Singleline)]
    private static partial Regex Place();

    [GeneratedRegex(@"^After parsing a value an unexpected character was encountered: (.)", RegexOptions.Singleline)]
    private static partial Regex AfterValue();
}
