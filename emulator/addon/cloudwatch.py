"""CloudWatch: composite alarms, which moto stores like other alarms but cannot create."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from .registry import add, patch

patch("monitoring", "PutCompositeAlarm",
    "moto lacks it, though it lists and deletes composite alarms; a composite alarm could not be created")


def _put(self: Any) -> Any:
    return self.put_metric_alarm()


add(CloudWatchResponse, "put_composite_alarm", _put)
