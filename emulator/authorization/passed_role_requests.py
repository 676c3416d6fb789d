"""Requests that a service makes with a role that was passed to it: decided, logged and recorded as those of any other caller."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from . import applicable
from .decision import decide
from .log import AuthorizationLog
from .principals import Principal
from .questions import Asked
from .refusal import message, refused_line

_log: AuthorizationLog | None = None


def record_in(log: AuthorizationLog) -> None:
    """From now on answers are recorded; without this, as in tests in the process of moto, they are only given."""
    global _log
    _log = log


def refused(principal: Principal, service: str, operation: str, asked: Iterable[Asked]) -> str | None:
    """Why the role may not do all of it, in AWS's words; None when it may. The first refusal ends it.

    service, operation: what somebody requested and the service does with the role ("backup", "StartBackupJob").
    """
    for each in asked:
        question = applicable.question(each, principal)
        decision = decide(question, applicable.policies(each, principal))
        if _log is not None:
            _log.answered(service, operation, question, decision)
        if not decision.allowed:
            print(refused_line(service, operation, question, decision), file=sys.stderr, flush=True)
            _count(principal, allowed=False)
            return message(question, decision)
    _count(principal, allowed=True)
    return None


def _count(principal: Principal, allowed: bool) -> None:
    if _log is not None:
        _log.request(principal.caller.principal_arn, allowed)
