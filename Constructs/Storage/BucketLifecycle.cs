using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.S3BucketLifecycleConfiguration;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Storage;

/// <summary>Lifecycle rules of a bucket: transitions and expiration.</summary>
internal static class BucketLifecycle
{
    /// <summary>Days after which an incomplete multipart upload is deleted.</summary>
    public const int UnfinishedUploadDays = 7;

    /// <summary>Adds the lifecycle configuration: one rule for the whole bucket, and another if only a prefix expires.</summary>
    public static void Add(Construct scope, string id, string bucket, SecureBucketProps props, ITerraformDependable[] after) =>
        new S3BucketLifecycleConfiguration(scope, "lifecycle", new S3BucketLifecycleConfigurationConfig
        {
            Bucket = bucket,
            Rule = props.ExpirePrefix.Length == 0
                ? new[] { Rule(props) }
                : [Rule(props with { ExpireAfterDays = null }), ExpiryRule(props)],
            // S3 rejects a rule on noncurrent versions before the bucket is versioned.
            DependsOn = after,
        }).Named($"{id}_lifecycle");

    private static S3BucketLifecycleConfigurationRule Rule(SecureBucketProps props) => new()
    {
        Id = "keep-tidy",
        Status = "Enabled",
        Filter = new[] { new S3BucketLifecycleConfigurationRuleFilter { Prefix = "" } },
        AbortIncompleteMultipartUpload = new[]
        {
            new S3BucketLifecycleConfigurationRuleAbortIncompleteMultipartUpload { DaysAfterInitiation = UnfinishedUploadDays },
        },
        Transition = Transitions(props),
        Expiration = Expiration(props),
        NoncurrentVersionExpiration = props.Versioned
            ? new[] { new S3BucketLifecycleConfigurationRuleNoncurrentVersionExpiration { NoncurrentDays = props.NoncurrentDays } }
            : null,
    };

    private static S3BucketLifecycleConfigurationRule ExpiryRule(SecureBucketProps props) => new()
    {
        Id = "expire",
        Status = "Enabled",
        Filter = new[] { new S3BucketLifecycleConfigurationRuleFilter { Prefix = props.ExpirePrefix } },
        Expiration = Expiration(props),
    };

    private static S3BucketLifecycleConfigurationRuleTransition[]? Transitions(SecureBucketProps props)
    {
        S3BucketLifecycleConfigurationRuleTransition[] moves =
        [
            .. from move in new[]
            {
                (Days: props.InfrequentAccessAfterDays, Class: "STANDARD_IA"),
                (Days: props.ArchiveAfterDays, Class: "GLACIER"),
            }
               where move.Days is not null
               select new S3BucketLifecycleConfigurationRuleTransition { Days = move.Days, StorageClass = move.Class },
        ];
        return moves.Length > 0 ? moves : null;
    }

    // S3 accepts either days or the removal of expired object delete markers, not both; with days it removes such markers automatically.
    private static S3BucketLifecycleConfigurationRuleExpiration[]? Expiration(SecureBucketProps props) =>
        props.ExpireAfterDays is { } days ? [new() { Days = days }]
        : props.Versioned ? [new() { ExpiredObjectDeleteMarker = true }]
        : null;
}
