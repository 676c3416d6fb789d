"""Structured logs: one JSON object per line on standard output, as CloudWatch Logs Insights reads them."""

from __future__ import annotations

import datetime
import json
import logging
import sys
from typing import IO

from .config import Settings

_OWN = set(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """Time, level, message and the fields passed as `extra`."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self._service = service

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.datetime.fromtimestamp(record.created, datetime.timezone.utc)
        line = {
            "time": time.isoformat(timespec="milliseconds"), "level": record.levelname.lower(), "service": self._service,
            "message": record.getMessage(),
        }
        line.update({name: value for name, value in vars(record).items() if name not in _OWN})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def configure(settings: Settings, stream: IO[str] | None = None) -> logging.Logger:
    """Directs all logs of the process to one stream, as JSON."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(JsonFormatter(settings.service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    # The SDK logs at INFO where it found its credentials, for each client.
    logging.getLogger("botocore").setLevel(logging.WARNING)
    return logging.getLogger(settings.service)
