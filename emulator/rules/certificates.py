"""Certificates: load balancers and CloudFront accept issued certificates in their region, for the names that they serve."""

from __future__ import annotations

from typing import Any

from api import ApiRequest
from api.errors import ApiError

from .registry import backend, rule

_REGION_OF_CLOUDFRONT = "us-east-1"


def _certificate(request: ApiRequest, arn: str, region: str) -> dict[str, Any] | None:
    """The certificate as ACM describes it; a pending one is validated first."""
    found = backend(request, "acm", region)._certificates.get(arn)
    if found is None:
        return None
    found.check()
    return found.describe()["Certificate"]


@rule("elbv2", "CreateListener", "ModifyListener",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html")
def listener_has_an_issued_certificate(request: ApiRequest) -> ApiError | None:
    certificates = request.parameters.get("Certificates", [])
    if request.operation == "CreateListener" and request.parameters.get("Protocol") == "HTTPS" and not certificates:
        return ApiError("ValidationError", "A certificate must be specified for HTTPS listeners", 400)
    for each in certificates:
        arn = each.get("CertificateArn", "")
        if ":acm:" not in arn:
            continue
        found = _certificate(request, arn, request.region)
        if found is None:
            return ApiError("CertificateNotFound", f"Certificate '{arn}' not found", 400)
        if found["Status"] != "ISSUED":
            message = f"The certificate '{arn}' must have a fully-qualified domain name, a supported signature, and a supported key size."
            return ApiError("UnsupportedCertificate", message, 400)
    return None


@rule(
    "cloudfront", "CreateDistribution", "CreateDistributionWithTags", "UpdateDistribution",
    source="https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
)
def distribution_has_a_certificate_for_its_names(request: ApiRequest) -> ApiError | None:
    config = request.parameters.get("DistributionConfig") or request.parameters["DistributionConfigWithTags"]["DistributionConfig"]
    names = config.get("Aliases", {}).get("Items", [])
    arn = config.get("ViewerCertificate", {}).get("ACMCertificateArn")
    found = _certificate(request, arn, _REGION_OF_CLOUDFRONT) if arn else None
    if arn and (found is None or found["Status"] != "ISSUED"):
        return ApiError(
            "InvalidViewerCertificate",
            "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate "
            "chain.", 400,
        )
    covered = [found["DomainName"], *found["SubjectAlternativeNames"]] if found else []
    if any(not any(_serves(certified, name) for certified in covered) for name in names):
        return ApiError(
            "InvalidViewerCertificate",
            "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates "
            "your authorization to use the domain name.", 400,
        )
    return None


def _serves(certified: str, name: str) -> bool:
    """A wildcard matches one label."""
    if certified.startswith("*."):
        return name.partition(".")[2] == certified[2:] or name == certified
    return certified == name
