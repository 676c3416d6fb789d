using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class Calls
{
    [Rule("services/calls", "Called services exist and listen, and differ in the name and port that callers use.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
            for (int i = 0; i < service.Calls.Count; i++)
                if (WhatIsWrong(config, name, service.Calls[i]) is { } wrong)
                    yield return new RuleViolation(
                        ConfigPath.Item($"{ConfigPath.Join("services", name)}.calls", i), wrong,
                        ConfigPath.Join("services", service.Calls[i]));

        var earlier = new Dictionary<(string Name, int Port), string>();
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (service.Port is not { } port)
                continue;
            string path = ConfigPath.Join("services", name);
            (string Name, int Port) alias = (service.Connect.Name ?? name, service.Connect.Port ?? port);
            if (!earlier.TryAdd(alias, path))
                yield return new RuleViolation(
                    $"{path}.connect", $"{alias.Name}:{alias.Port} is what {earlier[alias]} is called by; use another name or port",
                    $"{path}.port", earlier[alias]);
        }
    }

    [Rule("services/call-graph", "A service that is not public is called by another one, and calls are not circular.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            if (service is { Port: not null, Public: false } && !config.Services.Any(other => other.Value.Calls.Contains(name)))
                yield return new RuleViolation($"{path}.public", "is false, and no service lists it in calls: nothing can reach it");
            // A called service must exist first, which is impossible in a circular dependency.
            if (service.Calls.Any(called => Reaches(config, called, name, [])))
                yield return new RuleViolation(
                    $"{path}.calls",
                    "is circular; on the first deployment one of the services starts before a service that it calls, and can reach it "
                        + "only after its own next deployment");
        }
    }

    private static string? WhatIsWrong(EnvironmentConfig config, string caller, string called)
    {
        if (!config.Services.TryGetValue(called, out ServiceConfig? service))
            return $"{Scalars.Show(called)} is not a "
                + $"service{ClosestMatch.Known(called, [.. config.Services.Keys.Where(name => name != caller)], "services")}";
        if (called == caller)
            return "is the service itself; a task reaches itself at localhost";
        return service.Port is null ? $"{called} has no port to call; give it one" : null;
    }

    private static bool Reaches(EnvironmentConfig config, string from, string to, HashSet<string> seen) =>
        from == to
            || (seen.Add(from)
                && config.Services.TryGetValue(from, out ServiceConfig? service)
                && service.Calls.Any(next => Reaches(config, next, to, seen)));
}
