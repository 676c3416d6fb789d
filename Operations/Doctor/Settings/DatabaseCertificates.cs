using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Services verify the database server.</summary>
internal sealed class DatabaseCertificates() : SettingsCheck(
    "database-certificates", "Services verify the certificate of every database (verify-full)")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        AllDatabases.Of(config).ToArray() is not { Length: > 0 } databases
            ? CheckResult.NotApplicable("no database")
            : CheckResult.None(
                databases.Where(database => database.Config.Tls != DatabaseTls.VerifyFull)
                    .Select(database => $"{database.Path}.tls is require"),
                "verify-full",
                "\"tls\": \"verify-full\", with RDS's root certificates in the image");
}
