using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Databases;

/// <summary>The commands for restoring the environment's database: backups, restore, the instance before it.</summary>
internal sealed class DatabaseRestoreCommand(RunContext context, SessionOptions options)
{
    /// <summary>Addresses of resources with data that may be destroyed or replaced.</summary>
    public IReadOnlyList<string> AllowDataLoss { get; init; } = [];

    private Reporter Reporter => context.Reporter;

    private CancellationToken Stopping => context.Stopping;

    /// <summary>Restores the database.</summary>
    /// <param name="named">Database; null means the only one.</param>
    /// <param name="source">What to restore from.</param>
    public async Task<ExitCode> RunAsync(string? named, RestoreSource source)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "database restore");
        RdsClient rds = Rds(session);
        DatabaseResource database = await DatabaseResource.FindAsync(session.Stack(StackNames.Base), session.State, named, Stopping);
        IReadOnlyList<RestoreStep> left = (await ProgressAsync(rds, database)).Left(database, source);
        if (left.Contains(RestoreStep.Restore))
            await CheckAsync(rds, database, source);
        Reporter.Line($"{database.Identifier} is restored from {source}:");
        foreach ((RestoreStep step, int i) in left.Select((step, i) => (step, i + 1)))
            Reporter.Line($"  {i}. {RestoreRun.Describe(step, database)}");
        if (options.DryRun)
            return ExitCode.Changes;

        var confirmation = new Confirmation(session.Environment.Config, options, Reporter);
        await confirmation.BeforeDataIsReplacedAsync($"replace what {database.Identifier} holds", Stopping);
        // The last step applies the whole plan of base, which can contain more than the restored database.
        var runner = new StackRunner(context, session, [PlanGuard.Of(session, AllowDataLoss, Reporter), confirmation]);
        StackFolder stack = session.Stack(StackNames.Base);
        // Before anything is changed: otherwise anything that Terraform lacks would stop the run halfway.
        await runner.PrepareAsync(stack);
        await new RestoreRun(context, session, runner, rds, database, source).RunAsync(left);

        Reporter.Good($"{database.Identifier} is restored from {source}");
        if (await rds.FindAsync(database.Previous, Stopping) is not null)
        {
            Reporter.Warn(
                $"{database.Previous}, the previous instance, is kept and still costs money; to delete it: ./infra database "
                    + $"delete-previous {options.AsTyped}");
        }

        Reporter.Line($"the master user has a new secret; to use it: ./infra deploy {options.AsTyped} runtime");
        return ExitCode.Ok;
    }

    /// <summary>Lists what the database can be restored from.</summary>
    public async Task<ExitCode> BackupsAsync(string? named)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "database backups");
        RdsClient rds = Rds(session);
        DatabaseResource database = await DatabaseResource.FindAsync(session.Stack(StackNames.Base), session.State, named, Stopping);
        DbInstance? current = await rds.FindAsync(database.Identifier, Stopping);
        Reporter.Line($"{database.Identifier}: {current?.Status ?? "there is no such instance"}"
            + (current?.LatestRestorableTime is { } time ? $", latest restorable time {time}" : ""));
        IReadOnlyList<DbSnapshot> snapshots = await rds.SnapshotsAsync(database.Identifier, Stopping);
        foreach (DbSnapshot snapshot in snapshots)
            Reporter.Line(
                $"  {snapshot.Created ?? "-",-25} {snapshot.Status,-10} PostgreSQL {snapshot.EngineVersion,-6} "
                    + $"{snapshot.AllocatedStorage,5} GiB  {snapshot.Identifier}");
        if (snapshots.Count == 0)
            Reporter.Line("  no snapshots");
        context.Report(new JObject
        {
            ["database"] = database.Identifier,
            ["status"] = current?.Status,
            ["latestRestorableTime"] = current?.LatestRestorableTime,
            ["snapshots"] = new JArray(snapshots.Select(snapshot => new JObject
            {
                ["snapshot"] = snapshot.Identifier,
                ["created"] = snapshot.Created,
                ["status"] = snapshot.Status,
                ["engineVersion"] = snapshot.EngineVersion,
                ["allocatedStorage"] = snapshot.AllocatedStorage,
            })),
        });
        return ExitCode.Ok;
    }

    /// <summary>Deletes the instance that a restore has replaced.</summary>
    public async Task<ExitCode> DeletePreviousAsync(string? named)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "database delete-previous");
        RdsClient rds = Rds(session);
        DatabaseResource database = await DatabaseResource.FindAsync(session.Stack(StackNames.Base), session.State, named, Stopping);
        if (await rds.FindAsync(database.Previous, Stopping) is not { } previous)
        {
            Reporter.Line($"there is no {database.Previous}");
            return ExitCode.Ok;
        }

        if (previous.ResourceId == database.ManagedId)
            throw OperationException.BadInput($"Terraform's state still refers to {database.Previous}: the restore was not completed",
                "run ./infra database restore again as before");
        bool disposable = session.Environment.Config.Disposable;
        string? snapshot = disposable ? null : $"{database.Previous}-final";
        if (options.DryRun)
        {
            Reporter.Line(
                $"would delete "
                    + $"{database.Previous}{(snapshot is null ? " without a final snapshot" : $" after a final snapshot, {snapshot}")}");
            return ExitCode.Changes;
        }

        await new Confirmation(session.Environment.Config, options, Reporter)
            .BeforeDataIsReplacedAsync($"delete {database.Previous}", Stopping);
        if (previous.Status != "deleting")
        {
            await rds.ModifyAsync(database.Previous, new Dictionary<string, string> { ["DeletionProtection"] = "false" }, Stopping);
            await rds.WaitAsync(database.Previous, RestoreRun.ChangeWithin, Stopping);
            await rds.DeleteAsync(database.Previous, snapshot, Stopping);
        }

        Reporter.Status($"deleting {database.Previous}");
        await rds.WaitGoneAsync(database.Previous, RestoreRun.RestoreWithin, Stopping);
        Reporter.Good($"{database.Previous} is deleted{(snapshot is null ? "" : $"; its final snapshot is {snapshot}")}");
        return ExitCode.Ok;
    }

    private static RdsClient Rds(DeploymentSession session) => RdsClient.Of(session.Access, session.OnEmulator);

    private async Task<RestoreProgress> ProgressAsync(RdsClient rds, DatabaseResource database) => new(
        await rds.FindAsync(database.Identifier, Stopping),
        await rds.FindAsync(database.Restored, Stopping),
        await rds.FindAsync(database.Previous, Stopping),
        database.ManagedId);

    private async Task CheckAsync(RdsClient rds, DatabaseResource database, RestoreSource source)
    {
        RestoreParameters.Of(source, database);
        if (source.Snapshot is not { } snapshot)
            return;
        DbSnapshot found = await rds.SnapshotAsync(snapshot, Stopping)
            ?? throw OperationException.BadInput(
                $"there is no snapshot {snapshot} in this account and region", "./infra database backups lists them");
        if (database.ObstacleTo(found) is { } obstacle)
            throw obstacle;
    }
}
