using Infra.Configuration.Model;
using Infra.Constructs.Recovery;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Recovery;

internal sealed class DailyBackupTests
{
    private static readonly string[] Data = ["arn:aws:dynamodb:us-east-2:111111111111:table/acme-dev-sessions", "arn:aws:s3:::acme-files"];

    private static SynthesizedStack Synthesize(
        BackupConfig config, bool disposable = false, string? keyArn = null, params IReadOnlyList<string> arns) =>
        SynthesizedStack.Of(stack => _ = new DailyBackup(stack, "backup", new DailyBackupProps
        {
            Context = SynthesizedStack.Context(disposable: disposable) with { KeyArn = keyArn },
            Config = config,
            ResourceArns = arns,
            AlertTopicArn = "arn:alerts",
            CopyProvider = null,
        }));

    private static JObject Rule(SynthesizedStack stack) => (JObject)stack.Single("aws_backup_plan")["rule"]!.Single();

    [Test, Property("Row", "D11")]
    public void Plan_RunsAtTwo_InItsTimeZone()
    {
        JObject rule = Rule(Synthesize(new BackupConfig { Timezone = "Europe/Berlin", RetentionDays = 35 }));

        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["schedule"], Is.EqualTo("cron(0 2 * * ? *)"));
            Assert.That((string?)rule["schedule_expression_timezone"], Is.EqualTo("Europe/Berlin"));
            Assert.That((int?)rule["lifecycle"]!["delete_after"], Is.EqualTo(35));
            Assert.That(rule["lifecycle"]!["cold_storage_after"], Is.Null);
            Assert.That(rule["copy_action"], Is.Null);
            Assert.That((string?)rule["target_vault_name"], Is.EqualTo("${aws_backup_vault.backup.name}"));
        });
    }

    [Test]
    public void Plan_RunsToTheMinute_AndMovesToColdStorage()
    {
        JObject rule = Rule(Synthesize(new BackupConfig { At = "23:05", RetentionDays = 365, ColdStorageAfterDays = 30 }));

        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["schedule"], Is.EqualTo("cron(5 23 * * ? *)"));
            Assert.That((int?)rule["lifecycle"]!["cold_storage_after"], Is.EqualTo(30));
        });
    }

    [Test, Property("Row", "D11")]
    public void Selection_IsWhatHoldsData_AndWhatAsksByTag()
    {
        JObject selection = Synthesize(new BackupConfig(), arns: Data).Single("aws_backup_selection");

        Assert.Multiple(() =>
        {
            Assert.That(selection["resources"]!.Values<string>(), Is.EqualTo(Data));
            Assert.That((string?)selection["selection_tag"]!.Single()["key"], Is.EqualTo("Backup"));
            Assert.That((string?)selection["selection_tag"]!.Single()["value"], Is.EqualTo("acme-dev"));
            Assert.That((string?)selection["iam_role_arn"], Is.EqualTo("${aws_iam_role.backup-role.arn}"));
        });
    }

    [TestCase(VaultLock.None, null, null)]
    [TestCase(VaultLock.Governance, 20, null)]
    [TestCase(VaultLock.Compliance, 20, 3)]
    [Property("Row", "D11")]
    public void Lock_KeepsBackupsForTheirTime(VaultLock kind, int? least, int? changeable)
    {
        SynthesizedStack stack = Synthesize(new BackupConfig { Lock = kind, RetentionDays = 20 });

        if (least is null)
        {
            Assert.That(stack.Ids("aws_backup_vault_lock_configuration"), Is.Empty);
            return;
        }
        JObject configuration = stack.Single("aws_backup_vault_lock_configuration");
        Assert.Multiple(() =>
        {
            Assert.That((int?)configuration["min_retention_days"], Is.EqualTo(least));
            Assert.That((int?)configuration["changeable_for_days"], Is.EqualTo(changeable));
        });
    }

    [TestCase(false, null), TestCase(true, "arn:aws:kms:us-east-2:111111111111:key/1")]
    [Property("Row", "S11"), Property("Row", "D11")]
    public void Vault_IsProtected_WithTheEnvironmentsKey(bool disposable, string? keyArn)
    {
        JObject vault = Synthesize(new BackupConfig(), disposable, keyArn).Single("aws_backup_vault");

        Assert.Multiple(() =>
        {
            Assert.That((string?)vault["name"], Is.EqualTo("acme-dev"));
            Assert.That((string?)vault["kms_key_arn"], Is.EqualTo(keyArn));
            Assert.That((bool?)vault["force_destroy"], Is.EqualTo(disposable));
            Assert.That((bool?)vault["lifecycle"]?["prevent_destroy"], Is.EqualTo(disposable ? null : true));
        });
    }

    [Test, Property("Row", "S10")]
    public void Roles_ReachOnlyTheEnvironmentsData()
    {
        SynthesizedStack stack = Synthesize(new BackupConfig());
        PolicyStatement[] statements = [.. PolicyStatement.Of(stack).Where(statement => statement.Type == "aws_iam_role_policy")];

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_iam_role"), Is.EqualTo(new[] { "backup-role", "restore-role" }));
            Assert.That(statements.Where(statement => statement.Resources.Contains("*")).SelectMany(statement => statement.Actions),
                Is.EqualTo(new[] { "cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets", "tag:GetResources" }),
                "these know no resource");
            Assert.That(
                statements.Where(statement => statement.Actions.Any(action => action.StartsWith("s3:Get", StringComparison.Ordinal)))
                    .SelectMany(statement => statement.Resources).Distinct(),
                Is.EqualTo(new[] { "arn:aws:s3:::acme-*-dev-111111111111", "arn:aws:s3:::acme-*-dev-111111111111/*" }));
            Assert.That(
                statements.Where(statement => statement.Id == "backup-role_backup").SelectMany(statement => statement.Actions),
                Has.None.EqualTo("dynamodb:DeleteItem").And.None.EqualTo("dynamodb:DeleteTable").And.None.StartsWith(
                    "s3:Delete").And.None.EqualTo("s3:PutObject").And.None.Contains("Restore"),
                "who copies cannot write");
            Assert.That(BackupPermissions.Actions, Is.EquivalentTo(statements.SelectMany(statement => statement.Actions).Distinct()));
        });
    }

    // What AWS's managed policies allow for databases, tables and buckets, as of 23 February 2026 (AWSBackupServiceRolePolicyForBackup,
    // version 30; …ForS3Backup, version 4) and 12 February 2026 (…ForRestores, version 35; …ForS3Restore, version 2). Without permissions
    // for clusters, continuous backups and restore tests, which are not used here.
    [TestCase(
        "backup-role_backup",
        "backup:CopyFromBackupVault backup:CopyIntoBackupVault backup:DescribeBackupVault backup:TagResource cloudwatch:GetMetricData "
            + "dynamodb:CreateBackup dynamodb:DeleteBackup dynamodb:DescribeBackup dynamodb:DescribeTable dynamodb:ListTagsOfResource "
                + "dynamodb:StartAwsBackupJob events:DeleteRule events:DescribeRule events:DisableRule events:EnableRule "
                    + "events:ListRules events:ListTargetsByRule events:PutRule events:PutTargets events:RemoveTargets kms:CreateGrant "
                        + "kms:Decrypt kms:DescribeKey kms:GenerateDataKey rds:AddTagsToResource rds:CopyDBSnapshot "
                            + "rds:CreateDBSnapshot rds:DeleteDBSnapshot rds:DescribeDBInstances rds:DescribeDBSnapshots "
                                + "rds:ListTagsForResource rds:ModifyDBSnapshotAttribute s3:GetBucketAcl s3:GetBucketLocation "
                                    + "s3:GetBucketNotification s3:GetBucketTagging s3:GetBucketVersioning s3:GetInventoryConfiguration "
                                        + "s3:GetObject s3:GetObjectAcl s3:GetObjectTagging s3:GetObjectVersion s3:GetObjectVersionAcl "
                                            + "s3:GetObjectVersionTagging s3:ListAllMyBuckets s3:ListBucket s3:ListBucketVersions "
                                                + "s3:PutBucketNotification s3:PutInventoryConfiguration tag:GetResources")]
    [TestCase(
        "restore-role_restore",
        "dynamodb:BatchWriteItem dynamodb:DeleteItem dynamodb:DescribeTable dynamodb:GetItem dynamodb:PutItem dynamodb:Query "
            + "dynamodb:RestoreTableFromAwsBackup dynamodb:RestoreTableFromBackup dynamodb:Scan dynamodb:UpdateItem kms:CreateGrant "
                + "kms:Decrypt kms:DescribeKey kms:Encrypt kms:GenerateDataKey kms:GenerateDataKeyWithoutPlaintext kms:ReEncryptFrom "
                    + "kms:ReEncryptTo rds:AddTagsToResource rds:DescribeDBInstances rds:DescribeDBSnapshots rds:ListTagsForResource "
                        + "rds:RestoreDBInstanceFromDBSnapshot s3:CreateBucket s3:DeleteObject s3:GetBucketLocation "
                            + "s3:GetBucketOwnershipControls s3:GetBucketVersioning s3:GetObject s3:GetObjectAcl s3:GetObjectTagging "
                                + "s3:GetObjectVersion s3:GetObjectVersionAcl s3:ListBucket s3:ListBucketVersions "
                                    + "s3:ListMultipartUploadParts s3:PutBucketOwnershipControls s3:PutBucketVersioning s3:PutObject "
                                        + "s3:PutObjectAcl s3:PutObjectTagging s3:PutObjectVersionAcl")]
    [Property("Finding", "A9")]
    public void Roles_HaveWhatAwsGivesBackup(string policy, string actions) =>
        Assert.That(
            actions.Split(' ')
                .Except(PolicyStatement.Of(Synthesize(new BackupConfig())).Where(statement => statement.Id == policy)
                    .SelectMany(statement => statement.Actions)),
            Is.Empty);

    [Test, Property("Finding", "A9")]
    public void Copy_MayBeMadeInTheOtherRegion()
    {
        PolicyStatement[] statements =
            [.. PolicyStatement.Of(Synthesize(new BackupConfig { CopyRegion = "us-west-2" }))
                .Where(statement => statement.Id == "backup-role_backup")];

        Assert.Multiple(() =>
        {
            Assert.That(ResourcesOf("rds:CopyDBSnapshot"), Does.Contain("arn:aws:rds:us-west-2:111111111111:snapshot:awsbackup:*"));
            Assert.That(ResourcesOf("kms:CreateGrant"), Does.Contain("arn:aws:kms:us-west-2:111111111111:key/*"));
            Assert.That(ResourcesOf("backup:CopyFromBackupVault"), Is.EqualTo(new[]
            {
                "arn:aws:backup:us-east-2:111111111111:recovery-point:*", "arn:aws:rds:us-east-2:111111111111:snapshot:awsbackup:*",
                "arn:aws:dynamodb:us-east-2:111111111111:table/acme-dev-*/backup/*",
            }), "the action is authorized on recovery points, not on vaults");
        });

        IEnumerable<string> ResourcesOf(string action) => statements.Single(statement => statement.Actions.Contains(action)).Resources;
    }

    [TestCase(null, false), TestCase("us-west-2", true)]
    [Property("Finding", "A9")]
    public void FailedCopy_RaisesAnAlarm(string? copyRegion, bool expected)
    {
        SynthesizedStack stack = Synthesize(new BackupConfig { CopyRegion = copyRegion });
        Assert.That(stack.Ids("aws_cloudwatch_metric_alarm").Contains("backup_copy_failed"), Is.EqualTo(expected));
        if (!expected) return;

        JObject alarm = stack.Resource("aws_cloudwatch_metric_alarm", "backup_copy_failed");
        Assert.That($"{alarm["namespace"]} {alarm["metric_name"]} {alarm["dimensions"]!["BackupVaultName"]}",
            Is.EqualTo("AWS/Backup NumberOfCopyJobsFailed acme-dev"));
        Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
    }

    [Test, Property("Row", "D8"), Property("Row", "D11")]
    public void Failure_RaisesAnAlarm()
    {
        JObject alarm = Synthesize(new BackupConfig()).Single("aws_cloudwatch_metric_alarm");

        Assert.Multiple(() =>
        {
            Assert.That($"{alarm["namespace"]} {alarm["metric_name"]} {alarm["dimensions"]!["BackupVaultName"]}",
                Is.EqualTo("AWS/Backup NumberOfBackupJobsFailed acme-dev"));
            Assert.That((int?)alarm["threshold"], Is.Zero);
            Assert.That(alarm["alarm_actions"]!.Values<string>(), Is.EqualTo(new[] { "arn:alerts" }));
        });
    }
}
