using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Databases;

/// <summary>
/// Restores a database from a snapshot or to a point in time, so that Terraform manages the restored instance. The provider identifies an
/// instance by its DBI resource ID, which a rename does not change: without the import the state would still refer to the renamed old
/// instance.
/// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/rds/instance.go (resourceInstanceRead)
/// </summary>
internal sealed class RestoreRun(
    RunContext context, DeploymentSession session, StackRunner runner, RdsClient rds, DatabaseResource database, RestoreSource source)
{
    /// <summary>A restore loads about 20 GiB in half an hour; the largest instances take hours.</summary>
    public static readonly TimeSpan RestoreWithin = TimeSpan.FromHours(6);

    public static readonly TimeSpan ChangeWithin = TimeSpan.FromMinutes(45);

    private Reporter Reporter => context.Reporter;

    private CancellationToken Stopping => context.Stopping;

    /// <summary>What a step does, for the user.</summary>
    public static string Describe(RestoreStep step, DatabaseResource database) => step switch
    {
        RestoreStep.Restore => $"restore the instance {database.Restored}",
        RestoreStep.ManagePassword => "have RDS manage its master user's password",
        RestoreStep.RenameCurrent => $"rename {database.Identifier} to {database.Previous}; connections are closed",
        RestoreStep.RenameRestored => $"rename {database.Restored} to {database.Identifier}",
        RestoreStep.Import => $"import it as {database.Address} in place of the previous instance",
        RestoreStep.Apply => "plan base, and apply the settings that a restore does not keep",
        _ => step.ToString(),
    };

    /// <summary>Runs the steps that are left; stops at the first failure and reports what was done and what is left.</summary>
    public async Task RunAsync(IReadOnlyList<RestoreStep> left)
    {
        var done = new List<string>();
        try
        {
            foreach (RestoreStep step in left)
            {
                Reporter.Step($"[{done.Count + 1}/{left.Count}] {Describe(step, database)}");
                await RunAsync(step);
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

    private async Task RunAsync(RestoreStep step)
    {
        switch (step)
        {
            case RestoreStep.Restore:
                await StartRestoreAsync();
                await rds.WaitAsync(database.Restored, RestoreWithin, Stopping);
                break;
            case RestoreStep.ManagePassword:
                await ManagePasswordAsync();
                break;
            case RestoreStep.RenameCurrent:
                await RenameAsync(database.Identifier, database.Previous);
                break;
            case RestoreStep.RenameRestored:
                await RenameAsync(database.Restored, database.Identifier);
                break;
            case RestoreStep.Import:
                await ImportAsync((await rds.WaitAsync(database.Identifier, ChangeWithin, Stopping)).ResourceId);
                break;
            case RestoreStep.Apply:
                await ApplyAsync();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(step), step, null);
        }
    }

    private async Task StartRestoreAsync()
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
    private async Task ManagePasswordAsync()
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

    private async Task RenameAsync(string from, string to)
    {
        if (await rds.FindAsync(from, Stopping) is not null)
        {
            await rds.WaitAsync(from, ChangeWithin, Stopping);
            await rds.ModifyAsync(from, new Dictionary<string, string> { ["NewDBInstanceIdentifier"] = to }, Stopping);
        }

        await rds.WaitGoneAsync(from, ChangeWithin, Stopping);
        await rds.WaitAsync(to, ChangeWithin, Stopping);
    }

    private async Task ImportAsync(string resourceId)
    {
        StackFolder stack = session.Stack(StackNames.Base);
        DatabaseResource now = await DatabaseResource.FindAsync(stack, session.State, database.Identifier, Stopping);
        if (now.ManagedId == resourceId)
            return;
        if (now.State is not null)
            await session.Terraform.RemoveFromStateAsync(stack.Path, database.Address);
        await session.Terraform.ImportAsync(stack.Path, database.Address, database.Identifier);
    }

    private async Task ApplyAsync()
    {
        StackPlan plan = await runner.PlanAsync(session.Stack(StackNames.Base));
        if (plan.Changes.Any(change => change.Address == database.Address && change.Action is ("replace" or "delete" or "create")))
        {
            throw OperationException.Failed(
                $"the plan of base would replace {database.Address}; it was not applied",
                "the restored instance differs from the configuration in a setting that cannot be changed: review the plan, ./infra "
                    + "plan base");
        }

        await runner.ApplyAsync(plan);
    }
}
