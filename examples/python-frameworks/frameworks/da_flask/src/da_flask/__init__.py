"""Converts an API Gateway event to a WSGI call and its response back, so that a Flask application runs as a Lambda function."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

__version__ = "1.0.0"

Event = Mapping[str, Any]
WsgiApplication = Callable[[dict[str, Any], Callable[..., None]], Iterable[bytes]]


def handler(app: WsgiApplication) -> Callable[[Event, object], dict[str, Any]]:
    """The Lambda handler of a WSGI application: ``handler = da_flask.handler(app)``."""

    def handle(event: Event, context: object) -> dict[str, Any]:
        answer: dict[str, Any] = {}

        def start_response(status: str, headers: Iterable[tuple[str, str]], exc_info: object = None) -> None:
            answer["statusCode"] = int(status.split(" ", 1)[0])
            answer["headers"] = dict(headers)

        body = b"".join(app(environ(event, context), start_response))
        return {**answer, "isBase64Encoded": True, "body": base64.b64encode(body).decode("ascii")}

    return handle


def environ(event: Event, context: object = None) -> dict[str, Any]:
    """The WSGI environment of an API Gateway event (payload format 1.0)."""
    body = event.get("body") or ""
    data = base64.b64decode(body) if event.get("isBase64Encoded") else body.encode("utf-8")
    headers = {name.upper().replace("-", "_"): value for name, value in (event.get("headers") or {}).items()}
    return {
        "REQUEST_METHOD": event["httpMethod"],
        "PATH_INFO": event["path"],
        "QUERY_STRING": urlencode(event.get("queryStringParameters") or {}),
        "CONTENT_TYPE": headers.pop("CONTENT_TYPE", ""),
        "CONTENT_LENGTH": str(len(data)),
        "SERVER_NAME": headers.get("HOST", "lambda"),
        "SERVER_PORT": headers.get("X_FORWARDED_PORT", "443"),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SCRIPT_NAME": "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": headers.get("X_FORWARDED_PROTO", "https"),
        "wsgi.input": io.BytesIO(data),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
        "lambda.event": event,
        "lambda.context": context,
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
