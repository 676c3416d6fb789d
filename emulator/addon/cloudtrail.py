"""CloudTrail: trails can also be identified by their ARN, as the provider does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend

from .registry import patch, replace

for _operation in ("DeleteTrail", "StartLogging", "StopLogging"):
    patch("cloudtrail", _operation,
        "moto accepts only the trail's name here, and the provider sends the ARN; a trail could not be created or deleted")


def _by_name_or_arn(original: Callable[..., Any]) -> Callable[..., Any]:
    def method(self: CloudTrailBackend, name: str) -> Any:
        return original(self, self.get_trail(name).trail_name)

    return method


for _method in ("delete_trail", "start_logging", "stop_logging"):
    replace(CloudTrailBackend, _method, _by_name_or_arn)
