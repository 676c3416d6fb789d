using Infra.Configuration.Model;

namespace Infra.Tests.Configuration.Rules;

/// <summary>An environment in which nothing is wrong, to change one thing of.</summary>
internal static class Samples
{
    public static EnvironmentConfig Environment => new() { Name = "test", Project = "shop", Account = "111111111111", Region = "eu-central-1" };
}
