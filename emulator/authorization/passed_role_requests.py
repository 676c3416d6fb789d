"""Requests that a service makes with a role that was passed to it: authorized, logged and recorded like those of any other caller."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

from . import applicable, sts
from .decision import decide
from .log import AuthorizationLog
from .principals import Principal
from .questions import Asked
from .refusal import message, refused_line

_log: AuthorizationLog | None = None


def record_in(log: AuthorizationLog) -> None:
    """Records decisions in a log from now on; without this, as in tests in moto's process, they are not recorded."""
    global _log
    _log = log


def assumed(service: str, operation: str, principal: str, role: str, session_name: str, keys: Mapping[str, Any]) -> Principal:
    """The role session in which a service acts; raises PermissionError, and logs it, if the role does not trust the service.

    service, operation: as for `refused`; principal: of the service ("backup.amazonaws.com"); keys: condition keys that the service
    sends, aws:SourceArn and aws:SourceAccount.
    """
    try:
        return sts.assume_as_service(principal, role, session_name, keys)
    except PermissionError as refusal:
        print(f"REFUSED {service} {operation}: {refusal}", file=sys.stderr, flush=True)
        raise


def refused(principal: Principal, service: str, operation: str, asked: Iterable[Asked]) -> str | None:
    """Why the role may not do all of it, in AWS's words; None if it may. Stops at the first denied request.

    service, operation: the operation that the caller requested and the service performs with the role ("backup", "StartBackupJob").
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
