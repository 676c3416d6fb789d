using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>A migration's task definition and role, {service}-migration, are no other service's; and it has a database to migrate.</summary>
internal static class Migrations
{
    /// <summary>What the name of a migration's task definition ends with.</summary>
    private const string Ending = "-migration";

    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Services.ContainsKey(service.Key + Ending)
        select new RuleViolation(
            ConfigPath.Join("services", service.Key + Ending),
            $"has the name that the migration of {service.Key} goes by; take another",
            $"{ConfigPath.Join("services", service.Key)}.migration");

    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from service in config.Services
        where service.Value.Migration is not null && config.Database is null
        select new RuleViolation($"{ConfigPath.Join("services", service.Key)}.migration", "is there without a database; leave it out, unless it migrates something else");
}
