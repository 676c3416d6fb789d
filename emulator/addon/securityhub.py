"""Security Hub: its configuration, and the standards that an account subscribes to."""

from __future__ import annotations

import json
from typing import Any

from moto.securityhub.responses import SecurityHubResponse
from moto.securityhub.urls import url_paths

from .registry import add, patch, replace

patch(
    "securityhub", "UpdateSecurityHubConfiguration",
    "moto lacks it; the provider calls it for every account and retries for minutes",
)
patch("securityhub", "DescribeHub", "moto returns its own defaults instead of what was configured")
for _operation in ("BatchEnableStandards", "BatchDisableStandards", "GetEnabledStandards"):
    patch("securityhub", _operation, "moto lacks standards; a hub without a standard checks nothing")


def _store(response: Any, name: str) -> dict[str, Any]:
    return response.securityhub_backend.__dict__.setdefault(f"infra_{name}", {})


def _update(self: Any) -> str:
    sent = json.loads(self.body)
    _store(self, "configuration").update({k: sent[k] for k in ("AutoEnableControls", "ControlFindingGenerator") if k in sent})
    return "{}"


def _as_configured(original: Any) -> Any:
    def describe_hub(self: Any) -> str:
        return json.dumps({**json.loads(original(self)), **_store(self, "configuration")})

    return describe_hub


def _subscription(response: Any, standard: str, status: str) -> dict[str, Any]:
    # arn:aws:securityhub:REGION::standards/NAME/v/1.0.0 → …:ACCOUNT:subscription/NAME/v/1.0.0
    backend = response.securityhub_backend
    name = standard.split("standards/")[-1].split("ruleset/")[-1]
    return {
        "StandardsArn": standard,
        "StandardsSubscriptionArn": f"arn:{backend.partition}:securityhub:{backend.region_name}:{backend.account_id}:subscription/{name}",
        "StandardsInput": {},
        "StandardsStatus": status,
    }


def _enable(self: Any) -> str:
    enabled = [_subscription(self, r["StandardsArn"], "READY") for r in json.loads(self.body)["StandardsSubscriptionRequests"]]
    _store(self, "standards").update({s["StandardsSubscriptionArn"]: s for s in enabled})
    return json.dumps({"StandardsSubscriptions": enabled})


def _disable(self: Any) -> str:
    standards = _store(self, "standards")
    gone = [standards.pop(arn) for arn in json.loads(self.body)["StandardsSubscriptionArns"] if arn in standards]
    return json.dumps({"StandardsSubscriptions": [{**s, "StandardsStatus": "DELETING"} for s in gone]})


def _enabled(self: Any) -> str:
    asked = json.loads(self.body or "{}").get("StandardsSubscriptionArns")
    found = [s for arn, s in _store(self, "standards").items() if not asked or arn in asked]
    return json.dumps({"StandardsSubscriptions": found})


add(SecurityHubResponse, "update_security_hub_configuration", _update)
replace(SecurityHubResponse, "describe_hub", _as_configured)
add(SecurityHubResponse, "batch_enable_standards", _enable)
add(SecurityHubResponse, "batch_disable_standards", _disable)
add(SecurityHubResponse, "get_enabled_standards", _enabled)
for _path in ("standards/register", "standards/deregister", "standards/get"):
    url_paths.setdefault("{0}/" + _path + "$", SecurityHubResponse.dispatch)
