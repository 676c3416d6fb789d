"""Values that are written as text, in headers, forms, XML and query strings."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from typing import Any

from botocore.model import Shape
from botocore.utils import parse_timestamp


class Unreadable(Exception):
    """A value in the request does not have the type that the model requires."""


def from_text(shape: Shape, text: str) -> Any:
    """The value of this text."""
    kind = shape.type_name
    if kind == "string":
        return _json_value(text) if shape.serialization.get("jsonvalue") else text
    if kind == "boolean":
        return _boolean(text)
    if kind in ("integer", "long"):
        return _number(int, text, kind)
    if kind in ("float", "double"):
        return _number(float, text, kind)
    if kind == "timestamp":
        return timestamp(text)
    if kind == "blob":
        return blob(text)
    raise Unreadable(f"a {kind} cannot be written as text")


def timestamp(value: str | float) -> datetime.datetime:
    try:
        return parse_timestamp(value)
    except (ValueError, TypeError, OverflowError) as failure:
        raise Unreadable(f"'{value}' is not a timestamp") from failure


def blob(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as failure:
        raise Unreadable("a blob is not Base64") from failure


def _boolean(text: str) -> bool:
    lowered = text.lower()
    if lowered not in ("true", "false"):
        raise Unreadable(f"'{text}' is not a boolean")
    return lowered == "true"


def _number(convert: Any, text: str, kind: str) -> Any:
    try:
        return convert(text)
    except ValueError as failure:
        raise Unreadable(f"'{text}' is not a value of type {kind}") from failure


def _json_value(text: str) -> Any:
    try:
        return json.loads(base64.b64decode(text))
    except ValueError as failure:
        raise Unreadable("a JSON value in a header is not Base64 of JSON") from failure
