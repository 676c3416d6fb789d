using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>Objects are deleted after they moved to Standard-IA, not before.</summary>
internal static class BucketLifecycles
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        foreach ((string name, BucketConfig bucket) in config.Buckets)
        {
            string path = ConfigPath.Join("buckets", name);
            if (bucket.ExpireAfterDays <= bucket.InfrequentAccessAfterDays)
                yield return new Problem(
                    $"{path}.expireAfterDays",
                    $"{bucket.ExpireAfterDays} is not after infrequentAccessAfterDays, {bucket.InfrequentAccessAfterDays}; nearest: {bucket.InfrequentAccessAfterDays + 1}",
                    $"{path}.infrequentAccessAfterDays");
        }
    }
}
