using System.Globalization;
using System.Xml.Linq;
using Infra.Insight.Costs;

namespace Infra.Insight.Page;

/// <summary>The hours of a week in which runtime is up.</summary>
internal static class ScheduleSection
{
    private const decimal HoursPerDay = 24;

    public static XElement Of(EnvironmentReport report) => Html.Section("schedule", "Schedule", Content(report.Estimate.Hours));

    private static XElement[] Content(Hours hours) => hours switch
    {
        { Mode: null } => [Html.Paragraph("No schedule: everything is up all 168 hours of the week.")],
        { Times: { } times } => Week(hours, times),
        _ => [Html.Paragraph(Sentence(hours))],
    };

    private static XElement[] Week(Hours hours, WeeklyTimes times) =>
    [
        Html.Paragraph($"{Sentence(hours)} ./infra wake and ./infra sleep override it."),
        Html.Table(
            $"A week in {times.Timezone}",
            ["day", "up", "0:00 to 24:00"],
            Enumerable.Range(1, 7).Select(day => new object[]
            {
                // 1 January 2024 was a Monday.
                new DateTime(2024, 1, day).ToString("dddd", CultureInfo.InvariantCulture),
                times.Days.Contains(day) ? $"{Time(times.Wake)} to {Time(times.Sleep)}" : "down",
                times.Days.Contains(day) ? Html.Bar("up", Fraction(times.Wake), Fraction(times.Sleep)) : Html.Bar("up", 0, 0),
            })),
    ];

    private static string Sentence(Hours hours) => string.Create(
        CultureInfo.InvariantCulture,
        $"Up {hours.PerWeek:0.#} of 168 hours a week. ") + (hours.Mode == "destroy"
            ? "At other times runtime is destroyed; base, with all data, is kept."
            : "At other times services have no tasks; the rest of runtime is kept.");

    private static string Time(TimeSpan time) => time.ToString(@"hh\:mm", CultureInfo.InvariantCulture);

    private static decimal Fraction(TimeSpan time) => (decimal)time.TotalHours / HoursPerDay;
}
