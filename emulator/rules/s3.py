"""S3: bucket policies that are well-formed, and not public if the bucket blocks public policies; replication between versioned buckets."""

from __future__ import annotations

from typing import Any

from api import ApiRequest
from api.errors import ApiError

from .policies import listed, missing_principal, parse, resource_policy_problem, statements
from .registry import account, backend, rule

_POLICY = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html"
_PUBLIC = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html"
_REPLICATION = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html"

# A statement with a condition on one of these is not public, as long as the values are fixed.
_CONFINING = (
    "aws:principalorgid", "aws:principalarn", "aws:sourceaccount", "aws:sourcearn", "aws:sourcevpc", "aws:sourcevpce",
    "aws:principalaccount",
    "aws:sourceip", "aws:userid", "aws:sourceorgid", "s3:dataaccesspointaccount", "s3:dataaccesspointarn",
)


def _malformed(message: str) -> ApiError:
    return ApiError("MalformedPolicy", message, 400)


@rule("s3", "PutBucketPolicy", source=_POLICY)
def bucket_policy_is_well_formed(request: ApiRequest) -> ApiError | None:
    text = request.parameters.get("Policy", "")
    document = parse(text)
    if document is None:
        return _malformed("Policies must be valid JSON and the first byte must be '{'")
    if problem := resource_policy_problem(text):
        return _malformed(f"The policy is malformed: {problem}")
    bucket = f"arn:aws:s3:::{request.parameters['Bucket']}"
    for statement in statements(document):
        resources = listed(statement.get("Resource", statement.get("NotResource")))
        if not resources or any(resource != bucket and not resource.startswith(f"{bucket}/") for resource in resources):
            return _malformed("Policy has invalid resource")
        if "Action" in statement and not _applies(listed(statement["Action"]), resources):
            return _malformed("Action does not apply to any resource(s) in statement")
    return _malformed("Invalid principal in policy") if missing_principal(document) else None


def _applies(actions: list[str], resources: list[str]) -> bool:
    """Whether at least one action has a resource of its type: actions on objects need an object ARN."""
    below = any("/" in resource for resource in resources)
    bucket = any("/" not in resource for resource in resources)
    return any("*" in action or (below if _is_on_objects(action) else bucket) for action in actions)


def _is_on_objects(action: str) -> bool:
    name = action.partition(":")[2]
    if "BucketObjectLock" in name:
        return False
    return "Object" in name or name in (
        "AbortMultipartUpload", "ListMultipartUploadParts", "BypassGovernanceRetention", "ReplicateDelete", "ReplicateTags")


@rule("s3", "PutBucketPolicy", source=_PUBLIC)
def public_policy_is_not_blocked(request: ApiRequest) -> ApiError | None:
    bucket = backend(request, "s3", "aws").buckets.get(request.parameters["Bucket"])
    settings = [bucket.public_access_block if bucket else None, backend(request, "s3control", "aws").public_access_block]
    if not any(_blocks(each) for each in settings) or not any(map(_is_public, statements(parse(request.parameters["Policy"]) or {}))):
        return None
    message = (
        f"User: arn:aws:iam::{account(request)}:root is not authorized to perform: s3:PutBucketPolicy on resource: "
        f"\"arn:aws:s3:::{request.parameters['Bucket']}\" because public policies are prevented by the BlockPublicPolicy setting "
        "in S3 Block Public Access."
    )
    return ApiError("AccessDenied", message, 403)


def _blocks(settings: Any) -> bool:
    if settings is None:
        return False
    value = settings.get("BlockPublicPolicy") if isinstance(settings, dict) else settings.block_public_policy
    return value in (True, "true")


def _is_public(statement: dict[str, Any]) -> bool:
    principal = statement.get("Principal")
    everybody = principal == "*" or (isinstance(principal, dict) and "*" in listed(principal.get("AWS")))
    keys = {key.lower() for condition in statement.get("Condition", {}).values() for key in condition}
    return statement.get("Effect") == "Allow" and everybody and not keys & set(_CONFINING)


@rule("s3", "PutBucketReplication", source=_REPLICATION)
def replication_is_between_versioned_buckets(request: ApiRequest) -> ApiError | None:
    for each in request.parameters["ReplicationConfiguration"]["Rules"]:
        name = each["Destination"]["Bucket"].rpartition(":")[2]
        bucket = _anywhere(name)
        if bucket is None:
            return ApiError("InvalidRequest", "Destination bucket must exist.", 400)
        if not bucket.is_versioned:
            return ApiError("InvalidRequest", "Destination bucket must have versioning enabled.", 400)
    return None


def _anywhere(name: str) -> Any:
    """A bucket of any account: bucket names are global."""
    from moto.backends import get_backend

    return next((regions["aws"].buckets[name] for regions in get_backend("s3").values() if name in regions["aws"].buckets), None)
