"""Settings from environment variables; nothing else reads the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass


class SettingsError(Exception):
    """The application cannot start; the message is the reason, in one line."""


@dataclass(frozen=True)
class Settings:
    """database_url: URL of SQLAlchemy; cors_origins: origins of the frontend."""

    database_url: str
    cors_origins: tuple[str, ...]

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """DATABASE_URL, and CORS_ORIGINS as a JSON list."""
        if not variables.get("DATABASE_URL"):
            raise SettingsError("missing environment variable: DATABASE_URL")
        text = variables.get("CORS_ORIGINS") or "[]"
        try:
            origins = json.loads(text)
        except ValueError:
            origins = None
        if not isinstance(origins, list) or not all(isinstance(each, str) for each in origins):
            raise SettingsError(f"CORS_ORIGINS is '{text}'; it must be a JSON list of origins")
        return cls(variables["DATABASE_URL"], tuple(origins))
