"""Finds the caller of an access key and its policies, in moto's models in this process."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from . import managed_policies
from .authentication import AuthenticationError, Failure
from .caller import Caller
from .decision import PolicySet
from .documents import Policy, PolicyKind

_ACCOUNT = re.compile(r"\d{12}")
PARTITION = "aws"


@dataclass(frozen=True)
class Principal:
    """A caller with its own policies: identity policies, permissions boundary, session policies."""

    caller: Caller
    policies: PolicySet = PolicySet()

    def on(self, *resource: Policy, must_allow: bool = False) -> PolicySet:
        """The policies that apply to a resource: the principal's own and the resource's."""
        return PolicySet(self.policies.identity, self.policies.boundary, self.policies.session, tuple(resource), must_allow)


def authenticate(access_key_id: str | None, session_token: str | None = None) -> Principal:
    """The principal of a request's credentials; raises AuthenticationError for keys that were not issued.

    A 12-digit access key id is the root user (the administrator) of that account. An unsigned request is anonymous.
    Signatures are not verified: the secret key of a request is never sent.
    """
    if access_key_id is None:
        return Principal(Caller.anonymous())
    if _ACCOUNT.fullmatch(access_key_id):
        return Principal(Caller.root(access_key_id))
    from moto.iam.models import iam_backends

    for account in list(iam_backends):
        iam = iam_backends[account][PARTITION]
        key = iam.access_keys.get(access_key_id)
        if key is not None and key.user_name is None:
            return _session(account, access_key_id, session_token)
        if key is not None:
            if session_token:
                raise AuthenticationError(Failure.INVALID, f"{access_key_id} is a user's key and has no session token")
            if key.status != "Active":
                raise AuthenticationError(Failure.INVALID, f"{access_key_id} is {key.status}")
            return of_user(account, key.user_name)
    raise AuthenticationError(Failure.INVALID, f"access key {access_key_id} was not issued")


def of_user(account: str, name: str) -> Principal:
    """An IAM user with its policies and those of its groups. moto does not store permissions boundaries of users."""
    from moto.iam.models import iam_backends

    iam = iam_backends[account][PARTITION]
    user = next((each for each in iam.users.values() if each.name == name), None)
    if user is None:
        raise AuthenticationError(Failure.INVALID, f"user {name} does not exist in {account}")
    holders = [user, *(group for group in iam.groups.values() if user in group.users)]
    keys = {"aws:userid": user.id, **_tags("aws:PrincipalTag", user.tags)}
    identity = tuple(policy for holder in holders for policy in _identity(holder))
    return Principal(Caller.user(user.arn, **keys), PolicySet(identity))


def role(arn: str) -> Any:
    """moto's model of a role; None if it does not exist."""
    from moto.iam.models import iam_backends

    account = arn.split(":")[4] if arn.count(":") >= 5 else ""
    # Looking up an account without data would create it.
    if account not in iam_backends:
        return None
    return next((each for each in iam_backends[account][PARTITION].roles.values() if each.arn == arn), None)


def of_role(found: Any, session_name: str, keys: dict[str, Any] | None = None, session: tuple[Policy, ...] | None = None) -> Principal:
    """A session of a role. keys: condition keys of the session, which override the role's own; session: its session policies."""
    known = {
        "aws:userid": f"{found.id}:{session_name}",
        # Present with temporary credentials only.
        # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
        "aws:MultiFactorAuthPresent": False,
        **_tags("aws:PrincipalTag", found.tags),
        **(keys or {}),
    }
    return Principal(Caller.role(found.arn, session_name, known), PolicySet(tuple(_identity(found)), _boundary(found), session))


def trust_policy(found: Any) -> Policy:
    return Policy.of(f"{found.name} trust policy", PolicyKind.TRUST, found.assume_role_policy_document)


def resource_tags(found: Any) -> dict[str, str]:
    """Condition keys for the tags of a role as a resource, under both names that AWS has for them."""
    return {**_tags("aws:ResourceTag", found.tags), **_tags("iam:ResourceTag", found.tags)}


def _session(account: str, access_key_id: str, session_token: str | None) -> Principal:
    from moto.sts.models import sts_backends

    session = sts_backends[account][PARTITION].get_assumed_role_from_access_key(access_key_id)
    if session is None or session.session_token != session_token:
        raise AuthenticationError(Failure.INVALID, f"the session token is not the one issued with {access_key_id}")
    if _utc(session.expiration) <= datetime.datetime.now(datetime.timezone.utc):
        raise AuthenticationError(Failure.EXPIRED, f"the session {session.arn} ended at {session.expiration}")
    found = role(session.role_arn)
    if found is None:
        raise AuthenticationError(Failure.INVALID, f"the role of the session {session.arn} no longer exists")
    details = session.__dict__.get("infra_session", {})
    return of_role(found, session.session_name, details.get("keys"), _session_policies(session, details.get("policy_arns", ())))


def _session_policies(session: Any, arns: Iterable[str]) -> tuple[Policy, ...] | None:
    """Session policies; None if none were passed: then only the role's own policies count."""
    passed = [Policy.of(f"{session.session_name} session policy", PolicyKind.SESSION, session.policy)] if session.policy else []
    passed += [managed_policies.by_arn(session.account_id, arn, PolicyKind.SESSION) for arn in arns]
    return tuple(passed) or None


def _identity(holder: Any) -> Iterable[Policy]:
    """Inline and attached policies of a user, group or role."""
    for name, document in holder.policies.items():
        yield Policy.of(f"{holder.name}/{name}", PolicyKind.IDENTITY, document)
    # Sorted by name: Terraform attaches them in varying order, and the log names the first of two statements that allow.
    for _, attached in sorted(holder.managed_policies.items()):
        yield managed_policies.of(attached, PolicyKind.IDENTITY)


def _boundary(holder: Any) -> Policy | None:
    arn = holder.permissions_boundary_arn
    return managed_policies.by_arn(holder.account_id, arn, PolicyKind.BOUNDARY) if arn else None


def _tags(prefix: str, tags: Any) -> dict[str, str]:
    """Tags of a role or user; moto stores those of roles as a mapping and those of users as a list."""
    listed = tags.values() if isinstance(tags, dict) else tags or ()
    return {f"{prefix}/{tag['Key']}": tag["Value"] for tag in listed}


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)
