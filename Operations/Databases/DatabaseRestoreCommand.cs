using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Databases;

/// <summary>
/// Restores the environment's database from a snapshot or to a point in time, so that Terraform manages the restored instance. The provider
/// identifies an instance by its DBI resource ID, which a rename does not change: without the import the state would still refer to the
/// renamed old instance.
/// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/rds/instance.go (resourceInstanceRead)
/// </summary>
internal sealed class DatabaseRestoreCommand(RunContext context, SessionOptions options)
{
    // A restore loads about 20 GiB in half an hour; the largest instances take hours.
    private static readonly TimeSpan RestoreWithin = TimeSpan.FromHours(6);

    private static readonly TimeSpan ChangeWithin = TimeSpan.FromMinutes(45);

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
            Reporter.Line($"  {i}. {Describe(step, database)}");
        if (options.DryRun)
            return ExitCode.Changes;

        var confirmation = new Confirmation(session.Environment.Config, options.Yes, Reporter.CanAsk, Reporter.AskAsync, Reporter);
        await confirmation.BeforeDataIsReplacedAsync($"replace what {database.Identifier} holds", Stopping);
        var runner = new StackRunner(context, session, [confirmation]);
        StackFolder stack = session.Stack(StackNames.Base);
        // Before anything is changed: otherwise anything that Terraform lacks would stop the run halfway.
        await runner.PrepareAsync(stack);
        await RunAsync(left, session, runner, rds, database, source);

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

        await new Confirmation(session.Environment.Config, options.Yes, Reporter.CanAsk, Reporter.AskAsync, Reporter)
            .BeforeDataIsReplacedAsync($"delete {database.Previous}", Stopping);
        if (previous.Status != "deleting")
        {
            await rds.ModifyAsync(database.Previous, new Dictionary<string, string> { ["DeletionProtection"] = "false" }, Stopping);
            await rds.WaitAsync(database.Previous, ChangeWithin, Stopping);
            await rds.DeleteAsync(database.Previous, snapshot, Stopping);
        }

        Reporter.Status($"deleting {database.Previous}");
        await rds.WaitGoneAsync(database.Previous, RestoreWithin, Stopping);
        Reporter.Good($"{database.Previous} is deleted{(snapshot is null ? "" : $"; its final snapshot is {snapshot}")}");
        return ExitCode.Ok;
    }

    private static RdsClient Rds(DeploymentSession session) => new(session.Access, TimeSpan.FromSeconds(session.OnEmulator ? 1 : 15));

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

    private async Task RunAsync(
        IReadOnlyList<RestoreStep> left, DeploymentSession session, StackRunner runner, RdsClient rds, DatabaseResource database,
        RestoreSource source)
    {
        var done = new List<string>();
        try
        {
            foreach (RestoreStep step in left)
            {
                Reporter.Step($"[{done.Count + 1}/{left.Count}] {Describe(step, database)}");
                await RunAsync(step, session, runner, rds, database, source);
                done.Add(Describe(step, database));
            }
        }
        catch (OperationException e)
        {
            throw new OperationException(e.ExitCode, e.Message, string.Join('\n', new[]
            {
                e.Remedy,
                done.Count > 0 ? $"done: {string.Join("; ", done)}" : null,
                $"left: {string.Join("; ", left.Skip(done.Count).Select(step => Describe(step, database)))}",
                "to continue: run the same command again",
            }.OfType<string>()), e);
        }
    }

    private async Task RunAsync(
        RestoreStep step, DeploymentSession session, StackRunner runner, RdsClient rds, DatabaseResource database, RestoreSource source)
    {
        switch (step)
        {
            case RestoreStep.Restore:
                await StartRestoreAsync(rds, database, source);
                await rds.WaitAsync(database.Restored, RestoreWithin, Stopping);
                break;
            case RestoreStep.ManagePassword:
                await ManagePasswordAsync(rds, database);
                break;
            case RestoreStep.RenameCurrent:
                await RenameAsync(rds, database.Identifier, database.Previous);
                break;
            case RestoreStep.RenameRestored:
                await RenameAsync(rds, database.Restored, database.Identifier);
                break;
            case RestoreStep.Import:
                await ImportAsync(session, database, (await rds.WaitAsync(database.Identifier, ChangeWithin, Stopping)).ResourceId);
                break;
            case RestoreStep.Apply:
                await ApplyAsync(session, runner, database);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }
    }

    private async Task StartRestoreAsync(RdsClient rds, DatabaseResource database, RestoreSource source)
    {
        Dictionary<string, string> settings = RestoreParameters.Of(source, database);
        if (source.Snapshot is { } snapshot)
        {
            await rds.RestoreFromSnapshotAsync(snapshot, database.Restored, settings, Stopping);
            return;
        }

        // By the resource ID: the instance may have been deleted while its automated backups were retained.
        string? current = (await rds.FindAsync(database.Identifier, Stopping))?.Identifier;
        await rds.RestoreToPointInTimeAsync(
            (current, database.ManagedId), source.Time is { } time ? RestoreSource.Text(time) : null, database.Restored, settings,
            Stopping);
    }

    /// <summary>
    /// A restored instance has the password from when the snapshot was taken; ManageMasterUserPassword of the restore operations is only
    /// for Oracle.
    /// </summary>
    /// <remarks>https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html</remarks>
    private async Task ManagePasswordAsync(RdsClient rds, DatabaseResource database)
    {
        DbInstance restored = await rds.WaitAsync(database.Restored, RestoreWithin, Stopping);
        if (restored.SecretStatus is null)
        {
            var changes = new Dictionary<string, string> { ["ManageMasterUserPassword"] = "true" };
            if ((string?)database.State?["master_user_secret_kms_key_id"] is { Length: > 0 } key)
                changes["MasterUserSecretKmsKeyId"] = key;
            await rds.ModifyAsync(database.Restored, changes, Stopping);
        }

        // The change starts some time after the response.
        DateTime end = DateTime.UtcNow + ChangeWithin;
        while ((await rds.WaitAsync(database.Restored, ChangeWithin, Stopping)).SecretStatus != "active")
        {
            if (DateTime.UtcNow > end)
                throw OperationException.Failed($"{database.Restored} has no secret of its master user");
            await Task.Delay(TimeSpan.FromSeconds(1), Stopping);
        }
    }

    private async Task RenameAsync(RdsClient rds, string from, string to)
    {
        if (await rds.FindAsync(from, Stopping) is not null)
        {
            await rds.WaitAsync(from, ChangeWithin, Stopping);
            await rds.ModifyAsync(from, new Dictionary<string, string> { ["NewDBInstanceIdentifier"] = to }, Stopping);
        }

        await rds.WaitGoneAsync(from, ChangeWithin, Stopping);
        await rds.WaitAsync(to, ChangeWithin, Stopping);
    }

    private async Task ImportAsync(DeploymentSession session, DatabaseResource database, string resourceId)
    {
        StackFolder stack = session.Stack(StackNames.Base);
        DatabaseResource now = await DatabaseResource.FindAsync(stack, session.State, database.Identifier, Stopping);
        if (now.ManagedId == resourceId)
            return;
        if (now.State is not null)
            await session.Terraform.RemoveFromStateAsync(stack.Path, database.Address);
        await session.Terraform.ImportAsync(stack.Path, database.Address, database.Identifier);
    }

    private static async Task ApplyAsync(DeploymentSession session, StackRunner runner, DatabaseResource database)
    {
        StackPlan plan = await runner.PlanAsync(session.Stack(StackNames.Base), listAll: true);
        if (plan.Changes.Any(change => change.Address == database.Address && change.Action is ("replace" or "delete" or "create")))
        {
            throw OperationException.Failed(
                $"the plan of base would replace {database.Address}; it was not applied",
                "the restored instance differs from the configuration in a setting that cannot be changed: review the plan, ./infra "
                    + "plan base");
        }

        await runner.ApplyAsync(plan);
    }

    private static string Describe(RestoreStep step, DatabaseResource database) => step switch
    {
        RestoreStep.Restore => $"restore the instance {database.Restored}",
        RestoreStep.ManagePassword => "have RDS manage its master user's password",
        RestoreStep.RenameCurrent => $"rename {database.Identifier} to {database.Previous}; connections are closed",
        RestoreStep.RenameRestored => $"rename {database.Restored} to {database.Identifier}",
        RestoreStep.Import => $"import it as {database.Address} in place of the previous instance",
        RestoreStep.Apply => "plan base, and apply the settings that a restore does not keep",
        _ => step.ToString(),
    };
}
