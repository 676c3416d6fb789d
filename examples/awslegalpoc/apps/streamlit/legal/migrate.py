"""python -m legal.migrate: the migration of the environment file. It can be repeated."""

from __future__ import annotations

import sys

import asyncpg

from .conversations import Conversations
from .settings import Settings, SettingsError

if __name__ == "__main__":
    try:
        Conversations(Settings.read().database_url).migrate()
    except SettingsError as error:
        sys.exit(str(error))
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, ValueError) as error:
        # Some of these errors have no text.
        sys.exit(f"the migration failed: {type(error).__name__}: {error}")
    print("the table conversations exists")
