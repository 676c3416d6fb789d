using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Schedule;

internal static class Schedules
{
    [Rule("schedule/hours",
        "The schedule has a valid time zone and a wake time before its sleep time, and its mode suits the environment.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Schedule is not { } schedule)
            yield break;
        if (TimeZones.WhatIsWrong(schedule.Timezone) is { } unknown)
            yield return new RuleViolation("schedule.timezone", unknown);

        // Times have the same format, so they can be compared as text.
        if (string.CompareOrdinal(schedule.Wake, schedule.Sleep) >= 0)
            yield return new RuleViolation(
                "schedule.sleep", $"{schedule.Sleep} is not after wake, {schedule.Wake}; an environment must go to sleep on the same day",
                "schedule.wake");

        if (schedule.DestroysRuntime && config is { Production: true, Emulator: false })
            yield return new RuleViolation(
                "schedule.mode",
                "a production environment's runtime must not be destroyed by a schedule; use scale, or leave the schedule out",
                "production", "emulator");
        if (!schedule.DestroysRuntime && config.Services.Count == 0)
            yield return new RuleViolation("schedule.mode",
                "scale sets the tasks of services to zero, but there is no service; use destroy, or add a service", "services");
    }

    [Rule("schedule/production", "Production has no schedule.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (config is { Production: true, Schedule: { } schedule })
            yield return new RuleViolation(
                "schedule",
                $"production is not available for {168 - schedule.HoursPerWeek:0.#} of 168 hours a week; leave the schedule out to be "
                    + "always on");
    }
}
