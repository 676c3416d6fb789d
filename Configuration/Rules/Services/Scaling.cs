using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class Scaling
{
    [Rule("services/autoscaling", "Autoscaling's min is not above max at any time, and the initial number of tasks is between them.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (service.Autoscaling is not { } scaling)
                continue;
            string path = ConfigPath.Join("services", name);
            string min = $"{path}.autoscaling.min";
            string max = $"{path}.autoscaling.max";
            if (scaling.Min > scaling.Max)
                yield return new RuleViolation(min, $"{scaling.Min} is more than max, {scaling.Max}", max);
            else if (service.Desired < scaling.Min || service.Desired > scaling.Max)
                yield return new RuleViolation(
                    $"{path}.desired",
                    $"{service.Desired} is not from autoscaling's min to max, {scaling.Min} to {scaling.Max}; nearest: "
                        + $"{Math.Clamp(service.Desired, scaling.Min, scaling.Max)}",
                    min, max);

            foreach ((string at, ScheduledScalingConfig limits) in scaling.Schedules)
                if ((limits.Min ?? scaling.Min) > (limits.Max ?? scaling.Max))
                {
                    string limitsPath = ConfigPath.Join($"{path}.autoscaling.schedules", at);
                    yield return limits.Min is null
                        ? new RuleViolation($"{limitsPath}.max", $"{limits.Max} is less than min, {scaling.Min}", min)
                        : new RuleViolation(
                            $"{limitsPath}.min", $"{limits.Min} is more than max, {limits.Max ?? scaling.Max}", $"{limitsPath}.max", max);
                }
        }
    }
}
