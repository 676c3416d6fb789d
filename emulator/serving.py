"""HTTP/1.1 with connections that stay open, in front of the application.

werkzeug's own server closes the connection after every response. About once in fifteen locks of Terraform's backend, on a busy machine,
the client then loses a response, its SDK retries the request, and the lock that it acquired is reported as held by another client.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler

# Responses without a body, whatever the application returns.
_BODILESS = {204, 304}


class Handler(WSGIRequestHandler):
    """One connection; reads each request and writes each response as a whole."""

    protocol_version = "HTTP/1.1"
    # Headers and body are sent together, without delay.
    wbufsize = -1
    disable_nagle_algorithm = True

    def run_wsgi(self) -> None:
        environment = self.environ = self.make_environ()
        body = self._read(environment)
        environment["wsgi.input"] = io.BytesIO(body)
        environment["CONTENT_LENGTH"] = str(len(body))
        answer: list[Any] = []
        content = b"".join(self.server.app(environment, lambda status, headers, exc_info=None: answer.extend([status, headers])))
        self._write(*answer, content)

    def _read(self, environment: dict[str, Any]) -> bytes:
        """Reads the whole body: a remainder in the connection would be read as the next request."""
        if environment.pop("wsgi.input_terminated", False):
            environment.pop("HTTP_TRANSFER_ENCODING", None)
            return environment["wsgi.input"].read()
        return self.rfile.read(int(environment.get("CONTENT_LENGTH") or 0))

    def _write(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            # For HEAD, the application sets the content length.
            if name.lower() != "content-length" or self.command == "HEAD":
                self.send_header(name, value)
        if int(code) in _BODILESS or self.command == "HEAD":
            content = b""
        else:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
        self.wfile.flush()

    def handle_expect_100(self) -> bool:
        going_on = super().handle_expect_100()
        self.wfile.flush()
        return going_on

    def log_request(self, *_: Any) -> None:
        """Does nothing: the application logs requests itself, with service and operation."""


def bind(host: str, port: int, application: Callable[..., Any]) -> BaseWSGIServer:
    """A server that is already listening; port 0 selects a free port."""
    return ThreadedWSGIServer(host, port, application, handler=Handler)
