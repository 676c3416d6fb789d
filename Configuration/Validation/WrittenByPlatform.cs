using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration.Validation;

/// <summary>Parameters and secrets that the stacks create: services may name them, files must not list them.</summary>
internal static class WrittenByPlatform
{
    private static readonly DatabaseName One = new(null);

    private static readonly Dictionary<string, string> Secrets = new(StringComparer.Ordinal)
    {
        [One.UrlSecret] = "database",
        [One.MasterSecret] = "database",
        ["cognito-client-secret"] = "identity",
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["cognito/user-pool-id"] = "identity",
        ["cognito/client-id"] = "identity",
        ["cognito/domain"] = "identity",
        ["cognito/region"] = "identity",
    };

    /// <summary>First levels of reserved parameters: Cognito's, the release ledger's two, the schedule's, and discovery.</summary>
    public static readonly IReadOnlyList<string> ParameterFolders = ["cognito/", "discovery/", "layers/", "releases/", "schedule/"];

    public static IEnumerable<string> SecretsOf(EnvironmentConfig config) => Secrets.Where(s => IsThere(config, s.Value)).Select(s => s.Key)
        .Concat(config.Databases.Keys.Select(name => new DatabaseName(name))
            .SelectMany(name => new[] { name.UrlSecret, name.MasterSecret }));

    public static IEnumerable<string> ParametersOf(EnvironmentConfig config) =>
        Parameters.Where(p => IsThere(config, p.Value)).Select(p => p.Key);

    /// <summary>Section of the file that creates a secret, or null if the stacks do not create it.</summary>
    public static string? SectionOfSecret(EnvironmentConfig config, string name) => Secrets.GetValueOrDefault(name)
        ?? AllDatabases.Of(config).FirstOrDefault(database => name == database.Name.UrlSecret || name == database.Name.MasterSecret).Path;

    /// <summary>Section of the file that creates a parameter, or null if the stacks do not create it.</summary>
    public static string? SectionOfParameter(string name) => Parameters.GetValueOrDefault(name);

    private static bool IsThere(EnvironmentConfig config, string section) =>
        section == "database" ? config.Database is not null : config.Identity is not null;
}
