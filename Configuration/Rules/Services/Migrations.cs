using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

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

    [Rule("services/migration-database", "A service with a migration has a database.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Database is null
        select new RuleViolation($"{ConfigPath.Join("services", service.Key)}.migration",
            "is set without a database; leave it out, unless it migrates something else");
}
