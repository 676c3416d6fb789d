using System.Globalization;
using System.Xml.Linq;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Amazon RDS, and waits until they are done. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_Operations.html
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="pause">Polling interval.</param>
internal sealed class RdsClient(AwsAccess access, TimeSpan pause)
{
    private readonly AwsApi _rds = access.Api("rds");

    /// <summary>The client with a polling interval for AWS, or for the emulator, which is ready immediately.</summary>
    public static RdsClient Of(AwsAccess access, bool onEmulator) => new(access, TimeSpan.FromSeconds(onEmulator ? 1 : 15));

    /// <summary>An instance by its identifier; null if there is none.</summary>
    public async Task<DbInstance?> FindAsync(string identifier, CancellationToken cancellation)
    {
        try
        {
            XElement answer = await _rds.QueryAsync(
                "DescribeDBInstances", new Dictionary<string, string> { ["DBInstanceIdentifier"] = identifier }, cancellation);
            return answer.Descendants("DBInstance").Select(DbInstance.Of).FirstOrDefault();
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>A snapshot by identifier or ARN; null if there is none.</summary>
    public async Task<DbSnapshot?> SnapshotAsync(string identifier, CancellationToken cancellation)
    {
        try
        {
            XElement answer = await _rds.QueryAsync(
                "DescribeDBSnapshots", new Dictionary<string, string> { ["DBSnapshotIdentifier"] = identifier }, cancellation);
            return answer.Descendants("DBSnapshot").Select(DbSnapshot.Of).FirstOrDefault();
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Snapshots of an instance, newest first.</summary>
    public async Task<IReadOnlyList<DbSnapshot>> SnapshotsAsync(string instance, CancellationToken cancellation)
    {
        var found = new List<DbSnapshot>();
        var parameters = new Dictionary<string, string> { ["DBInstanceIdentifier"] = instance };
        await foreach (XElement page in _rds.QueryPagesAsync("DescribeDBSnapshots", parameters, "Marker", cancellation))
            found.AddRange(page.Descendants("DBSnapshot").Select(DbSnapshot.Of));
        return [.. found.OrderByDescending(snapshot => snapshot.Created, StringComparer.Ordinal)];
    }

    /// <summary>Starts to restore an instance from a snapshot.</summary>
    /// <param name="snapshot">Identifier or ARN of the snapshot.</param>
    /// <param name="target">Identifier of the new instance.</param>
    /// <param name="settings">Its settings, as parameters of the API.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task RestoreFromSnapshotAsync(
        string snapshot, string target, IReadOnlyDictionary<string, string> settings, CancellationToken cancellation) =>
        _rds.QueryAsync(
            "RestoreDBInstanceFromDBSnapshot",
            new Dictionary<string, string>(settings) { ["DBSnapshotIdentifier"] = snapshot, ["DBInstanceIdentifier"] = target },
            cancellation);

    /// <summary>Starts to restore an instance to a point in time.</summary>
    /// <param name="source">Identifier of an instance, or resource ID of one that was deleted.</param>
    /// <param name="time">Point in time; null means the latest.</param>
    /// <param name="target">Identifier of the new instance.</param>
    /// <param name="settings">Its settings, as parameters of the API.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task RestoreToPointInTimeAsync(
        (string? Identifier, string? ResourceId) source, string? time, string target, IReadOnlyDictionary<string, string> settings,
        CancellationToken cancellation)
    {
        var parameters = new Dictionary<string, string>(settings)
        {
            ["TargetDBInstanceIdentifier"] = target,
            [time is null ? "UseLatestRestorableTime" : "RestoreTime"] = time ?? "true",
            [source.Identifier is null ? "SourceDbiResourceId" : "SourceDBInstanceIdentifier"] = source.Identifier ?? source.ResourceId!,
        };
        return _rds.QueryAsync("RestoreDBInstanceToPointInTime", parameters, cancellation);
    }

    /// <summary>Changes an instance immediately.</summary>
    public Task ModifyAsync(string identifier, IReadOnlyDictionary<string, string> changes, CancellationToken cancellation) =>
        _rds.QueryAsync(
        "ModifyDBInstance",
        new Dictionary<string, string>(changes) { ["DBInstanceIdentifier"] = identifier, ["ApplyImmediately"] = "true" },
        cancellation);

    /// <summary>Deletes an instance.</summary>
    /// <param name="identifier">Identifier of the instance.</param>
    /// <param name="finalSnapshot">Final snapshot; null means none.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public Task DeleteAsync(string identifier, string? finalSnapshot, CancellationToken cancellation)
    {
        var parameters =
            new Dictionary<string, string>
            {
                ["DBInstanceIdentifier"] = identifier,
                ["DeleteAutomatedBackups"] = finalSnapshot is null ? "true" : "false",
            };
        parameters[finalSnapshot is null ? "SkipFinalSnapshot" : "FinalDBSnapshotIdentifier"] = finalSnapshot ?? "true";
        return _rds.QueryAsync("DeleteDBInstance", parameters, cancellation);
    }

    /// <summary>Deletes a snapshot.</summary>
    public Task DeleteSnapshotAsync(string snapshot, CancellationToken cancellation) =>
        _rds.QueryAsync("DeleteDBSnapshot", new Dictionary<string, string> { ["DBSnapshotIdentifier"] = snapshot }, cancellation);

    /// <summary>Takes a snapshot and waits until it is available.</summary>
    public async Task CreateSnapshotAsync(string instance, string snapshot, TimeSpan timeout, CancellationToken cancellation)
    {
        if (await SnapshotAsync(snapshot, cancellation) is null)
        {
            await _rds.QueryAsync(
                "CreateDBSnapshot",
                new Dictionary<string, string> { ["DBInstanceIdentifier"] = instance, ["DBSnapshotIdentifier"] = snapshot }, cancellation);
        }

        DateTime end = DateTime.UtcNow + timeout;
        while ((await SnapshotAsync(snapshot, cancellation))?.Status != "available")
            await PauseAsync($"snapshot {snapshot} did not become available", end, cancellation);
    }

    /// <summary>
    /// Waits until an instance and its secret are available; an instance that was just created or renamed is not found for a while.
    /// </summary>
    public async Task<DbInstance> WaitAsync(string identifier, TimeSpan timeout, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            DbInstance? found = await FindAsync(identifier, cancellation);
            if (found?.IsReady == true)
                return found;
            if (found?.Status is "failed" or "incompatible-restore" or "incompatible-parameters" or "storage-full")
                throw OperationException.Failed(
                    $"{identifier} is {found.Status}", "check its events in the RDS console, delete it, and run the same command again");
            await PauseAsync($"{identifier} is {found?.Status ?? "not found"}", end, cancellation);
        }
    }

    /// <summary>Waits until there is no instance of that identifier.</summary>
    public async Task WaitGoneAsync(string identifier, TimeSpan timeout, CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + timeout;
        while (await FindAsync(identifier, cancellation) is not null)
            await PauseAsync($"{identifier} still exists", end, cancellation);
    }

    private async Task PauseAsync(string what, DateTime end, CancellationToken cancellation)
    {
        if (DateTime.UtcNow > end)
            throw OperationException.Failed(
                string.Create(CultureInfo.InvariantCulture, $"{what}, longer than expected"), "run the same command again to continue");
        await Task.Delay(pause, cancellation);
    }
}
