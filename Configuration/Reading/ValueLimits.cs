using System.Globalization;
using Infra.Configuration.Schemas;

namespace Infra.Configuration.Reading;

/// <summary>Checks whether a value is within the limits of its field.</summary>
internal static class ValueLimits
{
    // A finding does not list more allowed values than these; it shows the closest ones.
    private const int MostListed = 8;

    /// <summary>The violation, with allowed and closest values; null if the value is valid.</summary>
    /// <param name="limits">Limits of the field.</param>
    /// <param name="value">A string, bool, int or double.</param>
    /// <param name="measureText">Whether length limits apply to the value, not to the list that contains it.</param>
    public static string? Problem(Limits limits, object value, bool measureText) => value switch
    {
        string text => AllowedText(limits, text)
            ?? (limits.Pattern is { } pattern && !pattern.Matches(text) ? $"{Scalars.Show(text)} is not {pattern}" : null)
            ?? (measureText ? CountProblem(limits, text.Length, "character") : null),
        int number => AllowedNumber(limits, number) ?? OutOfRange(limits, number),
        double number => OutOfRange(limits, number),
        _ => null,
    };

    /// <summary>The violation by a number of items or characters; null if it is valid.</summary>
    public static string? CountProblem(Limits limits, int count, string unit)
    {
        if (count < limits.MinLength)
            return $"has {Many(count, unit)}; "
                + $"at least {Many(limits.MinLength.Value, unit)} {(limits.MinLength == 1 ? "is" : "are")} needed";
        if (count > limits.MaxLength)
            return $"has {Many(count, unit)}; "
                + $"at most {Many(limits.MaxLength.Value, unit)} {(limits.MaxLength == 1 ? "is" : "are")} allowed";
        return null;
    }

    private static string Many(int count, string unit) => (count, unit) switch
    {
        (1, _) => $"1 {unit}",
        (_, "entry") => $"{count} entries",
        _ => $"{count} {unit}s",
    };

    private static string? AllowedText(Limits limits, string text)
    {
        if (limits.Allowed is null || limits.Allowed.Contains(text))
            return null;
        string[] allowed = [.. limits.Allowed.OfType<string>()];
        string list = string.Join(", ", allowed);
        string rule = limits.AllowedNoun is { } noun ? $"{noun}; allowed: {list}" : $"one of {list}";
        return $"{Scalars.Show(text)} is not {rule}{ClosestMatch.Hint(text, allowed)}";
    }

    private static string? AllowedNumber(Limits limits, int number)
    {
        if (limits.Allowed is null || limits.Allowed.Contains((long)number))
            return null;
        long[] allowed = [.. limits.Allowed.OfType<long>()];
        string list = limits.AllowedNoun ?? (allowed.Length <= MostListed ? $"one of {string.Join(", ", allowed)}" : "allowed");
        return string.Create(CultureInfo.InvariantCulture, $"{number} is not {list}{ClosestMatch.Hint(number, allowed)}");
    }

    private static string? OutOfRange(Limits limits, double number)
    {
        if (limits.Range is not { } range)
            return null;
        double least = Convert.ToDouble(range.Minimum, CultureInfo.InvariantCulture);
        double most = Convert.ToDouble(range.Maximum, CultureInfo.InvariantCulture);
        if (number >= least && number <= most)
            return null;
        double nearest = number < least ? least : most;
        return string.Create(CultureInfo.InvariantCulture, $"{number} is not from {least} to {most}; nearest: {nearest}");
    }
}
