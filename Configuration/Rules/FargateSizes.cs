using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>
/// Memory that Fargate sells with each CPU size.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
/// </summary>
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

    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (!MemoryMiB.TryGetValue(service.Cpu, out long[]? sizes) || sizes.Contains(service.MemoryMiB))
                continue;
            string path = ConfigPath.Join("services", name);
            yield return new Problem(
                $"{path}.memoryMiB",
                $"{service.MemoryMiB} MiB is not sold with {service.Cpu} CPU units{Nearest.Hint(service.MemoryMiB, sizes)}",
                $"{path}.cpu");
        }
    }

    private static long[] Steps(int firstGiB, int lastGiB, int stepGiB) =>
        [.. Enumerable.Range(0, ((lastGiB - firstGiB) / stepGiB) + 1).Select(i => (firstGiB + (i * stepGiB)) * 1024L)];
}
