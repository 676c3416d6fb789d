using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>A schedule names a time zone that exists and a day that begins before it ends, and fits what it puts to sleep.</summary>
internal static class Schedules
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Schedule is not { } schedule)
            yield break;
        if (TimeZones.WhatIsWrong(schedule.Timezone) is { } unknown)
            yield return new RuleViolation("schedule.timezone", unknown);

        // Times of one form: their order is that of the texts.
        if (string.CompareOrdinal(schedule.Wake, schedule.Sleep) >= 0)
            yield return new RuleViolation(
                "schedule.sleep", $"{schedule.Sleep} is not after wake, {schedule.Wake}; an environment sleeps before the day ends", "schedule.wake");

        if (schedule.DestroysRuntime && config is { Production: true, Emulator: false })
            yield return new RuleViolation(
                "schedule.mode", "a production environment's runtime is not destroyed by a timetable; take scale, or leave the schedule out",
                "production", "emulator");
        if (!schedule.DestroysRuntime && config.Services.Count == 0)
            yield return new RuleViolation("schedule.mode", "scale takes the tasks of services away, and there is no service; take destroy, or add a service", "services");
    }

    /// <summary>Production that sleeps is allowed, and worth a word.</summary>
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (config is { Production: true, Schedule: { } schedule })
            yield return new RuleViolation(
                "schedule", $"production answers nobody for {168 - schedule.HoursPerWeek:0.#} of 168 hours a week; leave the schedule out to be always on");
    }
}
