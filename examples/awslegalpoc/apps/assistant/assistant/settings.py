"""Settings from the environment variables of the agent; nothing else reads the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

REQUIRED = {
    "region": "AWS_REGION",
    "model_id": "MODEL_ID",
    "turns_table": "DYNAMODB_TABLE_CONVERSATIONS",
    "documents_table": "DYNAMODB_TABLE_DOCUMENTS",
    "langfuse_host": "LANGFUSE_HOST",
    "langfuse_public_key": "LANGFUSE_PUBLIC_KEY",
    "langfuse_secret_key_name": "LANGFUSE_SECRET_KEY_NAME",
}


class SettingsError(Exception):
    """The agent cannot start; the message is the reason, in one line."""


@dataclass(frozen=True)
class Settings:
    """One member for each variable of REQUIRED, and the port, which is 8080 on AgentCore."""

    region: str
    model_id: str
    turns_table: str
    documents_table: str
    langfuse_host: str
    langfuse_public_key: str
    # AgentCore gives no secrets to containers: this is the name of the secret.
    langfuse_secret_key_name: str
    port: int = 8080

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """Reads all variables; one error names everything that is missing."""
        if missing := [name for name in REQUIRED.values() if not variables.get(name)]:
            raise SettingsError(f"missing environment variables: {', '.join(missing)}")
        port = variables.get("PORT") or "8080"
        if not port.isdecimal() or not 1 <= int(port) <= 65535:
            raise SettingsError(f"PORT is '{port}'; it must be a number from 1 to 65535")
        return cls(**{member: variables[name] for member, name in REQUIRED.items()}, port=int(port))
