"""Policy documents: parses JSON into statements that can be matched with a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from . import conditions, principal_element, withheld
from .caller import Caller
from .conditions import Test
from .errors import PolicyError
from .keys import Keys
from .patterns import Patterns
from .principal_element import Grant, PrincipalElement

_DOCUMENT = {"Version", "Id", "Statement"}
_STATEMENT = {
    "Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition",
}
_WITH_VARIABLES, _WITHOUT_VARIABLES = "2012-10-17", "2008-10-17"


class PolicyKind(Enum):
    """The kind of a policy. The value is AWS's name for it in an access denied message.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    """

    IDENTITY = "identity-based policy"
    BOUNDARY = "permissions boundary"
    SESSION = "session policy"
    RESOURCE = "resource-based policy"
    TRUST = "role trust policy"

    @property
    def has_principal(self) -> bool:
        return self in (PolicyKind.RESOURCE, PolicyKind.TRUST)


@dataclass(frozen=True)
class Statement:
    """One statement; `index` counts from 0 within its policy."""

    policy: str
    kind: PolicyKind
    index: int
    sid: str
    allows: bool
    actions: Patterns = field(compare=False)
    actions_negated: bool
    # None in a trust policy: its resource is the role.
    resources: Patterns | None = field(compare=False)
    resources_negated: bool
    principal: PrincipalElement | None
    principal_negated: bool
    tests: tuple[Test, ...]

    @property
    def label(self) -> str:
        """The statement's name in logs and reports: `acme-dev-apply/StateObjects`."""
        return _label(self.policy, self.sid, self.index)

    def grant(self, caller: Caller, action: str, resource: str, keys: Keys) -> Grant:
        """NONE if the statement does not match this request, else how it names the caller (DIRECT in policies without a principal)."""
        if self.actions.match(action, keys) is self.actions_negated:
            return Grant.NONE
        if self.resources is not None and self.resources.match(resource, keys) is self.resources_negated:
            return Grant.NONE
        grant = self._principal_grant(caller)
        if grant is not Grant.NONE and all(test.holds(keys) for test in self.tests):
            return grant
        return Grant.NONE

    def _principal_grant(self, caller: Caller) -> Grant:
        if self.principal is None:
            return Grant.DIRECT
        if self.principal_negated:
            return Grant.NONE if self.principal.excepts(caller) else Grant.DIRECT
        return self.principal.grant(caller)


@dataclass(frozen=True)
class Policy:
    """A policy with its name and statements. Create it with `Policy.of`, which caches what it has parsed."""

    name: str
    kind: PolicyKind
    statements: tuple[Statement, ...]

    @staticmethod
    def of(name: str, kind: PolicyKind, document: str | Mapping[str, Any]) -> Policy:
        """Parses JSON text or an object; raises PolicyError, with policy and statement, for what AWS would not accept."""
        return _parse(name, kind, document if isinstance(document, str) else json.dumps(document))


@functools.lru_cache(maxsize=4096)
def _parse(name: str, kind: PolicyKind, text: str) -> Policy:
    try:
        document = json.loads(text)
    except ValueError as wrong:
        raise PolicyError(f"{name}: not JSON: {wrong}") from wrong
    if not isinstance(document, dict) or "Statement" not in document:
        raise PolicyError(f"{name}: a policy document is an object with a Statement")
    _known(f"{name}", document, _DOCUMENT)
    version = document.get("Version", _WITHOUT_VARIABLES)
    if version not in (_WITH_VARIABLES, _WITHOUT_VARIABLES):
        raise PolicyError(f"{name}: unknown Version '{version}'; available: {_WITH_VARIABLES}, {_WITHOUT_VARIABLES}")
    listed = document["Statement"]
    statements = listed if isinstance(listed, list) else [listed]
    return Policy(name, kind, tuple(_statement(name, kind, index, each, version) for index, each in enumerate(statements)))


def _statement(policy: str, kind: PolicyKind, index: int, document: Any, version: str) -> Statement:
    where = f"{policy}, statement {index}"
    if not isinstance(document, dict):
        raise PolicyError(f"{where}: not an object")
    _known(where, document, _STATEMENT)
    effect = document.get("Effect")
    if effect not in ("Allow", "Deny"):
        raise PolicyError(f"{where}: Effect is {effect!r}; available: Allow, Deny")
    variables = version == _WITH_VARIABLES
    try:
        actions, actions_negated = _one_of(document, "Action")
        # A trust policy has no resource, and some services do not require one (ECR).
        without_resource = kind.has_principal and "Resource" not in document and "NotResource" not in document
        resources, resources_negated = ((), False) if without_resource else _one_of(document, "Resource")
        principal, principal_negated = _principal(kind, effect, document)
        sid = str(document.get("Sid", ""))
        if effect == "Allow":
            actions = withheld.without(_label(policy, sid, index), actions)
        return Statement(
            policy, kind, index, sid, effect == "Allow",
            # Action names are not case-sensitive, and take no variables.
            Patterns(actions, ignore_case=True, variables=False), actions_negated,
            None if without_resource else Patterns(resources, variables=variables), resources_negated,
            principal, principal_negated,
            conditions.parse(document.get("Condition"), variables),
        )
    except PolicyError as wrong:
        raise PolicyError(f"{where}: {wrong}") from wrong


def _label(policy: str, sid: str, index: int) -> str:
    return f"{policy}/{sid or index}"


def _principal(kind: PolicyKind, effect: str, document: Mapping[str, Any]) -> tuple[PrincipalElement | None, bool]:
    given = [name for name in ("Principal", "NotPrincipal") if name in document]
    if not kind.has_principal:
        if given:
            raise PolicyError(f"{given[0]} is not allowed in a policy of this kind ({kind.value})")
        return None, False
    if len(given) != 1:
        raise PolicyError("exactly one of Principal and NotPrincipal is required in a resource's policy")
    if given[0] == "NotPrincipal" and effect == "Allow":
        raise PolicyError("NotPrincipal with Allow is not supported: it would allow all other principals")
    return principal_element.parse(document[given[0]]), given[0] == "NotPrincipal"


def _one_of(document: Mapping[str, Any], element: str) -> tuple[tuple[str, ...], bool]:
    """The values of Action or NotAction (Resource or NotResource), and whether it is the negated one."""
    given = [name for name in (element, f"Not{element}") if name in document]
    if len(given) != 1:
        raise PolicyError(f"exactly one of {element} and Not{element} is required")
    value = document[given[0]]
    texts = tuple(value) if isinstance(value, list) else (value,)
    if not texts or not all(isinstance(text, str) for text in texts):
        raise PolicyError(f"{given[0]} is {value!r}, neither a string nor a list of strings")
    return texts, given[0] != element


def _known(where: str, document: Mapping[str, Any], names: set[str]) -> None:
    if unknown := sorted(set(document) - names):
        raise PolicyError(f"{where}: unknown element {', '.join(unknown)}; available: {', '.join(sorted(names))}")
