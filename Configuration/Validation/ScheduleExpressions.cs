using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Validation;

/// <summary>
/// Schedule expressions of EventBridge Scheduler and Application Auto Scaling: <c>cron(…)</c>, <c>rate(…)</c>, <c>at(…)</c>.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html
/// </summary>
internal static partial class ScheduleExpressions
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly CronField[] Fields =
    [
        new("minutes", 0, 59, []),
        new("hours", 0, 23, []),
        new("day of month", 1, 31, [], Days: true),
        new("month", 1, 12, Months),
        new("day of week", 1, 7, Weekdays, Days: true),
        new("year", 1970, 2199, []),
    ];

    /// <summary>What is wrong with an expression; null if it is valid.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="rate">Whether <c>rate(…)</c> is allowed, too.</param>
    public static string? WhatIsWrong(string expression, bool rate)
    {
        Match call = Call().Match(expression);
        return (call.Groups[1].Value, call.Groups[2].Value) switch
        {
            ("cron", var fields) => Cron(fields),
            ("at", var time) => At(time),
            ("rate", var every) when rate => Rate(every),
            _ => $"{Scalars.Show(expression)} is not a schedule; write cron(0 8 ? * MON-FRI *){(rate ? ", rate(6 hours)" : "")} or "
                + "at(2027-01-31T08:00:00)",
        };
    }

    /// <summary>Whether the meaning of an expression depends on the time zone.</summary>
    public static bool NeedsTimeZone(string expression) => !expression.StartsWith("rate(", StringComparison.Ordinal);

    private static string? Cron(string text)
    {
        string[] given = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (given.Length != Fields.Length)
            return $"cron has {given.Length} fields; minutes, hours, day of month, month, day of week and year are needed: cron(0 8 ? * "
                + "MON-FRI *)";
        for (int i = 0; i < given.Length; i++)
            if (!Fields[i].Takes(given[i]))
                return $"{Scalars.Show(given[i])} is not {Fields[i].InWords}";
        // One of the two fields selects the days; AWS requires ? for the other.
        return (given[2] == "?") == (given[4] == "?")
            ? "cron requires ? for either day of month or day of week, and not for both: cron(0 8 ? * MON-FRI *) or cron(0 8 1 * ? *)"
            : null;
    }

    private static string? At(string time) =>
        DateTime.TryParseExact(time, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? null
            : $"{Scalars.Show(time)} is not a time; write it as at(2027-01-31T08:00:00), without a zone";

    private static string? Rate(string every) => Every().IsMatch(every)
        ? null
        : $"{Scalars.Show(every)} is not a rate; write it as rate(1 hour) or rate(15 minutes), of minutes, hours or days";

    [GeneratedRegex(@"\A(cron|at|rate)\((.*)\)\z")]
    private static partial Regex Call();

    [GeneratedRegex(@"\A(1 (minute|hour|day)|([2-9]|[1-9][0-9]+) (minutes|hours|days))\z")]
    private static partial Regex Every();

    /// <summary>One field of a cron expression.</summary>
    /// <param name="What">Name of the field.</param>
    /// <param name="Least">Smallest number.</param>
    /// <param name="Most">Largest number.</param>
    /// <param name="Names">Names for the numbers, from the smallest on.</param>
    /// <param name="Days">Whether it selects days, and so may be <c>?</c>, count from the end (<c>L</c>), or by weeks (<c>3#1</c>,
    /// <c>15W</c>).</param>
    private sealed record CronField(string What, int Least, int Most, string[] Names, bool Days = false)
    {
        public string InWords => Names.Length == 0
            ? $"{What}: {Least} to {Most}, with * , - and /"
            : $"{What}: {Least} to {Most} or {Names[0]} to {Names[^1]}, with * , - and /";

        public bool Takes(string text) => (Days && (text == "?" || Special(text))) || text.Split(',').All(Item);

        private bool Item(string item)
        {
            string[] step = item.Split('/');
            if (step.Length > 2 || (step.Length == 2 && !(Number(step[1]) > 0)))
                return false;
            string[] range = step[0].Split('-');
            return range switch
            {
                ["*"] => true,
                [var one] => Value(one) is not null,
                [var from, var to] => Value(from) is { } first && Value(to) is { } last && first <= last,
                _ => false,
            };
        }

        private bool Special(string text) => Names.Length == 0
            ? text is "L" or "LW" || (text.EndsWith('W') && Value(text[..^1]) is not null)
            : text is "L" || (text.EndsWith('L') && Value(text[..^1]) is not null)
                || (text.Split('#') is [var day, var week] && Value(day) is not null && Number(week) is >= 1 and <= 5);

        private int? Value(string text) =>
            Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? Least + index
            : Number(text) is { } number && number >= Least && number <= Most ? number
            : null;

        private static int? Number(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
    }
}
