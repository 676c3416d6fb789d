using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class BucketLifecycles
{
    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html</summary>
    private const int LeastDaysInStandardIa = 30;

    [Rule("storage/bucket-lifecycle", "Objects stay in each storage class for S3's minimum time, and are deleted after their transitions.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, BucketConfig bucket) in config.Buckets)
        {
            string path = ConfigPath.Join("buckets", name);
            int? archivable = bucket.InfrequentAccessAfterDays + LeastDaysInStandardIa;
            if (bucket.ArchiveAfterDays < archivable)
                yield return new RuleViolation(
                    $"{path}.archiveAfterDays",
                    $"{bucket.ArchiveAfterDays} is not {LeastDaysInStandardIa} days after infrequentAccessAfterDays, "
                        + $"{bucket.InfrequentAccessAfterDays}; nearest: {archivable}",
                    $"{path}.infrequentAccessAfterDays");
            foreach ((string move, int? days) in new[]
            {
                ("infrequentAccessAfterDays", bucket.InfrequentAccessAfterDays), ("archiveAfterDays", bucket.ArchiveAfterDays),
            })
                if (bucket.ExpireAfterDays <= days)
                    yield return new RuleViolation(
                        $"{path}.expireAfterDays", $"{bucket.ExpireAfterDays} is not after {move}, {days}; nearest: {days + 1}",
                        $"{path}.{move}");
        }
    }
}
