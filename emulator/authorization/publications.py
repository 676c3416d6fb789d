"""Services that publish to a topic as themselves: whether the policies of the topic and of its key allow it.

https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import resource_policies, stored_keys
from .caller import Caller
from .decision import PolicySet, Question, decide

CLOUDWATCH = "cloudwatch.amazonaws.com"
EVENTBRIDGE = "events.amazonaws.com"

# Permissions that a publisher needs on a topic's key.
_KEY_ACTIONS = ("kms:GenerateDataKey", "kms:Decrypt")


def refused(service: str, source: str, topic: str) -> str | None:
    """Why a service may not publish for one of its resources (an alarm, a rule) to a topic; None if it may."""
    keys = _source_keys(service, source)
    refusal = _denied(service, "sns:Publish", topic, keys, must_allow=False)
    return refusal or _refused_by_key(service, topic, keys)


def _source_keys(service: str, source: str) -> dict[str, Any]:
    """Condition keys that the service sends; none for EventBridge.

    "You can't use Condition blocks in Amazon SNS topic policies for EventBridge":
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html#eb-sns-permissions
    "Adding the aws:SourceAccount, aws:SourceArn, and aws:SourceOrgID to a AWS KMS policy is not supported for EventBridge-to-encrypted
    topics": https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
    """
    keys: dict[str, Any] = {"aws:SecureTransport": True}
    if service != EVENTBRIDGE:
        account = source.split(":")[4]
        # The default policy of a topic has a condition on aws:SourceOwner.
        # https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html#source-account-versus-source-owner
        keys.update({"aws:SourceAccount": account, "aws:SourceArn": source, "aws:SourceOwner": account})
    return keys


def _refused_by_key(service: str, topic: str, keys: Mapping[str, Any]) -> str | None:
    named = stored_keys.of_topic(topic)
    if not named:
        return None
    arn = _key_arn(named, topic)
    if stored_keys.is_aws_managed(arn):
        # Its policy allows callers of the account through SNS, but no service: "Use a customer managed KMS key".
        return f"the topic is encrypted with {named}, which no service may use; use a customer managed key"
    key = resource_policies.kms_key(arn)
    if key is None or not key.enabled:
        return f"the topic's key {named} {'does not exist' if key is None else 'is disabled'}"
    through_sns = {**keys, "kms:EncryptionContext:aws:sns:topicArn": topic, "kms:EncryptionContextKeys": ["aws:sns:topicArn"]}
    refusals = (_denied(service, action, arn, through_sns, must_allow=True) for action in _KEY_ACTIONS)
    return next((refusal for refusal in refusals if refusal), None)


def _key_arn(named: str, topic: str) -> str:
    if named.startswith("arn:"):
        return named
    _, _, _, region, account, _ = topic.split(":", 5)
    return f"arn:aws:kms:{region}:{account}:{named if named.startswith('alias/') else f'key/{named}'}"


def _denied(service: str, action: str, resource: str, keys: Mapping[str, Any], must_allow: bool) -> str | None:
    question = Question(Caller.of_service(service), action, resource, resource_policies.owner(resource), keys)
    decision = decide(question, PolicySet(resource=resource_policies.of(resource), resource_must_allow=must_allow))
    return None if decision.allowed else f"{action} on {resource}: {decision.reason}"
