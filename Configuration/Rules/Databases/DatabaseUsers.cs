using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Databases;

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html
internal static class DatabaseUsers
{
    /// <summary>RDS's master user; the application's own user has fewer privileges.</summary>
    private const string MasterUser = "administrator";

    private static readonly string[] Users = [MasterUser, "admin", "postgres", "public", "rdsadmin", "rdsproxyadmin", "user"];
    private static readonly string[] Databases = ["db", "postgres", "rdsadmin", "template0", "template1", "user"];

    [Rule("databases/reserved-names", "Names of the user and the database are not reserved by PostgreSQL or RDS.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string path, _, DatabaseConfig database) in AllDatabases.Of(config))
        {
            if (Users.Contains(database.User)
                || database.User.StartsWith("pg_", StringComparison.Ordinal)
                || database.User.StartsWith("rds_", StringComparison.Ordinal))
                yield return new RuleViolation(
                    $"{path}.user", $"{Scalars.Show(database.User)} is reserved by PostgreSQL or RDS; use another name, such as app");
            if (Databases.Contains(database.Name) || database.Name.StartsWith("pg_", StringComparison.Ordinal))
                yield return new RuleViolation(
                    $"{path}.name", $"{Scalars.Show(database.Name)} is reserved by PostgreSQL or RDS; use another name, such as app");
        }
    }
}
