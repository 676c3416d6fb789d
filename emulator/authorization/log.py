"""The authorization log: one line of JSON per distinct decision, for `./infra access --used`, and counts by principal."""

from __future__ import annotations

import collections
import json
import os
import time
from pathlib import Path
from typing import Any

from .decision import Decision, Question

# A folder in which every emulator of a test run writes its log; without it the log is next to the state file.
FOLDER = "INFRA_AUTHORIZATION_LOG"


class AuthorizationLog:
    """Appends to a file; the same principal, action, resource and decision is written once."""

    def __init__(self, state: Path) -> None:
        folder = os.environ.get(FOLDER)
        self.path = Path(folder) / f"{os.getpid()}-{int(time.time())}.jsonl" if folder else state.parent / "authorizations.jsonl"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text("", encoding="utf-8")
        self._written: set[tuple[Any, ...]] = set()
        self._requests: collections.Counter[tuple[str, bool]] = collections.Counter()

    def answered(self, service: str, operation: str, question: Question, decision: Decision) -> None:
        caller = question.caller
        labels = [statement.label for statement in decision.statements]
        key = (caller.principal_arn or caller.service or caller.arn, question.action, question.resource, decision.allowed, *labels)
        if key in self._written:
            return
        self._written.add(key)
        self._append({
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "caller": caller.arn,
            "role": key[0],
            "account": caller.account,
            "service": service,
            "operation": operation,
            "action": question.action,
            "resource": question.resource,
            "allowed": decision.allowed,
            "statement": labels[0] if labels else None,
            "statements": labels,
            "reason": decision.reason,
        })

    def request(self, principal: str, allowed: bool) -> None:
        """Counts a request once, however many permissions it needed."""
        self._requests[principal, allowed] += 1

    def counts(self) -> list[dict[str, Any]]:
        principals = sorted({principal for principal, _ in self._requests})
        return [
            {"principal": each, "authorized": self._requests[each, True], "refused": self._requests[each, False]} for each in principals]

    def close(self) -> None:
        """Writes the counts as the last line."""
        self._append({"requests": self.counts()})

    def _append(self, record: dict[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
