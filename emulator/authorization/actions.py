"""The IAM actions that an operation requires, if they differ from the operation's name.

Most operations require the action of the same name: ecs UpdateService requires ecs:UpdateService. The exceptions are listed here, each with
its
source.
"""

from __future__ import annotations

from typing import Any

from . import table_requests

# Prefix of a service's actions, if it is not the name with which requests are signed.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_PREFIXES = {
    "email": "ses",
    "monitoring": "cloudwatch",
    "tagging": "tag",
}

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
_S3 = {
    "AbortMultipartUpload": ["AbortMultipartUpload"],
    "CompleteMultipartUpload": ["PutObject"],
    "CreateMultipartUpload": ["PutObject"],
    "DeleteBucketCors": ["PutBucketCORS"],
    "DeleteBucketEncryption": ["PutEncryptionConfiguration"],
    "DeleteBucketLifecycle": ["PutLifecycleConfiguration"],
    "DeleteBucketOwnershipControls": ["PutBucketOwnershipControls"],
    "DeleteBucketReplication": ["PutReplicationConfiguration"],
    "DeleteBucketTagging": ["PutBucketTagging"],
    "DeletePublicAccessBlock": ["PutBucketPublicAccessBlock"],
    "GetBucketAccelerateConfiguration": ["GetAccelerateConfiguration"],
    "GetBucketAnalyticsConfiguration": ["GetAnalyticsConfiguration"],
    "GetBucketCors": ["GetBucketCORS"],
    "GetBucketEncryption": ["GetEncryptionConfiguration"],
    "GetBucketIntelligentTieringConfiguration": ["GetIntelligentTieringConfiguration"],
    "GetBucketInventoryConfiguration": ["GetInventoryConfiguration"],
    "GetBucketLifecycle": ["GetLifecycleConfiguration"],
    "GetBucketLifecycleConfiguration": ["GetLifecycleConfiguration"],
    "GetBucketMetricsConfiguration": ["GetMetricsConfiguration"],
    "GetBucketNotificationConfiguration": ["GetBucketNotification"],
    "GetBucketReplication": ["GetReplicationConfiguration"],
    "GetObjectLockConfiguration": ["GetBucketObjectLockConfiguration"],
    "GetPublicAccessBlock": ["GetBucketPublicAccessBlock"],
    "HeadBucket": ["ListBucket"],
    "ListBuckets": ["ListAllMyBuckets"],
    "ListMultipartUploads": ["ListBucketMultipartUploads"],
    "ListObjectVersions": ["ListBucketVersions"],
    "ListObjects": ["ListBucket"],
    "ListObjectsV2": ["ListBucket"],
    "ListParts": ["ListMultipartUploadParts"],
    "PutBucketAccelerateConfiguration": ["PutAccelerateConfiguration"],
    "PutBucketCors": ["PutBucketCORS"],
    "PutBucketEncryption": ["PutEncryptionConfiguration"],
    "PutBucketLifecycle": ["PutLifecycleConfiguration"],
    "PutBucketLifecycleConfiguration": ["PutLifecycleConfiguration"],
    "PutBucketNotificationConfiguration": ["PutBucketNotification"],
    "PutBucketReplication": ["PutReplicationConfiguration"],
    "PutObjectLockConfiguration": ["PutBucketObjectLockConfiguration"],
    "PutPublicAccessBlock": ["PutBucketPublicAccessBlock"],
    "UploadPart": ["PutObject"],
}

# Operations on one version of an object have actions of their own.
_S3_OF_A_VERSION = {
    "DeleteObject": "DeleteObjectVersion",
    "DeleteObjectTagging": "DeleteObjectVersionTagging",
    "GetObject": "GetObjectVersion",
    "GetObjectAcl": "GetObjectVersionAcl",
    "GetObjectTagging": "GetObjectVersionTagging",
    "HeadObject": "GetObjectVersion",
    "PutObjectAcl": "PutObjectVersionAcl",
    "PutObjectTagging": "PutObjectVersionTagging",
}

_OTHERS: dict[tuple[str, str], list[str]] = {
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbudgetservice.html
    ("budgets", "CreateBudget"): ["budgets:ModifyBudget"],
    ("budgets", "CreateNotification"): ["budgets:ModifyBudget"],
    ("budgets", "CreateSubscriber"): ["budgets:ModifyBudget"],
    ("budgets", "DeleteBudget"): ["budgets:ModifyBudget"],
    ("budgets", "DeleteNotification"): ["budgets:ModifyBudget"],
    ("budgets", "DeleteSubscriber"): ["budgets:ModifyBudget"],
    ("budgets", "DescribeBudget"): ["budgets:ViewBudget"],
    ("budgets", "DescribeBudgets"): ["budgets:ViewBudget"],
    ("budgets", "DescribeNotificationsForBudget"): ["budgets:ViewBudget"],
    ("budgets", "DescribeSubscribersForNotification"): ["budgets:ViewBudget"],
    ("budgets", "UpdateBudget"): ["budgets:ModifyBudget"],
    ("budgets", "UpdateNotification"): ["budgets:ModifyBudget"],
    ("budgets", "UpdateSubscriber"): ["budgets:ModifyBudget"],
    # Its tags require cloudfront:TagResource (tagging.py).
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudfront.html
    ("cloudfront", "CreateDistributionWithTags"): ["cloudfront:CreateDistribution"],
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
    ("lambda", "GetLayerVersionByArn"): ["lambda:GetLayerVersion"],
    ("lambda", "Invoke"): ["lambda:InvokeFunction"],
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    ("s3control", "DeletePublicAccessBlock"): ["s3:PutAccountPublicAccessBlock"],
    ("s3control", "GetPublicAccessBlock"): ["s3:GetAccountPublicAccessBlock"],
    ("s3control", "PutPublicAccessBlock"): ["s3:PutAccountPublicAccessBlock"],
    # https://docs.aws.amazon.com/bedrock/latest/userguide/inference-prereq.html
    ("bedrock-runtime", "Converse"): ["bedrock:InvokeModel"],
    ("bedrock-runtime", "ConverseStream"): ["bedrock:InvokeModelWithResponseStream"],
}


def of(service: str, signing_name: str, operation: str, parameters: dict[str, Any]) -> list[str]:
    """Names of the actions that an operation requires: ["ecs:UpdateService"].

    service: botocore's name of the service ("elbv2"), signing_name: the name in the signature ("elasticloadbalancing").
    """
    if service == "s3":
        return [f"s3:{name}" for name in _s3(operation, parameters)]
    if service == "dynamodb":
        return [f"dynamodb:{name}" for name in table_requests.actions(operation, parameters)]
    if exception := _OTHERS.get((service, operation)):
        return exception
    return [f"{prefix(signing_name)}:{operation}"]


def prefix(signing_name: str) -> str:
    """Prefix of a service's actions in policies."""
    return _PREFIXES.get(signing_name, signing_name)


def _s3(operation: str, parameters: dict[str, Any]) -> list[str]:
    if parameters.get("VersionId") and operation in _S3_OF_A_VERSION:
        return [_S3_OF_A_VERSION[operation]]
    if operation == "HeadObject":
        return ["GetObject"]
    if operation == "DeleteObjects":
        objects = parameters.get("Delete", {}).get("Objects", [])
        return sorted({"DeleteObjectVersion" if each.get("VersionId") else "DeleteObject" for each in objects}) or ["DeleteObject"]
    if operation in ("CopyObject", "UploadPartCopy"):
        # Reading the source is a separate permission, on another object.
        return ["PutObject"]
    if operation == "PutObject" and parameters.get("Tagging"):
        return ["PutObject", "PutObjectTagging"]
    return _S3.get(operation, [operation])
