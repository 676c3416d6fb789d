"""Langfuse's public API: sends a trace of one observation by OpenTelemetry, and reads it back.

Only this pair of endpoints has new data at once; others delay it by up to ten minutes:
https://langfuse.com/docs/api-and-data-platform/features/public-api
"""

from __future__ import annotations

import json
import secrets
import time
from typing import Any

import httpx

SECONDS = 10


class LangfuseError(Exception):
    """A request failed; the message says which one and why."""


class Langfuse:
    """A project of Langfuse: host is its URL, the keys are those of the project."""

    def __init__(self, host: str, public_key: str, secret_key: str) -> None:
        self._host = host.rstrip("/")
        self._auth = (public_key, secret_key)

    def send(self, name: str, text: str, answer: str, began: float) -> str:
        """Sends a trace that began at this time; returns its id."""
        trace = secrets.token_hex(16)
        attributes = {"langfuse.observation.input": text, "langfuse.observation.output": answer}
        span = {
            "traceId": trace,
            "spanId": secrets.token_hex(8),
            "name": name,
            "kind": 1,
            "startTimeUnixNano": str(int(began * 1e9)),
            "endTimeUnixNano": str(time.time_ns()),
            "attributes": [
                {"key": key, "value": {"stringValue": json.dumps(value)}}
                for key, value in attributes.items()
            ],
            "status": {},
        }
        self._request(
            "POST",
            "/api/public/otel/v1/traces",
            headers={"x-langfuse-ingestion-version": "4"},
            json={
                "resourceSpans": [
                    {"scopeSpans": [{"scope": {"name": "awslegalpoc"}, "spans": [span]}]}
                ]
            },
        )
        return trace

    def has(self, trace: str) -> bool:
        """Whether Langfuse has an observation of the trace."""
        query = {"traceId": trace, "fields": "core"}
        found = self._request("GET", "/api/public/v2/observations", params=query)
        return any(each.get("traceId") == trace for each in found.get("data", []))

    def _request(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            response = httpx.request(
                method, self._host + path, auth=self._auth, timeout=SECONDS, **arguments
            )
            if response.status_code != 200:
                raise LangfuseError(
                    f"{method} {path}: {response.status_code} {response.text[:200]}"
                )
            return response.json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise LangfuseError(f"{method} {path}: {error}") from error
