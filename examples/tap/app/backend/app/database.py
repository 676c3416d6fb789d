"""Tables, and the URL in the form that SQLAlchemy's asynchronous engine wants."""

from __future__ import annotations

import ssl
from typing import Any

from sqlalchemy import Column, DateTime, Integer, MetaData, Table, Text, func
from sqlalchemy.engine import URL, make_url
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
    url, arguments = for_driver(database_url)
    return create_async_engine(url, connect_args=arguments, pool_pre_ping=True)


def for_driver(database_url: str) -> tuple[URL, dict[str, Any]]:
    """asyncpg has its own scheme, and takes a TLS context instead of libpq's sslmode."""
    url = make_url(database_url)
    if not url.drivername.startswith("postgres"):
        return url, {}
    query = dict(url.query)
    mode, root = query.pop("sslmode", None), query.pop("sslrootcert", None)
    arguments: dict[str, Any] = {}
    if mode == "verify-full":
        arguments["ssl"] = ssl.create_default_context(cafile=root)
    elif mode is not None and mode != "disable":
        arguments["ssl"] = mode
    return url.set(drivername="postgresql+asyncpg", query=query), arguments
