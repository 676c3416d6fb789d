"""Allowed or denied: AWS's policy evaluation logic, as pure functions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .caller import Caller, CallerKind
from .documents import Policy, PolicyKind, Statement
from .keys import Keys
from .principal_element import Grant

# "No permissions are required to perform this operation", even under an explicit deny.
# https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
_ALWAYS_ALLOWED = {"sts:getcalleridentity"}

# The owner's root user can delete a bucket policy that denies all principals.
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html
_ROOT_DESPITE_DENY = {"s3:getbucketpolicy", "s3:putbucketpolicy", "s3:deletebucketpolicy"}


@dataclass(frozen=True)
class Question:
    """One permission to decide: a caller, an action and a resource.

    action: service prefix and action ("ecs:UpdateService").
    resource: ARN, or "*" for an action without resource types.
    resource_account: account that owns the resource; empty means the caller's own.
    keys: condition keys of the request; those of the caller are added, and are overridden by these.
    """

    caller: Caller
    action: str
    resource: str
    resource_account: str = ""
    keys: Mapping[str, Any] = field(default_factory=dict)

    @property
    def same_account(self) -> bool:
        return not self.resource_account or self.resource_account == self.caller.account


@dataclass(frozen=True)
class PolicySet:
    """The policies that apply to a question.

    identity: policies of the user, its groups, or the role.
    boundary: permissions boundary, if there is one.
    session: session policies; None if none was passed, which differs from one that allows nothing.
    resource: policies of the resource (bucket, key, topic, role's trust policy); empty if it has none.
    resource_must_allow: whether identity policies count only if the resource's policy allows it: KMS keys and trust policies.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None
    resource: tuple[Policy, ...] = ()
    resource_must_allow: bool = False

    def all(self) -> Iterator[Policy]:
        yield from self.identity
        if self.boundary is not None:
            yield self.boundary
        yield from self.session or ()
        yield from self.resource


@dataclass(frozen=True)
class Decision:
    """The result, with the statements that led to it.

    statements: those that denied (one) or that together allowed (one of each kind of policy that was needed).
    lacking: the kind of policy that did not allow; None when allowed or explicitly denied.
    reason: one line for the log.
    """

    allowed: bool
    reason: str
    statements: tuple[Statement, ...] = ()
    lacking: PolicyKind | None = None

    @property
    def statement(self) -> Statement | None:
        return self.statements[0] if self.statements else None

    @property
    def explicit_deny(self) -> bool:
        return not self.allowed and bool(self.statements)


def decide(question: Question, policies: PolicySet) -> Decision:
    """Decides a question: explicit denies first, then the policies that must allow. Without a policy, only the account's root user is
    allowed.
    """
    if question.action.lower() in _ALWAYS_ALLOWED:
        return Decision(True, f"{question.action} needs no permission")
    keys = Keys(question.caller.condition_keys(), question.keys)
    if (denied := _explicit_deny(question, policies, keys)) is not None:
        return Decision(False, f"denied by {denied.label}", (denied,))
    by_resource, grant = _resource_allow(question, policies.resource, keys)
    if question.caller.kind in (CallerKind.SERVICE, CallerKind.FEDERATED, CallerKind.ANONYMOUS):
        # They have no policies of their own.
        return _allowed(by_resource) if by_resource is not None else _lacking(_kind_of_resource(policies))
    if question.same_account:
        return _same_account(question, policies, keys, by_resource, grant)
    # Two evaluations, one in each account; both must allow, in whichever way the resource's policy names the caller.
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
    own = _identity_side(question, policies, keys)
    if not own.allowed:
        return own
    return _allowed(*own.statements, by_resource) if by_resource is not None else _lacking(_kind_of_resource(policies))


def _same_account(question: Question, policies: PolicySet, keys: Keys, by_resource: Statement | None, grant: Grant) -> Decision:
    if by_resource is not None and grant is Grant.DIRECT:
        return _allowed(by_resource)
    if by_resource is not None and grant is Grant.ROLE:
        limits = _limits(question, policies, keys)
        return _allowed(by_resource, *limits.statements) if limits.allowed else limits
    # If a key policy or trust policy names the account, the account's identity policies decide; otherwise they do not count.
    # https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-root-enable-iam
    if policies.resource_must_allow and by_resource is None:
        return _lacking(_kind_of_resource(policies))
    own = _identity_side(question, policies, keys)
    return _allowed(*own.statements, by_resource) if own.allowed and policies.resource_must_allow else own


def _identity_side(question: Question, policies: PolicySet, keys: Keys) -> Decision:
    """The result in the caller's account: identity policies, limited by boundary and session policies."""
    if question.caller.kind is CallerKind.ROOT:
        return Decision(True, "allowed: root user")
    allowing = _first(question, policies.identity, keys, allows=True)
    if allowing is None:
        return _lacking(PolicyKind.IDENTITY)
    limits = _limits(question, policies, keys)
    return _allowed(allowing, *limits.statements) if limits.allowed else limits


def _limits(question: Question, policies: PolicySet, keys: Keys) -> Decision:
    """The result of permissions boundary and session policies: they allow nothing themselves, but what they do not allow is denied.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    """
    found: list[Statement] = []
    for kind, limiting in (
        (PolicyKind.BOUNDARY, None if policies.boundary is None else (policies.boundary,)),
        (PolicyKind.SESSION, policies.session),
    ):
        if limiting is None:
            continue
        allowing = _first(question, limiting, keys, allows=True)
        if allowing is None:
            return _lacking(kind)
        found.append(allowing)
    return Decision(True, "within the limits", tuple(found))


def _explicit_deny(question: Question, policies: PolicySet, keys: Keys) -> Statement | None:
    if question.caller.kind is CallerKind.ROOT and question.same_account and question.action.lower() in _ROOT_DESPITE_DENY:
        return None
    return _first(question, policies.all(), keys, allows=False)


def _first(question: Question, policies: Iterator[Policy] | tuple[Policy, ...], keys: Keys, allows: bool) -> Statement | None:
    for policy in policies:
        for statement in policy.statements:
            if statement.allows is allows and statement.grant(question.caller, question.action, question.resource, keys) is not Grant.NONE:
                return statement
    return None


def _resource_allow(question: Question, policies: tuple[Policy, ...], keys: Keys) -> tuple[Statement | None, Grant]:
    """The statement of the resource's policies that allows the request and names the caller most directly."""
    best: tuple[Statement | None, Grant] = (None, Grant.NONE)
    for policy in policies:
        for statement in policy.statements:
            if statement.allows:
                grant = statement.grant(question.caller, question.action, question.resource, keys)
                if grant > best[1]:
                    best = (statement, grant)
    return best


def _kind_of_resource(policies: PolicySet) -> PolicyKind:
    return policies.resource[0].kind if policies.resource else PolicyKind.RESOURCE


def _allowed(*statements: Statement | None) -> Decision:
    found = tuple(statement for statement in statements if statement is not None)
    return Decision(True, f"allowed by {', '.join(statement.label for statement in found)}" if found else "allowed: root user", found)


def _lacking(kind: PolicyKind) -> Decision:
    return Decision(False, f"no {kind.value} allows it", lacking=kind)
