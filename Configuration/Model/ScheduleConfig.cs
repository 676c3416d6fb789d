using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Infra.Configuration.Model;

/// <summary>Hours in which an environment runs; at other times it costs little.</summary>
public sealed record ScheduleConfig
{
    private const string TimeOfDay = "([01][0-9]|2[0-3]):[0-5][0-9]";
    private const string TimeNoun = "a time of day from 00:00 to 23:59, such as 08:00";
    private const int HoursOfWeek = 7 * 24;

    [Description("IANA time zone of wake and sleep, such as Europe/Berlin; adjusted for daylight saving time.")]
    public required string Timezone { get; init; }

    [Description("Time at which it wakes, on each of the days.")]
    [RegularExpression(TimeOfDay, ErrorMessage = TimeNoun)]
    public string Wake { get; init; } = "08:00";

    [Description("Time at which it goes to sleep, on each of the days; after wake.")]
    [RegularExpression(TimeOfDay, ErrorMessage = TimeNoun)]
    public string Sleep { get; init; } = "20:00";

    [Description("Days on which it wakes.")]
    [MinLength(1)]
    [MaxLength(7)]
    public IReadOnlyList<Weekday> Days { get; init; } = [Weekday.Mon, Weekday.Tue, Weekday.Wed, Weekday.Thu, Weekday.Fri];

    [Description(
        "destroy: while asleep there is no runtime, and no costs for it; its load balancer then has no deletion protection. scale: "
            + "while asleep services have no tasks; NAT and load balancer stay.")]
    public ScheduleMode Mode { get; init; } = ScheduleMode.Destroy;

    [Description(
        "Hours for which ./infra wake and ./infra sleep override the schedule if no time is given, and for which a deployment outside "
            + "of the schedule stays awake.")]
    [Range(1, 168)]
    public int OverrideHours { get; init; } = 4;

    /// <summary>Whether runtime is destroyed for the night.</summary>
    public bool DestroysRuntime => Mode == ScheduleMode.Destroy;

    /// <summary>Hours awake per week without overrides.</summary>
    public double HoursPerWeek => Days.Count * (At(Sleep) - At(Wake)).TotalHours;

    /// <summary>Fraction of the time that it is awake: 60 of 168 hours are 0.357.</summary>
    public double Share => HoursPerWeek / HoursOfWeek;

    /// <summary>A time of day of this section.</summary>
    public static TimeOnly At(string time) => TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture);
}

/// <summary>What a schedule does to runtime.</summary>
public enum ScheduleMode { Destroy, Scale }

/// <summary>Days of the week, Monday first.</summary>
public enum Weekday { Mon, Tue, Wed, Thu, Fri, Sat, Sun }
