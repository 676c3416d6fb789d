"""Tests of `check langfuse` and `check database`, in the test's process."""

import base64
import json

import pytest

from legal.check import ATTEMPTS, main
from legal.settings import REQUIRED


@pytest.fixture
def variables(monkeypatch, loopback):
    for name in REQUIRED.values():
        monkeypatch.setenv(name, "of-the-test")
    monkeypatch.setenv("LANGFUSE_HOST", loopback.url)
    monkeypatch.setenv("LANGFUSE_PUBLIC_KEY", "pk")
    monkeypatch.setenv("LANGFUSE_SECRET_KEY", "sk")


def no_pause(_):
    """Tests do not wait."""


class Observations(list):
    """Responses of Langfuse: the trace is found at the third request."""

    def __init__(self, loopback, arrives):
        super().__init__([(200, {})])
        self._loopback = loopback
        self._arrives = arrives

    def pop(self, _):
        if super().__len__():
            return super().pop(0)
        [span] = json.loads(self._loopback.requests[0][3])["resourceSpans"][0]["scopeSpans"]
        found = [{"traceId": span["spans"][0]["traceId"]}]
        return 200, {"data": found if len(self._loopback.requests) > self._arrives else []}


def test_langfuse_works_when_the_trace_arrives(variables, loopback, capsys):
    loopback.answers = Observations(loopback, arrives=3)
    assert main(["langfuse"], no_pause) == 0
    assert "arrived" in capsys.readouterr().out
    assert len(loopback.requests) == 4
    basic = f"Basic {base64.b64encode(b'pk:sk').decode()}"
    assert {headers["authorization"] for _, _, headers, _ in loopback.requests} == {basic}
    assert loopback.requests[1][1].startswith("/api/public/v2/observations?traceId=")


def test_langfuse_fails_when_the_trace_does_not_arrive(variables, loopback, capsys):
    loopback.answers = Observations(loopback, arrives=1000)
    assert main(["langfuse"], no_pause) == 1
    assert "was accepted but not found" in capsys.readouterr().err
    assert len(loopback.requests) == 1 + ATTEMPTS


def test_langfuse_fails_with_a_wrong_key(variables, loopback, capsys):
    loopback.answers = [(401, {"message": "Invalid credentials"})]
    assert main(["langfuse"], no_pause) == 1
    assert "traces: 401" in capsys.readouterr().err


def test_the_database_fails_when_nothing_listens(variables, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:secret@127.0.0.1:1/app")
    assert main(["database"], no_pause) == 1
    error = capsys.readouterr().err
    assert error.startswith("database: ")
    assert "secret" not in error


def test_missing_certificates_are_named(variables, monkeypatch, capsys):
    options = "sslmode=verify-full&sslrootcert=/missing.pem"
    monkeypatch.setenv("DATABASE_URL", f"postgresql://app:secret@127.0.0.1:1/app?{options}")
    assert main(["database"], no_pause) == 1
    assert capsys.readouterr().err == (
        "database: the file sslrootcert of DATABASE_URL does not exist\n"
    )


def test_a_missing_variable_and_a_wrong_name_are_usage_errors(variables, monkeypatch, capsys):
    assert main(["other"], no_pause) == 2
    assert "available: database, langfuse" in capsys.readouterr().err
    monkeypatch.delenv("DATABASE_URL")
    assert main(["database"], no_pause) == 2
    assert capsys.readouterr().err == "missing environment variables: DATABASE_URL\n"
