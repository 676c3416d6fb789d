using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>
/// The name of a migration's task definition and role, {service}-migration, must not be the name of another service; a migration needs a
/// database.
/// </summary>
internal static class Migrations
{
    /// <summary>Suffix of the name of a migration's task definition.</summary>
    private const string Ending = "-migration";

    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Services.ContainsKey(service.Key + Ending)
        select new RuleViolation(
            ConfigPath.Join("services", service.Key + Ending),
            $"has the name of the migration of {service.Key}; use another name",
            $"{ConfigPath.Join("services", service.Key)}.migration");

    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Database is null
        select new RuleViolation($"{ConfigPath.Join("services", service.Key)}.migration",
            "is set without a database; leave it out, unless it migrates something else");
}
