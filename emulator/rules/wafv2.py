"""AWS WAF: the region of web ACLs for CloudFront, names of log destinations."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .registry import rule

_CLOUDFRONT_REGION = "us-east-1"


def _invalid(reason: str, field: str, parameter: str) -> ApiError:
    return ApiError("WAFInvalidParameterException", f"Error reason: {reason}, field: {field}, parameter: {parameter}", 400)


@rule("wafv2", "CreateWebACL", "CreateIPSet", "CreateRuleGroup",
    source="https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html")
def scope_of_cloudfront_is_in_its_region(request: ApiRequest) -> ApiError | None:
    if request.parameters["Scope"] == "CLOUDFRONT" and request.region != _CLOUDFRONT_REGION:
        return _invalid("The scope is not valid.", "SCOPE_VALUE", "CLOUDFRONT")
    return None


@rule("wafv2", "PutLoggingConfiguration", source="https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html")
def log_destination_has_its_prefix(request: ApiRequest) -> ApiError | None:
    for arn in request.parameters["LoggingConfiguration"]["LogDestinationConfigs"]:
        name = arn.split(":", 5)[5].removeprefix("log-group:").removeprefix("deliverystream/")
        if not name.startswith("aws-waf-logs-"):
            reason = "The ARN isn't valid. A valid ARN begins with arn: and includes other information separated by colons or slashes."
            return _invalid(reason, "LOG_DESTINATION", arn)
    return None
