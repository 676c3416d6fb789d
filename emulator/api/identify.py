"""Which operation of which service a request calls, and with whose credentials."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, urlsplit

from botocore.model import OperationModel

from . import parameters
from .models import Metadata, by_target, candidates, service_model
from .request import DEFAULT_REGION, ApiRequest, UnsupportedProtocol
from .routes import match

_SCOPE = re.compile(r"Credential=([^/,\s]+)/\d{8}/([^/,\s]*)/([^/,\s]+)/aws4_request")
_CBOR_PATH = re.compile(r"/service/(?P<service>[^/]+)/operation/(?P<operation>\w+)")
_VIRTUAL_HOST = re.compile(r"(?P<bucket>[a-z0-9][a-z0-9.-]+)\.s3[.-](?:[a-z0-9-]+\.)*amazonaws\.com")
_S3_CONTROL = "/v20180820/"

# Paths of moto and of the emulator themselves.
_NOT_AWS = ("/_infra/", "/moto-api", "/favicon.ico", "/latest/")

# Unsigned requests name no service. Form requests: those that STS takes unsigned,
# https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
_UNSIGNED_ACTIONS = {"AssumeRoleWithWebIdentity": "sts", "AssumeRoleWithSAML": "sts"}

_FORM_PROTOCOLS = ("query", "ec2")
_REST_PROTOCOLS = ("rest-json", "rest-xml")


@dataclass(frozen=True)
class _Received:
    """A request as it was received."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes
    access_key_id: str | None
    region: str
    signing_name: str | None


@dataclass(frozen=True)
class _Identified:
    operation: OperationModel
    protocol: str
    labels: Mapping[str, str]


def identify(environ: Mapping[str, Any], body: bytes) -> ApiRequest | None:
    """The request parsed with AWS's model, or None if no model has it. Raises UnsupportedProtocol."""
    received = _receive(environ, body)
    if received.path.startswith(_NOT_AWS):
        return None
    form = _form(received)
    identified = _by_protocol(received, form)
    if identified is None:
        return None
    service = identified.operation.service_model
    source = parameters.Source(received.body, form, identified.labels, received.query, received.headers)
    read, unreadable = parameters.read(identified.operation, identified.protocol, source)
    return ApiRequest(
        service=service.service_name,
        signing_name=received.signing_name or service.signing_name,
        operation=identified.operation.name,
        protocol=identified.protocol,
        parameters=read,
        region=received.region,
        access_key_id=received.access_key_id,
        session_token=received.headers.get("x-amz-security-token") or _first(received.query, "X-Amz-Security-Token"),
        method=received.method,
        path=received.path,
        query=received.query,
        headers=received.headers,
        model=identified.operation,
        body=received.body,
        unreadable=unreadable,
    )


def is_aws(environ: Mapping[str, Any]) -> bool:
    """Whether a request is meant for AWS, and not for moto's or the emulator's own pages."""
    return not str(environ.get("PATH_INFO", "")).startswith(_NOT_AWS)


def _by_protocol(received: _Received, form: Mapping[str, list[str]] | None) -> _Identified | None:
    if (protocol := received.headers.get("smithy-protocol")) is not None:
        return _rpc(received, protocol)
    if target := received.headers.get("x-amz-target"):
        return _json(received, target)
    if form is not None and (action := _first(form, "Action")):
        return _query(received, action, _first(form, "Version"))
    return _rest(received)


def _rpc(received: _Received, protocol: str) -> _Identified | None:
    if protocol != "rpc-v2-cbor":
        raise UnsupportedProtocol(f"the emulator cannot read Smithy's protocol '{protocol}'")
    path = _CBOR_PATH.fullmatch(received.path)
    if path is None:
        raise UnsupportedProtocol(f"path {received.path} is not a path of the protocol rpc-v2-cbor")
    return _of_target(received, path["service"], path["operation"], "smithy-rpc-v2-cbor")


def _json(received: _Received, target: str) -> _Identified | None:
    prefix, _, name = target.rpartition(".")
    return _of_target(received, prefix, name, "json")


def _of_target(received: _Received, prefix: str, name: str, protocol: str) -> _Identified | None:
    signing_name = received.signing_name
    for service in by_target(prefix):
        if signing_name is None or service.signing_name == signing_name:
            return _named(service, name, protocol)
    return None


def _query(received: _Received, action: str, version: str | None) -> _Identified | None:
    signing_name = received.signing_name or _UNSIGNED_ACTIONS.get(action)
    for service in candidates(signing_name) if signing_name else ():
        protocol = next((p for p in service.protocols if p in _FORM_PROTOCOLS), None)
        # Two versions of one API are two services here: elb and elbv2.
        if protocol and version in (service.version, None) and (found := _named(service, action, protocol)):
            return found
    return None


def _named(service: Metadata, name: str, protocol: str) -> _Identified | None:
    if protocol not in service.protocols:
        raise UnsupportedProtocol(f"{service.service} does not support the protocol {protocol}; available: {', '.join(service.protocols)}")
    model = service_model(service.service)
    return _Identified(model.operation_model(name), protocol, {}) if name in model.operation_names else None


def _rest(received: _Received) -> _Identified | None:
    # Like moto, treats an unsigned request that nothing else identifies as one to S3.
    best, found = None, None
    for service in candidates(received.signing_name or "s3"):
        protocol = next((p for p in service.protocols if p in _REST_PROTOCOLS), None)
        if protocol is None or _is_other_s3(service.service, received.path):
            continue
        path = _with_bucket(received) if service.service == "s3" else received.path
        matched = match(service.service, received.method, path, received.query, received.headers)
        if matched and (best is None or matched.score > best):
            best, found = matched.score, _Identified(matched.operation, protocol, matched.labels)
    return found


def _is_other_s3(service: str, path: str) -> bool:
    """S3 and S3 Control sign with the same name; S3 Control's paths begin with its version."""
    control = path.startswith(_S3_CONTROL)
    return (service == "s3" and control) or (service == "s3control" and not control)


def _with_bucket(received: _Received) -> str:
    """The path in path style, also if the bucket is in the host name."""
    host = _VIRTUAL_HOST.fullmatch(received.headers.get("host", "").partition(":")[0])
    return f"/{host['bucket']}{received.path}" if host else received.path


def _receive(environ: Mapping[str, Any], body: bytes) -> _Received:
    path, query_string = _address(environ)
    query = parse_qs(query_string, keep_blank_values=True)
    headers = {name[5:].replace("_", "-").lower(): value for name, value in environ.items() if name.startswith("HTTP_")}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if environ.get(name):
            headers[name.replace("_", "-").lower()] = environ[name]
    scope = _SCOPE.search(headers.get("authorization", "")) or _SCOPE.search(f"Credential={_first(query, 'X-Amz-Credential') or ''}")
    access_key_id, region, signing_name = scope.groups() if scope else (None, "", None)
    if headers.get("content-encoding") == "gzip" and signing_name != "s3":
        body = gzip.decompress(body)
    return _Received(environ["REQUEST_METHOD"], path, query, headers, body, access_key_id, region or DEFAULT_REGION, signing_name)


def _address(environ: Mapping[str, Any]) -> tuple[str, str]:
    """Path, still percent-encoded so that a slash within a label differs from one between labels, and query string."""
    raw = environ.get("RAW_URI") or environ.get("REQUEST_URI")
    if raw is None:
        return environ.get("PATH_INFO") or "/", environ.get("QUERY_STRING", "")
    # Through a proxy a client sends the whole URL.
    if not raw.startswith("/"):
        parts = urlsplit(raw)
        return parts.path or "/", parts.query
    path, _, query = raw.partition("?")
    return path, query


def _form(received: _Received) -> Mapping[str, list[str]] | None:
    if received.method == "POST" and received.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return {**received.query, **parse_qs(received.body.decode("utf-8", "replace"), keep_blank_values=True)}
    return received.query if "Action" in received.query else None


def _first(fields: Mapping[str, list[str]], name: str) -> str | None:
    return fields[name][0] if fields.get(name) else None
