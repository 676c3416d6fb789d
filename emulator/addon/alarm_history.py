"""CloudWatch: the history of an alarm, as far as its actions are concerned."""

from __future__ import annotations

import datetime
import json
from typing import Any

from moto.cloudwatch.responses import CloudWatchResponse
from moto.core.responses import ActionResult

from .registry import add, patch

patch("monitoring", "DescribeAlarmHistory", "moto lacks it; whether the actions of an alarm succeeded could not be read")


def record_action(alarm: Any, action: str, refusal: str | None) -> None:
    """Records that an alarm executed an action. refusal: why it failed; None if it succeeded."""
    if not hasattr(alarm, "action_history"):
        alarm.action_history = []
    state = "Failed" if refusal else "Succeeded"
    summary = f"{'Failed to execute' if refusal else 'Successfully executed'} action {action}"
    alarm.action_history.append({
        "AlarmName": alarm.name, "AlarmType": "MetricAlarm", "HistoryItemType": "Action", "HistorySummary": summary[:255],
        "HistoryData": json.dumps({"actionState": state, "notificationResource": action, "error": refusal}),
        "Timestamp": datetime.datetime.now(datetime.timezone.utc),
    })


def _describe(self: Any) -> ActionResult:
    name, kind, start = self._get_param("AlarmName"), self._get_param("HistoryItemType"), self._get_param("StartDate")
    if kind not in (None, "Action"):
        raise NotImplementedError(f"the history of an alarm has only actions here, not {kind}")
    after = _moment(start) if start else None
    alarms = self.cloudwatch_backend.alarms.values()
    found = [
        item for alarm in alarms if name in (None, alarm.name) for item in getattr(alarm, "action_history", [])
        if after is None or item["Timestamp"] >= after
    ]
    return ActionResult({"AlarmHistoryItems": sorted(found, key=lambda item: item["Timestamp"], reverse=True)})


def _moment(value: Any) -> datetime.datetime:
    moment = value if isinstance(value, datetime.datetime) else datetime.datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


add(CloudWatchResponse, "describe_alarm_history", _describe)
