"""Tests of the HTTP contract, with Langfuse's endpoint on loopback."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.exceptions import ClientError
from fastapi.testclient import TestClient

from assistant.langfuse import Langfuse
from assistant.main import create


class Answered:
    """Answers in place of the model and the tables; failure is raised instead."""

    def __init__(self, failure=None):
        self.failure = failure

    def answer(self, prompt, conversation, document):
        self.asked = (prompt, conversation, document)
        if self.failure:
            raise self.failure
        return "An answer."


@pytest.fixture
def received():
    return []


@pytest.fixture
def server(received):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            received.append((self.path, headers, json.loads(body)))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def client(answers, host="http://127.0.0.1:1"):
    return TestClient(create(answers, lambda: Langfuse(host, "pk", "sk")))


def test_ping():
    answer = client(Answered()).get("/ping")
    assert (answer.status_code, answer.json()) == (200, {"status": "Healthy"})


def test_an_invocation_is_answered_and_traced(server, received):
    answers = Answered()
    request = {"prompt": "Why?", "conversation": "c", "document": "lease"}
    answer = client(answers, server).post("/invocations", json=request)
    assert (answer.status_code, answer.json()) == (200, {"answer": "An answer."})
    assert answers.asked == ("Why?", "c", "lease")
    [(path, headers, body)] = received
    assert path == "/api/public/otel/v1/traces"
    assert headers["authorization"] == f"Basic {base64.b64encode(b'pk:sk').decode()}"
    assert headers["x-langfuse-ingestion-version"] == "4"
    [span] = body["resourceSpans"][0]["scopeSpans"][0]["spans"]
    assert (span["name"], len(span["traceId"]), len(span["spanId"])) == ("assistant", 32, 16)
    assert span["attributes"][1] == {
        "key": "langfuse.observation.output",
        "value": {"stringValue": '"An answer."'},
    }


def test_an_invocation_is_answered_without_langfuse(caplog):
    answer = client(Answered()).post("/invocations", json={"prompt": "Why?"})
    assert (answer.status_code, answer.json()) == (200, {"answer": "An answer."})
    assert "no trace: POST /api/public/otel/v1/traces" in caplog.text


@pytest.mark.parametrize("body", [{}, {"prompt": ""}, {"prompt": "x" * 20_001}, []])
def test_a_wrong_invocation_is_rejected(body):
    assert client(Answered()).post("/invocations", json=body).status_code == 422


def test_failures_are_named():
    missing = client(Answered(LookupError("no document lease")))
    answer = missing.post("/invocations", json={"prompt": "Why?"})
    assert (answer.status_code, answer.json()) == (404, {"detail": "no document lease"})
    denied = ClientError({"Error": {"Code": "AccessDeniedException", "Message": ""}}, "Converse")
    answer = client(Answered(denied)).post("/invocations", json={"prompt": "Why?"})
    assert answer.status_code == 502
