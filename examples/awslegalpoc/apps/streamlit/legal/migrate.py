"""python -m legal.migrate: the migration of the environment file. It can be repeated."""

from __future__ import annotations

import sys

from .conversations import Conversations
from .settings import Settings, SettingsError

if __name__ == "__main__":
    try:
        settings = Settings.read()
    except SettingsError as error:
        sys.exit(str(error))
    Conversations(settings.database_url).migrate()
    print("the table conversations exists")
