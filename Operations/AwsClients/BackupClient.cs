using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of AWS Backup. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Operations.html</summary>
internal sealed class BackupClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("backup");

    /// <returns>ID of the job.</returns>
    public Task<string> StartBackupJobAsync(StartBackupJobRequest request, CancellationToken cancellation) =>
        _api.RestAsync<string>(HttpMethod.Put, $"/backup-jobs", request, "BackupJobId", cancellation);

    public Task<BackupJob> DescribeBackupJobAsync(string id, CancellationToken cancellation) =>
        _api.RestAsync<BackupJob>(HttpMethod.Get, $"/backup-jobs/{id}", null, null, cancellation);

    /// <returns>ID of the job.</returns>
    public Task<string> StartCopyJobAsync(StartCopyJobRequest request, CancellationToken cancellation) =>
        _api.RestAsync<string>(HttpMethod.Put, $"/copy-jobs", request, "CopyJobId", cancellation);

    public Task<BackupJob> DescribeCopyJobAsync(string id, CancellationToken cancellation) =>
        _api.RestAsync<BackupJob>(HttpMethod.Get, $"/copy-jobs/{id}", null, "CopyJob", cancellation);
}

/// <summary>When a recovery point is deleted.</summary>
internal sealed record BackupLifecycle(int DeleteAfterDays);

/// <summary>A resource to back up.</summary>
internal sealed record StartBackupJobRequest(string BackupVaultName, string ResourceArn, string IamRoleArn, BackupLifecycle Lifecycle);

/// <summary>A recovery point to copy.</summary>
internal sealed record StartCopyJobRequest(
    string RecoveryPointArn, string SourceBackupVaultName, string DestinationBackupVaultArn, string IamRoleArn,
    BackupLifecycle Lifecycle);

/// <summary>A job that backs up or copies; its recovery point is that of a backup.</summary>
internal sealed record BackupJob(string? State, string? StatusMessage, string? RecoveryPointArn);
