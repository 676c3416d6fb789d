using System.Globalization;
using Infra.Operations.Output;

namespace Infra.Operations.Scheduling;

/// <summary>Parses --until: <c>22:00</c>, <c>2026-12-01T22:00</c> in the schedule's time zone, or <c>2026-12-01T22:00Z</c>.</summary>
internal static class UntilArgument
{
    /// <summary>Maximum duration of an override; for longer ones change the environment file.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>The point in time; without a zone it is in the timetable's zone.</summary>
    /// <exception cref="OperationException">It is not a time, has passed, or is too far away.</exception>
    public static DateTimeOffset Parse(string text, Timetable timetable, DateTimeOffset now)
    {
        DateTimeOffset at = Read(text, timetable, now)
            ?? throw OperationException.BadInput(
                $"--until {text} is not a time", "pass 22:00, 2026-12-01T22:00 (both in the schedule's zone) or 2026-12-01T22:00Z");
        return at <= now
            ? throw OperationException.BadInput($"--until {text} has passed: it is {timetable.Show(now)}")
            : at - now > Longest ? throw OperationException.BadInput(
                $"--until {text} is more than {Longest.Days} days away", "change or remove the schedule in the environment file")
            : at;
    }

    private static DateTimeOffset? Read(string text, Timetable timetable, DateTimeOffset now)
    {
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            var today = DateOnly.FromDateTime(timetable.Local(now));
            DateTimeOffset at = timetable.At(today.ToDateTime(time));
            return at > now ? at : timetable.At(today.AddDays(1).ToDateTime(time));
        }

        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd'T'HH:mm:ss'Z'"], CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset utc))
            return utc;
        return DateTime.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd HH:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? timetable.At(local)
            : null;
    }
}
