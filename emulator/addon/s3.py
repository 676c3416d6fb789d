"""S3: bucket policies with conditions, and lifecycle rules as they were sent."""

from __future__ import annotations

import json
from typing import Any

import xmltodict
from flask import request
from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend
from moto.s3.responses import S3Response

from .registry import add, after, patch, replace

patch(
    "s3", "object operations under a bucket policy",
    "moto treats a statement whose condition it cannot evaluate as a deny: a TLS-only policy denies all access",
)
patch(
    "s3", "GetBucketLifecycleConfiguration",
    "moto drops filters by size and reorders rules; the provider then waits three minutes for the rules it sent",
)
patch(
    "s3", "PutBucketLogging",
    "moto requires permissions for log delivery first, and fails on a policy for all principals; AWS accepts any bucket of the same owner",
)
patch("s3", "DeleteObjects", "moto fails on the last delete marker of a key; a versioned bucket with deleted objects could not be emptied")

_NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/"
_SIZE_HEADER = "x-amz-transition-default-minimum-object-size"


def _without_conditions(_original: Any) -> Any:
    def get_permission(self: Any, action: str, resource: str) -> PermissionResult:
        if self.policy is None:
            return PermissionResult.NEUTRAL
        policy = json.loads(self.policy.decode())
        statements = policy["Statement"] if isinstance(policy["Statement"], list) else [policy["Statement"]]
        policy["Statement"] = [s for s in statements if not s.get("Condition")]
        return IAMPolicy(json.dumps(policy)).is_action_permitted(action, resource)

    return get_permission


def _keep_rules(backend: Any, _result: Any, bucket_name: str, rules: Any) -> None:
    size = request.headers.get(_SIZE_HEADER, "all_storage_classes_128K")
    backend.get_bucket(bucket_name).__dict__["infra_lifecycle"] = (rules, size)


def _as_sent(original: Any) -> Any:
    def get_bucket_lifecycle(self: Any) -> Any:
        bucket = self.backend.get_bucket(self.bucket_name)
        if not bucket.rules or "infra_lifecycle" not in bucket.__dict__:
            return original(self)
        rules, size = bucket.__dict__["infra_lifecycle"]
        body = xmltodict.unparse({"LifecycleConfiguration": {"@xmlns": _NAMESPACE, "Rule": rules}})
        return 200, {"Content-Type": "application/xml", _SIZE_HEADER: size}, body

    return get_bucket_lifecycle


# A delete marker has no data to release.
add(FakeDeleteMarker, "dispose", lambda _marker: None)
replace(FakeBucket, "_log_permissions_enabled_policy", lambda _original: lambda *_arguments, **_named: True)
replace(FakeBucket, "get_permission", _without_conditions)
after(S3Backend, "put_bucket_lifecycle", _keep_rules)
replace(S3Response, "get_bucket_lifecycle", _as_sent)
