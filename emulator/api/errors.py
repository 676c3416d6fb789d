"""Error responses in the format of AWS's protocols."""

from __future__ import annotations

import json
import struct
from dataclasses import dataclass
from xml.sax.saxutils import escape

from .request import ApiRequest

Answer = tuple[str, list[tuple[str, str]], list[bytes]]

_REASONS = {400: "Bad Request", 403: "Forbidden", 404: "Not Found", 409: "Conflict", 412: "Precondition Failed", 501: "Not Implemented"}
_REQUEST_ID = "00000000-0000-0000-0000-000000000000"


@dataclass(frozen=True)
class ApiError:
    """Why a request is rejected: AWS's error code and message. Without a status, the one that the model has for the error, otherwise 400.
    """

    code: str
    message: str
    status: int | None = None


def error(request: ApiRequest, code: str, message: str, status: int | None = None) -> Answer:
    """Status line, headers and content of an error, in the protocol of the request."""
    number = status or _modelled_status(request, code) or 400
    kind, headers, body = _write(request, code, message)
    # The response to HEAD has no body; SDKs then get only the status, as with AWS.
    content = [] if request.method == "HEAD" else [body]
    return f"{number} {_REASONS.get(number, 'Error')}", [("Content-Type", kind), ("x-amzn-RequestId", _REQUEST_ID), *headers], content


def _write(request: ApiRequest, code: str, message: str) -> tuple[str, list[tuple[str, str]], bytes]:
    headers = [("x-amzn-query-error", f"{code};Sender")] if "awsQueryCompatible" in request.model.service_model.metadata else []
    protocol = request.protocol
    if protocol == "json":
        version = request.model.service_model.metadata.get("jsonVersion", "1.1")
        body = json.dumps({"__type": _shape_name(request, code), "message": message}).encode()
        return f"application/x-amz-json-{version}", [("x-amzn-ErrorType", _shape_name(request, code)), *headers], body
    if protocol == "rest-json":
        return "application/json", [("x-amzn-ErrorType", code)], json.dumps({"message": message}).encode()
    if protocol == "smithy-rpc-v2-cbor":
        fields = _cbor_map({"__type": _shape_name(request, code), "message": message})
        return "application/cbor", [("smithy-protocol", "rpc-v2-cbor"), *headers], fields
    return "text/xml", [], _write_xml(request, code, message).encode()


def _write_xml(request: ApiRequest, code: str, message: str) -> str:
    fields = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if request.protocol == "ec2":
        return f"<Response><Errors><Error>{fields}</Error></Errors><RequestID>{_REQUEST_ID}</RequestID></Response>"
    # S3's errors have no enclosing element, those of the other services have one.
    if request.service == "s3":
        return f"<Error>{fields}<RequestId>{_REQUEST_ID}</RequestId></Error>"
    return f"<ErrorResponse><Error><Type>Sender</Type>{fields}</Error><RequestId>{_REQUEST_ID}</RequestId></ErrorResponse>"


def _modelled_status(request: ApiRequest, code: str) -> int | None:
    for shape in request.model.error_shapes:
        if code in (shape.name, shape.error_code):
            return (shape.metadata.get("error") or {}).get("httpStatusCode")
    return None


def _shape_name(request: ApiRequest, code: str) -> str:
    """SQS and CloudWatch used the query protocol first: errors have a code there, and a shape name in the newer protocols."""
    for shape in request.model.error_shapes:
        if code == shape.error_code:
            return shape.name
    return code


def _cbor_map(fields: dict[str, str]) -> bytes:
    return bytes([0xA0 | len(fields)]) + b"".join(_cbor_text(part) for field in fields.items() for part in field)


def _cbor_text(text: str) -> bytes:
    content = text.encode()
    return b"\x7a" + struct.pack(">I", len(content)) + content
