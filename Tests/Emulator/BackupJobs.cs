using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>
/// Jobs of AWS Backup with a role that is passed to them; on the local AWS they have ended by the time they are described.
/// </summary>
/// <param name="access">Access of the caller that starts them.</param>
/// <param name="vault">Name of the vault, and of the one that backups are copied to.</param>
/// <param name="roleArn">Role that AWS Backup acts as.</param>
internal sealed class BackupJobs(AwsAccess access, string vault, string roleArn)
{
    private readonly AwsApi _backup = access.Api("backup");

    /// <summary>Backs up a resource and returns the job.</summary>
    public async Task<JObject> BackUpAsync(string resourceArn)
    {
        JObject started = await _backup.RestAsync(HttpMethod.Put, $"/backup-jobs", new JObject
        {
            ["BackupVaultName"] = vault,
            ["ResourceArn"] = resourceArn,
            ["IamRoleArn"] = roleArn,
        });
        return await _backup.RestAsync(HttpMethod.Get, $"/backup-jobs/{(string)started["BackupJobId"]!}");
    }

    /// <summary>Copies the recovery point of a backup job to another region, and returns the job.</summary>
    public async Task<JObject> CopyAsync(JObject backupJob, string region)
    {
        string account = roleArn.Split(':')[4];
        JObject started = await _backup.RestAsync(HttpMethod.Put, $"/copy-jobs", new JObject
        {
            ["RecoveryPointArn"] = backupJob["RecoveryPointArn"],
            ["SourceBackupVaultName"] = vault,
            ["DestinationBackupVaultArn"] = $"arn:aws:backup:{region}:{account}:backup-vault:{vault}",
            ["IamRoleArn"] = roleArn,
        });
        return (JObject)(await _backup.RestAsync(HttpMethod.Get, $"/copy-jobs/{(string)started["CopyJobId"]!}"))["CopyJob"]!;
    }

    /// <summary>State of a job, with what was denied: <c>COMPLETED</c>.</summary>
    public static string StateOf(JObject job) => $"{job["State"]} {job["StatusMessage"]}".TrimEnd();
}
