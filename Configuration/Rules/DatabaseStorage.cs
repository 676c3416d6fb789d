using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>
/// Storage grows only if it may grow by a tenth.
/// https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html
/// </summary>
internal static class DatabaseStorage
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        if (config.Database is not { MaxStorageGiB: { } most } database)
            yield break;
        int least = ((database.StorageGiB * 11) + 9) / 10;
        if (most < least)
            yield return new Problem(
                "database.maxStorageGiB", $"{most} is less than a tenth above storageGiB, {database.StorageGiB}; nearest: {least}", "database.storageGiB");
    }
}
