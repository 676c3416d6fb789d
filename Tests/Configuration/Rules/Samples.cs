using Infra.Configuration.Model;

namespace Infra.Tests.Configuration.Rules;

/// <summary>An environment without findings, as a base for tests.</summary>
internal static class Samples
{
    public static EnvironmentConfig Environment =>
        new() { Name = "test", Project = "shop", Account = "111111111111", Region = "eu-central-1" };
}
