using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Parameters and secrets that the stacks write by themselves: services may name them, files may not list them.</summary>
internal static class WrittenByPlatform
{
    private static readonly Dictionary<string, string> Secrets = new(StringComparer.Ordinal)
    {
        ["database-url"] = "database",
        ["database-master"] = "database",
        ["cognito-client-secret"] = "identity",
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["cognito/user-pool-id"] = "identity",
        ["cognito/client-id"] = "identity",
        ["cognito/domain"] = "identity",
        ["cognito/region"] = "identity",
    };

    /// <summary>First levels of parameters that the stacks keep for themselves: Cognito's and the release ledger's.</summary>
    public static readonly IReadOnlyList<string> ParameterFolders = ["cognito/", "releases/"];

    public static IEnumerable<string> SecretsOf(EnvironmentConfig config) => Secrets.Where(s => IsThere(config, s.Value)).Select(s => s.Key);

    public static IEnumerable<string> ParametersOf(EnvironmentConfig config) => Parameters.Where(p => IsThere(config, p.Value)).Select(p => p.Key);

    /// <summary>Section of the file that makes a secret, or null where it is none of the platform's.</summary>
    public static string? SectionOfSecret(string name) => Secrets.GetValueOrDefault(name);

    /// <summary>Section of the file that makes a parameter, or null where it is none of the platform's.</summary>
    public static string? SectionOfParameter(string name) => Parameters.GetValueOrDefault(name);

    private static bool IsThere(EnvironmentConfig config, string section) =>
        section == "database" ? config.Database is not null : config.Identity is not null;
}
