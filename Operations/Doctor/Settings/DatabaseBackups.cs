using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>RDS keeps enough automated backups.</summary>
internal sealed class DatabaseBackups() : SettingsCheck(
    "database-backups", "Automated backups of every database are retained for at least seven days")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        AllDatabases.Of(config).ToArray() is not { Length: > 0 } databases
            ? CheckResult.NotApplicable("no database")
            : CheckResult.None(
                databases.Where(database => database.Config.BackupDays < Days)
                    .Select(database => $"{database.Path}.backupDays is {database.Config.BackupDays}"),
                $"{databases.Min(database => database.Config.BackupDays)} days",
                $"\"backupDays\": {Days}");

    private const int Days = 7;
}
