"""All permissions that a request needs: its own action, tags, passed roles, keys, and service-linked roles that AWS creates for it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from . import actions, encryption, forwarded, passed_roles, reference, request_keys, resources, service_linked_roles, tagging
from .resource_policies import owner


class UnknownAction(Exception):
    """An operation whose action is in neither the service authorization reference nor the table of exceptions: an error, never allowed."""


@dataclass(frozen=True)
class Asked:
    """One permission. key: how a KMS key is used through a service; None for everything else."""

    action: str
    resource: str
    account: str
    keys: Mapping[str, Any] = field(default_factory=dict)
    key: encryption.KeyUse | None = None


def of(service: str, signing_name: str, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[Asked]:
    """All permissions of a request, the one for its own action first.

    service: botocore's name ("elbv2"); account: the caller's.
    """
    return list(_Request(service, signing_name, operation, dict(parameters), region, account).asked())


class _Request:
    def __init__(self, service: str, signing_name: str, operation: str, parameters: dict[str, Any], region: str, account: str) -> None:
        self._service = service
        self._signing_name = signing_name
        self._prefix = actions.prefix(signing_name)
        self._operation = operation
        self._parameters = parameters
        self._region = region
        self._account = account
        self._keys = {**of_every_request(region), **request_keys.of(self._prefix, operation, parameters, region, account)}

    def asked(self) -> Iterator[Asked]:
        arns: list[str] = []
        for name in actions.of(self._service, self._signing_name, self._operation, self._parameters):
            known = self._known(name)
            found = self._resources(known, self._operation)
            arns += found
            yield from (self._ask(name, arn, self._keys if known.tags(arn) else request_keys.without_tags(self._keys)) for arn in found)
        yield from self._copied()
        yield from self._tags(arns)
        yield from self._forwarded()
        for role in passed_roles.of(self._prefix, self._operation, self._parameters, self._account, self._region):
            yield self._pass_role(role.arn, role.service)
        yield from self._service_linked_role()
        for use in encryption.of(self._prefix, self._operation, self._parameters, self._account, self._region):
            yield from of_key(use, self._region, self._account)

    def _known(self, name: str) -> reference.Action:
        prefix, _, action = name.partition(":")
        known = reference.action(prefix, action)
        if known is None:
            raise UnknownAction(
                f"{name}: no such action in the service authorization reference, and no exception for {self._service} {self._operation}")
        return known

    def _resources(self, known: reference.Action, operation: str) -> list[str]:
        return resources.of(known, operation, self._parameters, self._region, self._account)

    def _ask(self, action: str, arn: str, keys: Mapping[str, Any]) -> Asked:
        return Asked(action, arn, owner(arn) or self._account, keys)

    def _copied(self) -> Iterator[Asked]:
        """Copying an object requires permission to read its source. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html"""
        source = self._parameters.get("CopySource")
        if self._service == "s3" and source:
            path = source if isinstance(source, str) else f"{source.get('Bucket')}/{source.get('Key')}"
            yield self._ask("s3:GetObject", f"arn:aws:s3:::{path.removeprefix('/').split('?')[0]}", self._keys)

    def _tags(self, arns: list[str]) -> Iterator[Asked]:
        tag = tagging.action(self._prefix, self._operation)
        if tag is None or self._operation in ("CreateTags", tag):
            return
        action = f"{self._prefix}:{tag}"
        for arn in self._tagged(action, arns):
            kind = arn.split(":", 5)[-1].split("/")[0] if self._prefix == "ec2" else None
            tags = request_keys.request_tags(self._parameters, kind)
            if tags:
                keys = {**self._keys, **{f"aws:RequestTag/{name}": value for name, value in tags.items()}, "aws:TagKeys": list(tags)}
                keys[f"{self._prefix}:CreateAction"] = self._operation
                yield self._ask(action, arn, keys)

    def _tagged(self, action: str, arns: list[str]) -> list[str]:
        """The resource to tag: the one that is created; it has no ARN yet if the action that creates it has no resource type."""
        other = tagging.MADE_FROM_ANOTHER.get((self._prefix, self._operation))
        if arns != [resources.EVERYTHING] and not other:
            return arns
        known = reference.action(*action.split(":"))
        kinds = {kind.name: kind for kind in known.resource_types} if known else {}
        made = kinds.get(other or tagging.MADE.get(self._prefix, "")) or (next(iter(kinds.values())) if len(kinds) == 1 else None)
        return [resources.made(made, self._prefix, self._parameters, self._region, self._account)] if made else arns

    def _forwarded(self) -> Iterator[Asked]:
        via = {**of_every_request(self._region), "aws:ViaAWSService": "true", "aws:CalledVia": ["cloudformation.amazonaws.com"]}
        for request in forwarded.of(self._prefix, self._operation, self._parameters, self._account, self._region):
            name = f"{request.service}:{request.operation}"
            yield from (self._ask(name, arn, via) for arn in self._resources(self._known(name), f"Create{request.operation}"))
            if request.role is not None:
                yield self._pass_role(request.role, f"{request.service}.amazonaws.com")

    def _pass_role(self, arn: str, service: str) -> Asked:
        return self._ask("iam:PassRole", arn, {**of_every_request(self._region), "iam:PassedToService": service})

    def _service_linked_role(self) -> Iterator[Asked]:
        needed = service_linked_roles.of(self._prefix, self._operation)
        if needed is None or service_linked_roles.exists(self._account, needed[0]):
            return
        arn = service_linked_roles.arn(self._account, *needed)
        yield self._ask("iam:CreateServiceLinkedRole", arn, {**of_every_request(self._region), "iam:AWSServiceName": needed[0]})

def of_key(use: encryption.KeyUse, region: str, account: str) -> Iterator[Asked]:
    """The permissions on a key that a service uses on behalf of its caller. region: where the service is; account: the caller's."""
    keys: dict[str, Any] = {
        **of_every_request(region),
        "aws:ViaAWSService": "true",
        "kms:ViaService": f"{use.service}.{region}.amazonaws.com",
        "kms:CallerAccount": account,
        "kms:EncryptionContextKeys": list(use.context),
        **{f"kms:EncryptionContext:{name}": value for name, value in use.context.items()},
    }
    for action in use.actions:
        of_grant = {"kms:GrantIsForAWSResource": "true"} if action == "CreateGrant" else {}
        yield Asked(f"kms:{action}", use.key, owner(use.key) or account, {**keys, **of_grant}, use)


def of_every_request(region: str) -> dict[str, Any]:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html"""
    now = datetime.datetime.now(datetime.timezone.utc)
    return {
        "aws:CurrentTime": now,
        "aws:EpochTime": int(now.timestamp()),
        "aws:RequestedRegion": region,
        # The emulator's HTTP on loopback counts as AWS's HTTPS.
        "aws:SecureTransport": "true",
        "aws:SourceIp": "127.0.0.1",
        "aws:ViaAWSService": "false",
    }
