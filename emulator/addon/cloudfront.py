"""CloudFront distributions: the configuration is returned as it was sent, and is deployed immediately."""

from __future__ import annotations

import copy
from typing import Any

import moto.cloudfront.models as models
from moto.moto_api import state_manager
from moto.utilities.utils import get_partition

from .registry import after, patch, replace

patch(
    "cloudfront", "GetDistribution",
    "moto drops origin access control, shield and header settings and TTLs; now the configuration is stored as sent",
)
patch("cloudfront", "UpdateDistribution", "as GetDistribution; and the ETag changes with each update, as on AWS")
patch(
    "cloudfront", "CreateDistribution",
    "moto reports InProgress first, and up to 5.2.1 an ARN with the account in place of the region",
)

patch(
    "cloudfront", "CreateInvalidation", "moto returns COMPLETED where AWS returns Completed; a client that waits for it would wait forever")

# AWS's defaults for what a request omits.
_DEFAULTS: dict[str, Any] = {
    "Aliases": {"Quantity": 0},
    "OriginGroups": {"Quantity": 0},
    "CacheBehaviors": {"Quantity": 0},
    "CustomErrorResponses": {"Quantity": 0},
    "Restrictions": {"GeoRestriction": {"RestrictionType": "none", "Quantity": 0}},
    "ViewerCertificate": {"CloudFrontDefaultCertificate": True, "MinimumProtocolVersion": "TLSv1"},
    "Logging": {"Enabled": False, "IncludeCookies": False, "Bucket": "", "Prefix": ""},
    "Comment": "",
    "DefaultRootObject": "",
    "HttpVersion": "http2",
    "IsIPV6Enabled": True,
    "PriceClass": "PriceClass_All",
    "WebACLId": "",
    "Staging": False,
}


class Configuration(models.DistributionConfig):
    """A distribution's configuration as it was sent, after moto's own checks of it."""

    def __init__(self, config: dict[str, Any]):
        sent = copy.deepcopy(config)
        super().__init__(config)
        self.__dict__ = {**copy.deepcopy(_DEFAULTS), **sent, "caller_reference": sent["CallerReference"]}


def _with_partition_wide_arn(original: Any) -> Any:
    def __init__(self: Any, account_id: str, region_name: str, config: dict[str, Any]) -> None:
        original(self, account_id, region_name, config)
        self.arn = f"arn:{get_partition(region_name)}:cloudfront::{account_id}:distribution/{self.distribution_id}"

    return __init__


def _with_new_etag(original: Any) -> Any:
    def update_distribution(self: Any, dist_config: dict[str, Any], _id: str, if_match: bool) -> Any:
        distribution, location, _ = original(self, dist_config, _id, if_match)
        distribution.etag = models.random_id()
        return distribution, location, distribution.etag

    return update_distribution


models.DistributionConfig = Configuration
replace(models.Distribution, "__init__", _with_partition_wide_arn)
replace(models.CloudFrontBackend, "update_distribution", _with_new_etag)
state_manager.set_transition("cloudfront::distribution", {"progression": "immediate"})


def _completed(backend: Any, invalidation: Any, *arguments: Any, **named: Any) -> None:
    invalidation.status = "Completed"


after(models.CloudFrontBackend, "create_invalidation", _completed)
