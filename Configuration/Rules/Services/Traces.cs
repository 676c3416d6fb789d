using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class Traces
{
    // Quota of containers per task definition. https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
    private const int MostContainers = 10;

    private const int CollectorPort = 4318;

    [Rule("services/traces", "The collector of traces fits into the task of each service.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Observability.Traces is null)
            yield break;
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            string sidecars = $"{path}.sidecars";
            if (name == TraceCollector.Name)
                yield return new RuleViolation(path, "has the name of the sidecar that observability.traces adds; use another name");
            if (service.Sidecars.ContainsKey(TraceCollector.Name))
                yield return new RuleViolation(
                    ConfigPath.Join(sidecars, TraceCollector.Name),
                    "has the name of the sidecar that observability.traces adds; use another name, or remove one of them");
            else if (service.Sidecars.Count + 2 > MostContainers)
                yield return new RuleViolation(sidecars,
                    $"has {service.Sidecars.Count} sidecars; with the collector of observability.traces, at most {MostContainers - 2} fit");
            if (service.Port == CollectorPort)
                yield return new RuleViolation(
                    $"{path}.port", $"{CollectorPort} is the port of the collector of observability.traces; use another port");
            foreach ((string sidecar, SidecarConfig its) in service.Sidecars)
                if (its.Port == CollectorPort)
                    yield return new RuleViolation(
                        $"{ConfigPath.Join(sidecars, sidecar)}.port",
                        $"{CollectorPort} is the port of the collector of observability.traces; use another port");
        }
    }
}
