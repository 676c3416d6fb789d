"""Secrets and parameters that ECS puts into a container's environment: how a reference is parsed, and whether its value exists."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from authorization import stored_keys

_CURRENT = "AWSCURRENT"


@dataclass(frozen=True)
class Reference:
    """`arn:aws:secretsmanager:region:account:secret:name:json-key:version-stage:version-id`; a part that is omitted is empty.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    """

    arn: str
    key: str = ""
    stage: str = ""
    version: str = ""

    @staticmethod
    def of(value: str) -> Reference | None:
        """None for a parameter of Parameter Store."""
        if not value.startswith("arn:aws:secretsmanager:"):
            return None
        parts = value.split(":")
        return Reference(":".join(parts[:7]), *parts[7:10])

    def absent(self) -> str | None:
        """What Secrets Manager, or ECS, returns if the value does not exist; None if it does."""
        found = stored_keys.secret("", "", self.arn)
        if found is None:
            return "ResourceNotFoundException: Secrets Manager can't find the specified secret."
        if found.is_deleted():
            return "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion."
        version = self._version(found)
        if version is None:
            of = f"VersionId: {self.version}" if self.version else f"staging label: {self.stage or _CURRENT}"
            return f"ResourceNotFoundException: Secrets Manager can't find the specified secret value for {of}"
        if self.key and self.key not in _members(version.get("secret_string")):
            # https://github.com/aws/amazon-ecs-agent/blob/master/agent/asm/asm.go
            return f"retrieved secret from Secrets Manager did not contain json key {self.key}"
        return None

    def _version(self, found: Any) -> dict[str, Any] | None:
        versions = getattr(found, "source", found).versions
        if self.version:
            return versions.get(self.version)
        return next((each for each in versions.values() if (self.stage or _CURRENT) in each["version_stages"]), None)


def absent_parameter(account: str, region: str, parameter: str) -> str | None:
    """What ECS returns if the parameter does not exist; None if it does. parameter: name or ARN."""
    return None if stored_keys.parameter(account, region, parameter) else f"invalid ssm parameters: {parameter}"


def _members(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
