"""The principal of a request, with its condition keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any


class CallerKind(Enum):
    """The kind of a principal. Values are those of aws:PrincipalType, if AWS has one.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable
    """

    ROOT = "Account"
    USER = "User"
    ROLE = "AssumedRole"
    SERVICE = "Service"
    FEDERATED = "Federated"
    ANONYMOUS = "Anonymous"


@dataclass(frozen=True)
class Caller:
    """A principal that makes a request.

    kind: type of principal.
    arn: for a role the session's ARN; for a user or root its own; for an identity provider its ARN; for a service its name.
    account: 12 digits; empty for a service, an identity provider and an anonymous caller.
    principal_arn: for a role the role's ARN, with its path; else as arn.
    service: name of the service principal ("events.amazonaws.com").
    keys: condition keys of this principal: session and principal tags, user id, claims of a token.
    """

    kind: CallerKind
    arn: str
    account: str = ""
    principal_arn: str = ""
    service: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    @staticmethod
    def root(account: str) -> Caller:
        """The account's root user. The emulator also uses it for an administrator: a 12-digit access key id."""
        arn = f"arn:aws:iam::{account}:root"
        return Caller(CallerKind.ROOT, arn, account, arn, keys={"aws:userid": account})

    @staticmethod
    def user(arn: str, **keys: Any) -> Caller:
        name = arn.rsplit("/", 1)[-1]
        return Caller(CallerKind.USER, arn, arn.split(":")[4], arn, keys={"aws:username": name, **keys})

    @staticmethod
    def role(role_arn: str, session: str, keys: Mapping[str, Any] | None = None) -> Caller:
        account, name = role_arn.split(":")[4], role_arn.rsplit("/", 1)[-1]
        arn = f"arn:aws:sts::{account}:assumed-role/{name}/{session}"
        return Caller(CallerKind.ROLE, arn, account, role_arn, keys=dict(keys or {}))

    @staticmethod
    def of_service(name: str) -> Caller:
        """An AWS service that acts as itself, without a role: it has no account and no policies of its own."""
        return Caller(CallerKind.SERVICE, name, service=name)

    @staticmethod
    def federated(provider: str, keys: Mapping[str, Any] | None = None) -> Caller:
        """A federated principal that an identity provider authenticated; provider: its ARN, or its name ("accounts.google.com")."""
        return Caller(CallerKind.FEDERATED, provider, keys=dict(keys or {}))

    @staticmethod
    def anonymous() -> Caller:
        return Caller(CallerKind.ANONYMOUS, "anonymous", keys={"aws:userid": "anonymous"})

    def condition_keys(self) -> dict[str, Any]:
        """Condition keys that every request of this principal has, whatever the action.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principal-properties
        """
        if self.kind is CallerKind.SERVICE:
            return {"aws:PrincipalIsAWSService": True, "aws:PrincipalServiceName": self.service, **self.keys}
        known: dict[str, Any] = {"aws:PrincipalIsAWSService": False}
        if self.kind is not CallerKind.FEDERATED:
            known["aws:PrincipalType"] = self.kind.value
        if self.principal_arn:
            known.update({"aws:PrincipalArn": self.principal_arn, "aws:PrincipalAccount": self.account})
        return {**known, **self.keys}
