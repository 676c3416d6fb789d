using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using Infra.Operations.Trial.Runs;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Steps;

/// <summary>Restores the database from a snapshot.</summary>
internal sealed class DatabaseRestoreStep : TrialStep
{
    public const string StepName = "database-restore";

    private const string Snapshot = "infratrial-before-restore";

    public override string Name => StepName;

    public override string Description => "Take a snapshot of the database, restore the database from it, delete the previous instance";

    public override TimeSpan Expected => TimeSpan.FromMinutes(35);

    public override async Task RunAsync(TrialRun run)
    {
        AwsAccess access = await run.AccessAsync();
        var rds = RdsClient.Of(access, run.OnEmulator);
        string identifier = run.Names.Database("db");
        await rds.CreateSnapshotAsync(identifier, Snapshot, TimeSpan.FromHours(1), run.Stopping);
        DbInstance before = await rds.WaitAsync(identifier, TimeSpan.FromMinutes(30), run.Stopping);
        string? address = (string?)(await StateAsync(run, access))["address"];

        var restore = new DatabaseRestoreCommand(run.Context, run.Options);
        TrialRun.Expect(await restore.RunAsync(null, new RestoreSource(Snapshot, null)), "database restore");

        DbInstance after = await rds.WaitAsync(identifier, TimeSpan.FromMinutes(30), run.Stopping);
        DbInstance? previous = await rds.FindAsync($"{identifier}-before-restore", run.Stopping);
        JObject state = await StateAsync(run, access);
        bool followed = previous?.ResourceId == before.ResourceId
            && (string?)state["resource_id"] == after.ResourceId
            && after.ResourceId != before.ResourceId;
        run.Report.Note(
            Assumption.ResourceId, followed,
            $"before {before.ResourceId}, renamed {previous?.ResourceId}, restored {after.ResourceId}, in the state {state["resource_id"]}");
        run.Report.Note(Assumption.HostName, (string?)state["address"] == address, $"before {address}, after {state["address"]}");
        run.Report.Note(Assumption.ManagedPassword, after.SecretStatus == "active", $"secret {after.SecretStatus ?? "none"}");
        Require(followed, "Terraform's state does not refer to the restored instance");
        await run.DeployAsync(StackNames.Runtime);
        await run.CheckPlanAsync("after the restore");
        TrialRun.Expect(await restore.DeletePreviousAsync(null), "database delete-previous");
    }

    /// <summary>Deletes what this step created outside Terraform, even if it was interrupted.</summary>
    internal static async Task CleanAsync(TrialRun run)
    {
        var rds = RdsClient.Of(await run.AccessAsync(), run.OnEmulator);
        string identifier = run.Names.Database("db");
        foreach (string extra in new[] { $"{identifier}-before-restore", $"{identifier}-restored" })
        {
            if (await rds.FindAsync(extra, run.Stopping) is not { } found)
                continue;
            if (found.Status != "deleting")
            {
                await rds.WaitAsync(extra, TimeSpan.FromHours(1), run.Stopping);
                await rds.ModifyAsync(extra, new Dictionary<string, string> { ["DeletionProtection"] = "false" }, run.Stopping);
                await rds.WaitAsync(extra, TimeSpan.FromHours(1), run.Stopping);
                await rds.DeleteAsync(extra, finalSnapshot: null, run.Stopping);
            }

            await rds.WaitGoneAsync(extra, TimeSpan.FromHours(1), run.Stopping);
        }

        if (await rds.SnapshotAsync(Snapshot, run.Stopping) is not null)
            await rds.DeleteSnapshotAsync(Snapshot, run.Stopping);
    }

    private static async Task<JObject> StateAsync(TrialRun run, AwsAccess access) =>
        (await new StateBucket(access, run.Names.StateBucket, run.Names.LockTable)
            .AttributesAsync(run.Names.StateKey(StackNames.Base), "aws_db_instance", run.Stopping)).Values.Single();
}
