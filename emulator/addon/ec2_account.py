"""EC2's settings of an account and region: defaults of the metadata service, public sharing of snapshots."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.ec2.responses import EC2Response

from .registry import add, patch

for _operation in ("GetInstanceMetadataDefaults", "ModifyInstanceMetadataDefaults"):
    patch("ec2", _operation, "moto lacks it; an account that requires IMDSv2 could not be configured")
for _operation in ("DisableSnapshotBlockPublicAccess", "EnableSnapshotBlockPublicAccess", "GetSnapshotBlockPublicAccessState"):
    patch("ec2", _operation, "moto lacks it; an account that blocks public snapshots could not be configured")

_DEFAULTS = ("HttpTokens", "HttpPutResponseHopLimit", "HttpEndpoint", "InstanceMetadataTags")
_UNBLOCKED = "unblocked"


def _settings(response: Any) -> dict[str, Any]:
    """The settings of this account and region; stored with the backend, so that a reset deletes them."""
    return response.ec2_backend.__dict__.setdefault("infra_account_settings", {"metadata": {}, "snapshots": _UNBLOCKED})


def _modify_metadata(self: Any) -> ActionResult:
    metadata = _settings(self)["metadata"]
    for name in _DEFAULTS:
        value = self._get_param(name)
        if value is None:
            continue
        # "no-preference" removes a setting, and -1 removes the hop limit.
        if str(value) in ("no-preference", "-1"):
            metadata.pop(name, None)
        else:
            metadata[name] = value
    return ActionResult({"Return": True})


def _get_metadata(self: Any) -> ActionResult:
    return ActionResult({"AccountLevel": {**_settings(self)["metadata"], "ManagedBy": "account"}})


def _block_snapshots(self: Any) -> ActionResult:
    _settings(self)["snapshots"] = self._get_param("State")
    return _snapshots(self)


def _unblock_snapshots(self: Any) -> ActionResult:
    _settings(self)["snapshots"] = _UNBLOCKED
    return _snapshots(self)


def _snapshots(self: Any) -> ActionResult:
    return ActionResult({"State": _settings(self)["snapshots"]})


add(EC2Response, "modify_instance_metadata_defaults", _modify_metadata)
add(EC2Response, "get_instance_metadata_defaults", _get_metadata)
add(EC2Response, "enable_snapshot_block_public_access", _block_snapshots)
add(EC2Response, "disable_snapshot_block_public_access", _unblock_snapshots)
add(EC2Response, "get_snapshot_block_public_access_state", _snapshots)
