using Infra.Configuration.Derived;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Services;

internal static class Migrations
{
    /// <summary>Suffix of the name of a migration's task definition.</summary>
    private const string Ending = "-migration";

    [Rule("services/migration-name", "No service has the name of a migration's task definition and role, {service}-migration.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Services.ContainsKey(service.Key + Ending)
        select new RuleViolation(
            ConfigPath.Join("services", service.Key + Ending),
            $"has the name of the migration of {service.Key}; use another name",
            $"{ConfigPath.Join("services", service.Key)}.migration");

    [Rule("services/created-user", "A migration that creates the database user belongs to a service that reads a database's URL.")]
    public static IEnumerable<RuleViolation> CheckUser(EnvironmentConfig config)
    {
        IReadOnlyDictionary<DatabaseName, DatabaseConfig> databases = AllDatabases.ByName(config);
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            if (service.Migration is not { CreateUser: true })
                continue;
            string path = ConfigPath.Join("services", name);
            IReadOnlyList<CreatedDatabaseUser> users = CreatedDatabaseUser.Of(service);
            if (users.Count == 0)
                yield return new RuleViolation($"{path}.migration.createUser",
                    "needs a secret such as database-url, whose user it creates; add \"DATABASE_URL\": \"database-url\" to the service's "
                        + "secrets",
                    $"{path}.secrets");
            foreach (CreatedDatabaseUser user in users.Where(user => !databases.ContainsKey(user.Database)))
                yield return new RuleViolation($"{path}.migration.createUser",
                    $"cannot create the user of {user.Database.UrlSecret}: this file has no such database; "
                        + $"available: {Available(databases.Keys)}",
                    $"{path}.secrets");
        }
    }

    private static string Available(IEnumerable<DatabaseName> databases) =>
        string.Join(", ", databases.Select(database => database.UrlSecret).DefaultIfEmpty("none"));

    [Rule("services/migration-database", "A service with a migration has a database.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Database is null
        select new RuleViolation($"{ConfigPath.Join("services", service.Key)}.migration",
            "is set without a database; leave it out, unless it migrates something else");
}
