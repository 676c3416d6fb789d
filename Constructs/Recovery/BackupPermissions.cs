using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Recovery;

/// <summary>
/// Permissions of AWS Backup on the environment's databases, tables and buckets: what AWS's managed policies for it allow for these
/// services, limited to the environment's resources. Compared with version 30 of AWSBackupServiceRolePolicyForBackup, 35 of …ForRestores, 4
/// of …ForS3Backup and 2 of …ForS3Restore; https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
/// </summary>
internal static class BackupPermissions
{
    private static readonly string[] CopyTables =
        ["dynamodb:CreateBackup", "dynamodb:DescribeTable", "dynamodb:ListTagsOfResource", "dynamodb:StartAwsBackupJob"];

    private static readonly string[] EndTableBackups = ["dynamodb:DeleteBackup", "dynamodb:DescribeBackup"];

    private static readonly string[] CopyDatabases =
    [
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

    private static readonly string[] KeepInVault = ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"];

    // Both actions are authorized on the recovery point, not on its vault.
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
    private const string CopyFromVault = "backup:CopyFromBackupVault";
    private const string TagBackups = "backup:TagResource";

    // https://docs.aws.amazon.com/service-authorization/latest/reference/: no resource-level permissions.
    private static readonly string[] Look = ["cloudwatch:GetMetricData", "events:ListRules", "s3:ListAllMyBuckets", "tag:GetResources"];

    private static readonly string[] UseKeys =
    [
        "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom",
        "kms:ReEncryptTo",
    ];

    private static readonly string[] RestoreTables =
    [
        "dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem",
        "dynamodb:Query",
        "dynamodb:RestoreTableFromAwsBackup", "dynamodb:RestoreTableFromBackup", "dynamodb:Scan", "dynamodb:UpdateItem",
    ];

    private static readonly string[] RestoreDatabases =
        ["rds:AddTagsToResource", "rds:DescribeDBInstances", "rds:DescribeDBSnapshots", "rds:ListTagsForResource",
            "rds:RestoreDBInstanceFromDBSnapshot"];

    private static readonly string[] RestoreObjects =
    [
        "s3:CreateBucket", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetBucketOwnershipControls", "s3:GetBucketVersioning",
        "s3:GetObject",
        "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionAcl", "s3:ListBucket", "s3:ListBucketVersions",
        "s3:ListMultipartUploadParts", "s3:PutBucketOwnershipControls", "s3:PutBucketVersioning", "s3:PutObject", "s3:PutObjectAcl",
        "s3:PutObjectTagging", "s3:PutObjectVersionAcl",
    ];

    private const string GrantKeys = "kms:CreateGrant";

    /// <summary>All actions of both roles, which the boundary must allow them.</summary>
    public static IReadOnlyList<string> Actions { get; } =
    [
        .. new[]
            {
                CopyTables, EndTableBackups, CopyDatabases, CopyObjects, FollowChanges, KeepInVault, [CopyFromVault, TagBackups, GrantKeys],
                Look, UseKeys,
                RestoreTables, RestoreDatabases, RestoreObjects,
            }
            .SelectMany(actions => actions).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Permissions to create backups.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="copyRegion">Region that backups are copied to; none for no copies.</param>
    public static PolicyDocument Backup(DeploymentContext context, string? copyRegion) => new(
    [
        new Statement { Sid = "CopyTables", Actions = CopyTables, Resources = [Table(context)] },
        new Statement { Sid = "EndTableBackups", Actions = EndTableBackups, Resources = [TableBackups(context)] },
        new Statement
        {
            Sid = "CopyDatabases",
            Actions = CopyDatabases,
            Resources = [Database(context), .. Snapshots(context, copyRegion)],
        },
        new Statement { Sid = "CopyObjects", Actions = CopyObjects, Resources = Buckets(context) },
        new Statement { Sid = "FollowChanges", Actions = FollowChanges, Resources = [context.Arn("events", "rule/AwsBackupManagedRule*")] },
        new Statement
        {
            Sid = "KeepInVault",
            Actions = KeepInVault,
            Resources = [$"arn:aws:backup:*:{context.Account}:backup-vault:{context.Names.Prefix}*"],
        },
        new Statement
        {
            Sid = "CopyFromVault",
            Actions = [CopyFromVault],
            Resources = [context.Arn("backup", "recovery-point:*"), .. Snapshots(context, copyRegion: null), TableBackups(context)],
        },
        new Statement { Sid = "TagBackups", Actions = [TagBackups], Resources = [$"arn:aws:backup:*:{context.Account}:recovery-point:*"] },
        new Statement { Sid = "Look", Actions = Look, Resources = ["*"] },
        .. Keys(context, copyRegion),
        .. State(context),
    ]);

    /// <summary>Permissions to restore a backup, as a new database or table, or into a bucket of the environment.</summary>
    public static PolicyDocument Restore(DeploymentContext context) => new(
    [
        new Statement { Sid = "RestoreTables", Actions = RestoreTables, Resources = [Table(context), TableBackups(context)] },
        new Statement
        {
            Sid = "RestoreDatabases",
            Actions = RestoreDatabases,
            Resources =
            [
                Database(context), .. Snapshots(context, copyRegion: null),
                .. new[] { "subgrp", "pg", "og" }.Select(kind => context.Arn("rds", $"{kind}:*")),
            ],
        },
        new Statement { Sid = "RestoreObjects", Actions = RestoreObjects, Resources = Buckets(context) },
        .. Keys(context, copyRegion: null),
        .. State(context),
    ]);

    private static string Database(DeploymentContext context) => context.Arn("rds", $"db:{context.Names.Prefix}-*");

    // A copy in another Region is a snapshot there, created and tagged by a request to that Region.
    private static IEnumerable<string> Snapshots(DeploymentContext context, string? copyRegion) =>
        In(context, copyRegion).Select(there => there.Arn("rds", "snapshot:awsbackup:*"));

    private static string Table(DeploymentContext context) => context.Arn("dynamodb", $"table/{context.Names.Prefix}-*");

    private static string TableBackups(DeploymentContext context) => context.Arn("dynamodb", $"table/{context.Names.Prefix}-*/backup/*");

    private static string[] Buckets(DeploymentContext context) =>
        [$"arn:aws:s3:::{context.Names.Bucket("*")}", $"arn:aws:s3:::{context.Names.Bucket("*")}/*"];

    // Patterns without the environment's name also match the state bucket and the lock table, which are not data of the environment.
    private static IEnumerable<Statement> State(DeploymentContext context)
    {
        Names names = context.Names;
        string[] around = names.Bucket("*").Split('*');
        bool matchesBucket = names.StateBucket.StartsWith(around[0], StringComparison.Ordinal)
            && names.StateBucket.EndsWith(around[^1], StringComparison.Ordinal);
        if (!matchesBucket && !names.LockTable.StartsWith($"{names.Prefix}-", StringComparison.Ordinal))
            yield break;
        string bucket = $"arn:aws:s3:::{names.StateBucket}";
        yield return new Statement
        {
            Sid = "StateStays",
            Effect = "Deny",
            Actions = ["dynamodb:*", "s3:*"],
            Resources = [bucket, $"{bucket}/*", context.Arn("dynamodb", $"table/{names.LockTable}")],
        };
    }

    // With any key of the data: the environment's, or the account's AWS managed keys, whose ids are not known in advance. Copies are
    // encrypted with AWS Backup's key in their Region.
    private static IEnumerable<Statement> Keys(DeploymentContext context, string? copyRegion)
    {
        string[] keys =
        [
            context.KeyArn ?? context.Arn("kms", "key/*"),
            .. In(context, copyRegion).Skip(1).Select(there => there.Arn("kms", "key/*")),
        ];
        yield return new Statement { Sid = "UseKeys", Actions = UseKeys, Resources = keys };
        yield return new Statement
        {
            Sid = "GrantKeys",
            Actions = [GrantKeys],
            Resources = keys,
            Conditions = [new Condition("Bool", "kms:GrantIsForAWSResource", "true")],
        };
    }

    // The environment's Region first.
    private static IEnumerable<DeploymentContext> In(DeploymentContext context, string? copyRegion) =>
        copyRegion is null ? [context] : [context, context with { Region = copyRegion }];
}
