"""KMS: the rotation period of a key."""

from __future__ import annotations

import json
from typing import Any

from moto.kms.models import Key
from moto.kms.responses import KmsResponse

from .registry import after, patch, replace

patch("kms", "EnableKeyRotation", "moto ignores RotationPeriodInDays")
patch("kms", "GetKeyRotationStatus", "moto leaves out RotationPeriodInDays; the provider then sets it in every apply")

# AWS's own default, in days.
_DEFAULT_PERIOD = 365


def _key(response: KmsResponse) -> Key:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(response._get_param("KeyId"))]


def _keep_period(response: Any, _result: Any) -> None:
    _key(response).__dict__["infra_rotation_period"] = response._get_param("RotationPeriodInDays") or _DEFAULT_PERIOD


def _with_period(original: Any) -> Any:
    def get_key_rotation_status(self: Any) -> str:
        status = json.loads(original(self))
        key = _key(self)
        status["KeyId"] = key.id
        if status["KeyRotationEnabled"]:
            status["RotationPeriodInDays"] = key.__dict__.get("infra_rotation_period", _DEFAULT_PERIOD)
        return json.dumps(status)

    return get_key_rotation_status


after(KmsResponse, "enable_key_rotation", _keep_period)
replace(KmsResponse, "get_key_rotation_status", _with_period)
