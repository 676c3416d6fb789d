using Infra.Operations.Emulator;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>AWS Backup with system H's backup role: its buckets are backed up and copied, those of other environments are not.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[Property("Row", "D11"), Property("Finding", "A9")]
internal sealed class BackupRoleTests
{
    private const string Vault = "hoopstat-haus-prod";

    private static AppliedEnvironment Hoopstat => AppliedEnvironment.Hoopstat;

    private static BackupJobs Jobs
    {
        get
        {
            // Reading its state waits for the deployment; before that, the local AWS is not running.
            string role = (string)Hoopstat.Base.Resource("aws_iam_role", "backup-role")["arn"]!;
            return new BackupJobs(Hoopstat.Aws, Vault, role);
        }
    }

    [TestCase("raw-data")]
    [TestCase("processed-data")]
    [TestCase("backup")]
    public async Task Bucket_IsBackedUp_AndCopiedToTheOtherRegion(string purpose)
    {
        JObject backup = await Jobs.BackUpAsync((string)Hoopstat.Base.Resource("aws_s3_bucket", $"bucket-{purpose}")["arn"]!);
        Assert.That(BackupJobs.StateOf(backup), Is.EqualTo("COMPLETED"));
        JObject copy = await Jobs.CopyAsync(backup, Hoopstat.Config.Backup!.CopyRegion!);
        Assert.That(BackupJobs.StateOf(copy), Is.EqualTo("COMPLETED"));
    }

    [Test]
    public async Task BucketOfAnotherEnvironment_IsNotBackedUp()
    {
        JObject job = await Jobs.BackUpAsync("arn:aws:s3:::hoopstat-haus-raw-data-dev");

        string log = File.ReadAllText(EmulatorState.Read(Hoopstat.Sandbox.Work("emulator", "state.json"))!.Log);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BackupJobs.StateOf(job), Does.Match(
                @"^FAILED User: \S+/AWSBackup-hoopstat-haus-prod-backup is not authorized to perform: s3:GetBucketAcl on resource: "
                + "arn:aws:s3:::hoopstat-haus-raw-data-dev "));
            Assert.That((string?)job["RecoveryPointArn"], Is.Null);
            Assert.That(log, Does.Match(
                "(?m)^REFUSED backup StartBackupJob: .* s3:GetBucketAcl on arn:aws:s3:::hoopstat-haus-raw-data-dev: "));
        }
    }
}
