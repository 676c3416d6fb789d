using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Databases;

// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
internal static class DatabaseStorage
{
    [Rule("databases/storage", "The maximum of storage autoscaling is at least a tenth above the allocated storage.")]
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
