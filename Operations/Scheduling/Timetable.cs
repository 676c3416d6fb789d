using System.Globalization;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Scheduling;

/// <summary>Hours in which an environment is awake, in the schedule's time zone.</summary>
internal sealed class Timetable(ScheduleConfig schedule, TimeZoneInfo zone)
{
    private readonly TimeOnly _wake = ScheduleConfig.At(schedule.Wake);
    private readonly TimeOnly _sleep = ScheduleConfig.At(schedule.Sleep);
    // .NET begins weeks on Sunday.
    private readonly HashSet<DayOfWeek> _days = [.. schedule.Days.Select(day => (DayOfWeek)(((int)day + 1) % 7))];

    public TimeZoneInfo Zone { get; } = zone;

    /// <summary>The timetable of a schedule.</summary>
    /// <exception cref="OperationException">This machine does not have the time zone.</exception>
    public static Timetable Of(ScheduleConfig schedule) => TimeZoneInfo.TryFindSystemTimeZoneById(schedule.Timezone, out TimeZoneInfo? zone)
        ? new Timetable(schedule, zone)
        : throw OperationException.ToolMissing($"this machine has no time zone {schedule.Timezone}", "install the package tzdata");

    /// <summary>Whether it is awake at that time, without overrides. cycle.sh decides the same.</summary>
    public bool IsAwake(DateTimeOffset at)
    {
        DateTime there = Local(at);
        var time = TimeOnly.FromDateTime(there);
        return _days.Contains(there.DayOfWeek) && time >= _wake && time < _sleep;
    }

    /// <summary>The next time after the given one at which it wakes.</summary>
    public DateTimeOffset NextWake(DateTimeOffset after) => Next(after, _wake);

    /// <summary>The next time after the given one at which it goes to sleep.</summary>
    public DateTimeOffset NextSleep(DateTimeOffset after) => Next(after, _sleep);

    /// <summary>Date and time in the schedule's time zone: <c>Fri 2026-11-20 20:00 Europe/Berlin</c>.</summary>
    public string Show(DateTimeOffset at) =>
        $"{Local(at).ToString("ddd yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} {schedule.Timezone}";

    /// <summary>A time in the schedule's time zone as a point in time; one that daylight saving time skips is an hour later.</summary>
    public DateTimeOffset At(DateTime local)
    {
        DateTime there = Zone.IsInvalidTime(local) ? local.AddHours(1) : local;
        return new DateTimeOffset(there, Zone.GetUtcOffset(there));
    }

    public DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone).DateTime;

    private DateTimeOffset Next(DateTimeOffset after, TimeOnly time) =>
        Enumerable.Range(0, 9)
            .Select(day => DateOnly.FromDateTime(Local(after)).AddDays(day))
            .Where(date => _days.Contains(date.DayOfWeek))
            .Select(date => At(date.ToDateTime(time)))
            .First(at => at > after);
}
