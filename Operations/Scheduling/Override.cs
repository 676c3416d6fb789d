using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Contracts;

namespace Infra.Operations.Scheduling;

/// <summary>State of runtime until a time, regardless of the timetable; the value of the parameter <c>schedule/override</c>.</summary>
/// <param name="Awake">Awake or asleep.</param>
/// <param name="Until">When it ends.</param>
internal sealed partial record Override(bool Awake, DateTimeOffset Until)
{
    /// <summary><c>awake until 2026-12-01T22:00Z</c></summary>
    public override string ToString() =>
        $"{Word} until {Until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}";

    /// <summary>The word in the parameter.</summary>
    public string Word => Awake ? "awake" : "asleep";

    /// <summary>Reads the parameter.</summary>
    /// <param name="text">Its value.</param>
    /// <param name="found">The override, active or expired; null if there is none.</param>
    /// <returns>Whether the text is valid.</returns>
    public static bool TryParse(string text, out Override? found)
    {
        found = null;
        if (text == ScheduleOverrideParameter.None)
            return true;
        Match match = Form().Match(text);
        if (!match.Success || !DateTimeOffset.TryParseExact(
            match.Groups["time"].Value, ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset until))
            return false;
        found = new Override(match.Groups["word"].Value == "awake", until);
        return true;
    }

    // The same format as in cycle.sh.
    [GeneratedRegex(@"\A(?<word>awake|asleep) until (?<time>\S+)\z")]
    private static partial Regex Form();
}
