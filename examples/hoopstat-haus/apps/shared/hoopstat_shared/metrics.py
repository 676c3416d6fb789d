"""Metrics as log lines in CloudWatch's embedded metric format: no request and no permission is needed to send them.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

from __future__ import annotations

import json
import sys
import time
from typing import IO

from .config import Settings


class Metrics:
    """Writes metrics of one application; the namespace is the project, the dimensions are environment and service."""

    def __init__(self, settings: Settings, stream: IO[str] | None = None) -> None:
        self._settings = settings
        self._stream = stream

    def put(self, **values: tuple[float, str]) -> None:
        """Writes values with their units in one line: put(Games=(3, "Count"), Duration=(12.5, "Milliseconds"))."""
        line = {
            "_aws": {
                "Timestamp": int(time.time() * 1000),
                "CloudWatchMetrics": [{
                    "Namespace": self._settings.project,
                    "Dimensions": [["Environment", "Service"]],
                    "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in values.items()],
                }],
            },
            "Environment": self._settings.environment,
            "Service": self._settings.service,
            **{name: value for name, (value, _) in values.items()},
        }
        print(json.dumps(line), file=self._stream or sys.stdout, flush=True)
