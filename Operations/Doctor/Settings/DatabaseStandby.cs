using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Databases survive the loss of a zone.</summary>
internal sealed class DatabaseStandby() : SettingsCheck("database-standby", "Every database has a standby in a second zone (Multi-AZ)")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        AllDatabases.Of(config).ToArray() is not { Length: > 0 } databases
            ? CheckResult.NotApplicable("no database")
            : CheckResult.None(
                databases.Where(database => database.Config.MultiAz != true).Select(database => $"{database.Path} has no standby"),
                $"{databases.Length} with a standby",
                "\"multiAz\": true");
}
