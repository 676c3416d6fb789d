"""Settings from the environment variables of the task; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

REQUIRED = {
    "region": "AWS_REGION",
    "discovery_path": "DISCOVERY_PATH",
    "service": "SERVICE",
    "turns_table": "DYNAMODB_TABLE_CONVERSATIONS",
    "database_url": "DATABASE_URL",
    "user_pool_id": "COGNITO_USER_POOL_ID",
    "cognito_region": "COGNITO_REGION",
    "client_id": "COGNITO_CLIENT_ID",
    "client_secret": "COGNITO_CLIENT_SECRET",
    "langfuse_host": "LANGFUSE_HOST",
    "langfuse_public_key": "LANGFUSE_PUBLIC_KEY",
    "langfuse_secret_key": "LANGFUSE_SECRET_KEY",
}


class SettingsError(Exception):
    """The application cannot start; the message is the reason, in one line."""


@dataclass(frozen=True)
class Settings:
    """One member for each variable of REQUIRED."""

    region: str
    discovery_path: str
    service: str
    turns_table: str
    database_url: str = field(repr=False)
    user_pool_id: str
    cognito_region: str
    client_id: str
    client_secret: str = field(repr=False)
    langfuse_host: str
    langfuse_public_key: str
    langfuse_secret_key: str = field(repr=False)

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """Reads all variables; one error names everything that is missing."""
        if missing := [name for name in REQUIRED.values() if not variables.get(name)]:
            raise SettingsError(f"missing environment variables: {', '.join(missing)}")
        return cls(**{member: variables[name] for member, name in REQUIRED.items()})
