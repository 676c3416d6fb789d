namespace Infra.Insight.Costs;

/// <summary>Days and times at which runtime, or its tasks, are up.</summary>
/// <param name="Timezone">IANA time zone of the times.</param>
/// <param name="Wake">Time of day at which it starts.</param>
/// <param name="Sleep">Time of day at which it stops, after <paramref name="Wake"/>.</param>
/// <param name="Days">Days of the week: 1 is Monday, 7 is Sunday.</param>
public sealed record WeeklyTimes(string Timezone, TimeSpan Wake, TimeSpan Sleep, IReadOnlyList<int> Days);
