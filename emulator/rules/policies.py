"""Checks whether a policy document is malformed, for all services."""

from __future__ import annotations

import fnmatch
import json
import re
from collections.abc import Iterator
from typing import Any

from moto.backends import get_backend

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements.html
_TOP = {"Version", "Id", "Statement"}
_STATEMENT = {"Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"}
_VERSIONS = ("2012-10-17", "2008-10-17")
_ENTITY = re.compile(r"arn:aws[\w-]*:iam::(?P<account>\d{12}):(?P<type>role|user)/(?:.*/)?(?P<name>[^/*]+)")


def parse(text: str) -> dict[str, Any] | None:
    """The parsed document, or None if it is not a JSON object."""
    try:
        document = json.loads(text)
    except ValueError:
        return None
    return document if isinstance(document, dict) else None


def statements(document: dict[str, Any]) -> list[dict[str, Any]]:
    found = document.get("Statement", [])
    return found if isinstance(found, list) else [found]


def listed(value: Any) -> list[Any]:
    """An element's values as a list: a policy has one value or a list of them."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def resource_policy_problem(text: str) -> str | None:
    """The first violation of a resource policy's grammar in this document, if any."""
    document = parse(text)
    if document is None:
        return "the document is not a JSON object"
    if unknown := set(document) - _TOP:
        return f"unknown element {sorted(unknown)[0]}"
    if document.get("Version", _VERSIONS[0]) not in _VERSIONS:
        return f"Version {document['Version']}"
    if not statements(document):
        return "no Statement"
    return next((problem for each in statements(document) if (problem := _statement_problem(each))), None)


def _statement_problem(statement: Any) -> str | None:
    if not isinstance(statement, dict):
        return "a Statement is not an object"
    if unknown := set(statement) - _STATEMENT:
        return f"unknown element {sorted(unknown)[0]}"
    if statement.get("Effect") not in ("Allow", "Deny"):
        return "Effect is neither Allow nor Deny"
    for one, other in (("Action", "NotAction"), ("Principal", "NotPrincipal")):
        if (one in statement) == (other in statement):
            return f"either {one} or {other} is required"
    return None


def principals(document: dict[str, Any]) -> Iterator[str]:
    """The AWS principals that a document names."""
    for statement in statements(document):
        principal = statement.get("Principal", statement.get("NotPrincipal"))
        if isinstance(principal, str):
            yield principal
        elif isinstance(principal, dict):
            yield from listed(principal.get("AWS"))


def missing_principal(document: dict[str, Any]) -> str | None:
    """A role or user in a document that does not exist, if any: AWS replaces names with ids when a policy is stored.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """
    for principal in principals(document):
        entity = _ENTITY.fullmatch(principal)
        if entity is None:
            continue
        iam = get_backend("iam")[entity["account"]]["aws"]
        known = iam.users if entity["type"] == "user" else {role.name for role in iam.roles.values()}
        if entity["name"] not in known:
            return principal
    return None


def covers(patterns: Any, action: str) -> bool:
    """Whether an Action element names an action; names are case-insensitive and may have wildcards."""
    return any(fnmatch.fnmatchcase(action.lower(), pattern.lower()) for pattern in listed(patterns))


def trusts(role_arn: str, service: str) -> bool:
    """Whether a role's trust policy lets a service assume it."""
    entity = _ENTITY.fullmatch(role_arn)
    if entity is None:
        return False
    role = next((r for r in get_backend("iam")[entity["account"]]["aws"].roles.values() if r.name == entity["name"]), None)
    if role is None:
        return False
    return any(
        statement.get("Effect") == "Allow" and covers(statement.get("Action"), "sts:AssumeRole")
        and isinstance(statement.get("Principal"), dict) and service in listed(statement["Principal"].get("Service"))
        for statement in statements(parse(role.assume_role_policy_document) or {})
    )
