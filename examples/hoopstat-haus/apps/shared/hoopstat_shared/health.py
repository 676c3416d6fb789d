"""Health: alive while the process runs, ready while everything it depends on answers.

The load balancer uses liveness: a restart does not help a process whose bucket is unavailable.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

Check = Callable[[], "str | None"]


class Readiness:
    """Results of checks, cached for some seconds, so that many requests cost one check."""

    def __init__(self, checks: Mapping[str, Check], seconds: float = 5, clock: Callable[[], float] = time.monotonic) -> None:
        self._checks = checks
        self._seconds = seconds
        self._clock = clock
        self._last: tuple[float, list[str]] | None = None

    def reasons(self) -> list[str]:
        """Why it is not ready, one reason for each failed check; empty if it is ready."""
        now = self._clock()
        if self._last is None or now - self._last[0] > self._seconds:
            self._last = now, [f"{name}: {reason}" for name, check in self._checks.items() if (reason := check())]
        return self._last[1]
