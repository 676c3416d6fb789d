"""Checks a request against the constraints of its operation's model: required members, lengths, ranges, patterns, enumerations, at any
depth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from botocore.model import Shape

from .patterns import compiled

NULL = "Member must not be null"


@dataclass(frozen=True)
class Violation:
    """One constraint that a value does not satisfy.

    path: as AWS writes it: `tags.1.member.key`.
    member: the model's name of the member.
    rule: the constraint as AWS's messages word it.
    """

    path: str
    member: str
    value: Any
    rule: str
    sensitive: bool = False


# Constraints of the models that AWS does not enforce, or enforces differently: (service, shape) to the reason.
NOT_ENFORCED: dict[tuple[str, str], str] = {}


def violations(service: str, shape: Shape | None, parameters: Any) -> list[Violation]:
    return list(_structure(service, shape, parameters, "")) if shape is not None else []


def _structure(service: str, shape: Shape, given: Any, path: str) -> Iterator[Violation]:
    for name in shape.required_members:
        if given.get(name) is None:
            yield Violation(_join(path, name), name, None, NULL)
    members = shape.members
    for name, value in given.items():
        if value is not None:
            yield from _value(service, members[name], value, _join(path, name), name)


def _value(service: str, shape: Shape, value: Any, path: str, name: str) -> Iterator[Violation]:
    kind = shape.type_name
    if kind == "structure":
        if not getattr(shape, "is_document_type", False):
            yield from _structure(service, shape, value, path)
        return
    broken = _broken(service, shape, value)
    if broken:
        yield Violation(path, name, value, broken[0], bool(shape.metadata.get("sensitive")))
    if kind == "list":
        yield from _list(service, shape, value, path, name)
    elif kind == "map":
        yield from _map(service, shape, value, path, name)


def _list(service: str, shape: Shape, value: list[Any], path: str, name: str) -> Iterator[Violation]:
    member = shape.member
    if member.type_name in ("structure", "list", "map"):
        for number, item in enumerate(value, 1):
            if item is not None:
                yield from _value(service, member, item, f"{path}.{number}.member", name)
    elif any(item is not None and _broken(service, member, item) for item in value):
        yield Violation(path, name, value, f"Member must satisfy constraint: [{', '.join(_rules(member))}]")


def _map(service: str, shape: Shape, value: dict[str, Any], path: str, name: str) -> Iterator[Violation]:
    if any(_broken(service, shape.key, key) for key in value):
        yield Violation(path, name, value, f"Map keys must satisfy constraint: [{', '.join(_rules(shape.key))}]")
    if shape.value.type_name in ("structure", "list", "map"):
        for key, item in value.items():
            if item is not None:
                yield from _value(service, shape.value, item, f"{path}.{key}.member", name)
    elif any(item is not None and _broken(service, shape.value, item) for item in value.values()):
        yield Violation(path, name, value, f"Map value must satisfy constraint: [{', '.join(_rules(shape.value))}]")


def _broken(service: str, shape: Shape, value: Any) -> list[str]:
    """The constraints that a value does not satisfy, without those of its members."""
    metadata = shape.metadata
    if not metadata or (service, shape.name) in NOT_ENFORCED:
        return []
    kind = shape.type_name
    if kind == "string":
        return [rule for rule in _rules(shape) if not _satisfies(shape, value, rule)]
    if kind in ("list", "map", "blob"):
        return _outside(len(value), metadata, "length")
    return _outside(value, metadata, "value") if kind in ("integer", "long", "float", "double") else []


def _satisfies(shape: Shape, value: str, rule: str) -> bool:
    metadata = shape.metadata
    if rule.startswith("Member must satisfy enum"):
        return value in metadata["enum"]
    if rule.startswith("Member must satisfy regular"):
        pattern = compiled(metadata["pattern"])
        return pattern is None or pattern.fullmatch(value) is not None
    return rule not in _outside(len(value), metadata, "length")


def _outside(number: float, metadata: dict[str, Any], what: str) -> list[str]:
    rules = []
    if "max" in metadata and number > metadata["max"]:
        rules.append(_at_most(metadata["max"], what))
    if "min" in metadata and number < metadata["min"]:
        rules.append(_at_least(metadata["min"], what))
    return rules


def _rules(shape: Shape) -> list[str]:
    """All constraints of a shape, as AWS's messages word them."""
    metadata, what = shape.metadata, "length" if shape.type_name in ("string", "list", "map", "blob") else "value"
    rules = []
    if "max" in metadata:
        rules.append(_at_most(metadata["max"], what))
    if "min" in metadata:
        rules.append(_at_least(metadata["min"], what))
    if "pattern" in metadata:
        rules.append(f"Member must satisfy regular expression pattern: {metadata['pattern']}")
    if "enum" in metadata:
        rules.append(f"Member must satisfy enum value set: [{', '.join(metadata['enum'])}]")
    return rules


def _at_most(bound: Any, what: str) -> str:
    return f"Member must have {what} less than or equal to {bound}"


def _at_least(bound: Any, what: str) -> str:
    return f"Member must have {what} greater than or equal to {bound}"


def _join(path: str, name: str) -> str:
    """A member's name as AWS's messages write it: with a lowercase first letter, whatever the protocol's name is."""
    small = name[:1].lower() + name[1:]
    return f"{path}.{small}" if path else small
