using System.Globalization;
using System.Xml.Linq;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.Databases;

/// <summary>The RDS operations that a restore uses.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="pause">Polling interval.</param>
internal sealed class RdsApi(AwsAccess access, TimeSpan pause)
{
    private const string NoInstance = "DBInstanceNotFound";

    private readonly AwsApi _rds = access.Api("rds");

    /// <summary>An instance by its identifier; null if there is none.</summary>
    public async Task<DbInstance?> FindAsync(string identifier, CancellationToken cancellation)
    {
        try
        {
            XElement answer = await _rds.QueryAsync(
                "DescribeDBInstances", new Dictionary<string, string> { ["DBInstanceIdentifier"] = identifier }, cancellation);
            return answer.Descendants("DBInstance").Select(DbInstance.Of).FirstOrDefault();
        }
        catch (AwsApiException e) when (e.Code.StartsWith(NoInstance, StringComparison.Ordinal))
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
        catch (AwsApiException e) when (e.Code.StartsWith("DBSnapshotNotFound", StringComparison.Ordinal))
        {
            return null;
        }
    }

    /// <summary>Snapshots of an instance, newest first.</summary>
    public async Task<IReadOnlyList<DbSnapshot>> SnapshotsAsync(string instance, CancellationToken cancellation)
    {
        var found = new List<DbSnapshot>();
        string? marker = null;
        do
        {
            var parameters = new Dictionary<string, string> { ["DBInstanceIdentifier"] = instance };
            if (marker is not null)
                parameters["Marker"] = marker;
            XElement page = await _rds.QueryAsync("DescribeDBSnapshots", parameters, cancellation);
            found.AddRange(page.Descendants("DBSnapshot").Select(DbSnapshot.Of));
            marker = (string?)page.Descendants("Marker").FirstOrDefault();
        }
        while (!string.IsNullOrEmpty(marker));
        return [.. found.OrderByDescending(snapshot => snapshot.Created, StringComparer.Ordinal)];
    }

    /// <summary>Starts to restore an instance.</summary>
    /// <param name="source">What to restore from.</param>
    /// <param name="database">The database; the new instance gets its settings from the state.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task RestoreAsync(RestoreSource source, DatabaseResource database, CancellationToken cancellation)
    {
        Dictionary<string, string> parameters = RestoreParameters.Of(source, database);
        if (source.Snapshot is { } snapshot)
        {
            parameters["DBSnapshotIdentifier"] = snapshot;
            parameters["DBInstanceIdentifier"] = database.Restored;
            await _rds.QueryAsync("RestoreDBInstanceFromDBSnapshot", parameters, cancellation);
            return;
        }

        // By the resource ID: the instance may have been deleted while its automated backups were retained.
        if (await FindAsync(database.Identifier, cancellation) is null)
            parameters["SourceDbiResourceId"] = database.ManagedId!;
        else
            parameters["SourceDBInstanceIdentifier"] = database.Identifier;
        parameters["TargetDBInstanceIdentifier"] = database.Restored;
        if (source.Time is { } time)
            parameters["RestoreTime"] = RestoreSource.Text(time);
        else
            parameters["UseLatestRestorableTime"] = "true";
        await _rds.QueryAsync("RestoreDBInstanceToPointInTime", parameters, cancellation);
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
