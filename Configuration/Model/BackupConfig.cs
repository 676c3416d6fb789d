using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>AWS Backup of the databases, the tables and the data buckets, once a day, into a vault of the environment.</summary>
public sealed record BackupConfig
{
    [Description("Time of day, hours and minutes.")]
    [RegularExpression("([01][0-9]|2[0-3]):[0-5][0-9]", ErrorMessage = "a time of day such as 02:00")]
    public string At { get; init; } = "02:00";

    [Description("IANA time zone of that time, such as Europe/Berlin; adjusted for daylight saving time.")]
    public string Timezone { get; init; } = "UTC";

    [Description("Days that a backup is retained.")]
    [Range(1, 36500)]
    public int RetentionDays { get; init; } = 35;

    [Description(
        "Days after which backups of tables move to cold storage, where they stay for at least 90 days; none for no cold storage. "
            + "Backups of databases and buckets never move.")]
    [Range(1, 36410)]
    public int? ColdStorageAfterDays { get; init; }

    [Description(
        "Vault lock against early deletion of backups. none: whoever has the permission can delete them; governance: only who has "
            + "permission to remove the lock; compliance: nobody, including AWS, after three days.")]
    public VaultLock Lock { get; init; } = VaultLock.None;

    [Description("Region that every backup is copied to, encrypted with AWS Backup's key there; none for no copies.")]
    public string? CopyRegion { get; init; }

    [Description("Days that a copy is retained.")]
    [Range(1, 36500)]
    public int CopyRetentionDays { get; init; } = 35;

    [Description(
        "Region that container images are replicated to. ECR creates the repositories there with the same lifecycle policy; existing "
            + "repositories keep theirs. A registry has one such setting: only one environment of an account and Region can have it.")]
    public string? ImageRegion { get; init; }

    [Description(
        "Bucket, a name in buckets, that ./infra images export copies the released images to. It must keep its objects: no "
            + "expireAfterDays and no archiveAfterDays.")]
    public string? ImageBucket { get; init; }
}

/// <summary>Vault lock against early deletion of backups.</summary>
public enum VaultLock { None, Governance, Compliance }
