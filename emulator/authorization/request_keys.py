"""Condition keys with values from the request: its tags, the prefix that it lists, the items that it accesses, its cluster.

Keys of the caller and of existing resources are set elsewhere. test_condition_keys.py finds keys of synthesized policies that are never
set:
such a condition would never be true, and the emulator would deny what AWS allows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

Keys = dict[str, "str | list[str]"]

# Members for tags, and their names of key and value.
_TAG_MEMBERS = (
    "Tags", "tags", "TagList", "TagSet", "HostedZoneTags", "UserPoolTags", "ResourceTags", "AddTags", "BackupPlanTags", "BackupVaultTags")


def of(service: str, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    """Keys of one request. service: prefix of its actions ("ecs")."""
    keys: Keys = {}
    tags = request_tags(parameters)
    if tags:
        keys.update({f"aws:RequestTag/{name}": value for name, value in tags.items()})
        keys["aws:TagKeys"] = list(tags)
    elif names := parameters.get("TagKeys") or parameters.get("tagKeys"):
        keys["aws:TagKeys"] = list(names)
    if fill := _SERVICES.get(service):
        keys.update(fill(operation, parameters, region, account))
    return keys


def without_tags(keys: Mapping[str, Any]) -> dict[str, Any]:
    """Keys for a resource to which the tags of the request do not apply."""
    return {name: value for name, value in keys.items() if name != "aws:TagKeys" and not name.startswith("aws:RequestTag/")}


def request_tags(parameters: Mapping[str, Any], resource_type: str | None = None) -> dict[str, str]:
    """Tags in a request. resource_type: for EC2, only those for this type."""
    for member in _TAG_MEMBERS:
        if member in parameters and parameters[member]:
            return _pairs(parameters[member])
    if nested := parameters.get("Tagging"):
        return _pairs(nested.get("TagSet", [])) if isinstance(nested, Mapping) else {}
    if isinstance(items := parameters.get("DistributionConfigWithTags"), Mapping):
        return _pairs(items.get("Tags", {}).get("Items", []))
    specifications = parameters.get("TagSpecifications") or parameters.get("TagSpecification") or []
    return {
        name: value
        for specification in specifications
        if resource_type is None or specification.get("ResourceType") == resource_type
        for name, value in _pairs(specification.get("Tags", [])).items()
    }


def _pairs(tags: Any) -> dict[str, str]:
    if isinstance(tags, Mapping):
        items = tags.get("Items")
        return _pairs(items) if isinstance(items, list) else {str(name): str(value) for name, value in tags.items()}
    found = {}
    for tag in tags if isinstance(tags, list) else []:
        if isinstance(tag, Mapping):
            name = next((tag[each] for each in ("Key", "key", "TagKey") if each in tag), None)
            value = next((tag[each] for each in ("Value", "value", "TagValue") if each in tag), "")
            if name is not None:
                found[str(name)] = str(value)
    return found


def _s3(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/AmazonS3/latest/userguide/amazon-s3-policy-keys.html
    keys: Keys = {"s3:TlsVersion": "1.3", "s3:authType": "REST-HEADER", "s3:signatureversion": "AWS4-HMAC-SHA256"}
    for member, key in {
        "Prefix": "s3:prefix", "Delimiter": "s3:delimiter", "MaxKeys": "s3:max-keys", "VersionId": "s3:VersionId", "ACL": "s3:x-amz-acl",
        "ServerSideEncryption": "s3:x-amz-server-side-encryption", "SSEKMSKeyId": "s3:x-amz-server-side-encryption-aws-kms-key-id",
        "StorageClass": "s3:x-amz-storage-class", "CopySource": "s3:x-amz-copy-source", "IfNoneMatch": "s3:if-none-match",
        "IfMatch": "s3:if-match",
    }.items():
        if parameters.get(member) is not None:
            keys[key] = str(parameters[member])
    if operation.startswith("List") and "Prefix" not in parameters:
        # A request without a prefix lists everything: the key is present and empty.
        keys["s3:prefix"] = ""
    return keys


def _dynamodb(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
    from . import lookups

    table = parameters.get("TableName")
    keys: Keys = {}
    items = [each for member in ("Key", "Item") if isinstance(each := parameters.get(member), Mapping)]
    if table and items:
        key_name = lookups.partition_key(account, region, str(table))
        values = [str(next(iter(item[key_name].values()))) for item in items if key_name in item]
        if values:
            keys["dynamodb:LeadingKeys"] = values
    for member, key in {"Select": "dynamodb:Select", "ReturnValues": "dynamodb:ReturnValues",
        "ReturnConsumedCapacity": "dynamodb:ReturnConsumedCapacity"}.items():
        if member in parameters:
            keys[key] = str(parameters[member])
    return keys


def _ecs(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
    from . import lookups

    keys: Keys = {}
    arn = f"arn:aws:ecs:{region}:{account}"
    if "clusters" not in parameters and operation not in ("CreateCluster", "RegisterTaskDefinition", "TagResource"):
        keys["ecs:cluster"] = f"{arn}:cluster/{lookups.name('ecs', 'ClusterName', str(parameters.get('cluster') or 'default'))}"
    if service := parameters.get("service") or parameters.get("serviceName"):
        # type: ignore[union-attr]
        keys["ecs:service"] = f"{keys['ecs:cluster'].replace(':cluster/', ':service/')}/{lookups.name('ecs', 'ServiceName', str(service))}"
    if definition := parameters.get("taskDefinition"):
        name = lookups.name("ecs", "TaskDefinitionFamilyName", str(definition))
        keys["ecs:task-definition"] = lookups.whole(f"{arn}:task-definition/{name}" + ("" if ":" in name else ":*"))
    if "enableExecuteCommand" in parameters:
        keys["ecs:enable-execute-command"] = _bool(parameters["enableExecuteCommand"])
    return keys


def _ssm(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
    members = {"Overwrite": "ssm:Overwrite", "Recursive": "ssm:Recursive"}
    return {key: _bool(parameters[member]) for member, key in members.items() if member in parameters}


def _secretsmanager(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
    members = {
        "Name": "secretsmanager:Name", "KmsKeyId": "secretsmanager:KmsKeyId", "RecoveryWindowInDays": "secretsmanager:RecoveryWindowInDays"}
    keys: Keys = {key: str(parameters[member]) for member, key in members.items() if member in parameters}
    if "ForceDeleteWithoutRecovery" in parameters:
        keys["secretsmanager:ForceDeleteWithoutRecovery"] = _bool(parameters["ForceDeleteWithoutRecovery"])
    return keys


def _iam(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
    from . import lookups

    keys: Keys = {}
    if "PolicyArn" in parameters and operation.startswith(("Attach", "Detach")):
        keys["iam:PolicyARN"] = str(parameters["PolicyArn"])
    if "AWSServiceName" in parameters:
        keys["iam:AWSServiceName"] = str(parameters["AWSServiceName"])
    # Tags of the role as it is, or as it will be after the request.
    boundary = parameters.get("PermissionsBoundary") or lookups.boundary(account, parameters.get("RoleName"))
    if boundary:
        keys["iam:PermissionsBoundary"] = str(boundary)
    return keys


def _cloudwatch(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    return {"cloudwatch:namespace": str(parameters["Namespace"])} if "Namespace" in parameters else {}


def _ec2(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    return {"ec2:Region": region}


def _kms(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
    keys: Keys = {"kms:CallerAccount": account}
    if context := parameters.get("EncryptionContext"):
        keys.update({f"kms:EncryptionContext:{name}": str(value) for name, value in context.items()})
        keys["kms:EncryptionContextKeys"] = list(context)
    if operations := parameters.get("Operations"):
        keys["kms:GrantOperations"] = list(operations)
    if operation in ("CreateGrant", "ListGrants", "RevokeGrant"):
        keys["kms:GrantIsForAWSResource"] = "false"
    return keys


def _route53(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    # https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
    if operation != "ChangeResourceRecordSets":
        return {}
    changes = (parameters.get("ChangeBatch") or {}).get("Changes") or []
    records = [change["ResourceRecordSet"] for change in changes]
    return {
        "route53:ChangeResourceRecordSetsNormalizedRecordNames": [_normalized(str(record["Name"])) for record in records],
        "route53:ChangeResourceRecordSetsRecordTypes": [str(record["Type"]) for record in records],
        "route53:ChangeResourceRecordSetsActions": [str(change["Action"]) for change in changes],
    }


def _normalized(name: str) -> str:
    """Lower case, without the dot at the end, other characters as three octal digits: `\\052.example.com`."""
    return "".join(each if re.match(r"[a-z0-9_.-]", each) else f"\\{ord(each):03o}" for each in name.lower().removesuffix("."))


def _lambda(operation: str, parameters: Mapping[str, Any], region: str, account: str) -> Keys:
    return {"lambda:Principal": str(parameters["Principal"])} if "Principal" in parameters else {}


def _bool(value: Any) -> str:
    return "true" if value in (True, "true", "True") else "false"


_SERVICES: dict[str, Callable[[str, Mapping[str, Any], str, str], Keys]] = {
    "cloudwatch": _cloudwatch,
    "dynamodb": _dynamodb,
    "ec2": _ec2,
    "ecs": _ecs,
    "iam": _iam,
    "kms": _kms,
    "lambda": _lambda,
    "route53": _route53,
    "s3": _s3,
    "secretsmanager": _secretsmanager,
    "ssm": _ssm,
}
