"""Parameters of the protocols query and ec2: a form whose field names are paths, `Tags.Tag.1.Key`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from botocore.model import Shape

from .scalars import Unreadable, from_text

# The value of the field at which the path ends; the same path may also have fields below it.
_HERE = ""

_Tree = dict[str, Any]
_Namer = Callable[[Shape, str], str]


def query_name(member: Shape, name: str) -> str:
    """A member's name in a form of the query protocol."""
    return member.serialization.get("name", name)


def ec2_name(member: Shape, name: str) -> str:
    """A member's name in a form of EC2's protocol: its queryName, else the response's name with an uppercase first letter, else the
    model's.
    """
    serialization = member.serialization
    if "queryName" in serialization:
        return serialization["queryName"]
    if "name" in serialization:
        return serialization["name"][:1].upper() + serialization["name"][1:]
    return name


def structure(shape: Shape, form: Mapping[str, list[str]], namer: _Namer) -> dict[str, Any]:
    tree: _Tree = {}
    for path, values in form.items():
        node = tree
        for part in path.split("."):
            node = node.setdefault(part, {})
        node[_HERE] = values[0]
    return _structure(shape, tree, namer)


def _structure(shape: Shape, tree: _Tree, namer: _Namer) -> dict[str, Any]:
    values = {}
    for name, member in shape.members.items():
        node = tree.get(_wire_name(member, name, namer))
        if node is not None and (value := _value(member, node, namer)) is not None:
            values[name] = value
    return values


def _wire_name(member: Shape, name: str, namer: _Namer) -> str:
    """A flattened list of the query protocol has the name of its members."""
    if namer is query_name and member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name", namer(member, name))
    return namer(member, name)


def _value(shape: Shape, node: _Tree, namer: _Namer) -> Any:
    kind = shape.type_name
    if kind == "structure":
        return _structure(shape, node, namer)
    if kind == "list":
        return [_value(shape.member, item, namer) for item in _items(node)]
    if kind == "map":
        key, value = shape.key.serialization.get("name", "key"), shape.value.serialization.get("name", "value")
        return {_text(entry.get(key)): _value(shape.value, entry.get(value) or {_HERE: ""}, namer) for entry in _items(node)}
    return from_text(shape, _text(node))


def _items(node: _Tree) -> list[_Tree]:
    """Numbered children, in the order of their numbers; SDKs differ in whether they are below `member`, `entry` or a name from the model.
    """
    numbered = {int(name): child for name, child in node.items() if name.isdecimal()}
    if not numbered:
        for name, child in node.items():
            if name != _HERE:
                numbered |= {int(number): item for number, item in child.items() if number.isdecimal()}
    return [numbered[number] for number in sorted(numbered)]


def _text(node: _Tree | None) -> str:
    if node is None or _HERE not in node:
        raise Unreadable("a value has members where the model has none")
    return node[_HERE]
