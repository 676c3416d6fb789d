"""KMS keys that a service uses on behalf of its caller: the caller needs permissions on the key, through the service.

A table, object, secret, parameter, topic or queue that is encrypted with a KMS key is read and written with the caller's permissions on
that key
(kms:ViaService); AWS managed keys ("alias/aws/dynamodb") have a key policy that allows all principals of the account to use them through
the
service, so that only a deny in the caller's policies has an effect.
https://docs.aws.amazon.com/kms/latest/developerguide/service-integration.html
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import lookups, stored_keys, table_requests


@dataclass(frozen=True)
class KeyUse:
    """key: ARN; actions: of KMS, without the prefix; service: through which the key is used; context: the encryption context."""

    key: str
    actions: tuple[str, ...]
    service: str
    context: Mapping[str, str] = field(default_factory=dict)


READ = ("Decrypt",)
WRITE = ("GenerateDataKey",)
# Services that keep using a key after the request have a grant on it, for which the caller needs a permission.
# https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
KEEP = ("CreateGrant", "DescribeKey")


def of(prefix: str, operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    """The keys that an operation uses on behalf of its caller, and how."""
    find = _SERVICES.get(prefix)
    return find(operation, parameters, account, region) if find else []


def aws_managed_policy(account: str, service: str, region: str) -> str:
    """Key policy of the AWS managed key of a service. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-services.html"""
    conditions = {"StringEquals": {"kms:CallerAccount": account, "kms:ViaService": f"{service}.{region}.amazonaws.com"}}
    actions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    statement = {
        "Sid": "AllowThroughTheService", "Effect": "Allow", "Principal": {"AWS": "*"}, "Action": actions, "Resource": "*",
        "Condition": conditions,
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def key_arn(value: str | None, account: str, region: str) -> str | None:
    """ARN of a key that a service names by id, alias or ARN; AWS managed keys stay aliases."""
    if not value:
        return None
    if value.startswith("arn:"):
        return lookups.whole(value)
    return lookups.whole(f"arn:aws:kms:{region}:{account}:{value if value.startswith('alias/') else 'key/' + value}")


def _s3(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
    bucket, name = stored_keys.bucket(parameters.get("Bucket")), parameters.get("Key")
    if bucket is None or not name:
        return []
    context = {"aws:s3:arn": f"arn:aws:s3:::{bucket.name}"}
    if operation in ("GetObject", "HeadObject"):
        key = key_arn(stored_keys.of_object(bucket, name, parameters.get("VersionId")), account, region)
        return [KeyUse(key, READ, "s3", context)] if key else []
    if operation not in ("PutObject", "CreateMultipartUpload", "CopyObject"):
        return []
    key = key_arn(parameters.get("SSEKMSKeyId") or stored_keys.of_bucket(bucket), account, region)
    # A large upload is read back in parts. https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
    return [KeyUse(key, WRITE + READ if operation == "CreateMultipartUpload" else WRITE, "s3", context)] if key else []


def _dynamodb(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # The caller's permissions count for tables with a KMS key; a table with the AWS owned key needs none.
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
    if operation in ("CreateTable", "UpdateTable"):
        wanted = parameters.get("SSESpecification") or {}
        key = key_arn(wanted.get("KMSMasterKeyId"), account, region) if wanted.get("Enabled") else None
        return [KeyUse(key, (*KEEP, *READ), "dynamodb")] if key else []
    if operation not in ("BatchGetItem", "BatchWriteItem", "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "TransactGetItems",
        "TransactWriteItems", "UpdateItem"):
        return []
    uses = []
    for table in table_requests.tables(parameters):
        found = key_arn(stored_keys.of_table(account, region, table), account, region)
        if found:
            uses.append(KeyUse(found, READ, "dynamodb", {"aws:dynamodb:tableName": table, "aws:dynamodb:subscriberId": account}))
    return uses


def _secretsmanager(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html
    uses = {"GetSecretValue": READ, "PutSecretValue": WRITE + READ, "UpdateSecret": WRITE + READ}
    if operation == "CreateSecret":
        wanted = key_arn(parameters.get("KmsKeyId") or "alias/aws/secretsmanager", account, region)
        given = parameters.get("SecretString") or parameters.get("SecretBinary")
        return [KeyUse(wanted, WRITE + READ, "secretsmanager")] if wanted and given else []
    if operation not in uses:
        return []
    found = stored_keys.secret(account, region, str(parameters.get("SecretId")))
    if found is None:
        return []
    key = key_arn(found.kms_key_id or "alias/aws/secretsmanager", account, region)
    return [KeyUse(key, uses[operation], "secretsmanager", {"SecretARN": str(found.arn)})] if key else []


def _ssm(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html
    if operation == "PutParameter":
        kept = stored_keys.parameter(account, region, str(parameters.get("Name")))
        if (parameters.get("Type") or getattr(kept, "parameter_type", None)) != "SecureString":
            return []
        action = "GenerateDataKey" if parameters.get("Tier") == "Advanced" else "Encrypt"
        key = key_arn(parameters.get("KeyId") or getattr(kept, "keyid", None) or "alias/aws/ssm", account, region)
        return [KeyUse(key, (action,), "ssm", _parameter_context(str(parameters.get("Name")), account, region))] if key else []
    if not parameters.get("WithDecryption"):
        return []
    if operation == "GetParametersByPath":
        names = stored_keys.parameters_below(account, region, str(parameters.get("Path")))
    else:
        names = [str(each) for each in parameters.get("Names") or [parameters.get("Name")]]
    uses = []
    for name in names:
        found = stored_keys.parameter(account, region, name)
        if found is not None and found.parameter_type == "SecureString":
            key = key_arn(found.keyid or "alias/aws/ssm", account, region)
            if key:
                uses.append(KeyUse(key, READ, "ssm", _parameter_context(str(found.name), account, region)))
    return uses


def _parameter_context(name: str, account: str, region: str) -> dict[str, str]:
    return {"PARAMETER_ARN": f"arn:aws:ssm:{region}:{account}:parameter/{name.removeprefix('/')}"}


def _sns(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
    if operation not in ("Publish", "PublishBatch"):
        return []
    key = key_arn(stored_keys.of_topic(str(parameters.get("TopicArn") or "")), account, region)
    return [KeyUse(key, WRITE + READ, "sns", {"aws:sns:topicArn": str(parameters["TopicArn"])})] if key else []


def _sqs(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
    uses = {"SendMessage": WRITE + READ, "SendMessageBatch": WRITE + READ, "ReceiveMessage": READ}
    if operation not in uses:
        return []
    name = str(parameters.get("QueueUrl") or "").rsplit("/", 1)[-1]
    key = key_arn(stored_keys.of_queue(account, region, name), account, region)
    return [KeyUse(key, uses[operation], "sqs", {"aws:sqs:arn": f"arn:aws:sqs:{region}:{account}:{name}"})] if key else []


def _kept(**members: tuple[str, ...]) -> Callable[[str, Mapping[str, Any], str, str], list[KeyUse]]:
    """Services that get a key when a resource is created, and keep using it with a grant: operation -> members that name keys."""

    def find(operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[KeyUse]:
        from .resources import at, texts

        names = [text for path in members.get(operation, ()) for text in texts(at(parameters, path.split(".")))]
        return [KeyUse(key, KEEP, service_of[operation]) for name in names if (key := key_arn(name, account, region))]

    service_of = {operation: _GRANTED[operation] for operation in members}
    return find


# Service through which the grant is created.
_GRANTED = {"CreateBackupVault": "backup", "CreateDBInstance": "rds", "CreateRepository": "ecr", "ModifyDBInstance": "rds"}

_SERVICES: dict[str, Callable[[str, Mapping[str, Any], str, str], list[KeyUse]]] = {
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html
    "backup": _kept(CreateBackupVault=("EncryptionKeyArn",)),
    "dynamodb": _dynamodb,
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html
    "ecr": _kept(CreateRepository=("encryptionConfiguration.kmsKey",)),
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html
    "rds": _kept(CreateDBInstance=("KmsKeyId", "MasterUserSecretKmsKeyId", "PerformanceInsightsKMSKeyId"),
        ModifyDBInstance=("MasterUserSecretKmsKeyId",)),
    "s3": _s3,
    "secretsmanager": _secretsmanager,
    "sns": _sns,
    "sqs": _sqs,
    "ssm": _ssm,
}
