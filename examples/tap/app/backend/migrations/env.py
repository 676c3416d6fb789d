"""alembic upgrade head: with the DATABASE_URL of the migration task."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import asyncpg
from alembic import context
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app.database import engine, metadata  # noqa: E402
from app.settings import Settings, SettingsError  # noqa: E402


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata)
    with context.begin_transaction():
        context.run_migrations()


async def main() -> None:
    database = engine(Settings.read().database_url)
    async with database.begin() as connection:
        await connection.run_sync(run)
    await database.dispose()


try:
    asyncio.run(main())
except SettingsError as error:
    sys.exit(str(error))
except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
    # SQLAlchemy does not wrap what asyncpg raises while it connects.
    sys.exit(f"the migration failed: {type(error).__name__}: {error}")
