"""The conversations of each user, in PostgreSQL: the table of turns cannot be searched by user."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    id text PRIMARY KEY,
    email text NOT NULL,
    title text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX IF NOT EXISTS conversations_email ON conversations (email, created_at DESC);
"""
ADD = "INSERT INTO conversations (id, email, title) VALUES ($1, $2, $3) ON CONFLICT (id) DO NOTHING"
LIST = "SELECT id, title FROM conversations WHERE email = $1 ORDER BY created_at DESC, id LIMIT 20"
SECONDS = 10


class Conversations:
    """url: DATABASE_URL, with the options of libpq, which asyncpg knows."""

    def __init__(self, url: str, connect: Callable[..., Awaitable[Any]] = asyncpg.connect) -> None:
        self._url = url
        self._connect = connect

    def migrate(self) -> None:
        """Creates the table where it does not exist."""
        self._run(lambda database: database.execute(SCHEMA))

    def add(self, conversation: str, email: str, title: str) -> None:
        """Adds a conversation unless it exists."""
        self._run(lambda database: database.execute(ADD, conversation, email, title[:100]))

    def of(self, email: str) -> list[tuple[str, str]]:
        """Ids and titles of a user's newest conversations."""
        rows = self._run(lambda database: database.fetch(LIST, email))
        return [(row["id"], row["title"]) for row in rows]

    def check(self) -> None:
        """Writes and reads a row in a transaction that is rolled back."""

        async def write(database: Any) -> None:
            transaction = database.transaction()
            await transaction.start()
            try:
                await database.execute(ADD, "check", "check@example.com", "check")
                if not await database.fetch(LIST, "check@example.com"):
                    raise LookupError("the row that was written was not found")
            finally:
                await transaction.rollback()

        self._run(write)

    def _run(self, action: Callable[[Any], Awaitable[Any]]) -> Any:
        async def run() -> Any:
            database = await self._connect(self._url, timeout=SECONDS, command_timeout=SECONDS)
            try:
                return await action(database)
            finally:
                await database.close()

        return asyncio.run(run())
