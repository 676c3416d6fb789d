"""Managed policies: the customer's own, and AWS's with the dates of their texts.

AWS's texts are those that moto carries (made by `make aws_managed_policies` from iam:GetAccountAuthorizationDetails).
"""

from __future__ import annotations

from typing import Any

from .documents import Policy, PolicyKind
from .errors import PolicyError

# AWS-managed policies that synthesized stacks attach: version and date of the text that was compared with what the stacks need.
# An older moto has an older text, a newer one a newer: a test says which, so that a change is looked at.
# https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html
REVIEWED: dict[str, tuple[str, str]] = {
    # https://docs.aws.amazon.com/aws-managed-policy/latest/reference/ReadOnlyAccess.html
    "ReadOnlyAccess": ("v182", "2026-04-03"),
}


def of(policy: Any, kind: PolicyKind) -> Policy:
    """The default version of one of moto's managed policies."""
    text = next((version.document for version in policy.versions if version.version_id == policy.default_version_id), None)
    if text is None:
        raise PolicyError(f"{policy.arn} has no version {policy.default_version_id}")
    return Policy.of(policy.name, kind, text)


def by_arn(account: str, arn: str, kind: PolicyKind) -> Policy:
    """A managed policy as an account sees it; one that is gone is an error, since AWS does not delete a policy in use."""
    from moto.iam.models import iam_backends

    found = iam_backends[account]["aws"].managed_policies.get(arn)
    if found is None:
        raise PolicyError(f"there is no policy {arn} for account {account}")
    return of(found, kind)
