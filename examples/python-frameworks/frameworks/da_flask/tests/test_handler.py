"""A WSGI application is called with API Gateway's event, and its response is API Gateway's."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from typing import Any

import da_flask


def application(environ: dict[str, Any], start_response: Callable[..., None]) -> Iterable[bytes]:
    start_response("201 Created", [("Content-Type", "text/plain")])
    text = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} {environ['HTTP_X_TEAM']} "
    return [text.encode("utf-8"), environ["wsgi.input"].read()]


def event(**changes: Any) -> dict[str, Any]:
    return {
        "httpMethod": "POST",
        "path": "/reports",
        "queryStringParameters": {"year": "2026"},
        "headers": {"X-Team": "data", "Content-Type": "text/plain"},
        "body": "three rows",
        **changes,
    }


def body_of(response: dict[str, Any]) -> str:
    assert response["isBase64Encoded"] is True
    return base64.b64decode(response["body"]).decode("utf-8")


def test_the_application_gets_the_request() -> None:
    response = da_flask.handler(application)(event(), None)

    assert response["statusCode"] == 201
    assert response["headers"] == {"Content-Type": "text/plain"}
    assert body_of(response) == "POST /reports?year=2026 data three rows"


def test_a_binary_body_is_decoded() -> None:
    encoded = base64.b64encode(b"bytes").decode("ascii")
    assert body_of(da_flask.handler(application)(event(body=encoded, isBase64Encoded=True), None)).endswith(" bytes")


def test_a_request_may_have_neither_body_nor_query() -> None:
    environ = da_flask.environ({"httpMethod": "GET", "path": "/", "headers": None, "body": None})
    assert (environ["CONTENT_LENGTH"], environ["QUERY_STRING"], environ["SERVER_NAME"]) == ("0", "", "lambda")
