"""An operation's parameters, read through the shapes of its model from path, query string, headers and body."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from botocore.model import OperationModel, Shape
from botocore.parsers import BaseCBORParser

from . import forms, structured, xml_body
from .scalars import Unreadable, from_text


@dataclass(frozen=True)
class Source:
    """The parts of a request that contain parameters; `form` is the body and query string of the query protocols."""

    body: bytes
    form: Mapping[str, list[str]] | None
    labels: Mapping[str, str]
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]


def read(operation: OperationModel, protocol: str, source: Source) -> tuple[dict[str, Any], str | None]:
    """The parameters by AWS's names, and what could not be read of them, if anything."""
    shape = operation.input_shape
    if shape is None:
        return {}, None
    try:
        return _READERS[protocol](shape, source), None
    except Unreadable as failure:
        return {}, str(failure)


def _read_json(shape: Shape, source: Source) -> dict[str, Any]:
    return structured.structure(shape, _load_json(source.body))


def _read_cbor(shape: Shape, source: Source) -> dict[str, Any]:
    return structured.structure(shape, _load_cbor(source.body))


def _read_query(shape: Shape, source: Source) -> dict[str, Any]:
    return forms.structure(shape, source.form or {}, forms.query_name)


def _read_ec2(shape: Shape, source: Source) -> dict[str, Any]:
    return forms.structure(shape, source.form or {}, forms.ec2_name)


def _read_rest_json(shape: Shape, source: Source) -> dict[str, Any]:
    return _read_rest(shape, source, lambda body, content: structured.structure(body, _load_json(content)))


def _read_rest_xml(shape: Shape, source: Source) -> dict[str, Any]:
    return _read_rest(shape, source, lambda body, content: xml_body.structure(body, _load_xml(content)))


def _read_rest(shape: Shape, source: Source, read_body: Callable[[Shape, bytes], dict[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    payload = shape.serialization.get("payload")
    in_body = False
    for name, member in shape.members.items():
        location = member.serialization.get("location")
        if location is not None:
            value = _located(name, member, location, source)
            if value is not None:
                values[name] = value
        elif name != payload:
            in_body = True
    if payload is not None:
        if (value := _payload(shape.members[payload], source, read_body)) is not None:
            values[payload] = value
    elif in_body and source.body:
        values |= {name: value for name, value in read_body(shape, source.body).items() if name not in values}
    return values


def _payload(member: Shape, source: Source, read_body: Callable[[Shape, bytes], dict[str, Any]]) -> Any:
    if member.serialization.get("eventstream") or not source.body:
        # An empty body is no payload, except for a stream: then it is an empty stream.
        return b"" if member.type_name == "blob" else None
    if member.type_name == "structure":
        return read_body(member, source.body)
    return source.body.decode("utf-8", "replace") if member.type_name == "string" else source.body


def _located(name: str, member: Shape, location: str, source: Source) -> Any:
    wire = member.serialization.get("name", name)
    if location == "uri":
        return from_text(member, source.labels[wire]) if wire in source.labels else None
    if location == "querystring":
        return _from_query(member, wire, source.query)
    if location == "header":
        return _from_header(member, source.headers.get(wire.lower()))
    if location == "headers":
        prefix = wire.lower()
        return {k[len(prefix):]: v for k, v in source.headers.items() if k.startswith(prefix)} or None
    raise Unreadable(f"member {name} is at '{location}', which the emulator does not know")


def _from_query(member: Shape, wire: str, query: Mapping[str, list[str]]) -> Any:
    if member.type_name == "map":
        # Only API Gateway's imports have such a member; here it also contains the other fields of the query string.
        many = member.value.type_name == "list"
        return {k: v if many else v[0] for k, v in query.items()} or None
    if wire not in query:
        return None
    if member.type_name == "list":
        return [from_text(member.member, value) for value in query[wire]]
    return from_text(member, query[wire][0])


def _from_header(member: Shape, value: str | None) -> Any:
    if value is None:
        return None
    if member.type_name == "list":
        return [from_text(member.member, part.strip()) for part in value.split(",")]
    return from_text(member, value)


def _load_json(body: bytes) -> Any:
    try:
        return json.loads(body) if body else {}
    except ValueError as failure:
        raise Unreadable(f"the body is not JSON: {failure}") from failure


def _load_xml(body: bytes) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(body)
    except ElementTree.ParseError as failure:
        raise Unreadable(f"the body is not XML: {failure}") from failure


def _load_cbor(body: bytes) -> Any:
    parser = BaseCBORParser()
    try:
        return parser.parse_data_item(parser.get_peekable_stream_from_bytes(body)) if body else {}
    except Exception as failure:
        raise Unreadable(f"the body is not CBOR: {failure}") from failure


_READERS: dict[str, Callable[[Shape, Source], dict[str, Any]]] = {
    "json": _read_json,
    "query": _read_query,
    "ec2": _read_ec2,
    "rest-json": _read_rest_json,
    "rest-xml": _read_rest_xml,
    "smithy-rpc-v2-cbor": _read_cbor,
}
