"""Parameters of the protocol rest-xml that are in the body."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element

from botocore.model import Shape

from .scalars import from_text

_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


def structure(shape: Shape, element: Element) -> dict[str, Any]:
    """Members of the model that were sent; namespaces are ignored, because SDKs differ in them."""
    children: dict[str, list[Element]] = {}
    for child in element:
        children.setdefault(_name(child), []).append(child)
    values = {}
    for name, member in shape.members.items():
        if member.serialization.get("location") is not None:
            continue
        wire = member.serialization.get("name", name)
        if member.serialization.get("xmlAttribute"):
            if (text := element.get(wire.replace("xsi:", _INSTANCE))) is not None:
                values[name] = from_text(member, text)
        elif found := children.get(wire):
            values[name] = _value(member, found)
    return values


def _value(shape: Shape, elements: list[Element]) -> Any:
    """The value of the elements of one name: one value, or the members of a flattened list or map."""
    kind = shape.type_name
    flattened = shape.serialization.get("flattened")
    if kind == "structure":
        return structure(shape, elements[0])
    if kind == "list":
        return [_value(shape.member, [item]) for item in (elements if flattened else elements[0])]
    if kind == "map":
        return dict(_entry(shape, item) for item in (elements if flattened else elements[0]))
    return from_text(shape, elements[0].text or "")


def _entry(shape: Shape, element: Element) -> tuple[str, Any]:
    parts = {_name(child): child for child in element}
    key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
    return parts[key].text or "", _value(shape.value, [parts[value]])


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
