"""Shared by the functions of all data applications: structured logs with the request's id, and configuration from environment variables."""

from __future__ import annotations

import functools
import json
import os
import time
from collections.abc import Callable
from typing import Any

__version__ = "1.0.0"

Handler = Callable[[Any, Any], Any]


def setting(name: str, default: str | None = None) -> str:
    """A setting from an environment variable; without a default, it is required."""
    value = os.environ.get(name, default)
    if value is None:
        raise KeyError(f"the environment variable {name} is not set")
    return value


def log(level: str, message: str, **fields: Any) -> None:
    """Writes one line of JSON, which CloudWatch Logs Insights parses."""
    print(json.dumps({"time": time.time(), "level": level, "message": message, **fields}, default=str))


def function(handle: Handler) -> Handler:
    """Logs each call of a Lambda handler with its duration and, if it fails, the error."""

    @functools.wraps(handle)
    def wrapped(event: Any, context: Any) -> Any:
        started = time.monotonic()
        fields = {"request": getattr(context, "aws_request_id", None)}
        try:
            result = handle(event, context)
        except Exception as error:
            log("error", str(error), type=type(error).__name__, **fields)
            raise
        log("info", "done", milliseconds=round((time.monotonic() - started) * 1000), **fields)
        return result

    return wrapped
