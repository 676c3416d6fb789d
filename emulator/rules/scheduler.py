"""EventBridge Scheduler: roles that it may assume."""

from __future__ import annotations

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
