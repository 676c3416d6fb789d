"""Tests of the API and of the migration, on SQLite."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.engine import make_url

from app.database import engine
from app.main import create
from app.settings import Settings, SettingsError
from app.sign_in import REQUIRED, SignIn, SignInSettings

BACKEND = Path(__file__).resolve().parent.parent


SIGN_IN = SignIn(
    SignInSettings.read(dict.fromkeys(REQUIRED.values(), "unused")), "https://example.com", "unused"
)


def alembic(url: str, *arguments: str) -> str:
    """Runs alembic as the migration task does."""
    run = subprocess.run(
        [sys.executable, "-m", "alembic", *arguments],
        cwd=BACKEND,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return run.stdout


@pytest.fixture
def url(tmp_path):
    return f"sqlite+aiosqlite:///{tmp_path}/tap.db"


@pytest.fixture
def client(url):
    alembic(url, "upgrade", "head")
    return TestClient(create(Settings(url, ("https://example.com",)), engine(url), SIGN_IN))


def test_notes_are_created_listed_and_deleted(client):
    created = client.post("/notes", json={"text": "first"})
    assert (created.status_code, created.json()) == (201, {"id": 1, "text": "first"})
    assert client.get("/notes").json() == [{"id": 1, "text": "first"}]
    assert client.delete("/notes/1").status_code == 204
    assert client.get("/notes").json() == []
    assert (client.delete("/notes/1").status_code) == 404


def test_a_note_without_text_is_rejected(client):
    assert client.post("/notes", json={}).status_code == 422


def test_it_is_alive_and_ready(client):
    assert client.get("/health").json() == {"alive": True}
    assert client.get("/health/ready").json() == {"ready": True}


def test_it_is_not_ready_without_its_database(tmp_path):
    url = f"sqlite+aiosqlite:///{tmp_path}/missing/tap.db"
    client = TestClient(create(Settings(url, ()), engine(url), SIGN_IN))
    assert client.get("/health").status_code == 200
    assert client.get("/health/ready").status_code == 503


def test_only_the_frontend_may_call_it(client):
    headers = {"Origin": "https://example.com"}
    allowed = client.get("/health", headers=headers).headers
    assert allowed["access-control-allow-origin"] == "https://example.com"
    other = client.get("/health", headers={"Origin": "https://example.org"}).headers
    assert "access-control-allow-origin" not in other


def test_the_migration_can_be_repeated_and_reverted(url):
    alembic(url, "upgrade", "head")
    alembic(url, "upgrade", "head")
    alembic(url, "downgrade", "base")


def test_settings_are_read_from_variables():
    settings = Settings.read(
        {"DATABASE_URL": "postgresql://db", "CORS_ORIGINS": '["https://example.com"]'}
    )
    assert settings == Settings("postgresql://db", ("https://example.com",))


@pytest.mark.parametrize("text", ["https://example.com", "{}", "[1]"])
def test_wrong_origins_are_named(text):
    with pytest.raises(SettingsError, match="it must be a JSON list of origins"):
        Settings.read({"DATABASE_URL": "postgresql://db", "CORS_ORIGINS": text})


def test_a_missing_database_url_is_named():
    with pytest.raises(SettingsError, match="missing environment variable: DATABASE_URL"):
        Settings.read({})


def test_the_url_of_the_platform_is_one_of_asyncpg():
    url = "postgresql+asyncpg://app:secret@db.example.com:5432/tap?ssl=require"
    dialect = engine(url).dialect
    _, arguments = dialect.create_connect_args(make_url(url))
    assert dialect.driver == "asyncpg"
    assert arguments["ssl"] == "require"


def test_the_application_of_the_image_has_the_sign_in(monkeypatch):
    for name in (*REQUIRED.values(), "DATABASE_URL"):
        monkeypatch.setenv(name, "of-the-test")
    monkeypatch.setenv("DATABASE_URL", "postgresql+asyncpg://app:secret@db.example.com/tap")
    monkeypatch.setenv("CORS_ORIGINS", '["https://example.com"]')
    from app.main import app

    assert TestClient(app).get("/auth/user").status_code == 401
    monkeypatch.setenv("CORS_ORIGINS", "[]")
    with pytest.raises(SystemExit, match="CORS_ORIGINS has no origin"):
        from app.main import app  # noqa: F811


@pytest.mark.parametrize(
    ("command", "url", "reason"),
    [
        (["uvicorn", "app.main:app"], "", "missing environment variable: DATABASE_URL\n"),
        (["alembic", "upgrade", "head"], "", "missing environment variable: DATABASE_URL\n"),
        (
            ["alembic", "upgrade", "head"],
            "sqlite+aiosqlite:////missing/tap.db",
            "the migration failed: OperationalError: ",
        ),
    ],
)
def test_without_its_settings_or_database_it_ends_with_the_reason(command, url, reason):
    run = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=BACKEND,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert reason in run.stderr
    assert "Traceback" not in run.stderr
