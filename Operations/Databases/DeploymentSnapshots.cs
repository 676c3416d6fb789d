using System.Globalization;
using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Databases;

/// <summary>Snapshots of the databases before a deployment or a migration, of which only the last ones are kept.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="options">Options to show in the command that restores.</param>
/// <param name="environment">Environment.</param>
/// <param name="rds">RDS of its account.</param>
internal sealed class DeploymentSnapshots(
    RunContext context, SessionOptions options, LoadedEnvironment environment, RdsClient rds)
{
    // The first snapshot copies the whole storage, later ones only what has changed.
    private static readonly TimeSpan AvailableWithin = TimeSpan.FromHours(2);

    /// <summary>Databases to save. Default: those with <c>snapshotBeforeDeployment</c>.</summary>
    public IReadOnlyDictionary<DatabaseName, DatabaseConfig> Databases { get; init; } =
        AllDatabases.ByName(environment.Config).Where(database => database.Value.SnapshotBeforeDeployment == true).ToDictionary();

    /// <summary>What the snapshots are taken before; those of another purpose are neither counted nor deleted.</summary>
    public string Purpose { get; init; } = SnapshotPurpose.Deployment;

    /// <summary>How long to wait for each snapshot. Default: as long as the first one of a large database takes.</summary>
    public TimeSpan Within { get; init; } = AvailableWithin;

    /// <summary>How to continue without a snapshot.</summary>
    public string Skip { get; init; } = "pass --skip-snapshot";

    /// <summary>Whether there is a database to save.</summary>
    public bool AreNeeded => Databases.Count > 0;

    /// <summary>Takes a snapshot of each database that exists.</summary>
    /// <returns>A summary line, with the command that restores.</returns>
    public async Task<string> TakeAsync()
    {
        var taken = new List<string>();
        foreach ((DatabaseName name, DatabaseConfig config) in Databases.OrderBy(database => database.Key.Purpose, StringComparer.Ordinal))
            if (await TakeAsync(environment.Names.Database(name.Purpose), config.DeploymentSnapshots) is { } snapshot)
                taken.Add($"{snapshot}; to restore it: ./infra database restore {options.AsTyped}"
                    + $"{(name.Name is { } named ? $" --database {named}" : "")} --snapshot {snapshot}");
        return taken.Count == 0 ? "snapshot: no database exists yet" : $"snapshot: {string.Join("; ", taken)}";
    }

    private async Task<string?> TakeAsync(string instance, int kept)
    {
        DbInstance? found = await rds.FindAsync(instance, context.Stopping);
        if (found is null)
        {
            context.Reporter.Line($"  {instance} does not exist yet");
            return null;
        }

        if (found.Status != "available")
            throw OperationException.Failed(
                $"{instance} is {found.Status}: RDS takes snapshots only of an available instance",
                $"wait until it is available and run the same command again, or {Skip}");
        string prefix = SnapshotPurpose.Prefix(instance, Purpose);
        // To the millisecond: a snapshot that already has the identifier is used as it is, not taken again.
        string snapshot = prefix + DateTime.UtcNow.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        context.Reporter.Status($"taking snapshot {snapshot}");
        await rds.CreateSnapshotAsync(instance, snapshot, Within, context.Stopping);
        context.Reporter.Line($"  {snapshot}: available");
        // The identifier ends with the time, so that its order is that of the snapshots.
        foreach (string old in (await rds.SnapshotsAsync(instance, context.Stopping)).Select(each => each.Identifier)
            .Where(identifier => identifier.StartsWith(prefix, StringComparison.Ordinal))
            .OrderDescending(StringComparer.Ordinal).Skip(kept))
        {
            await rds.DeleteSnapshotAsync(old, context.Stopping);
            context.Reporter.Line($"  {old}: deleted, because {kept} are kept");
        }

        return snapshot;
    }
}
