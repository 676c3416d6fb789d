using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A private, versioned, encrypted bucket.</summary>
public sealed record BucketConfig
{
    [Description("Days after which objects move to Standard-IA (at least 30); none keeps them in Standard.")]
    [Range(30, 3650)]
    public int? InfrequentAccessAfterDays { get; init; }

    [Description(
        "Days after which objects move to S3 Glacier Flexible Retrieval, where a restore takes minutes to hours; at least 30 after "
            + "infrequentAccessAfterDays. None: no transition.")]
    [Range(1, 3650)]
    public int? ArchiveAfterDays { get; init; }

    [Description("Days after which objects are deleted; none for no expiration.")]
    [Range(1, 36500)]
    public int? ExpireAfterDays { get; init; }

    [Description("Days that overwritten and deleted objects can be restored.")]
    [Range(1, 36500)]
    public int NoncurrentDays { get; init; } = 90;

    [Description("Origins whose pages may use presigned URLs of this bucket, for example https://app.example.com.")]
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];
}
