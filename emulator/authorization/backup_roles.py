"""The permissions that AWS Backup needs from the role of a backup job or a copy job.

AWS documents them by type of resource, not by request: a role needs these statements of AWSBackupServiceRolePolicyForBackup (version 30)
and
AWSBackupServiceRolePolicyForS3Backup (version 4). https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html
Omitted is what no such job does: deletion of expired backups, continuous backups, copies to another account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from . import encryption, questions, stored_keys
from .encryption import KeyUse
from .questions import Asked
from .resource_policies import owner

# "S3BucketPermissions", "S3ObjectPermissions":
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSBackupServiceRolePolicyForS3Backup.html
_BUCKET = (
    "GetBucketAcl", "GetBucketLocation", "GetBucketNotification", "GetBucketTagging", "GetBucketVersioning", "GetInventoryConfiguration",
    "ListBucket", "ListBucketVersions", "PutBucketNotification", "PutInventoryConfiguration",
)
_OBJECTS = ("GetObject", "GetObjectAcl", "GetObjectTagging", "GetObjectVersion", "GetObjectVersionAcl", "GetObjectVersionTagging")
# "EventBridgePermissionsForAwsBackupManagedRule", without the actions that delete a rule.
_RULE = ("DescribeRule", "EnableRule", "ListTargetsByRule", "PutRule", "PutTargets")
# With advanced features, which accounts have unless they opt out; copies to another region need them.
# https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html
_TABLE = ("DescribeTable", "ListTagsOfResource", "StartAwsBackupJob")


@dataclass(frozen=True)
class Vault:
    """A vault for recovery points. key: as the vault names it; None for AWS Backup's own key."""

    arn: str
    key: str | None

    @property
    def region(self) -> str:
        return self.arn.split(":")[3]


def to_back_up(role_account: str, resource: str, vault: Vault, point: str) -> Iterator[Asked]:
    """Permissions of a backup job. resource, point: ARNs of what is backed up and of the recovery point.

    NotImplementedError for resources other than buckets, tables and database instances.
    """
    kind = resource.split(":")[2]
    if kind not in _SOURCES:
        raise NotImplementedError(f"AWS Backup of {resource}: permissions of its role are known only for s3, dynamodb and rds")
    role = _Role(role_account, vault.region)
    yield role.asks("backup:DescribeBackupVault", vault.arn)
    yield role.asks("tag:GetResources", "*")
    yield from _SOURCES[kind](role, resource, point)
    if kind != "rds":
        yield from role.keeps(point, vault)


def to_copy(role_account: str, resource: str, key: str | None, point: str, vault: Vault, copy: str) -> Iterator[Asked]:
    """Permissions of a copy job. key: of the recovery point; vault, copy: where it is copied to, and the ARN that it has there."""
    here, there = _Role(role_account, point.split(":")[3]), _Role(role_account, vault.region)
    # The action is on recovery points, not on their vault:
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html
    yield here.asks("backup:CopyFromBackupVault", point)
    yield there.asks("backup:DescribeBackupVault", vault.arn)
    yield there.asks("backup:CopyIntoBackupVault", vault.arn)
    if resource.split(":")[2] != "rds":
        yield from there.keeps(copy, vault)
        return
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html
    yield here.asks("rds:DescribeDBSnapshots", point)
    yield here.asks("rds:ListTagsForResource", point)
    yield here.asks("rds:CopyDBSnapshot", point)
    yield from there.snapshot("rds:CopyDBSnapshot", copy)
    if key is not None:
        # RDS encrypts the copy with the key of the vault; a snapshot that is not encrypted stays unencrypted.
        yield from here.uses(KeyUse(key, encryption.KEEP, "rds"))
        yield from there.uses(KeyUse(_key(vault), encryption.KEEP, "rds"))


def key_of(resource: str, vault: Vault) -> str | None:
    """ARN of the key that a recovery point is encrypted with: a snapshot's is that of its database, all others have the vault's.

    https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
    """
    if resource.split(":")[2] != "rds":
        return _key(vault)
    _, _, _, region, account, _, name = resource.split(":", 6)
    return encryption.key_arn(stored_keys.of_database(account, region, name), account, region)


def key_of_copy(key: str | None, vault: Vault) -> str | None:
    """ARN of the key that a copy is encrypted with. key: that of the recovery point."""
    return _key(vault) if key else None


def _key(vault: Vault) -> str:
    _, _, _, region, account, *_ = vault.arn.split(":")
    return encryption.key_arn(vault.key or "alias/aws/backup", account, region) or ""


@dataclass(frozen=True)
class _Role:
    account: str
    region: str

    def asks(self, action: str, resource: str) -> Asked:
        return Asked(action, resource, owner(resource) or self.account, questions.of_every_request(self.region))

    def uses(self, key: KeyUse) -> Iterator[Asked]:
        return questions.of_key(key, self.region, self.account)

    def keeps(self, point: str, vault: Vault) -> Iterator[Asked]:
        """For a recovery point that AWS Backup itself stores: tags of its source, and a grant on the vault's key."""
        yield self.asks("backup:TagResource", point)
        yield from self.uses(KeyUse(_key(vault), encryption.KEEP, "backup"))

    def snapshot(self, action: str, arn: str) -> Iterator[Asked]:
        """For a snapshot that is created with tags, and described until it is complete."""
        for each in (action, "rds:AddTagsToResource", "rds:DescribeDBSnapshots"):
            yield self.asks(each, arn)


def _bucket(role: _Role, resource: str, _point: str) -> Iterator[Asked]:
    yield role.asks("s3:ListAllMyBuckets", "*")
    yield from (role.asks(f"s3:{action}", resource) for action in _BUCKET)
    yield from (role.asks(f"s3:{action}", f"{resource}/*") for action in _OBJECTS)
    rule = f"arn:aws:events:{role.region}:{role.account}:rule/AwsBackupManagedRule-s3"
    yield role.asks("events:ListRules", "*")
    yield from (role.asks(f"events:{action}", rule) for action in _RULE)
    yield role.asks("cloudwatch:GetMetricData", "*")
    found = stored_keys.bucket(resource.removeprefix("arn:aws:s3:::"))
    # AWS skips objects whose key the role may not use, and completes the job. Here the job fails: a backup without them is useless.
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
    names = {stored_keys.of_bucket(found), *(stored_keys.of_object(found, name) for name in found.keys)} if found else set()
    for key in sorted(filter(None, (encryption.key_arn(name, owner(resource), role.region) for name in names))):
        yield from role.uses(KeyUse(key, ("Decrypt", "DescribeKey"), "s3", {"aws:s3:arn": resource}))


def _table(role: _Role, resource: str, _point: str) -> Iterator[Asked]:
    yield from (role.asks(f"dynamodb:{action}", resource) for action in _TABLE)
    _, _, _, region, account, table = resource.split(":", 5)
    name = table.removeprefix("table/")
    key = encryption.key_arn(stored_keys.of_table(account, region, name), account, region)
    if key:
        # "KMSDynamoDBPermissions"
        context = {"aws:dynamodb:tableName": name, "aws:dynamodb:subscriberId": account}
        yield from role.uses(KeyUse(key, ("Decrypt", "GenerateDataKey"), "dynamodb", context))


def _database(role: _Role, resource: str, point: str) -> Iterator[Asked]:
    for action in ("DescribeDBInstances", "ListTagsForResource", "CreateDBSnapshot"):
        yield role.asks(f"rds:{action}", resource)
    yield from role.snapshot("rds:CreateDBSnapshot", point)
    _, _, _, region, account, _, name = resource.split(":", 6)
    key = encryption.key_arn(stored_keys.of_database(account, region, name), account, region)
    if key:
        # "KMSPermissions"
        yield from role.uses(KeyUse(key, ("DescribeKey",), "rds"))


_SOURCES: dict[str, Callable[[_Role, str, str], Iterator[Asked]]] = {"dynamodb": _table, "rds": _database, "s3": _bucket}
