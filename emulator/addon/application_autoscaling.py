"""Application Auto Scaling: tags of a scalable target."""

from __future__ import annotations

import json
from typing import Any

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

from .registry import add, after, patch

_REASON = "moto has no tags here; the provider reads them after it registers a target and retries for minutes"
patch("application-autoscaling", "ListTagsForResource", _REASON)
patch("application-autoscaling", "TagResource", _REASON)
patch("application-autoscaling", "UntagResource", _REASON)
patch("application-autoscaling", "RegisterScalableTarget", "moto drops the tags of the request")


def _tags(response: Any, arn: str) -> dict[str, str]:
    return response.applicationautoscaling_backend.__dict__.setdefault("infra_tags", {}).setdefault(arn, {})


def _list(self: Any) -> str:
    return json.dumps({"Tags": _tags(self, self._get_param("ResourceARN"))})


def _tag(self: Any) -> str:
    _tags(self, self._get_param("ResourceARN")).update(self._get_param("Tags"))
    return "{}"


def _untag(self: Any) -> str:
    for key in self._get_param("TagKeys"):
        _tags(self, self._get_param("ResourceARN")).pop(key, None)
    return "{}"


def _keep_tags(response: Any, result: str) -> None:
    _tags(response, json.loads(result)["ScalableTargetARN"]).update(response._get_param("Tags") or {})


add(ApplicationAutoScalingResponse, "list_tags_for_resource", _list)
add(ApplicationAutoScalingResponse, "tag_resource", _tag)
add(ApplicationAutoScalingResponse, "untag_resource", _untag)
after(ApplicationAutoScalingResponse, "register_scalable_target", _keep_tags)
