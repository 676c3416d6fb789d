using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class Rollouts
{
    [Rule("services/rollout", "Tasks have a capacity provider, and a deployment has room for the new version.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            if (service.Capacity is { OnDemand: 0, Spot: 0 })
                yield return new RuleViolation(
                    $"{path}.capacity", "has no share above 0; set onDemand or spot", $"{path}.capacity.onDemand", $"{path}.capacity.spot");
            if (service.Deployment is { MinimumHealthyPercent: 100, MaximumPercent: 100 })
                yield return new RuleViolation(
                    $"{path}.deployment.maximumPercent",
                    "100 with a minimumHealthyPercent of 100 leaves no room for a new version; raise maximumPercent, or lower "
                        + "minimumHealthyPercent",
                    $"{path}.deployment.minimumHealthyPercent");
        }
    }

    [Rule("services/spot-only", "A service in production has at least one task on demand.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (!config.Production)
            yield break;
        foreach ((string name, ServiceConfig service) in config.Services)
            if (service.Capacity is { OnDemand: 0, Base: 0, Spot: > 0 })
                yield return new RuleViolation(
                    $"{ConfigPath.Join("services", name)}.capacity",
                    "has no task on demand: if AWS reclaims its spare capacity, nothing runs; set base to at least 1");
    }
}
