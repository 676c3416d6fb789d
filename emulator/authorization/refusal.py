"""AWS's access denied errors: the message, and the error code and status that depend on the service and its protocol."""

from __future__ import annotations

from dataclasses import dataclass

from .caller import Caller, CallerKind
from .decision import Decision, Question

# By the protocol of botocore's service model; each service's "Common errors" page says the same.
# JSON: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/CommonErrors.html
# REST-JSON: https://docs.aws.amazon.com/aws-backup/latest/devguide/CommonErrors.html
# Query: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
# REST-XML: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
# EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
_BY_PROTOCOL = {
    "json": ("AccessDeniedException", 400),
    "smithy-rpc-v2-cbor": ("AccessDeniedException", 400),
    "rest-json": ("AccessDeniedException", 403),
    "query": ("AccessDenied", 403),
    "rest-xml": ("AccessDenied", 403),
    "ec2": ("UnauthorizedOperation", 403),
}

# Services with error codes of their own.
_BY_SERVICE = {
    # https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    "sns": ("AuthorizationError", 403),
    # JSON with the codes of its former query protocol:
    # https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/CommonErrors.html
    "sqs": ("AccessDenied", 403),
}


@dataclass(frozen=True)
class Refusal:
    code: str
    message: str
    status: int


def refusal(question: Question, decision: Decision, service: str, protocol: str) -> Refusal:
    """service: AWS's endpoint prefix ("ecs"); protocol: as botocore's model of the service names it."""
    code, status = _BY_SERVICE.get(service) or _BY_PROTOCOL[protocol]
    text = message(question, decision)
    if protocol == "ec2":
        text = f"You are not authorized to perform this operation. {text}"
    return Refusal(code, text, status)


def message(question: Question, decision: Decision) -> str:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""
    if question.caller.kind is CallerKind.FEDERATED:
        # https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html: there is no principal to name yet.
        return f"Not authorized to perform {question.action}"
    what = f"{question.action} on resource: {question.resource}"
    return f"User: {name(question.caller)} is not authorized to perform: {what} {_because(question, decision)}"


def refused_line(service: str, operation: str, question: Question, decision: Decision) -> str:
    """The log line for a denied request."""
    return f"REFUSED {service} {operation}: {question.caller.arn} {question.action} on {question.resource}: {decision.reason}"


def name(caller: Caller) -> str:
    """The caller's name in AWS's messages."""
    return "anonymous" if caller.kind is CallerKind.ANONYMOUS else caller.arn


def _because(question: Question, decision: Decision) -> str:
    if decision.allowed:
        raise ValueError(f"{question.action} is allowed")
    if decision.statement is not None:
        kind = decision.statement.kind.value
        return f"with an explicit deny in {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
    if decision.lacking is None:
        raise ValueError("a refusal names the statement that denied or the kind of policy that did not allow")
    return f"because no {decision.lacking.value} allows the {question.action} action"
