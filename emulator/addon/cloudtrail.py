"""CloudTrail: trails can also be identified by their ARN, as the provider does."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse

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


patch("cloudtrail", "DescribeTrails", "moto ignores trailNameList, so that an account could not have trails of two projects")


def _only_listed(original: Callable[..., str]) -> Callable[..., str]:
    def describe_trails(self: CloudTrailResponse) -> str:
        answer = json.loads(original(self))
        if names := self._get_param("trailNameList"):
            answer["trailList"] = [trail for trail in answer["trailList"] if trail["Name"] in names or trail["TrailARN"] in names]
        return json.dumps(answer)

    return describe_trails


replace(CloudTrailResponse, "describe_trails", _only_listed)
