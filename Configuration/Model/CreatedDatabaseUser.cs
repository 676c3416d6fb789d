using Infra.Naming;

namespace Infra.Configuration.Model;

/// <summary>Variables of the container that creates a service's database user: its database URL, and the master user's secret.</summary>
/// <param name="Database">Database of the user.</param>
public sealed record CreatedDatabaseUser(DatabaseName Database) : IVariables
{
    /// <summary>Variable with the database URL.</summary>
    public const string UrlVariable = "DATABASE_URL";

    /// <summary>Name of the container: <c>database-user</c>, <c>reporting-database-user</c>.</summary>
    public string Container => Database.Name is null ? "database-user" : $"{Database.Name}-database-user";

    public IReadOnlyDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    public IReadOnlyDictionary<string, string> Parameters { get; } = new Dictionary<string, string>();

    /// <summary>Secrets that the container reads, by variable; its definition selects the master user's name and password.</summary>
    public IReadOnlyDictionary<string, string> Secrets =>
        new Dictionary<string, string> { [UrlVariable] = Database.UrlSecret, ["PGPASSWORD"] = Database.MasterSecret };

    /// <summary>The users that the migration of a service creates.</summary>
    public static IReadOnlyList<CreatedDatabaseUser> Of(ServiceConfig service) =>
        service.Migration is not { CreateUser: true } migration
        ? []
        : [.. service.Secrets.Values.Concat(migration.Secrets.Values)
            .Distinct().Order(StringComparer.Ordinal).Select(DatabaseName.OfUrlSecret).OfType<DatabaseName>()
            .Select(database => new CreatedDatabaseUser(database))];
}
