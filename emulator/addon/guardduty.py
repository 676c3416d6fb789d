"""GuardDuty: tags of a detector can be updated."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import unquote

from moto.guardduty.responses import GuardDutyResponse
from moto.guardduty.urls import url_paths

from .registry import add, patch

for _operation in ("ListTagsForResource", "TagResource", "UntagResource"):
    patch("guardduty", _operation, "moto lacks it; a changed default tag could not be applied to a detector")


def _tags(response: Any) -> dict[str, str]:
    detector = re.search(r"detector/([^/]+)$", unquote(response.path))
    return response.guardduty_backend.get_detector(detector[1] if detector else "").tags


def _list(self: Any) -> str:
    return json.dumps({"tags": _tags(self)})


def _tag(self: Any) -> str:
    _tags(self).update(json.loads(self.body)["tags"])
    return "{}"


def _untag(self: Any) -> str:
    for key in self.querystring.get("tagKeys", []):
        _tags(self).pop(key, None)
    return "{}"


add(GuardDutyResponse, "list_tags_for_resource", _list)
add(GuardDutyResponse, "tag_resource", _tag)
add(GuardDutyResponse, "untag_resource", _untag)
url_paths.setdefault("{0}/tags/(?P<resource_arn>.+)$", GuardDutyResponse.dispatch)
