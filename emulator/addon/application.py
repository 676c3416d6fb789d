"""The WSGI application in front of moto: health page, one log line per request, failures that clients do not retry."""

from __future__ import annotations

import datetime
import functools
import json
import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

import moto
from moto.core import responses, utils
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

import rules
from api import ApiRequest, UnsupportedProtocol, identify, is_aws
from api.errors import Answer, ApiError, error
from api.validation import validate
from authorization import service_sessions
from authorization.enforcement import Enforcement

from . import ecr_layers
from .registry import PATCHES, patch

rules.load()

# As in api/models.py: moto makes a loader for each service.
utils.create_loader = functools.cache(utils.create_loader)
# moto inspects all members of a service's class for each request.
responses.method_names_from_class = functools.cache(responses.method_names_from_class)
# One application of a service in a process.
_application_of = functools.cache(create_backend_app)

HEALTH = "/_infra/health"
# Credentials of a service's role session, see authorization/service_sessions.py.
SERVICE_SESSION = "/_infra/service-session"

patch(
    "*", "operation moto lacks",
    "moto returns 500 or a web page, which SDKs retry for minutes; 501 with the operation's name is not retried",
)
patch(
    "*", "request outside AWS's model",
    "moto accepts almost any value; requests are checked against AWS's own service models, and rejected as AWS rejects them",
)
patch(
    "*", "request without permission",
    "moto allows everything; each request is authorized by the policies that are stored here, as IAM does it",
)
patch(
    "*", "two requests at once",
    "moto's checks and the writes after them can interleave; requests are handled one at a time, so that only one of two conditional puts "
    "succeeds",
)

_Environment = dict[str, Any]
_StartResponse = Callable[..., Any]


class _Services(DomainDispatcherApplication):
    def __init__(self) -> None:
        super().__init__(_application_of)
        self._backends: dict[str | None, Any] = {None: None}

    def get_backend_for_host(self, host: str | None) -> Any:
        # moto lists its own folder and matches up to 200 patterns for each request; hosts are services and Regions, so there are few.
        if host not in self._backends:
            backend = super().get_backend_for_host(host)
            if backend is None:
                raise NotImplementedError(f"no service at {host}")
            self._backends[host] = backend
        return self._backends[host]


class Application:
    """moto as a WSGI application. Requests are handled one at a time; each takes milliseconds, so clients do not notice."""

    def __init__(self, pid: int, enforcement: Enforcement) -> None:
        self._moto = _Services()
        self._pid = pid
        self._enforcement = enforcement
        self._started = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._lock = threading.Lock()

    def __call__(self, environment: _Environment, start_response: _StartResponse) -> list[bytes]:
        if environment.get("PATH_INFO") == HEALTH:
            return self._health(start_response)
        if environment.get("PATH_INFO") == SERVICE_SESSION:
            return self._service_session(json.loads(environment["wsgi.input"].getvalue()), start_response)
        if environment.get("PATH_INFO", "").startswith(ecr_layers.DOWNLOAD):
            return _layer(environment["PATH_INFO"], start_response)
        began = time.monotonic()
        body = environment["wsgi.input"].getvalue()
        status, headers, content = self._answer(environment, body)
        milliseconds = int((time.monotonic() - began) * 1000)
        _log(f"{status[:3]} {milliseconds:4} ms  {_describe(environment, body)}")
        start_response(status, headers)
        return content

    def _answer(self, environment: _Environment, body: bytes) -> Answer:
        try:
            request = identify(environment, body)
            # Checks read state that moto changes: both happen under one lock.
            with self._lock:
                if request is not None and (refused := self._refusal(request)) is not None:
                    return error(request, refused.code, refused.message, refused.status)
                return self._ask_moto(environment, request)
        except UnsupportedProtocol as unsupported:
            return _failure(environment, "UnsupportedProtocol", str(unsupported))
        except NotImplementedError as missing:
            return _failure(environment, "NotImplemented", f"the emulator has no such operation: {missing}")
        except Exception as failure:
            traceback.print_exc(file=sys.stderr)
            return _failure(environment, "EmulatorFailure", f"the emulator failed: {type(failure).__name__}: {failure}")

    def _refusal(self, request: ApiRequest) -> ApiError | None:
        """As AWS does: validates the request against its model, then authorizes the caller, then checks the state of resources."""
        invalid = validate(request)
        if invalid is None and (denied := self._enforcement.check(request)) is not None:
            return ApiError(*denied)
        refused = invalid or rules.check(request)
        if refused is not None:
            _log(f"refused {request.service} {request.operation}: {refused.code}: {refused.message}")
        return refused

    def _ask_moto(self, environment: _Environment, request: ApiRequest | None) -> Answer:
        if request is None and is_aws(environment):
            # An unknown request cannot be authorized.
            raise NotImplementedError(_describe(environment, b""))
        answer: list[Any] = []
        content = list(self._moto(environment, lambda status, headers, exc_info=None: answer.extend([status, headers])))
        status, headers = answer
        if _is_web_page(status, headers, content):
            return _failure(environment, "NotImplemented", f"the emulator has no such operation: {_describe(environment, b'')}")
        return status, headers, content

    def _health(self, start_response: _StartResponse) -> list[bytes]:
        body = {
            "pid": self._pid,
            "moto": moto.__version__,
            "startedAt": self._started,
            "patched": [f"{patch.service}:{patch.operation}" for patch in sorted(PATCHES)],
        }
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]


    def _service_session(self, request: dict[str, Any], start_response: _StartResponse) -> list[bytes]:
        try:
            with self._lock:
                issued = service_sessions.issue(request)
        except PermissionError as refused:
            _log(f"refused {refused}")
            start_response("403 Forbidden", [("Content-Type", "application/json")])
            return [json.dumps({"message": str(refused)}).encode()]
        start_response("200 OK", [("Content-Type", "application/json")])
        return [json.dumps(issued).encode()]


def _layer(path: str, start_response: _StartResponse) -> list[bytes]:
    content = ecr_layers.download(path)
    start_response("403 Forbidden" if content is None else "200 OK", [("Content-Type", "application/octet-stream")])
    return [content or b""]


def _log(line: str) -> None:
    # A single write: log lines of concurrent requests must not mix.
    os.write(1, f"{time.strftime('%H:%M:%S')} {line}\n".encode())


def _describe(environment: _Environment, body: bytes) -> str:
    """Account, region, service and operation, as far as the request contains them: `111111111111 us-east-2 ecs CreateCluster`."""
    credential = re.search(r"Credential=([^/]+)/\d+/([^/]+)/([^/]+)/", environment.get("HTTP_AUTHORIZATION", ""))
    who = " ".join(credential.groups()) if credential else "unsigned"
    action = re.search(rb"(?:^|&)Action=(\w+)", body)
    if target := environment.get("HTTP_X_AMZ_TARGET"):
        return f"{who} {target.rsplit('.', 1)[-1]}"
    if action:
        return f"{who} {action[1].decode()}"
    query = environment.get("QUERY_STRING")
    return f"{who} {environment.get('REQUEST_METHOD')} {environment.get('PATH_INFO')}{'?' + query if query else ''}"


def _is_web_page(status: str, headers: list[tuple[str, str]], content: list[bytes]) -> bool:
    """Whether this is Flask's own page for a path without a route; AWS's responses are XML or JSON, or have no body (HEAD of a missing
    object).
    """
    return any(content) and status.startswith("404") and any(k.lower() == "content-type" and v.startswith("text/html") for k, v in headers)


def _failure(environment: _Environment, code: str, message: str) -> tuple[str, list[tuple[str, str]], list[bytes]]:
    """501 in a form that SDKs of both protocol families can read; they retry 500 and 503, not 501."""
    if "json" in environment.get("CONTENT_TYPE", "") or "HTTP_X_AMZ_TARGET" in environment:
        kind, body = "application/x-amz-json-1.1", json.dumps({"__type": code, "message": message})
    else:
        kind, body = "text/xml", f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
        # S3's errors have no enclosing element, those of other services have one.
        if "/s3/" not in environment.get("HTTP_AUTHORIZATION", ""):
            body = f"<ErrorResponse>{body}<RequestId>0</RequestId></ErrorResponse>"
    return "501 Not Implemented", [("Content-Type", kind), ("x-amzn-ErrorType", code)], [body.encode()]
