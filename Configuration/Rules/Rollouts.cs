using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>Tasks have somewhere to run, and a new version somewhere to start.</summary>
internal static class Rollouts
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            if (service.Capacity is { OnDemand: 0, Spot: 0 })
                yield return new RuleViolation($"{path}.capacity", "has no share above 0; give onDemand or spot one", $"{path}.capacity.onDemand", $"{path}.capacity.spot");
            if (service.Deployment is { MinimumHealthyPercent: 100, MaximumPercent: 100 })
                yield return new RuleViolation(
                    $"{path}.deployment.maximumPercent",
                    "100 with a minimumHealthyPercent of 100 leaves no room for a new version; raise maximumPercent, or lower minimumHealthyPercent",
                    $"{path}.deployment.minimumHealthyPercent");
        }
    }

    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (!config.Production)
            yield break;
        foreach ((string name, ServiceConfig service) in config.Services)
            if (service.Capacity is { OnDemand: 0, Base: 0, Spot: > 0 })
                yield return new RuleViolation(
                    $"{ConfigPath.Join("services", name)}.capacity",
                    "has no task on demand: where AWS takes its spare capacity back, nothing runs; give base at least 1");
    }
}
