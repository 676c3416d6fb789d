"""Resource policies: from a resource's ARN to the policies that are attached to it, read from moto's models in this process."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from .documents import Policy, PolicyKind
from .lookups import backend

Parts = list[str]


def of(resource: str) -> tuple[Policy, ...]:
    """The policies of a resource; empty for one that has none, or that does not exist yet."""
    parts = resource.split(":", 5)
    find = _SERVICES.get(parts[2]) if len(parts) == 6 else None
    return tuple(find(parts, resource)) if find else ()


def owner(resource: str) -> str:
    """Account that owns a resource; for buckets and objects, whose ARNs do not contain it, from S3. Empty if the bucket does not exist."""
    parts = resource.split(":", 5)
    if len(parts) == 6 and parts[2] == "s3" and not parts[4]:
        from moto.s3.models import s3_backends

        found = s3_backends.bucket_accounts.get(parts[5].split("/")[0])
        return str(found[1]) if found else ""
    return parts[4] if len(parts) == 6 else ""


def kms_key(resource: str) -> Any:
    """moto's key for the ARN of a key or of an alias; None if it does not exist."""
    parts = resource.split(":", 5)
    keys = backend("kms", parts[4], parts[3]).keys
    by_id = keys.get(parts[5].removeprefix("key/"))
    return by_id or next((each for each in keys.values() if parts[5] in each.aliases), None)


def _policy(name: str, document: str | bytes | None) -> Iterator[Policy]:
    if document:
        yield Policy.of(name, PolicyKind.RESOURCE, document.decode() if isinstance(document, bytes) else document)


def _bucket(parts: Parts, resource: str) -> Iterator[Policy]:
    name, account = parts[5].split("/")[0], owner(resource)
    bucket = backend("s3", account, "aws").buckets.get(name) if account else None
    if bucket is not None:
        yield from _policy(f"bucket {name}", bucket.policy)


def _key(parts: Parts, resource: str) -> Iterator[Policy]:
    """A key by id, or by an alias of it. Grants exist in addition to the key policy and allow as it does.

    https://docs.aws.amazon.com/kms/latest/developerguide/grants.html
    """
    key = kms_key(resource)
    if key is None:
        return
    yield from _policy(f"key {key.id}", key.policy)
    for grant in key.grants.values():
        yield from _policy(f"grant {grant.id[:8]}", json.dumps({"Version": "2012-10-17", "Statement": [_grant(grant)]}))


def _grant(grant: Any) -> dict[str, Any]:
    # https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html
    principal = grant.grantee_principal
    conditions = {}
    constraints = grant.constraints or {}
    for context in (constraints.get("EncryptionContextSubset"), constraints.get("EncryptionContextEquals")):
        conditions.update({f"kms:EncryptionContext:{name}": value for name, value in (context or {}).items()})
    return {
        "Effect": "Allow",
        "Principal": {"Service" if principal.endswith(".amazonaws.com") else "AWS": principal},
        "Action": [f"kms:{operation}" for operation in grant.operations],
        "Resource": "*",
        **({"Condition": {"StringEquals": conditions}} if conditions else {}),
    }


def _topic(parts: Parts, resource: str) -> Iterator[Policy]:
    topic = backend("sns", parts[4], parts[3]).topics.get(resource)
    if topic is not None:
        yield from _policy(f"topic {parts[5]}", topic.policy)


def _queue(parts: Parts, _resource: str) -> Iterator[Policy]:
    queue = backend("sqs", parts[4], parts[3]).queues.get(parts[5])
    if queue is not None:
        yield from _policy(f"queue {parts[5]}", queue.policy)


def _secret(parts: Parts, resource: str) -> Iterator[Policy]:
    for secret in backend("secretsmanager", parts[4], parts[3]).secrets.values():
        if secret.arn == resource:
            yield from _policy(f"secret {secret.name}", secret.policy)


def _repository(parts: Parts, _resource: str) -> Iterator[Policy]:
    name = parts[5].removeprefix("repository/")
    repository = backend("ecr", parts[4], parts[3]).repositories.get(name)
    if repository is not None:
        yield from _policy(f"repository {name}", repository.policy)


def _table(parts: Parts, resource: str) -> Iterator[Policy]:
    # The policy of a table also applies to its indexes.
    table = resource.split("/index/")[0]
    found = backend("dynamodb", parts[4], parts[3]).resource_policies.get(table)
    if found is not None:
        yield from _policy(f"table {table.rsplit('/', 1)[-1]}", found.policy_doc)


def _lambda(parts: Parts, resource: str) -> Iterator[Policy]:
    """A layer's version, or a function; moto stores their statements without a document."""
    kind, _, name = parts[5].partition(":")
    found = backend("lambda", parts[4], parts[3])
    if kind == "layer":
        layer, _, version = name.partition(":")
        owners = [each for each in found.list_layer_versions(layer) if str(each.version) == version] if version else []
    else:
        owners = [each for each in found.list_functions() if each.function_arn.split(":")[6] == name.split(":")[0]]
    for each in owners:
        if each.policy is not None and each.policy.statements:
            statements = [_with_principal(statement) for statement in each.policy.statements]
            yield from _policy(f"{kind} {name}", json.dumps({"Version": "2012-10-17", "Statement": statements}))


def _with_principal(statement: dict[str, Any]) -> dict[str, Any]:
    """moto stores the account of a layer's permission as it was sent; AWS writes {"AWS": …}."""
    principal = statement.get("Principal")
    return {**statement, "Principal": {"AWS": principal}} if isinstance(principal, str) else statement


def _logs(parts: Parts, _resource: str) -> Iterator[Policy]:
    """Resource policies of CloudWatch Logs: they belong to an account and region, and name the log groups in their statements."""
    for policy in backend("logs", parts[4], parts[3]).resource_policies.values():
        yield from _policy(f"logs {policy.policy_name}", policy.policy_document)


_SERVICES: dict[str, Callable[[Parts, str], Iterator[Policy]]] = {
    "dynamodb": _table,
    "ecr": _repository,
    "kms": _key,
    "lambda": _lambda,
    "logs": _logs,
    "s3": _bucket,
    "secretsmanager": _secret,
    "sns": _topic,
    "sqs": _queue,
}
