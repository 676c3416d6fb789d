"""SQS: redrive policies as AWS returns them."""

from __future__ import annotations

import json
from typing import Any

from moto.sqs.models import Queue, SQSBackend

from .registry import after, patch

_ALLOWED = "RedriveAllowPolicy"

patch("sqs", "GetQueueAttributes",
      "moto adds spaces to RedrivePolicy, which every plan would show as a difference, and has no RedriveAllowPolicy")

Queue.redrive_allow_policy = None  # type: ignore[attr-defined]
Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, _ALLOWED]


def _as_sent(self: Any, attributes: dict[str, Any], *_: Any, **__: Any) -> None:
    if policy := attributes.get("RedrivePolicy"):
        attributes["RedrivePolicy"] = json.dumps(json.loads(policy), separators=(",", ":"))


after(SQSBackend, "get_queue_attributes", _as_sent)
