"""Tests of the API and of its settings."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from app.main import create
from app.settings import Settings, SettingsError

BACKEND = Path(__file__).resolve().parent.parent
SETTINGS = Settings("secret-key", "dev", ("https://dev.example.com",), logging.INFO)
KEY = {"X-API-Key": "secret-key"}


@pytest.fixture
def client():
    return TestClient(create(SETTINGS))


def test_it_is_alive(client):
    assert client.get("/health").json() == {"alive": True}


def test_it_says_which_environment_it_is(client):
    assert client.get("/api/about").json() == {"environment": "dev", "version": "1.0.0"}


def test_text_is_counted(client):
    counted = client.post("/api/count", json={"text": "two words\nand three more\n"}, headers=KEY)
    assert counted.json() == {"lines": 2, "words": 5, "characters": 25}


@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "other"}, {"X-API-Key": b"\xff"}])
def test_a_request_without_the_key_is_rejected(client, headers):
    answer = client.post("/api/count", json={"text": ""}, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == {"detail": "the header X-API-Key must have the key of the API"}


@pytest.mark.parametrize("body", [{}, {"text": "x" * 100_001}])
def test_a_wrong_text_is_rejected(client, body):
    assert client.post("/api/count", json=body, headers=KEY).status_code == 422


def test_only_the_frontend_may_call_it_from_a_browser(client):
    allowed = client.get("/api/about", headers={"Origin": "https://dev.example.com"}).headers
    assert allowed["access-control-allow-origin"] == "https://dev.example.com"
    other = client.get("/api/about", headers={"Origin": "https://example.org"}).headers
    assert "access-control-allow-origin" not in other


def test_requests_are_logged_and_health_checks_are_not(client, caplog):
    caplog.set_level(logging.INFO, logger="app")
    client.get("/health")
    client.get("/api/missing")
    entries = [json.loads(record.message) for record in caplog.records if record.name == "app"]
    assert [(entry["path"], entry["status"]) for entry in entries] == [("/api/missing", 404)]
    assert entries[0]["durationMs"] >= 0


def test_settings_are_read_from_variables():
    settings = Settings.read(
        {
            "API_KEY": "secret-key",
            "ENVIRONMENT": "dev",
            "CORS_ORIGINS": "https://a.example.com, https://b.example.com",
            "LOG_LEVEL": "Warning",
        }
    )
    assert settings.cors_origins == ("https://a.example.com", "https://b.example.com")
    assert settings.log_level == logging.WARNING
    assert settings.port == 8000
    assert "secret-key" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("LOG_LEVEL", "loud", "LOG_LEVEL is 'loud'; available: debug, info, warning, error"),
        ("PORT", "0", "PORT is '0'; it must be a number from 1 to 65535"),
        ("PORT", "http", "PORT is 'http'; it must be a number from 1 to 65535"),
    ],
)
def test_a_wrong_value_is_named(name, value, reason):
    with pytest.raises(SettingsError) as raised:
        Settings.read({"API_KEY": "k", "ENVIRONMENT": "dev", name: value})
    assert str(raised.value) == reason


def test_without_its_variables_it_names_them_and_stops():
    run = subprocess.run(
        [sys.executable, "-m", "app"], cwd=BACKEND, capture_output=True, text=True, env=python()
    )
    assert (run.returncode, run.stderr.strip()) == (
        2,
        "missing environment variables: API_KEY, ENVIRONMENT",
    )


def python():
    """Variables with which Python finds its packages, and no others."""
    return {"PYTHONPATH": ":".join(sys.path), "PATH": "/usr/bin:/bin"}
