"""The keys with which existing resources are encrypted, read from moto's models in this process."""

from __future__ import annotations

from typing import Any

from .lookups import backend


def bucket(name: str | None) -> Any:
    """A bucket of any account; None if it does not exist."""
    from moto.s3.models import s3_backends

    if name not in s3_backends.bucket_accounts:
        return None
    partition, account = s3_backends.bucket_accounts[name]
    return s3_backends[account][partition].buckets.get(name)


def of_bucket(found: Any) -> str | None:
    """Key with which a bucket encrypts new objects; None for S3 managed keys."""
    rule = (found.encryption or {}).get("Rule") or {}
    rule = rule[0] if isinstance(rule, list) else rule
    default = rule.get("ApplyServerSideEncryptionByDefault") or {}
    if not str(default.get("SSEAlgorithm", "")).startswith("aws:kms"):
        return None
    return str(default.get("KMSMasterKeyID") or "alias/aws/s3")


def of_object(found_bucket: Any, name: str, version: str | None = None) -> str | None:
    """Key with which an object, or a version of it, was encrypted; None if it does not exist or was deleted."""
    versions = found_bucket.keys.getlist(name, [])
    found = next((each for each in reversed(versions) if version is None or each.version_id == version), None)
    # A delete marker is not an object and has no encryption.
    encryption = str(getattr(found, "encryption", None) or "")
    return (found.kms_key_id or of_bucket(found_bucket)) if found is not None and encryption.startswith("aws:kms") else None


def of_table(account: str, region: str, name: str) -> str | None:
    found = backend("dynamodb", account, region).tables.get(name)
    sse = found.sse_specification if found else None
    return str(sse["KMSMasterKeyId"]) if sse and sse.get("Enabled") else None


def of_database(account: str, region: str, name: str) -> str | None:
    """Key of a database instance; None if its storage is not encrypted, or the instance does not exist."""
    found = backend("rds", account, region).databases.get(name)
    if found is None or not found.storage_encrypted:
        return None
    # moto's name for the key of an instance without a key setting; on AWS it is the AWS managed key of RDS.
    return "alias/aws/rds" if found.kms_key_id in (None, "default_kms_key_id") else str(found.kms_key_id)


def of_topic(arn: str) -> str | None:
    parts = arn.split(":")
    found = backend("sns", parts[4], parts[3]).topics.get(arn) if len(parts) > 5 else None
    return found.kms_master_key_id or None if found else None


def of_queue(account: str, region: str, name: str) -> str | None:
    found = backend("sqs", account, region).queues.get(name)
    return found.kms_master_key_id or None if found else None


def secret(account: str, region: str, secret_id: str) -> Any:
    """secret_id: name, or ARN, which contains account and region."""
    if secret_id.startswith("arn:"):
        _, _, _, region, account, _ = secret_id.split(":", 5)
    return backend("secretsmanager", account, region).secrets.get(secret_id)


def parameter(account: str, region: str, name: str) -> Any:
    """The current version of a parameter. name: its name, or its ARN, which contains account and region."""
    names = [name]
    if name.startswith("arn:"):
        _, _, _, region, account, path = name.split(":", 5)
        # A name that does not begin with a slash gets one in the ARN.
        names = [path.removeprefix("parameter"), path.removeprefix("parameter/")]
    kept = backend("ssm", account, region)._parameters
    versions = next((kept[each] for each in names if each in kept), None)
    return versions[-1] if versions else None


def parameters_below(account: str, region: str, path: str) -> list[str]:
    return [name for name in backend("ssm", account, region)._parameters if name.startswith(path)]


def is_aws_managed(arn: str) -> bool:
    """Whether a key is an AWS managed key of a service."""
    parts = arn.split(":", 5)
    if parts[5].startswith("alias/aws/"):
        return True
    found = backend("kms", parts[4], parts[3]).keys.get(parts[5].removeprefix("key/"))
    return found is not None and any(alias.startswith("alias/aws/") for alias in found.aliases)
