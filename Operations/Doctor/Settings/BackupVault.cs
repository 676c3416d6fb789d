using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Data is backed up into a vault.</summary>
internal sealed class BackupVault() : SettingsCheck(
    "backup-vault", "AWS Backup stores daily backups of databases, tables and buckets in a vault")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        StoredData.Of(config) is { Count: 0 }
            ? CheckResult.NotApplicable("no databases, tables or buckets")
            : config.Backup is { } backup
                ? CheckResult.Met($"daily at {backup.At} {backup.Timezone}, retained for {backup.RetentionDays} days")
                : CheckResult.NotMet("no section backup", "\"backup\": { \"copyRegion\": REGION }");
}
