"""KMS: key policies that leave the key manageable and name principals that exist."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .policies import covers, listed, missing_principal, parse, resource_policy_problem, statements
from .registry import account, rule

_PUT = "https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html"


def _malformed(message: str) -> ApiError:
    return ApiError("MalformedPolicyDocumentException", message, 400)


@rule("kms", "CreateKey", "PutKeyPolicy", source=_PUT)
def key_policy_is_well_formed(request: ApiRequest) -> ApiError | None:
    text = request.parameters.get("Policy")
    if text is None:
        return None
    if problem := resource_policy_problem(text):
        return _malformed(f"The policy is malformed: {problem}")
    if missing_principal(parse(text) or {}):
        return _malformed("Policy contains a statement with one or more invalid principals.")
    return None


@rule("kms", "CreateKey", "PutKeyPolicy", source=_PUT)
def key_policy_can_be_changed_again(request: ApiRequest) -> ApiError | None:
    """Unless BypassPolicyLockoutSafetyCheck is set, KMS requires that the caller may change the policy again: through the account, or by
    name.
    """
    text = request.parameters.get("Policy")
    if text is None or request.parameters.get("BypassPolicyLockoutSafetyCheck"):
        return None
    owner = account(request)
    for statement in statements(parse(text) or {}):
        principal = statement.get("Principal")
        named = listed(principal.get("AWS")) if isinstance(principal, dict) else listed(principal)
        inside = any(each in ("*", owner) or f"arn:aws:iam::{owner}:" in each or f"arn:aws:sts::{owner}:" in each for each in named)
        if statement.get("Effect") == "Allow" and inside and covers(statement.get("Action"), "kms:PutKeyPolicy"):
            return None
    return _malformed("The new key policy will not allow you to update the key policy in the future.")
