using System.Globalization;
using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Scheduling;
using NUnit.Framework;

namespace Infra.Tests.Operations.Scheduling;

[TestFixture]
internal sealed class UntilArgumentTests
{
    private static readonly Timetable Berlin = Timetable.Of(new ScheduleConfig { Timezone = "Europe/Berlin" });
    private static readonly DateTimeOffset Now = Utc("2026-11-20T14:00Z");

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    // 14:00 UTC is 15:00 in Berlin.
    [TestCase("22:00", "2026-11-20T21:00Z")]
    [TestCase("14:59", "2026-11-21T13:59Z")]
    [TestCase("2026-12-01T22:00", "2026-12-01T21:00Z")]
    [TestCase("2026-12-01T22:00Z", "2026-12-01T22:00Z")]
    public void Until_IsReadInTheSchedulesZone(string text, string expected) =>
        Assert.That(UntilArgument.Parse(text, Berlin, Now), Is.EqualTo(Utc(expected)));

    [Test, Property("Finding", "U29")]
    public void Times_OfTheSchedule_HaveItsZone() =>
        Assert.That(Berlin.Show(Utc("2026-11-20T19:00Z")), Is.EqualTo("Fri 2026-11-20 20:00 Europe/Berlin"));

    [TestCase("tomorrow", "is not a time")]
    [TestCase("25:00", "is not a time")]
    [TestCase("2026-11-20T14:00Z", "has passed")]
    [TestCase("2027-11-20T14:00Z", "more than 31 days away")]
    public void Until_Invalid_IsRefused(string text, string message) =>
        Assert.That(() => UntilArgument.Parse(text, Berlin, Now), Throws.TypeOf<OperationException>().With.Message.Contains(message));
}
