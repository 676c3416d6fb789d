"""The policies that decide one permission of a principal."""

from __future__ import annotations

from . import encryption, resource_policies, stored_keys, tags
from .decision import PolicySet, Question
from .documents import Policy, PolicyKind
from .principals import Principal
from .questions import Asked


def question(asked: Asked, principal: Principal) -> Question:
    keys = {**tags.condition_keys(asked.resource), "aws:ResourceAccount": asked.account, **asked.keys}
    return Question(principal.caller, asked.action, asked.resource, asked.account, keys)


def policies(asked: Asked, principal: Principal) -> PolicySet:
    if asked.key is not None and stored_keys.is_aws_managed(asked.key.key):
        region = asked.key.key.split(":")[3]
        document = encryption.aws_managed_policy(asked.account, asked.key.service, region)
        return principal.on(Policy.of(f"AWS managed key of {asked.key.service}", PolicyKind.RESOURCE, document), must_allow=True)
    found = resource_policies.of(asked.resource)
    # A key that does not exist has no policy: AWS, and moto, then return an error that says so.
    return principal.on(*found, must_allow=bool(found) and asked.resource.startswith("arn:aws:kms:"))
