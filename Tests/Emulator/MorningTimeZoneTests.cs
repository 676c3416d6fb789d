using NUnit.Framework;

namespace Infra.Tests.Emulator;

internal sealed class MorningTimeZoneTests
{
    [Test]
    public void NameAt_EveryHourOfADay_IsAZoneInWhichItIsMorning([Range(0, 23)] int hour)
    {
        var now = new DateTimeOffset(2026, 12, 31, hour, 59, 0, TimeSpan.Zero);
        DateTimeOffset local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(MorningTimeZone.NameAt(now)));
        Assert.That(local.Hour, Is.InRange(5, 9));
    }
}
