"""python -m uvicorn app.main:app"""

from __future__ import annotations

import sys
from typing import Any

from fastapi import FastAPI, HTTPException
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel
from sqlalchemy import delete, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from .database import engine as engine_of
from .database import notes
from .settings import Settings, SettingsError
from .sign_in import SignIn, SignInSettings


class NewNote(BaseModel):
    """A note to create."""

    text: str


def create(settings: Settings, engine: AsyncEngine, sign_in: SignIn) -> FastAPI:
    """The application with its database and its sign-in."""
    app = FastAPI(title="tap", version="1.0.0", docs_url=None, redoc_url=None)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=list(settings.cors_origins),
        allow_credentials=True,
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=["Content-Type"],
    )

    app.include_router(sign_in.routes())

    @app.get("/health")
    async def health() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/health/ready")
    async def ready() -> dict[str, bool]:
        try:
            async with engine.connect() as connection:
                await connection.execute(text("SELECT 1"))
        except (DBAPIError, OSError) as error:
            raise HTTPException(503, "the database does not answer") from error
        return {"ready": True}

    @app.get("/notes")
    async def list_notes() -> list[dict[str, Any]]:
        async with engine.connect() as connection:
            rows = await connection.execute(select(notes.c.id, notes.c.text).order_by(notes.c.id))
            return [{"id": row.id, "text": row.text} for row in rows]

    @app.post("/notes", status_code=201)
    async def create_note(note: NewNote) -> dict[str, Any]:
        async with engine.begin() as connection:
            result = await connection.execute(insert(notes).values(text=note.text))
            return {"id": result.inserted_primary_key[0], "text": note.text}

    @app.delete("/notes/{number}", status_code=204, response_model=None)
    async def delete_note(number: int) -> None:
        async with engine.begin() as connection:
            result = await connection.execute(delete(notes).where(notes.c.id == number))
        if result.rowcount == 0:
            raise HTTPException(404, f"no note {number}")

    return app


def __getattr__(name: str) -> Any:
    # Created when uvicorn asks for it, not when tests import this module.
    if name != "app":
        raise AttributeError(name)
    try:
        settings = Settings.read()
        if not settings.cors_origins:
            raise SettingsError("CORS_ORIGINS has no origin to which users return after a sign-in")
        cognito = SignInSettings.read()
    except SettingsError as error:
        # One line: uvicorn would print a stack trace.
        sys.exit(str(error))
    sign_in = SignIn(cognito, settings.cors_origins[0], cognito.token_url)
    return create(settings, engine_of(settings.database_url), sign_in)
