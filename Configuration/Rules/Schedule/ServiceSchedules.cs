using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Schedule;

internal static class ServiceSchedules
{
    [Rule("schedule/expressions", "Schedules of jobs and of autoscaling are valid expressions, with a valid time zone.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            foreach ((string job, JobConfig at) in service.Jobs)
                foreach (RuleViolation problem in Check(ConfigPath.Join($"{path}.jobs", job), at.Schedule, at.Timezone, rate: true))
                    yield return problem;
            // Both write the same limits: at eight on a Sunday, one would wake what the other has put to sleep.
            if (config.Schedule is { DestroysRuntime: false } && service.Autoscaling is { Schedules.Count: > 0 })
                yield return new RuleViolation(
                    $"{path}.autoscaling.schedules",
                    "cannot be combined with a schedule of mode scale; set its mode to destroy, or leave one of them out", "schedule");
            foreach ((string limits, ScheduledScalingConfig at)
                in service.Autoscaling?.Schedules ?? new Dictionary<string, ScheduledScalingConfig>())
                foreach (RuleViolation problem
                    in Check(ConfigPath.Join($"{path}.autoscaling.schedules", limits), at.Schedule, at.Timezone, rate: false))
                    yield return problem;
        }
    }

    private static IEnumerable<RuleViolation> Check(string path, string schedule, string? zone, bool rate)
    {
        if (ScheduleExpressions.WhatIsWrong(schedule, rate) is { } wrong)
            yield return new RuleViolation($"{path}.schedule", wrong);
        if (zone is not null && TimeZones.WhatIsWrong(zone) is { } unknown)
            yield return new RuleViolation($"{path}.timezone", unknown);
        else if (zone is null && ScheduleExpressions.NeedsTimeZone(schedule))
            yield return new RuleViolation(
                path, "has no timezone; add \"timezone\": \"Europe/Berlin\" or another IANA name, for example UTC", $"{path}.schedule",
                $"{path}.timezone");
    }
}
