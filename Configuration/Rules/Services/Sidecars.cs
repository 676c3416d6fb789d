using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Dependencies = System.Collections.Generic.Dictionary<
    string, System.Collections.Generic.IReadOnlyDictionary<string, Infra.Configuration.Model.ContainerCondition>>;

namespace Infra.Configuration.Rules.Services;

internal static class Sidecars
{
    // Quota of containers per task definition. https://docs.aws.amazon.com/general/latest/gr/ecs-service.html
    private const int MostContainers = 10;

    [Rule("services/sidecars", "Containers of a task fit into it, listen on different ports, and have no circular dependencies.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        config.Services.Where(service => service.Value.Sidecars.Count > 0 || service.Value.DependsOn.Count > 0)
            .SelectMany(service => Check(service.Key, service.Value));

    [Rule("services/sidecar-digest", "The image of a sidecar has a digest.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from service in config.Services
        from sidecar in service.Value.Sidecars
        where !sidecar.Value.Image.Contains('@', StringComparison.Ordinal)
        select new RuleViolation(
            $"{PathOf(service.Key, sidecar.Key)}.image",
            "has a tag, which its owner can move to another image; use its digest: …@sha256:…");

    private static IEnumerable<RuleViolation> Check(string name, ServiceConfig service)
    {
        string path = ConfigPath.Join("services", name);
        if (service.Sidecars.Count >= MostContainers)
            yield return new RuleViolation($"{path}.sidecars",
                $"has {service.Sidecars.Count} sidecars; a task has at most {MostContainers} containers, including the service's own");
        if (service.Sidecars.ContainsKey(name))
            yield return new RuleViolation(PathOf(name, name), "has the name of the service's own container; use another name");

        foreach (RuleViolation problem in Shares(path, service).Concat(Ports(name, service)))
            yield return problem;

        var containers = new Dependencies(StringComparer.Ordinal) { [name] = service.DependsOn };
        foreach ((string sidecar, SidecarConfig its) in service.Sidecars)
            containers.TryAdd(sidecar, its.DependsOn);
        foreach ((string container, IReadOnlyDictionary<string, ContainerCondition> waits) in containers)
        {
            string containerPath = container == name ? path : PathOf(name, container);
            foreach ((string other, ContainerCondition until) in waits)
                if (WhatIsWrong(name, service, containers, container, other, until) is { } wrong)
                    yield return new RuleViolation(
                        ConfigPath.Join($"{containerPath}.dependsOn", other), wrong,
                        other == name ? $"{path}.healthCommand" : PathOf(name, other));
        }
    }

    // Every container needs a part of the task's resources; what is reserved for sidecars is not available to the service.
    private static IEnumerable<RuleViolation> Shares(string path, ServiceConfig service)
    {
        int cpu = service.Sidecars.Values.Sum(sidecar => sidecar.Cpu ?? 0);
        int memory = service.Sidecars.Values.Sum(sidecar => sidecar.MemoryMiB ?? 0);
        if (cpu >= service.Cpu)
            yield return new RuleViolation($"{path}.cpu",
                $"{service.Cpu} CPU units leave nothing for the service in addition to its sidecars' {cpu}", $"{path}.sidecars");
        if (memory >= service.MemoryMiB)
            yield return new RuleViolation($"{path}.memoryMiB",
                $"{service.MemoryMiB} MiB leave nothing for the service in addition to its sidecars' {memory}", $"{path}.sidecars");
    }

    private static IEnumerable<RuleViolation> Ports(string name, ServiceConfig service)
    {
        var earlier = new Dictionary<int, string>();
        if (service.Port is { } own)
            earlier[own] = "the service";
        foreach ((string sidecar, SidecarConfig its) in service.Sidecars)
            if (its.Port is { } port && !earlier.TryAdd(port, sidecar))
                yield return new RuleViolation(
                    $"{PathOf(name, sidecar)}.port", $"{port} is the port of {earlier[port]} too; containers of a task share localhost",
                    $"{ConfigPath.Join("services", name)}.port");
    }

    private static string? WhatIsWrong(
        string name, ServiceConfig service, Dependencies containers, string container, string other, ContainerCondition until)
    {
        if (!containers.ContainsKey(other))
            return $"is not a container of the "
                + $"service{ClosestMatch.Known(other, [.. containers.Keys.Where(key => key != container)], "sidecars")}";
        if (Waits(containers, other, container, []))
            return other == container ? "is the container itself" : $"waits for {container} in turn";
        if (until == ContainerCondition.Healthy
            && (other == name ? service.HealthCommand : service.Sidecars[other].HealthCommand).Count == 0)
            return $"can only be healthy with a healthCommand; give {other} one, or wait for start";
        if (until is not (ContainerCondition.Complete or ContainerCondition.Success))
            return null;
        if (other == name)
            return "runs as long as the task; wait for start or healthy";
        return service.Sidecars[other].Essential
            ? $"ends the whole task when it ends; write \"essential\": false for {other}, or wait for start"
            : null;
    }

    private static bool Waits(Dependencies containers, string container, string other, HashSet<string> seen) =>
        container == other
            || (seen.Add(container)
                && containers.TryGetValue(container, out IReadOnlyDictionary<string, ContainerCondition>? waits)
                && waits.Keys.Any(next => Waits(containers, next, other, seen)));

    private static string PathOf(string service, string sidecar) =>
        ConfigPath.Join($"{ConfigPath.Join("services", service)}.sidecars", sidecar);
}
