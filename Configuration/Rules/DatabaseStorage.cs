using Infra.Configuration.Derived;
using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>
/// Storage autoscaling requires a maximum that is at least a tenth above the allocated storage.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
/// </summary>
internal static class DatabaseStorage
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string path, _, DatabaseConfig database) in AllDatabases.Of(config))
        {
            int least = ((database.StorageGiB * 11) + 9) / 10;
            if (database.MaxStorageGiB < least)
                yield return new RuleViolation(
                    $"{path}.maxStorageGiB",
                    $"{database.MaxStorageGiB} is less than a tenth above storageGiB, {database.StorageGiB}; nearest: {least}",
                    $"{path}.storageGiB");
        }
    }
}
