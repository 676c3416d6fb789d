using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Contracts;

/// <summary>
/// State of runtime until a time, regardless of the timetable: the value of an SSM parameter that base creates, the launcher writes, and
/// the schedule's build reads.
/// </summary>
/// <param name="Awake">Awake or asleep.</param>
/// <param name="Until">When it ends.</param>
public sealed partial record RuntimeOverride(bool Awake, DateTimeOffset Until)
{
    /// <summary>Value of the parameter while no override is set.</summary>
    public const string None = "none";

    /// <summary><c>awake until 2026-12-01T22:00Z</c></summary>
    public override string ToString() =>
        $"{Word} until {Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>The word in the parameter.</summary>
    public string Word => Awake ? "awake" : "asleep";

    /// <summary>Whether it applies at a time.</summary>
    public bool IsInForce(DateTimeOffset at) => at < Until;

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value.</param>
    /// <param name="found">The override, in force or expired; null if there is none.</param>
    /// <returns>Whether the text is valid; cycle.sh accepts the same.</returns>
    public static bool TryParse(string text, out RuntimeOverride? found)
    {
        found = null;
        if (text == None)
            return true;
        Match match = Form().Match(text);
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset until))
            return false;
        found = new RuntimeOverride(match.Groups["word"].Value == "awake", until);
        return true;
    }

    [GeneratedRegex(@"\A(?<word>awake|asleep) until (?<time>\S+)\z")]
    private static partial Regex Form();
}
