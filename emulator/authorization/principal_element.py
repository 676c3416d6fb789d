"""The Principal and NotPrincipal elements: which principals a statement of a resource's policy applies to, and how directly it names them.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from .caller import Caller, CallerKind
from .errors import PolicyError

_ACCOUNT = re.compile(r"(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?")
_TYPES = ("AWS", "Service", "Federated", "CanonicalUser")


class Grant(IntEnum):
    """How a statement names the caller; the higher, the less the caller's own policies matter within one account.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
    """

    NONE = 0
    # The caller's account: it only delegates, so the caller's own policies must also allow the request.
    ACCOUNT = 1
    # The ARN of the caller's role: permissions boundary and session policies must still allow it.
    ROLE = 2
    # The user, the session, the service or all principals: an implicit deny elsewhere has no effect.
    DIRECT = 3


@dataclass(frozen=True)
class PrincipalElement:
    """Entries by type, as they are in the policy; `everyone` is "*" or {"AWS": "*"}."""

    entries: tuple[tuple[str, str], ...]
    everyone: bool

    def grant(self, caller: Caller) -> Grant:
        """The most direct way in which this element names the caller."""
        if self.everyone:
            return Grant.DIRECT
        return max((self._entry(kind, value, caller) for kind, value in self.entries), default=Grant.NONE)

    @staticmethod
    def _entry(kind: str, value: str, caller: Caller) -> Grant:
        if kind == "Service":
            return Grant.DIRECT if caller.kind is CallerKind.SERVICE and value == caller.service else Grant.NONE
        if kind == "Federated":
            return Grant.DIRECT if caller.kind is CallerKind.FEDERATED and value == caller.arn else Grant.NONE
        if caller.kind not in (CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE):
            return Grant.NONE
        if value == caller.arn and caller.kind is not CallerKind.ROOT:
            return Grant.DIRECT
        if value == caller.principal_arn and caller.kind is CallerKind.ROLE:
            return Grant.ROLE
        account = _ACCOUNT.fullmatch(value)
        return Grant.ACCOUNT if account is not None and account[1] == caller.account else Grant.NONE

    def excepts(self, caller: Caller) -> bool:
        """For NotPrincipal: whether the caller is excluded; account, role and session must all be named for that.

        https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
        """
        if self.everyone:
            return True
        if caller.kind not in (CallerKind.ROOT, CallerKind.USER, CallerKind.ROLE):
            return self.grant(caller) is not Grant.NONE
        named = {value for kind, value in self.entries if kind == "AWS"}
        account = {caller.account, f"arn:aws:iam::{caller.account}:root"} & named
        return bool(account) and {caller.arn, caller.principal_arn} - {f"arn:aws:iam::{caller.account}:root"} <= named


def parse(element: Any) -> PrincipalElement:
    """A wildcard inside an ARN and an unknown type are errors, as they are for AWS ("Invalid principal in policy")."""
    if element == "*":
        return PrincipalElement((), True)
    if not isinstance(element, Mapping) or not element:
        raise PolicyError(f"Principal is {element!r}; available: \"*\" or an object with {', '.join(_TYPES)}")
    entries: list[tuple[str, str]] = []
    everyone = False
    for kind, values in element.items():
        if kind not in _TYPES:
            raise PolicyError(f"unknown principal type '{kind}'; available: {', '.join(_TYPES)}")
        for value in values if isinstance(values, list) else [values]:
            if not isinstance(value, str):
                raise PolicyError(f"principal {value!r} is not a string")
            if kind == "CanonicalUser":
                raise PolicyError("canonical user ids are not supported here: name the account")
            if kind == "AWS" and value == "*":
                everyone = True
            elif "*" in value or "?" in value:
                raise PolicyError(f"invalid principal '{value}': a wildcard cannot be a part of it")
            else:
                entries.append((kind, value))
    return PrincipalElement(tuple(entries), everyone)
