"""The Condition element: every operator of IAM, with IfExists, Null, ForAllValues and ForAnyValue.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

import base64
import binascii
import datetime
import ipaddress
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .errors import PolicyError
from .keys import Keys
from .patterns import expand, literal, matches, matches_arn

# Compares one value of the policy, variables already replaced, with one value of the request.
_Compare = Callable[[str, str], bool]


@dataclass(frozen=True)
class _Operator:
    compare: _Compare
    negated: bool = False
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html: string, ARN and Boolean operators only.
    variables: bool = False


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _moment(text: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 date, of any precision that W3C's note allows, or of epoch time."""
    seconds = _number(text)
    if seconds is not None and (len(text) != 4 or not text.isdigit()):
        return seconds
    for form in ("%Y", "%Y-%m"):
        try:
            return datetime.datetime.strptime(text, form).replace(tzinfo=datetime.timezone.utc).timestamp()
        except ValueError:
            pass
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)).timestamp()


def _ordered(read: Callable[[str], float | None], compare: Callable[[float, float], bool]) -> _Compare:
    def ordered(policy: str, request: str) -> bool:
        left, right = read(request), read(policy)
        return left is not None and right is not None and compare(left, right)

    return ordered


def _binary(policy: str, request: str) -> bool:
    try:
        return base64.b64decode(policy, validate=True) == base64.b64decode(request, validate=True)
    except (binascii.Error, ValueError):
        return False


def _address(policy: str, request: str) -> bool:
    try:
        network = ipaddress.ip_network(policy, strict=False)
    except ValueError as wrong:
        raise PolicyError(f"'{policy}' is not an IP address or CIDR range: {wrong}") from wrong
    try:
        return ipaddress.ip_address(request) in network
    except ValueError:
        return False


def _operators() -> dict[str, _Operator]:
    table: dict[str, _Operator] = {}

    def pair(name: str, negated: str, compare: _Compare, variables: bool = False) -> None:
        table[name] = _Operator(compare, False, variables)
        table[negated] = _Operator(compare, True, variables)

    pair("StringEquals", "StringNotEquals", lambda policy, request: literal(policy) == request, True)
    pair(
        "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
        lambda policy, request: literal(policy).casefold() == request.casefold(), True,
    )
    pair("StringLike", "StringNotLike", matches, True)
    # ArnEquals and ArnLike behave identically, and so do their negations.
    pair("ArnEquals", "ArnNotEquals", matches_arn, True)
    pair("ArnLike", "ArnNotLike", matches_arn, True)
    pair("IpAddress", "NotIpAddress", _address)
    table["Bool"] = _Operator(lambda policy, request: literal(policy).lower() == request.lower(), variables=True)
    table["BinaryEquals"] = _Operator(_binary)
    for family, read in (("Numeric", _number), ("Date", _moment)):
        pair(f"{family}Equals", f"{family}NotEquals", _ordered(read, operator.eq))
        for name, compare in (
            ("LessThan", operator.lt), ("LessThanEquals", operator.le), ("GreaterThan", operator.gt), ("GreaterThanEquals", operator.ge),
        ):
            table[f"{family}{name}"] = _Operator(_ordered(read, compare))
    return table


_OPERATORS = _operators()
_BY_LOWER_CASE = {name.lower(): name for name in _OPERATORS}
_SETS = ("ForAllValues", "ForAnyValue")


@dataclass(frozen=True)
class Test:
    """One operator on one key: all tests of a statement must be true (AND), one of a test's values is enough (OR)."""

    operator: str
    key: str
    values: tuple[str, ...]
    set_operator: str | None
    if_exists: bool
    variables: bool

    def holds(self, keys: Keys) -> bool:
        found = keys.values_of(self.key)
        multivalued = keys.is_multivalued(self.key)
        # A multivalued key whose values are empty is a null data set.
        present = bool(found) and not (multivalued and not any(found))
        if self.operator == "Null":
            # "true": the key is not in the request; "false": it is in the request, and its value is not null.
            return any(value.lower() == ("false" if present else "true") for value in self.values)
        rule = _OPERATORS[self.operator]
        if self.set_operator == "ForAllValues":
            # Also true if there is no value to compare.
            return not present or all(self._one(rule, value, keys) for value in found)
        if self.set_operator == "ForAnyValue":
            # IfExists changes nothing here: without a value, none can match.
            # https://iam.cloudcopilot.io/resources/operators/ForAnyValue:StringNotEqualsIfExists
            return present and any(self._one(rule, value, keys) for value in found)
        if not found:
            # The key is missing: no match. A negated operator or IfExists makes that true.
            return rule.negated or self.if_exists
        if len(found) > 1:
            raise PolicyError(
                f"{self.operator} on {self.key}, which has {len(found)} values in this request: "
                "AWS requires ForAllValues or ForAnyValue for a multivalued key"
            )
        return self._one(rule, found[0], keys)

    def _one(self, rule: _Operator, value: str, keys: Keys) -> bool:
        """Several values of the policy: one must match; for a negated operator, none may."""
        for text in self.values:
            expanded = expand(text, keys) if rule.variables and self.variables else text
            # A variable without a value equals nothing, so a negated operator is true.
            if expanded is not None and rule.compare(expanded, value):
                return not rule.negated
        return rule.negated


def parse(document: Any, variables: bool) -> tuple[Test, ...]:
    """Parses a Condition element into tests; an operator that IAM does not have is an error."""
    if document is None:
        return ()
    if not isinstance(document, Mapping):
        raise PolicyError(f"Condition is {type(document).__name__}, not an object")
    return tuple(_test(name, key, values, variables) for name, keys in document.items() for key, values in _object(name, keys).items())


def _object(name: str, keys: Any) -> Mapping[str, Any]:
    if not isinstance(keys, Mapping):
        raise PolicyError(f"Condition operator {name} has no object of keys and values")
    return keys


def _test(name: str, key: str, values: Any, variables: bool) -> Test:
    set_operator, _, rest = name.rpartition(":")
    if_exists = rest.lower().endswith("ifexists")
    base = rest[: -len("IfExists")] if if_exists else rest
    known = "Null" if base.lower() == "null" else _BY_LOWER_CASE.get(base.lower())
    chosen = next((each for each in _SETS if each.lower() == set_operator.lower()), None)
    if known is None or (set_operator and chosen is None) or (known == "Null" and (if_exists or set_operator)):
        raise PolicyError(f"unknown condition operator '{name}'")
    listed = values if isinstance(values, list) else [values]
    if any(isinstance(value, (Mapping, list)) or value is None for value in listed):
        raise PolicyError(f"{name} {key} has a value that is not a string, number or Boolean")
    texts = tuple(str(value).lower() if isinstance(value, bool) else str(value) for value in listed)
    return Test(known, key, texts, chosen, if_exists, variables)
