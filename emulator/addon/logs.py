"""CloudWatch Logs: the class of a log group."""

from __future__ import annotations

from typing import Any

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

from .registry import after, patch, replace

patch("logs", "CreateLogGroup", "moto drops the log group's class")
patch("logs", "DescribeLogGroups",
    "moto leaves out the class, and the provider replaces a log group whose class differs from the configuration")


def _keep_class(response: Any, _result: Any) -> None:
    group = response.logs_backend.groups[response._get_param("logGroupName")]
    group.infra_class = response._get_param("logGroupClass")


def _with_class(original: Any) -> Any:
    def to_describe_dict(self: Any) -> dict[str, Any]:
        return {**original(self), "logGroupClass": getattr(self, "infra_class", None) or "STANDARD"}

    return to_describe_dict


after(LogsResponse, "create_log_group", _keep_class)
replace(LogGroup, "to_describe_dict", _with_class)
