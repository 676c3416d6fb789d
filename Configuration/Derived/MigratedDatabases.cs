using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration.Derived;

/// <summary>The databases of which a release takes a snapshot before it runs the migration of a service.</summary>
public static class MigratedDatabases
{
    /// <summary>Those whose URL or master secret the service or its migration reads; all databases if it reads none of them.</summary>
    /// <param name="config">The environment.</param>
    /// <param name="service">Name of the service.</param>
    /// <returns>None if the service has no migration, or takes no snapshot before it.</returns>
    public static IReadOnlyDictionary<DatabaseName, DatabaseConfig> Of(EnvironmentConfig config, string service)
    {
        if (!config.Services.TryGetValue(service, out ServiceConfig? its) || its.Migration is not { } migration
            || !(migration.Snapshot ?? config.Production))
            return new Dictionary<DatabaseName, DatabaseConfig>();
        HashSet<string> secrets = [.. its.Secrets.Values, .. migration.Secrets.Values];
        IReadOnlyDictionary<DatabaseName, DatabaseConfig> all = AllDatabases.ByName(config);
        var read = all.Where(database => secrets.Contains(database.Key.UrlSecret) || secrets.Contains(database.Key.MasterSecret))
            .ToDictionary();
        return read.Count > 0 ? read : all;
    }
}
