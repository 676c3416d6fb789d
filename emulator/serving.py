"""HTTP/1.1 with connections that stay open, in front of the application.

werkzeug's own server closes the connection after every answer. Once in some fifteen locks of Terraform's backend, on a busy machine,
the client then loses an answer that was sent, its SDK repeats the request, and the lock that it took is reported as somebody else's.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from werkzeug.serving import BaseWSGIServer, ThreadedWSGIServer, WSGIRequestHandler

# Answers that have no body, whatever the application says.
_BODILESS = {204, 304}


class Handler(WSGIRequestHandler):
    """One connection; reads each request whole and writes each answer whole."""

    protocol_version = "HTTP/1.1"
    # Head and body leave in one piece, at once.
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
        """The whole body: what stayed in the connection would be taken for the next request."""
        if environment.pop("wsgi.input_terminated", False):
            environment.pop("HTTP_TRANSFER_ENCODING", None)
            return environment["wsgi.input"].read()
        return self.rfile.read(int(environment.get("CONTENT_LENGTH") or 0))

    def _write(self, status: str, headers: list[tuple[str, str]], content: bytes) -> None:
        code, _, reason = status.partition(" ")
        self.send_response(int(code), reason)
        for name, value in headers:
            # The length of what a HEAD asks about is the application's to say.
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
        """The application logs requests itself, with what they ask for."""


def bind(host: str, port: int, application: Callable[..., Any]) -> BaseWSGIServer:
    """A server that listens already; port 0 takes a free one."""
    return ThreadedWSGIServer(host, port, application, handler=Handler)
