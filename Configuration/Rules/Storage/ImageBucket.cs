using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class ImageBucket
{
    [Rule("storage/image-bucket", "The bucket of exported images exists and keeps its objects.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Backup?.ImageBucket is not { } name)
            yield break;
        if (!config.Buckets.TryGetValue(name, out BucketConfig? bucket))
        {
            yield return new RuleViolation(
                "backup.imageBucket", $"there is no bucket {name}{ClosestMatch.Known(name, [.. config.Buckets.Keys], "buckets")}");
            yield break;
        }

        // A layer is stored once, and later exports refer to it: its age says nothing about its use.
        if (bucket.ExpireAfterDays is not null)
            yield return new RuleViolation(
                $"{ConfigPath.Join("buckets", name)}.expireAfterDays",
                "deletes layers of exported images that are still in use; remove it, or use another bucket", "backup.imageBucket");
        if (bucket.ArchiveAfterDays is not null)
            yield return new RuleViolation(
                $"{ConfigPath.Join("buckets", name)}.archiveAfterDays",
                "moves exported images to S3 Glacier, from which they cannot be imported; remove it, or use another bucket",
                "backup.imageBucket");
    }
}
