using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Naming;

namespace Infra.Configuration.Derived;

/// <summary>All databases of an environment: the one of <c>database</c> and those of <c>databases</c>.</summary>
public static class AllDatabases
{
    /// <summary>The database of <c>database</c>, then those of <c>databases</c>, sorted by name.</summary>
    public static IEnumerable<(string Path, DatabaseName Name, DatabaseConfig Config)> Of(EnvironmentConfig config)
    {
        if (config.Database is not null)
            yield return ("database", new DatabaseName(null), config.Database);
        foreach ((string name, DatabaseConfig database) in config.Databases.OrderBy(d => d.Key, StringComparer.Ordinal))
            yield return (ConfigPath.Join("databases", name), new DatabaseName(name), database);
    }

    /// <summary>All databases, by name.</summary>
    public static IReadOnlyDictionary<DatabaseName, DatabaseConfig> ByName(EnvironmentConfig config) =>
        Of(config).ToDictionary(database => database.Name, database => database.Config);
}
