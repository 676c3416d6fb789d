using Infra.Configuration.Derived;
using Infra.Configuration.Model;

namespace Infra.Operations.Doctor.Settings;

/// <summary>What an environment stores data in.</summary>
internal static class StoredData
{
    /// <summary>Paths of its databases, tables and buckets in the environment file.</summary>
    public static IReadOnlyList<string> Of(EnvironmentConfig config) =>
    [
        .. AllDatabases.Of(config).Select(database => database.Path),
        .. config.Tables.Keys.Select(table => $"tables.{table}"),
        .. config.Buckets.Keys.Select(bucket => $"buckets.{bucket}"),
    ];
}
