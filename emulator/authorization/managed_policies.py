"""Managed policies: customer managed, and AWS managed with the dates of their versions.

The documents of AWS managed policies are those in moto (made by `make aws_managed_policies` from iam:GetAccountAuthorizationDetails).
"""

from __future__ import annotations

from typing import Any

from .documents import Policy, PolicyKind
from .errors import PolicyError

# AWS managed policies that synthesized stacks attach: version and date of the document that was compared with what the stacks need.
# Another moto version has another document: a test reports it, so that the change is reviewed.
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
    """A managed policy that an account attached; a missing one is an error, since AWS does not delete a policy in use."""
    from moto.iam.models import iam_backends

    found = iam_backends[account]["aws"].managed_policies.get(arn)
    if found is None:
        raise PolicyError(f"policy {arn} does not exist for account {account}")
    return of(found, kind)
