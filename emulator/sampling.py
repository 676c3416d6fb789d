"""Sample parameters for any operation, generated from its model: for tests of every operation of a service."""

from __future__ import annotations

import datetime
from typing import Any

from botocore.model import OperationModel, Shape

_TIME = datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)
# Deep enough for every kind of list or map within a structure; recursive models have no end.
_DEPTH = 5


def sample(operation: OperationModel) -> dict[str, Any]:
    """Parameters with a value for every member of the input."""
    shape = operation.input_shape
    return _structure(shape, 0) if shape else {}


def _structure(shape: Shape, depth: int) -> dict[str, Any]:
    members = {}
    for name, member in shape.members.items():
        if member.serialization.get("eventstream") or getattr(member, "is_document_type", False):
            continue
        value = _value(member, name, depth + 1)
        if value is not None:
            members[name] = value
        # Of a union, one member is set.
        if getattr(shape, "is_tagged_union", False) and members:
            break
    return members


def _value(shape: Shape, name: str, depth: int) -> Any:
    kind = shape.type_name
    if depth > _DEPTH and kind in ("structure", "list", "map"):
        return None
    if kind == "structure":
        return _structure(shape, depth) or None
    if kind == "list":
        item = _value(shape.member, name, depth + 1)
        return None if item is None else [item, item]
    if kind == "map":
        value = _value(shape.value, name, depth + 1)
        # Header names chosen by the sender are case-insensitive.
        key = "key-1" if shape.serialization.get("location") == "headers" else _string(shape.key, name)
        return None if value is None else {key: value}
    return _scalar(shape, kind, name)


def _scalar(shape: Shape, kind: str, name: str) -> Any:
    if kind == "string":
        return {"a": 1} if shape.serialization.get("jsonvalue") else _string(shape, name)
    if kind == "boolean":
        return True
    if kind in ("integer", "long"):
        return int(shape.metadata.get("min", 1)) + 1
    if kind in ("float", "double"):
        return float(shape.metadata.get("min", 1)) + 0.5
    return _TIME if kind == "timestamp" else b"bytes \x00\xff"


def _string(shape: Shape, name: str) -> str:
    if shape.enum:
        return shape.enum[-1]
    if shape.serialization.get("hostLabel"):
        return "111111111111"
    # Characters that each protocol must escape, if a header can contain them.
    text = f"{name} a/b:c+d&e=f%<g>" if "location" not in shape.serialization else f"{name}-a/b:c+d%"
    return text.ljust(int(shape.metadata.get("min", 0)), "x")
