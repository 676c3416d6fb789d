using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>AWS Backup of the database, the tables and the data buckets, once a day, into a vault of the environment.</summary>
public sealed record BackupConfig
{
    [Description("Time of day, hours and minutes.")]
    [RegularExpression("([01][0-9]|2[0-3]):[0-5][0-9]", ErrorMessage = "a time of day such as 02:00")]
    public string At { get; init; } = "02:00";

    [Description("Time zone of that time, by its IANA name: Europe/Berlin. Daylight saving is followed.")]
    public string Timezone { get; init; } = "UTC";

    [Description("Days that a backup is kept.")]
    [Range(1, 36500)]
    public int RetentionDays { get; init; } = 35;

    [Description("Days after which backups of tables move to cold storage, where they stay for 90 days or more; none leaves them. Backups of databases and buckets never move.")]
    [Range(1, 36410)]
    public int? ColdStorageAfterDays { get; init; }

    [Description("Whether backups can be deleted before their time: none lets whoever has the right, governance only who may lift the lock, compliance nobody, AWS included, once three days have passed.")]
    [AllowedValues("none", "governance", "compliance")]
    public string Lock { get; init; } = "none";

    [Description("Region that every backup is copied to, under AWS Backup's own key there; none keeps them in the environment's.")]
    public string? CopyRegion { get; init; }

    [Description("Days that a copy is kept.")]
    [Range(1, 36500)]
    public int CopyRetentionDays { get; init; } = 35;

    [Description("Region that images of containers are replicated to, into repositories that ECR makes there with the same lifecycle; one that is there already keeps its own. A registry has one such setting: one environment of an account and region may have it.")]
    public string? ImageRegion { get; init; }
}
