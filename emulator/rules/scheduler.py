"""EventBridge: valid schedule expressions, roles that it may assume, event patterns."""

from __future__ import annotations

import json
import re
import zoneinfo
from typing import Any

from api import ApiRequest
from api.errors import ApiError

from .policies import trusts
from .registry import rule


@rule("scheduler", "CreateSchedule", "UpdateSchedule", source="https://docs.aws.amazon.com/scheduler/latest/UserGuide/setting-up.html")
def target_role_trusts_scheduler(request: ApiRequest) -> ApiError | None:
    if trusts(request.parameters["Target"]["RoleArn"], "scheduler.amazonaws.com"):
        return None
    message = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
    return ApiError("ValidationException", message, 400)


# https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html: six fields, of which one of the two for days is "?".
_FIELD = r"[\w*?/,#-]+"
_SCHEDULES = (
    re.compile(rf"cron\((?P<fields>{_FIELD}(?: {_FIELD}){{5}})\)"),
    re.compile(r"rate\(\d+ (?:minute|hour|day)s?\)"),
    re.compile(r"at\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\)"),
)


@rule("scheduler", "CreateSchedule", "UpdateSchedule", source="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html")
def schedule_expression_is_valid(request: ApiRequest) -> ApiError | None:
    expression = request.parameters["ScheduleExpression"]
    found = next((match for pattern in _SCHEDULES if (match := pattern.fullmatch(expression))), None)
    fields = found["fields"].split() if found and "fields" in found.re.groupindex else None
    if found is None or (fields and [fields[2], fields[4]].count("?") != 1):
        return ApiError("ValidationException", f"Invalid Schedule Expression {expression}.", 400)
    return None


@rule("scheduler", "CreateSchedule", "UpdateSchedule", source="https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html")
def time_zone_exists(request: ApiRequest) -> ApiError | None:
    zone = request.parameters.get("ScheduleExpressionTimezone")
    if zone is None or zone in zoneinfo.available_timezones():
        return None
    return ApiError("ValidationException", f"The ScheduleExpressionTimezone {zone} is not a time zone of the IANA database.", 400)


@rule("events", "PutRule", source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern.html")
def event_pattern_is_valid(request: ApiRequest) -> ApiError | None:
    """Every value of a pattern is a list of matching values, or another object."""
    text = request.parameters.get("EventPattern")
    if text is None:
        return None
    try:
        pattern = json.loads(text)
    except ValueError:
        pattern = None
    if not isinstance(pattern, dict) or not pattern or not _is_pattern(pattern):
        return ApiError("InvalidEventPatternException", "Event pattern is not valid. Reason: values must be an object or an array", 400)
    return None


def _is_pattern(pattern: dict[str, Any]) -> bool:
    for name, value in pattern.items():
        if name == "$or":
            if not isinstance(value, list) or not all(isinstance(each, dict) and _is_pattern(each) for each in value):
                return False
        elif isinstance(value, dict):
            if not _is_pattern(value):
                return False
        elif not isinstance(value, list) or not value:
            return False
    return True
