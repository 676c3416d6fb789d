using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

internal static class ContainerFiles
{
    [Rule("services/tmp-size", "/tmp fits into the container's memory.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            int memory = new[] { service.MemoryMiB, service.Migration?.MemoryMiB ?? service.MemoryMiB }
                .Concat(service.Jobs.Values.Select(job => job.MemoryMiB ?? service.MemoryMiB)).Min();
            if (service.ReadOnlyRoot && service.TmpMiB >= memory)
                yield return TooLarge(path, service.TmpMiB, memory);
            foreach ((string sidecar, SidecarConfig its) in service.Sidecars)
                if (its.ReadOnlyRoot && its.TmpMiB >= (its.MemoryMiB ?? service.MemoryMiB))
                    yield return TooLarge(ConfigPath.Join($"{path}.sidecars", sidecar), its.TmpMiB, its.MemoryMiB ?? service.MemoryMiB);
        }
    }

    [Rule("services/root-user", "No container runs as root.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            foreach (
                (string container, string user) in service.Sidecars.Select(
                    sidecar => (ConfigPath.Join($"{path}.sidecars", sidecar.Key), sidecar.Value.User)).Prepend((path, service.User)))
                switch (user)
                {
                    case ContainerUsers.Root:
                        yield return new RuleViolation(
                            $"{container}.user",
                            $"is root: an attacker who exploits the application controls the whole container; recommended: "
                                + $"{ContainerUsers.Default}");
                        break;
                    case ContainerUsers.Image:
                        yield return new RuleViolation(
                            $"{container}.user",
                            $"keeps the image's user, which is root unless its Dockerfile sets USER; recommended: {ContainerUsers.Default}");
                        break;
                }
        }
    }

    private static RuleViolation TooLarge(string path, int tmpMiB, int memoryMiB) => new(
        $"{path}.tmpMiB",
        $"{tmpMiB} MiB leave nothing of the container's {memoryMiB} MiB of memory, which includes /tmp; use less, or \"readOnlyRoot\": "
            + "false for a /tmp on disk",
        $"{path}.memoryMiB");
}
