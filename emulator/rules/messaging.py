"""SNS, SQS and Secrets Manager: resource policies that are well-formed and name actions and principals that exist."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .policies import listed, missing_principal, parse, resource_policy_problem, statements
from .registry import rule

# The actions that a topic's policy may name are those of its default policy; "sns:*" is rejected.
_SNS_ACTIONS = {
    "addpermission", "deletetopic", "gettopicattributes", "listsubscriptionsbytopic", "publish", "receive", "removepermission",
    "settopicattributes", "subscribe",
}
_SNS = "https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html"
_SQS = "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html"


def _sns(message: str) -> ApiError:
    return ApiError("InvalidParameter", f"Invalid parameter: {message}", 400)


@rule("sns", "CreateTopic", "SetTopicAttributes", source=_SNS)
def topic_policy_is_well_formed(request: ApiRequest) -> ApiError | None:
    text = request.parameters.get("Attributes", {}).get("Policy")
    if request.operation == "SetTopicAttributes" and request.parameters["AttributeName"] == "Policy":
        text = request.parameters.get("AttributeValue")
    if not text:
        return None
    if problem := resource_policy_problem(text):
        return _sns(f"Policy Error: {problem}")
    document = parse(text) or {}
    for statement in statements(document):
        for action in listed(statement.get("Action")):
            service, _, name = action.lower().partition(":")
            if service != "sns" or name not in _SNS_ACTIONS:
                return _sns("Policy statement action out of service scope!")
    return _sns("Policy Error: PrincipalNotFound") if missing_principal(document) else None


@rule("sqs", "CreateQueue", "SetQueueAttributes", source=_SQS)
def queue_policy_is_well_formed(request: ApiRequest) -> ApiError | None:
    text = request.parameters.get("Attributes", {}).get("Policy")
    if not text:
        return None
    if resource_policy_problem(text) or missing_principal(parse(text) or {}):
        return ApiError("InvalidAttributeValue", "Invalid value for the parameter Policy.", 400)
    return None


@rule("secretsmanager", "PutResourcePolicy",
    source="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html")
def secret_policy_is_well_formed(request: ApiRequest) -> ApiError | None:
    text = request.parameters["ResourcePolicy"]
    if problem := resource_policy_problem(text):
        return ApiError("MalformedPolicyDocumentException", f"This resource policy is malformed: {problem}", 400)
    if missing_principal(parse(text) or {}):
        return ApiError("MalformedPolicyDocumentException", "This resource policy contains an unsupported principal.", 400)
    return None
