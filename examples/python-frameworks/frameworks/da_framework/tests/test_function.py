"""Calls of a handler are logged as JSON, and settings come from environment variables."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any

import da_framework
import pytest

CONTEXT = SimpleNamespace(aws_request_id="request-7")


def logged(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    entry: dict[str, Any] = json.loads(capsys.readouterr().out)
    return entry


def test_a_call_is_logged_with_its_request(capsys: pytest.CaptureFixture[str]) -> None:
    @da_framework.function
    def handle(event: Any, context: Any) -> Any:
        return event["rows"]

    assert handle({"rows": 3}, CONTEXT) == 3
    entry = logged(capsys)
    assert (entry["level"], entry["message"], entry["request"]) == ("info", "done", "request-7")
    assert entry["milliseconds"] >= 0


def test_an_error_is_logged_and_raised(capsys: pytest.CaptureFixture[str]) -> None:
    @da_framework.function
    def handle(event: Any, context: Any) -> Any:
        raise ValueError("no rows")

    with pytest.raises(ValueError, match="no rows"):
        handle({}, CONTEXT)
    entry = logged(capsys)
    assert (entry["level"], entry["message"], entry["type"]) == ("error", "no rows", "ValueError")


def test_a_setting_without_default_is_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABLE", "reports")
    monkeypatch.delenv("BUCKET", raising=False)
    assert da_framework.setting("TABLE") == "reports"
    assert da_framework.setting("BUCKET", "files") == "files"
    with pytest.raises(KeyError, match="BUCKET"):
        da_framework.setting("BUCKET")
