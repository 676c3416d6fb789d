using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
internal static class FargateSizes
{
    private static readonly Dictionary<int, long[]> MemoryMiB = new()
    {
        [256] = [512, 1024, 2048],
        [512] = Steps(1, 4, 1),
        [1024] = Steps(2, 8, 1),
        [2048] = Steps(4, 16, 1),
        [4096] = Steps(8, 30, 1),
        [8192] = Steps(16, 60, 4),
        [16384] = Steps(32, 120, 8),
    };

    [Rule("services/fargate-size", "Fargate supports the memory for the CPU value.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            // If a job or a migration sets only one of the two, the finding is reported at that one.
            (string Path, int Cpu, int Memory, bool OwnMemory)[] tasks =
            [
                (path, service.Cpu, service.MemoryMiB, true),
                .. service.Jobs.Where(job => job.Value is not { Cpu: null, MemoryMiB: null })
                    .Select(job =>
                        ($"{path}.jobs.{job.Key}", job.Value.Cpu ?? service.Cpu, job.Value.MemoryMiB ?? service.MemoryMiB,
                            job.Value.MemoryMiB is not null)),
                .. service.Migration is { } migration and not { Cpu: null, MemoryMiB: null }
                    ? new[] { ($"{path}.migration", migration.Cpu ?? service.Cpu, migration.MemoryMiB ?? service.MemoryMiB,
                        migration.MemoryMiB is not null) }
                    : [],
            ];
            foreach ((string taskPath, int cpu, int memory, bool ownMemory) in tasks)
                if (MemoryMiB.TryGetValue(cpu, out long[]? sizes) && !sizes.Contains(memory))
                    yield return new RuleViolation(
                        $"{taskPath}.{(ownMemory ? "memoryMiB" : "cpu")}",
                        $"{memory} MiB is not available with {cpu} CPU units{ClosestMatch.Hint((long)memory, sizes)}",
                        $"{taskPath}.cpu", $"{path}.cpu", $"{path}.memoryMiB");
        }
    }

    private static long[] Steps(int firstGiB, int lastGiB, int stepGiB) =>
        [.. Enumerable.Range(0, ((lastGiB - firstGiB) / stepGiB) + 1).Select(i => (firstGiB + (i * stepGiB)) * 1024L)];
}
