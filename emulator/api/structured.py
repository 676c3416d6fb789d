"""Parameters of the protocols json, rest-json and CBOR: values that already have types."""

from __future__ import annotations

from typing import Any

from botocore.model import Shape

from .scalars import Unreadable, blob, timestamp

# As AWS's JSON services name the type of a value: "STRING_VALUE can not be converted to an Integer".
_FOUND = {bool: "TRUE_VALUE", int: "NUMBER_VALUE", float: "DECIMAL_VALUE", str: "STRING_VALUE", list: "START_ARRAY", dict: "START_OBJECT"}
_WANTED = {
    "string": "a String", "boolean": "a Boolean", "integer": "an Integer", "long": "a Long", "float": "a Float", "double": "a Double"}


def structure(shape: Shape, given: Any) -> dict[str, Any]:
    """Members of the model that were sent; as on AWS, null counts as not sent, and members that the model lacks are ignored."""
    if not isinstance(given, dict):
        raise _mismatch(shape, given)
    values = {}
    for name, member in shape.members.items():
        if member.serialization.get("location") is not None:
            continue
        sent = given.get(member.serialization.get("name", name))
        if sent is not None:
            values[name] = _value(member, sent)
    return values


def _value(shape: Shape, given: Any) -> Any:
    kind = shape.type_name
    if kind == "structure":
        return given if getattr(shape, "is_document_type", False) else structure(shape, given)
    if kind == "list":
        if not isinstance(given, list):
            raise _mismatch(shape, given)
        return [None if item is None else _value(shape.member, item) for item in given]
    if kind == "map":
        if not isinstance(given, dict):
            raise _mismatch(shape, given)
        return {key: None if value is None else _value(shape.value, value) for key, value in given.items()}
    return _scalar(shape, kind, given)


def _scalar(shape: Shape, kind: str, given: Any) -> Any:
    if kind == "string" and isinstance(given, str):
        return given
    if kind == "boolean" and isinstance(given, bool):
        return given
    if kind in ("integer", "long") and isinstance(given, (int, float)) and not isinstance(given, bool) and given == int(given):
        return int(given)
    if kind in ("float", "double"):
        # NaN and infinity are strings in JSON.
        if (isinstance(given, (int, float)) and not isinstance(given, bool)) or given in ("NaN", "Infinity", "-Infinity"):
            return float(given)
    if kind == "timestamp":
        return timestamp(given) if isinstance(given, (int, float, str)) else given
    if kind == "blob" and isinstance(given, (bytes, str)):
        return given if isinstance(given, bytes) else blob(given)
    raise _mismatch(shape, given)


def _mismatch(shape: Shape, given: Any) -> Unreadable:
    found = _FOUND.get(type(given), "VALUE")
    if shape.type_name in _WANTED:
        return Unreadable(f"{found} can not be converted to {_WANTED[shape.type_name]}")
    return Unreadable(f"Unexpected token {found}: a {shape.type_name} is expected")
