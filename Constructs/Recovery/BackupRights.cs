using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Recovery;

/// <summary>
/// What AWS Backup may do to the environment's databases, tables and buckets: what AWS's managed policies for it allow, on the
/// environment's own resources. https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
/// </summary>
internal static class BackupRights
{
    private static readonly string[] CopyData =
    [
        "dynamodb:CreateBackup", "dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob",
        "rds:AddTagsToResource", "rds:CopyDBSnapshot", "rds:CreateDBSnapshot", "rds:DeleteDBSnapshot", "rds:DescribeDBInstances",
        "rds:DescribeDBSnapshots", "rds:ListTagsForResource", "rds:ModifyDBSnapshotAttribute",
    ];

    private static readonly string[] CopyObjects =
    [
        "s3:GetBucketAcl", "s3:GetBucketLocation", "s3:GetBucketNotification", "s3:GetBucketTagging", "s3:GetBucketVersioning",
        "s3:GetInventoryConfiguration", "s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersion",
        "s3:GetObjectVersionAcl", "s3:GetObjectVersionTagging", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutBucketNotification",
        "s3:PutInventoryConfiguration",
    ];

    private static readonly string[] FollowChanges =
    [
        "events:DeleteRule", "events:DescribeRule", "events:DisableRule", "events:EnableRule", "events:ListTargetsByRule", "events:PutRule",
        "events:PutTargets", "events:RemoveTargets",
    ];

    private static readonly string[] KeepInVault = ["backup:CopyFromBackupVault", "backup:CopyIntoBackupVault", "backup:DescribeBackupVault"];

    // https://docs.aws.amazon.com/service-authorization/latest/reference/: these three know no resource.
    private static readonly string[] Look = ["cloudwatch:GetMetricData", "events:ListRules", "tag:GetResources"];

    private static readonly string[] UseKeys = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

    private static readonly string[] RestoreData =
    [
        "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query",
        "dynamodb:RestoreTableFromAwsBackup", "dynamodb:Scan", "dynamodb:UpdateItem",
        "rds:AddTagsToResource", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:ListTagsForResource", "rds:RestoreDBInstanceFromDBSnapshot",
    ];

    private static readonly string[] RestoreObjects =
    [
        "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetBucketOwnershipControls", "s3:GetBucketVersioning", "s3:GetObject", "s3:GetObjectAcl",
        "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:ListBucket", "s3:ListBucketVersions",
        "s3:ListMultipartUploadParts", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectTagging", "s3:PutObjectVersionAcl",
    ];

    private const string GrantKeys = "kms:CreateGrant";

    /// <summary>Everything that either role may do; what the boundary has to leave them.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        .. new[] { CopyData, CopyObjects, FollowChanges, KeepInVault, Look, UseKeys, RestoreData, RestoreObjects, [GrantKeys] }
            .SelectMany(actions => actions).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>To make backups.</summary>
    public static PolicyDocument Backup(DeploymentContext context) => new(
    [
        new Statement { Sid = "CopyData", Actions = CopyData, Resources = [.. Databases(context), .. Tables(context)] },
        new Statement { Sid = "CopyObjects", Actions = CopyObjects, Resources = Buckets(context) },
        new Statement { Sid = "FollowChanges", Actions = FollowChanges, Resources = [context.Arn("events", "rule/AwsBackupManagedRule*")] },
        new Statement { Sid = "KeepInVault", Actions = KeepInVault, Resources = [$"arn:aws:backup:*:{context.Account}:backup-vault:{context.Names.Prefix}*"] },
        new Statement { Sid = "Look", Actions = Look, Resources = ["*"] },
        .. Keys(context),
    ]);

    /// <summary>To bring a backup back, as a new database or table, or into a bucket of the environment.</summary>
    public static PolicyDocument Restore(DeploymentContext context) => new(
    [
        new Statement
        {
            Sid = "RestoreData",
            Actions = RestoreData,
            Resources =
            [
                .. Databases(context), .. Tables(context),
                .. new[] { "subgrp", "pg", "og" }.Select(kind => context.Arn("rds", $"{kind}:*")),
            ],
        },
        new Statement { Sid = "RestoreObjects", Actions = RestoreObjects, Resources = Buckets(context) },
        .. Keys(context),
    ]);

    private static string[] Databases(DeploymentContext context) =>
        [context.Arn("rds", $"db:{context.Names.Prefix}-*"), context.Arn("rds", "snapshot:awsbackup:*")];

    private static string[] Tables(DeploymentContext context) =>
        [context.Arn("dynamodb", $"table/{context.Names.Prefix}-*"), context.Arn("dynamodb", $"table/{context.Names.Prefix}-*/backup/*")];

    private static string[] Buckets(DeploymentContext context) => [$"arn:aws:s3:::{context.Names.Bucket("*")}", $"arn:aws:s3:::{context.Names.Bucket("*")}/*"];

    // Whichever key the data is under: the environment's, or the ones that AWS keeps in the account, whose ids nobody knows beforehand.
    private static IEnumerable<Statement> Keys(DeploymentContext context)
    {
        string key = context.KeyArn ?? context.Arn("kms", "key/*");
        yield return new Statement { Sid = "UseKeys", Actions = UseKeys, Resources = [key] };
        yield return new Statement
        {
            Sid = "GrantKeys",
            Actions = [GrantKeys],
            Resources = [key],
            Conditions = [new Condition("Bool", "kms:GrantIsForAWSResource", "true")],
        };
    }
}
