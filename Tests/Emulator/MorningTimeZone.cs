using Infra.Configuration.Validation;

namespace Infra.Tests.Emulator;

/// <summary>
/// A time zone in which it is morning, for schedules whose runtime is awake until midnight: whatever the time at which a test runs, neither
/// midnight nor a change of daylight saving time comes while it runs.
/// </summary>
internal static class MorningTimeZone
{
    private const int FirstHour = 5;
    private const int LastHour = 9;

    public static string Name { get; } = NameAt(DateTimeOffset.UtcNow);

    internal static string NameAt(DateTimeOffset now) => TimeZones.Names.First(name =>
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        return zone.GetUtcOffset(now) == zone.GetUtcOffset(now.AddDays(1))
            && TimeZoneInfo.ConvertTime(now, zone).Hour is >= FirstHour and <= LastHour;
    });
}
