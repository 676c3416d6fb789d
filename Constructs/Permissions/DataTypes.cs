using Infra.Constructs.Iam;
using Infra.Naming;
using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions for resource types that store something: buckets, tables, databases, secrets, parameters, keys, backups, queues.
/// </summary>
internal static class DataTypes
{
    public static IEnumerable<TypePermissions> Of(OwnResources own) =>
        Tables(own).Concat(Databases(own)).Concat(Secrets(own)).Concat(Keys(own)).Concat(Backups(own)).Concat(Queues(own));

    private static IEnumerable<TypePermissions> Tables(OwnResources own)
    {
        Scope tables = own.Named("dynamodb", own.Names(NameRule.Table, "table/{0}").Skip(1));
        yield return new("aws_dynamodb_table",
            Write(tables, "dynamodb:CreateTable", "dynamodb:DeleteTable", "dynamodb:TagResource", "dynamodb:UntagResource",
                "dynamodb:UpdateContinuousBackups", "dynamodb:UpdateTable",
                "dynamodb:UpdateTimeToLive"),
            Read(tables, "dynamodb:DescribeContinuousBackups", "dynamodb:DescribeTable", "dynamodb:DescribeTimeToLive",
                "dynamodb:ListTagsOfResource"),
            // Also for the AWS managed key, which has no tags.
            Read(own.All("kms", "key/*"), "kms:DescribeKey"),
            Use("dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
                "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem",
                "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem"));
    }

    private static IEnumerable<TypePermissions> Databases(OwnResources own)
    {
        Scope names = own.Named("rds", own.Names(NameRule.Database).Skip(1).SelectMany(name =>
            new[] { $"db:{name}", $"pg:{name}", $"snapshot:{name}", $"subgrp:{name}" }));
        Scope all = own.All("rds");
        Grant tags = Write(names, "rds:AddTagsToResource", "rds:RemoveTagsFromResource");
        Grant read = Read(names, "rds:ListTagsForResource");
        yield return new("aws_db_instance", tags, read,
            Write(names, "rds:CreateDBInstance", "rds:CreateDBSnapshot", "rds:DeleteDBInstance", "rds:ModifyDBInstance",
                "rds:RebootDBInstance"),
            // The option group belongs to AWS.
            Write(own.Named("rds", "og:default:*"), "rds:CreateDBInstance", "rds:ModifyDBInstance"), Read(all, "rds:DescribeDBInstances"),
            // RDS creates the master user's secret with the caller's permissions.
            // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
            Write(own.Named("secretsmanager", "secret:rds!db-*"), "secretsmanager:CreateSecret", "secretsmanager:RotateSecret",
                "secretsmanager:TagResource"),
            Write(own.All("kms", "key/*"), "kms:DescribeKey"))
        {
            ServiceLinkedRoles = ["rds.amazonaws.com"],
        };
        yield return new("aws_db_subnet_group", tags, read,
            Write(names, "rds:CreateDBSubnetGroup", "rds:DeleteDBSubnetGroup", "rds:ModifyDBSubnetGroup"), Read(all,
                "rds:DescribeDBSubnetGroups"));
        yield return new("aws_db_parameter_group", tags, read,
            Write(names, "rds:CreateDBParameterGroup", "rds:DeleteDBParameterGroup", "rds:ModifyDBParameterGroup",
                "rds:ResetDBParameterGroup"),
            Read(all, "rds:DescribeDBParameterGroups", "rds:DescribeDBParameters"));
    }

    private static IEnumerable<TypePermissions> Secrets(OwnResources own)
    {
        Scope secrets = own.Named("secretsmanager", $"secret:{own.Context.Names.Secret("*")}");
        Scope parameters = own.Named("ssm", $"parameter{own.Context.Names.Parameter("*")}");
        yield return new("aws_secretsmanager_secret",
            Write(secrets, "secretsmanager:CreateSecret", "secretsmanager:DeleteSecret", "secretsmanager:RestoreSecret",
                "secretsmanager:TagResource", "secretsmanager:UntagResource",
                "secretsmanager:UpdateSecret"),
            // Not of Terraform: ./infra secrets check reads the age of a value.
            Write(secrets, "secretsmanager:ListSecretVersionIds"),
            Read(secrets, "secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"), Use("secretsmanager:GetSecretValue"));
        yield return new("aws_secretsmanager_secret_version",
            Write(secrets, "secretsmanager:PutSecretValue", "secretsmanager:UpdateSecretVersionStage"), ReadSecret(secrets,
                "secretsmanager:GetSecretValue"));
        // Terraform also reads ephemeral values during a plan.
        yield return new("ephemeral.aws_secretsmanager_random_password", Read(Scope.Any, "secretsmanager:GetRandomPassword"));
        yield return new("aws_ssm_parameter",
            Write(own.Named("ssm", $"parameter{own.WrittenParameters}") with { Kind = "Written" },
                "ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource"),
            Read(parameters, "ssm:GetParameter", "ssm:ListTagsForResource"), Read(Scope.Any, "ssm:DescribeParameters"),
            Use("ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:PutParameter"));
    }

    private static IEnumerable<TypePermissions> Keys(OwnResources own)
    {
        string keys = own.Context.Arn("kms", "key/*");
        Scope tagged = own.TaggedArns(keys);
        Scope aliases = own.Named("kms", own.Names(NameRule.KeyAlias, "alias/{0}"));
        yield return new("aws_kms_key",
            Write(own.NewAnything, "kms:CreateKey"), Write(own.Untagged(keys), "kms:TagResource"),
            Write(tagged, "kms:CancelKeyDeletion", "kms:DisableKey", "kms:EnableKey", "kms:EnableKeyRotation", "kms:PutKeyPolicy",
                "kms:ScheduleKeyDeletion", "kms:TagResource",
                "kms:UntagResource", "kms:UpdateKeyDescription"),
            // Services use the key with the permissions of the caller that creates or changes what they encrypt.
            Write(tagged, "kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", "kms:RetireGrant"),
            Read(own.All("kms", "key/*"), "kms:DescribeKey", "kms:GetKeyPolicy", "kms:GetKeyRotationStatus", "kms:ListResourceTags"),
            Use("kms:Decrypt", "kms:GenerateDataKey"));
        yield return new("aws_kms_alias",
            Write(aliases, "kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias"), Write(tagged, "kms:CreateAlias", "kms:DeleteAlias",
                "kms:UpdateAlias"),
            Read(Scope.Any, "kms:ListAliases"));
    }

    private static IEnumerable<TypePermissions> Backups(OwnResources own)
    {
        // Copies are in a vault of the same name, in the Region that the environment file specifies.
        Scope vaults = new("Own", [.. own.Names(NameRule.BackupVault).Select(name =>
            $"arn:aws:backup:*:{own.Context.Account}:backup-vault:{name}")]);
        Scope plans = own.Tagged("backup", "backup-plan:*");
        Grant read = Read(own.All("backup", "backup-plan:*"), "backup:GetBackupPlan", "backup:GetBackupSelection", "backup:ListTags");
        yield return new("aws_backup_vault",
            Write(vaults, "backup:CreateBackupVault", "backup:DeleteBackupVault", "backup:DeleteRecoveryPoint",
                "backup:ListRecoveryPointsByBackupVault", "backup:TagResource",
                "backup:UntagResource"),
            Write(Scope.Any, "backup-storage:MountCapsule"), Read(vaults, "backup:DescribeBackupVault", "backup:ListTags"),
            // Also for AWS managed keys, which have no tags, and only through AWS Backup.
            Write(new Scope("Backup", [$"arn:aws:kms:*:{own.Context.Account}:key/*"], new Condition("StringLike", "kms:ViaService",
                "backup.*.amazonaws.com")),
                "kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:RetireGrant"));
        yield return new("aws_backup_vault_lock_configuration",
            Write(vaults, "backup:DeleteBackupVaultLockConfiguration", "backup:PutBackupVaultLockConfiguration"), Read(vaults,
                "backup:DescribeBackupVault"));
        yield return new("aws_backup_plan", read,
            Write(own.New("backup", "backup-plan:*"), "backup:CreateBackupPlan", "backup:TagResource"),
            Write(plans, "backup:DeleteBackupPlan", "backup:TagResource", "backup:UntagResource", "backup:UpdateBackupPlan"));
        yield return new("aws_backup_selection", read, Write(plans, "backup:CreateBackupSelection", "backup:DeleteBackupSelection"))
        {
            PassedTo = ["backup.amazonaws.com"],
            ServiceLinkedRoles = ["backup.amazonaws.com"],
        };
    }

    private static IEnumerable<TypePermissions> Queues(OwnResources own)
    {
        Scope queues = own.Named("sqs", own.Names(NameRule.Queue).Skip(1));
        yield return new("aws_sqs_queue",
            Write(queues, "sqs:CreateQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes", "sqs:TagQueue", "sqs:UntagQueue"),
            Read(queues, "sqs:GetQueueAttributes", "sqs:ListQueueTags"),
            Use("sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage",
                "sqs:SendMessage"));
        foreach (string type in new[] { "aws_sqs_queue_policy", "aws_sqs_queue_redrive_allow_policy", "aws_sqs_queue_redrive_policy" })
            yield return new(type, Write(queues, "sqs:SetQueueAttributes"), Read(queues, "sqs:GetQueueAttributes"));
    }
}
