"""Rejects requests that violate AWS's own models, with each service's error code and message."""

from __future__ import annotations

import re
from typing import Any

from .constraints import NULL, Violation, violations
from .errors import ApiError
from .request import ApiRequest

# Error codes for an invalid parameter: the first one that the operation's model declares.
_DECLARED = (
    "ValidationException", "ValidationError", "InvalidParameterException", "InvalidParameterValueException", "InvalidInputException",
    "InvalidInput", "InvalidArgument", "BadRequestException", "InvalidRequestException",
)

# Services whose framework rejects a value before the service's own code, with an error that no operation declares.
_CODES = {
    # https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4014
    "elbv2": "ValidationError",
    # https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/CommonErrors.html
    "cloudformation": "ValidationError",
    # https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
    "iam": "ValidationError",
    # https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
    "sts": "ValidationError",
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CommonErrors.html
    "cloudwatch": "ValidationError",
    # https://docs.aws.amazon.com/secretsmanager/latest/apireference/CommonErrors.html
    "secretsmanager": "ValidationException",
    # https://github.com/apex/apex/issues/398
    "lambda": "ValidationException",
    # https://docs.aws.amazon.com/acm/latest/APIReference/CommonErrors.html
    "acm": "ValidationException",
}

_DEFAULTS = {"query": "ValidationError", "rest-xml": "InvalidArgument"}

# EC2 and RDS have different errors for a missing and an invalid parameter:
# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and
# https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html
_MISSING_PARAMETER = ("ec2", "rds")

# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
_MALFORMED_XML = ApiError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", 400)


def validate(request: ApiRequest) -> ApiError | None:
    """The error that AWS returns if the request does not satisfy its model, else None."""
    if request.unreadable is not None:
        return _unreadable(request, request.unreadable)
    found = violations(request.service, request.model.input_shape, request.parameters)
    if not found:
        return None
    if request.service in _MISSING_PARAMETER:
        return _by_parameter(found[0])
    if request.service == "s3" and _is_in_body(request, found[0]):
        return _MALFORMED_XML
    return ApiError(_code(request), _message(request, found), 400)


def _unreadable(request: ApiRequest, why: str) -> ApiError:
    if request.protocol == "rest-xml":
        return _MALFORMED_XML if request.service == "s3" else ApiError("MalformedInput", why, 400)
    if request.protocol in ("query", "ec2"):
        return ApiError("MalformedInput" if request.protocol == "query" else "InvalidParameterValue", why, 400)
    return ApiError("SerializationException", why, 400)


def _code(request: ApiRequest) -> str:
    if request.service in _CODES:
        return _CODES[request.service]
    declared = {shape.name: shape.error_code or shape.name for shape in request.model.error_shapes}
    for name in _DECLARED:
        if name in declared:
            return declared[name] if request.protocol == "query" else name
    return _DEFAULTS.get(request.protocol, "ValidationException")


def _by_parameter(violation: Violation) -> ApiError:
    if violation.rule == NULL:
        return ApiError("MissingParameter", f"The request must contain the parameter {violation.member}", 400)
    message = f"Value ({_shown(violation.value)}) for parameter {violation.path} is invalid. {violation.rule}"
    return ApiError("InvalidParameterValue", message, 400)


def _message(request: ApiRequest, found: list[Violation]) -> str:
    if request.service == "ecr":
        # ECR has messages of its own, as in moto: moto/ecr/models.py, create_repository.
        rule = re.sub(r"^Member must (.*?)(?: pattern: (.*))?$", lambda m: f"must {m[1]}" + (f" '{m[2]}'" if m[2] else ""), found[0].rule)
        return f"Invalid parameter at '{found[0].path}' failed to satisfy constraint: '{rule}'"
    errors = "; ".join(f"{_subject(violation)} failed to satisfy constraint: {violation.rule}" for violation in found)
    return f"{len(found)} validation error{'s' if len(found) > 1 else ''} detected: {errors}"


def _subject(violation: Violation) -> str:
    if violation.value is None:
        return f"Value null at '{violation.path}'"
    return f"Value at '{violation.path}'" if violation.sensitive else f"Value '{_shown(violation.value)}' at '{violation.path}'"


def _shown(value: Any) -> str:
    """A value as Java prints it: AWS's services are written in Java."""
    if isinstance(value, list):
        return f"[{', '.join(_shown(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}={_shown(item)}" for key, item in value.items()) + "}"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_in_body(request: ApiRequest, violation: Violation) -> bool:
    shape = request.model.input_shape
    first = violation.path.split(".")[0]
    return all(
        member.serialization.get("location") is None for name, member in shape.members.items() if name[:1].lower() + name[1:] == first)
