using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Backups survive the loss of a Region.</summary>
internal sealed class BackupCopies() : SettingsCheck("backup-copies", "Backups are copied to another Region")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        StoredData.Of(config) is { Count: 0 }
            ? CheckResult.NotApplicable("no databases, tables or buckets")
            : config.Backup?.CopyRegion is { } region
                ? CheckResult.Met(region)
                : CheckResult.NotMet("no backup.copyRegion", "\"backup\": { \"copyRegion\": REGION }");
}
