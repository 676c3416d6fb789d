"""Settings from environment variables; nothing else reads the environment."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


class SettingsError(Exception):
    """The application cannot start; the message is the reason, in one line."""


@dataclass(frozen=True)
class Settings:
    """api_key: key of the API's clients; environment: name of the environment file."""

    api_key: str = field(repr=False)
    environment: str
    cors_origins: tuple[str, ...]
    log_level: int
    port: int = 8000

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """Reads all variables; one error names everything that is missing."""
        required = ("API_KEY", "ENVIRONMENT")
        if missing := [name for name in required if not variables.get(name)]:
            raise SettingsError(f"missing environment variables: {', '.join(missing)}")
        level = variables.get("LOG_LEVEL") or "info"
        if level.lower() not in LEVELS:
            raise SettingsError(f"LOG_LEVEL is '{level}'; available: {', '.join(LEVELS)}")
        port = variables.get("PORT") or "8000"
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SettingsError(f"PORT is '{port}'; it must be a number from 1 to 65535")
        origins = (origin.strip() for origin in variables.get("CORS_ORIGINS", "").split(","))
        return cls(
            variables["API_KEY"],
            variables["ENVIRONMENT"],
            tuple(origin for origin in origins if origin),
            LEVELS[level.lower()],
            int(port),
        )
