"""Tables, and the engine for DATABASE_URL, which has SQLAlchemy's scheme and asyncpg's options."""

from __future__ import annotations

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, func
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

metadata = MetaData()

notes = Table(
    "notes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)


def engine(database_url: str) -> AsyncEngine:
    """An engine for a URL of PostgreSQL (or SQLite, in tests)."""
    return create_async_engine(database_url, pool_pre_ping=True)
