"""CloudWatch: composite alarms, which moto keeps with the others but cannot create."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse

from .registry import add, mend

mend("monitoring", "PutCompositeAlarm", "moto lacks it, though it lists and deletes what has a rule; an alarm of alarms could not be made")


def _put(self: Any) -> Any:
    return self.put_metric_alarm()


add(CloudWatchResponse, "put_composite_alarm", _put)
