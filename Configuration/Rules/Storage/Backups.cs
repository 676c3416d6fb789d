using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Storage;

internal static class Backups
{
    // https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html
    private const int LeastColdDays = 90;

    [Rule("storage/backup",
        "Backups stay in cold storage for AWS's minimum time, are copied to Regions that exist, and are not locked by mistake.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.State.ReplicaRegion is { } replica && Elsewhere(config, "state.replicaRegion", replica, "the state") is { } state)
            yield return state;
        if (config.Backup is not { } backup)
            yield break;

        if (!TimeZones.Names.Contains(backup.Timezone))
            yield return new RuleViolation(
                "backup.timezone",
                $"{Scalars.Show(backup.Timezone)} is not an IANA time zone such as Europe/Berlin or "
                    + $"UTC{ClosestMatch.Hint(backup.Timezone, TimeZones.Names)}");
        if (backup.RetentionDays - LeastColdDays < backup.ColdStorageAfterDays)
            yield return new RuleViolation(
                "backup.retentionDays",
                $"{backup.RetentionDays} is too short: what moves to cold storage after {backup.ColdStorageAfterDays} days stays there "
                    + $"for {LeastColdDays}; nearest: {backup.ColdStorageAfterDays + LeastColdDays}",
                "backup.coldStorageAfterDays");
        if (backup.CopyRegion is { } copy && Elsewhere(config, "backup.copyRegion", copy, "every backup") is { } copies)
            yield return copies;
        if (backup.ImageRegion is { } images && Elsewhere(config, "backup.imageRegion", images, "every image") is { } replicas)
            yield return replicas;
        if (backup.Lock == VaultLock.Compliance && config.Disposable)
            yield return new RuleViolation(
                "backup.lock",
                "\"compliance\" creates a vault that nobody can delete, but this environment is disposable; use governance or none",
                "disposable");
    }

    private static RuleViolation? Elsewhere(EnvironmentConfig config, string path, string region, string what)
    {
        if (Regions.Unknown(region) is { } unknown)
            return new RuleViolation(path, unknown);
        return region == config.Region
            ? new RuleViolation(path, $"{what} is in {region}already; use another region, or leave it out", "region")
            : null;
    }
}
