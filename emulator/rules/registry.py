"""AWS's rules beyond its service models: the operations that each checks, its source, and the error."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import moto.iam.models as iam
from moto.backends import get_backend

from api import ApiRequest
from api.errors import ApiError

Check = Callable[[ApiRequest], "ApiError | None"]


@dataclass(frozen=True)
class Rule:
    """One rule.

    service, operations: as in ApiRequest.
    source: the page, issue or source file that documents AWS's behavior.
    """

    service: str
    operations: tuple[str, ...]
    source: str
    check: Check

    @property
    def name(self) -> str:
        return self.check.__name__


RULES: list[Rule] = []
_BY_OPERATION: dict[tuple[str, str], list[Rule]] = defaultdict(list)


def rule(service: str, *operations: str, source: str) -> Callable[[Check], Check]:
    """Marks a function as a rule: it returns AWS's error, or None if the request is valid."""

    def note(check: Check) -> Check:
        noted = Rule(service, operations, source, check)
        RULES.append(noted)
        for operation in operations:
            _BY_OPERATION[service, operation].append(noted)
        return check

    return note


def check(request: ApiRequest) -> ApiError | None:
    """The error of the first rule that a request violates, if any."""
    for each in _BY_OPERATION.get((request.service, request.operation), ()):
        if (objection := each.check(request)) is not None:
            return objection
    return None


def account(request: ApiRequest) -> str:
    """The account that the request's credentials belong to, as moto sees it."""
    return iam.get_account_id_from(request.access_key_id or "")


def backend(request: ApiRequest, service: str, region: str | None = None) -> Any:
    """moto's data of a service in the account and region of the request; `region` "aws" is that of global services."""
    return get_backend(service)[account(request)][region or request.region]
