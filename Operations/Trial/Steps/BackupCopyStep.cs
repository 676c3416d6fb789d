using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Backs up the resources with data, and copies the backups to another region.</summary>
internal sealed class BackupCopyStep : TrialStep
{
    public const string StepName = "backup-copy";

    private static readonly TimeSpan Longest = TimeSpan.FromHours(3);

    public override string Name => StepName;

    public override string Description => "Back up the bucket, and the database, and copy the backups to another region";

    public override TimeSpan Expected => TimeSpan.FromMinutes(40);

    public override async Task RunAsync(TrialRun run)
    {
        AwsAccess access = await run.AccessAsync();
        var backup = new BackupClient(access);
        string vault = run.Names.For(Naming.NameRule.BackupVault, "");
        string role = $"arn:aws:iam::{run.Account}:role/{run.Names.For(Naming.NameRule.IamRole, "backup")}";
        string copyVault = $"arn:aws:backup:{TrialEnvironment.CopyRegion(run.Region)}:{run.Account}:backup-vault:{vault}";
        var seen = new List<string>();
        try
        {
            foreach (string resource in Resources(run))
            {
                string recoveryPoint = await BackUpAsync(run, backup, vault, role, resource);
                await CopyAsync(run, backup, vault, role, recoveryPoint, copyVault);
                seen.Add($"{resource} copied");
            }
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
        {
            run.Report.Note(Assumption.BackupJobs, false, e.Message);
            throw;
        }

        run.Report.Note(Assumption.BackupJobs, true, string.Join("; ", seen));
    }

    private static IEnumerable<string> Resources(TrialRun run)
    {
        yield return $"arn:aws:s3:::{run.Names.Bucket(TrialEnvironment.Bucket)}";
        if (run.Has(DatabaseRestoreStep.StepName))
            yield return $"arn:aws:rds:{run.Region}:{run.Account}:db:{run.Names.Database("db")}";
    }

    private static async Task<string> BackUpAsync(TrialRun run, BackupClient backup, string vault, string role, string resource)
    {
        string id = await backup.StartBackupJobAsync(
            new StartBackupJobRequest(vault, resource, role, new BackupLifecycle(DeleteAfterDays: 1)), run.Stopping);
        BackupJob ended = await run.UntilEndedAsync(
            async () =>
            {
                BackupJob job = await backup.DescribeBackupJobAsync(id, run.Stopping);
                return (job.State is "COMPLETED" or "FAILED" or "ABORTED" or "EXPIRED" or "PARTIAL", job);
            },
            Longest);
        Require(ended.State == "COMPLETED", $"the backup of {resource} ended with {ended.State}: {ended.StatusMessage}");
        return ended.RecoveryPointArn!;
    }

    private static async Task CopyAsync(
        TrialRun run, BackupClient backup, string vault, string role, string recoveryPoint, string copyVault)
    {
        string id = await backup.StartCopyJobAsync(
            new StartCopyJobRequest(recoveryPoint, vault, copyVault, role, new BackupLifecycle(DeleteAfterDays: 1)), run.Stopping);
        BackupJob ended = await run.UntilEndedAsync(
            async () =>
            {
                BackupJob job = await backup.DescribeCopyJobAsync(id, run.Stopping);
                return (job.State is "COMPLETED" or "FAILED" or "PARTIAL", job);
            },
            Longest);
        Require(ended.State == "COMPLETED", $"the copy of {recoveryPoint} ended with {ended.State}: {ended.StatusMessage}");
    }
}
