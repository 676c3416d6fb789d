using Infra.Configuration.Model;
using Infra.Configuration.Rules.Services;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
public class FargateSizesTests
{
    [TestCase(256, 512, null)]
    [TestCase(256, 2048, null)]
    [TestCase(512, 4096, null)]
    [TestCase(4096, 30720, null)]
    [TestCase(8192, 61440, null)]
    [TestCase(16384, 122880, null)]
    [TestCase(256, 3072, "3072 MiB is not available with 256 CPU units; nearest: 2048")]
    [TestCase(256, 1536, "1536 MiB is not available with 256 CPU units; nearest: 1024, 2048")]
    [TestCase(1024, 1024, "1024 MiB is not available with 1024 CPU units; nearest: 2048")]
    [TestCase(8192, 17408, "17408 MiB is not available with 8192 CPU units; nearest: 16384, 20480")]
    [TestCase(16384, 33000, "33000 MiB is not available with 16384 CPU units; nearest: 32768, 40960")]
    public void Check_KnowsFargatesSizes(int cpu, int memoryMiB, string? expected)
    {
        EnvironmentConfig config = Samples.Environment with
        {
            Services = new Dictionary<string, ServiceConfig> { ["web"] = new() { Port = 80, Cpu = cpu, MemoryMiB = memoryMiB } },
        };

        Assert.That(FargateSizes.Check(config).Select(p => p.Message), Is.EqualTo(expected is null ? [] : new[] { expected }));
    }
}
