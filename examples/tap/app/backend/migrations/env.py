"""alembic upgrade head: with the DATABASE_URL of the migration task."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from alembic import context
from sqlalchemy.engine import Connection

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.database import engine, metadata  # noqa: E402
from app.settings import Settings  # noqa: E402


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    database = engine(Settings.read().database_url)
    async with database.begin() as connection:
        await connection.run_sync(run)
    await database.dispose()


asyncio.run(main())
