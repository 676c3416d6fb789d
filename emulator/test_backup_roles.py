"""Backup and copy jobs act as the role that was passed to them: they fail if it lacks a permission, also on AWS Backup's own resources."""

from __future__ import annotations

import json
import unittest
from collections.abc import Callable, Iterator
from typing import Any

from testing import ACCOUNT, client, shared

REGION, ELSEWHERE = "us-east-2", "us-west-2"
POLICIES = ("service-role/AWSBackupServiceRolePolicyForBackup", "AWSBackupServiceRolePolicyForS3Backup")
BACKUP = {"Service": "backup.amazonaws.com"}
OWN_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def role(name: str, denied: dict[str, Any] | None = None, **trust: Any) -> str:
    """A role with the AWS managed policies for AWS Backup, minus what is denied."""
    iam = client("iam")
    statement = {"Effect": "Allow", "Principal": BACKUP, "Action": "sts:AssumeRole", **trust}
    arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(statement))["Role"]["Arn"]
    for policy in POLICIES:
        iam.attach_role_policy(RoleName=name, PolicyArn=f"arn:aws:iam::aws:policy/{policy}")
    if denied:
        iam.put_role_policy(RoleName=name, PolicyName="denied", PolicyDocument=document({"Effect": "Deny", **denied}))
    return str(arn)


def key(region: str = REGION, **more: Any) -> str:
    return str(client("kms", region=region).create_key(**more)["KeyMetadata"]["Arn"])


def bucket(name: str) -> str:
    s3 = client("s3")
    s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    encryption = {"SSEAlgorithm": "aws:kms", "KMSMasterKeyID": key()}
    s3.put_bucket_encryption(Bucket=name, ServerSideEncryptionConfiguration={"Rules": [{"ApplyServerSideEncryptionByDefault": encryption}]})
    s3.put_object(Bucket=name, Key="kept", Body=b"1")
    s3.put_object(Bucket=name, Key="gone", Body=b"1")
    s3.delete_object(Bucket=name, Key="gone")
    return f"arn:aws:s3:::{name}"


def table(name: str) -> str:
    made = client("dynamodb").create_table(
        TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        SSESpecification={"Enabled": True, "SSEType": "KMS", "KMSMasterKeyId": key()},
    )
    return str(made["TableDescription"]["TableArn"])


def database(name: str) -> str:
    made = client("rds").create_db_instance(
        DBInstanceIdentifier=name, Engine="postgres", DBInstanceClass="db.t4g.micro", MasterUsername="app", ManageMasterUserPassword=True,
        StorageEncrypted=True, KmsKeyId=key(),
    )
    return str(made["DBInstance"]["DBInstanceArn"])


SOURCES: dict[str, Callable[[str], str]] = {"s3": bucket, "dynamodb": table, "rds": database}

# For each type of resource: the permission that is removed, the resource on which the job needs it, and whether the copy is what fails.
NEEDED = (
    ("s3", "s3:GetBucketTagging", "arn:aws:s3:::NAME", False),
    ("s3", "s3:PutBucketNotification", "arn:aws:s3:::NAME", False),
    ("s3", "s3:GetObjectVersion", "arn:aws:s3:::NAME/*", False),
    ("s3", "events:PutRule", f"arn:aws:events:{REGION}:{ACCOUNT}:rule/AwsBackupManagedRule*", False),
    ("s3", "kms:Decrypt", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*", False),
    ("s3", "backup:TagResource", f"arn:aws:backup:{REGION}:{ACCOUNT}:recovery-point:*", False),
    ("s3", "backup:CopyFromBackupVault", f"arn:aws:backup:{REGION}:{ACCOUNT}:recovery-point:*", True),
    ("s3", "backup:CopyIntoBackupVault", f"arn:aws:backup:{ELSEWHERE}:{ACCOUNT}:backup-vault:NAME", True),
    ("s3", "kms:CreateGrant", f"arn:aws:kms:{ELSEWHERE}:{ACCOUNT}:key/*", True),
    ("dynamodb", "dynamodb:StartAwsBackupJob", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/NAME", False),
    ("dynamodb", "kms:GenerateDataKey", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*", False),
    ("dynamodb", "backup:TagResource", f"arn:aws:backup:{ELSEWHERE}:{ACCOUNT}:recovery-point:*", True),
    ("rds", "rds:CreateDBSnapshot", f"arn:aws:rds:{REGION}:{ACCOUNT}:db:NAME", False),
    ("rds", "rds:CreateDBSnapshot", f"arn:aws:rds:{REGION}:{ACCOUNT}:snapshot:awsbackup:*", False),
    ("rds", "rds:AddTagsToResource", f"arn:aws:rds:{REGION}:{ACCOUNT}:snapshot:awsbackup:*", False),
    ("rds", "kms:DescribeKey", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*", False),
    ("rds", "backup:CopyFromBackupVault", f"arn:aws:rds:{REGION}:{ACCOUNT}:snapshot:awsbackup:*", True),
    ("rds", "rds:CopyDBSnapshot", f"arn:aws:rds:{ELSEWHERE}:{ACCOUNT}:snapshot:awsbackup:*", True),
    ("rds", "kms:CreateGrant", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*", True),
    ("rds", "kms:CreateGrant", f"arn:aws:kms:{ELSEWHERE}:{ACCOUNT}:key/*", True),
)


class BackupRoleTests(unittest.TestCase):
    name: str

    @classmethod
    def setUpClass(cls) -> None:
        cls.name = "backup-roles"
        cls.resources = {kind: make(cls.name) for kind, make in SOURCES.items()}
        # The environment's own key, and in the other region a key that only the vault uses.
        client("backup").create_backup_vault(BackupVaultName=cls.name)
        made = client("backup", region=ELSEWHERE).create_backup_vault(BackupVaultName=cls.name, EncryptionKeyArn=key(ELSEWHERE))
        cls.elsewhere = made["BackupVaultArn"]

    def back_up(self, role: str, resource: str) -> dict[str, Any]:
        backup = client("backup")
        started = backup.start_backup_job(BackupVaultName=self.name, ResourceArn=resource, IamRoleArn=role)
        return dict(backup.describe_backup_job(BackupJobId=started["BackupJobId"]))

    def copy(self, role: str, point: str) -> dict[str, Any]:
        backup = client("backup")
        started = backup.start_copy_job(
            RecoveryPointArn=point, SourceBackupVaultName=self.name, DestinationBackupVaultArn=self.elsewhere, IamRoleArn=role,
        )
        return dict(backup.describe_copy_job(CopyJobId=started["CopyJobId"])["CopyJob"])

    def records(self, role: str) -> Iterator[dict[str, Any]]:
        lines = (shared().state_file.parent / "authorizations.jsonl").read_text(encoding="utf-8").splitlines()
        return (each for each in map(json.loads, lines) if each.get("role") == role)

    def test_aws_managed_policies_are_enough(self) -> None:
        arn = role("backup-managed", Condition=OWN_ACCOUNT)
        for kind, resource in self.resources.items():
            with self.subTest(kind):
                job = self.back_up(arn, resource)
                self.assertEqual((job["State"], job.get("StatusMessage")), ("COMPLETED", None))
                copied = self.copy(arn, job["RecoveryPointArn"])
                self.assertEqual((copied["State"], copied.get("StatusMessage")), ("COMPLETED", None))
                vault = client("backup", region=ELSEWHERE).list_recovery_points_by_backup_vault(BackupVaultName=self.name)
                self.assertIn(copied["DestinationRecoveryPointArn"], [point["RecoveryPointArn"] for point in vault["RecoveryPoints"]])

    def test_a_job_fails_without_any_one_of_the_role_s_permissions(self) -> None:
        whole = role("backup-whole")
        points = {kind: self.back_up(whole, resource)["RecoveryPointArn"] for kind, resource in self.resources.items()}
        for number, (kind, action, resource, fails_on_copy) in enumerate(NEEDED):
            resource = resource.replace("NAME", self.name)
            with self.subTest(f"{kind} {action} {resource}"):
                arn = role(f"backup-without-{number}", {"Action": action, "Resource": resource})
                backup = self.back_up(arn, self.resources[kind])
                job = self.copy(arn, points[kind]) if fails_on_copy else backup
                self.assertEqual(backup["State"], "COMPLETED" if fails_on_copy else "FAILED", backup.get("StatusMessage"))
                self.assertEqual((job["State"], job["MessageCategory"]), ("FAILED", "AccessDenied"))
                session = f"arn:aws:sts::{ACCOUNT}:assumed-role/backup-without-{number}/AWSBackup-backup-without-{number}"
                self.assertIn(f"User: {session} is not authorized to perform: {action} on resource: ", job["StatusMessage"])
                self.assertNotIn("DestinationRecoveryPointArn" if fails_on_copy else "RecoveryPointArn", job)
                operation = "StartCopyJob" if fails_on_copy else "StartBackupJob"
                self.assertIn(f"REFUSED backup {operation}: {session} {action} on ", shared().log_file.read_text(encoding="utf-8"))
                (refused,) = (each for each in self.records(arn) if not each["allowed"])
                self.assertEqual((refused["service"], refused["operation"], refused["action"]), ("backup", operation, action))

    def test_used_permissions_are_recorded_with_the_role(self) -> None:
        arn = role("backup-recorded")
        self.back_up(arn, self.resources["s3"])
        asked = {each["action"]: each["resource"] for each in self.records(arn) if each["allowed"]}
        self.assertEqual(asked["s3:GetObjectVersion"], f"{self.resources['s3']}/*")
        self.assertEqual(asked["backup:DescribeBackupVault"], f"arn:aws:backup:{REGION}:{ACCOUNT}:backup-vault:{self.name}")

    def test_the_role_s_trust_policy_decides_first(self) -> None:
        another = {"StringEquals": {"aws:SourceAccount": "222222222222"}}
        for name, trust in (("backup-of-another-account", {"Condition": another}),
            ("backup-of-tasks", {"Principal": {"Service": "ecs-tasks.amazonaws.com"}})):
            with self.subTest(name):
                job = self.back_up(role(name, **trust), self.resources["dynamodb"])
                self.assertEqual(job["State"], "FAILED")
                self.assertIn(f"backup.amazonaws.com cannot assume arn:aws:iam::{ACCOUNT}:role/{name}", job["StatusMessage"])

    def test_a_key_policy_without_the_role_denies_access(self) -> None:
        nobody = client("iam").create_role(RoleName="not-the-publisher", AssumeRolePolicyDocument=document())["Role"]["Arn"]
        administrator = {"Effect": "Allow", "Principal": {"AWS": nobody}, "Action": "kms:*", "Resource": "*"}
        own = key()
        client("s3").put_object(Bucket=self.name, Key="under-another-key", Body=b"1", ServerSideEncryption="aws:kms", SSEKMSKeyId=own)
        self.addCleanup(client("s3").delete_object, Bucket=self.name, Key="under-another-key")
        client("kms").put_key_policy(KeyId=own, PolicyName="default", Policy=document(administrator), BypassPolicyLockoutSafetyCheck=True)
        job = self.back_up(role("backup-key-policy"), self.resources["s3"])
        self.assertRegex(job["StatusMessage"], rf"kms:Decrypt on resource: {own} because no resource-based policy allows")

    def test_other_resources_are_not_supported(self) -> None:
        with self.assertRaisesRegex(Exception, "NotImplemented.*permissions of its role are known only for s3, dynamodb and rds"):
            self.back_up(role("backup-volumes"), f"arn:aws:ec2:{REGION}:{ACCOUNT}:volume/vol-1")


if __name__ == "__main__":
    unittest.main()
