using System.Globalization;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;
using Infra.Operations.Scheduling;
using NUnit.Framework;

namespace Infra.Tests.Operations.Scheduling;

[TestFixture]
internal sealed class TimetableTests
{
    private static readonly Timetable NewYork = Timetable.Of(new ScheduleConfig { Timezone = "America/New_York" });

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    // Clocks there: UTC-5 in winter, UTC-4 in summer; 2026-11-20 is a Friday.
    [TestCase("2026-11-20T12:59Z", false)]
    [TestCase("2026-11-20T13:00Z", true)]
    [TestCase("2026-11-21T00:59Z", true)]
    [TestCase("2026-11-21T01:00Z", false)]
    [TestCase("2026-11-21T15:00Z", false)]
    [TestCase("2026-07-06T11:59Z", false)]
    [TestCase("2026-07-06T12:00Z", true)]
    [Property("Row", "D10")]
    public void IsAwake_FollowsTheZonesClock(string at, bool awake) => Assert.That(NewYork.IsAwake(Utc(at)), Is.EqualTo(awake));

    [TestCase("2026-11-20T14:00Z", "2026-11-23T13:00Z", "2026-11-21T01:00Z")]
    [TestCase("2026-11-21T01:00Z", "2026-11-23T13:00Z", "2026-11-24T01:00Z")]
    // Clocks go forward on Sunday, 2026-03-08.
    [TestCase("2026-03-07T14:00Z", "2026-03-09T12:00Z", "2026-03-10T00:00Z")]
    // And back on Sunday, 2026-11-01.
    [TestCase("2026-10-31T14:00Z", "2026-11-02T13:00Z", "2026-11-03T01:00Z")]
    [Property("Row", "D10")]
    public void Next_SkipsWeekendsAndFollowsDaylightSaving(string after, string wake, string sleep) => Assert.Multiple(() =>
    {
        Assert.That(NewYork.NextWake(Utc(after)), Is.EqualTo(Utc(wake)));
        Assert.That(NewYork.NextSleep(Utc(after)), Is.EqualTo(Utc(sleep)));
    });

    [Test]
    public void Next_OnOneDayAWeek_IsFoundFromEveryDay()
    {
        Timetable mondays = Timetable.Of(new ScheduleConfig { Timezone = "UTC", Days = [Weekday.Mon] });
        Assert.That(mondays.NextWake(Utc("2026-11-23T08:00Z")), Is.EqualTo(Utc("2026-11-30T08:00Z")));
    }

    [Test, Property("Row", "D10")]
    public void Hours_OfTheWeek() => Assert.Multiple(() =>
    {
        Assert.That(new ScheduleConfig { Timezone = "UTC" }.HoursPerWeek, Is.EqualTo(60));
        Assert.That(new ScheduleConfig { Timezone = "UTC" }.Share, Is.EqualTo(0.357).Within(0.001));
        Assert.That(
            new ScheduleConfig { Timezone = "UTC", Wake = "07:30", Sleep = "18:00", Days = [Weekday.Mon, Weekday.Sat] }.HoursPerWeek,
            Is.EqualTo(21));
    });

    [Test]
    public void EveryAllowedTimeZone_Exists()
    {
        Assert.That(TimeZones.Names, Has.Count.EqualTo(419));
        Assert.That(TimeZones.Names.Where(name => !TimeZoneInfo.TryFindSystemTimeZoneById(name, out _)), Is.Empty);
    }
}
