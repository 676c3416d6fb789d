"""Typed configuration from the environment variables that every task gets: docs/discovery.md.

Nothing else reads the environment.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

_BUCKET = "S3_BUCKET_"


class ConfigurationError(Exception):
    """The application cannot start; the message is the reason, in one line."""


@dataclass(frozen=True)
class Settings:
    """Settings of one application.

    bucket: the first bucket that the service uses (S3_BUCKET_NAME); None if it uses none.
    buckets: buckets by purpose: `raw-data` for S3_BUCKET_RAW_DATA.
    discovery_path: path of the discovery parameters in SSM.
    port: port to listen on.
    path_style: whether AWS_ENDPOINT_URL names an endpoint other than AWS, which has no host name for each bucket.
    """

    region: str
    project: str
    environment: str
    service: str
    repository: str
    discovery_path: str
    bucket: str | None = None
    buckets: Mapping[str, str] = field(default_factory=dict)
    port: int = 8080
    path_style: bool = False

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> Settings:
        """Reads all variables; one error names everything that is missing."""
        required = {
            "region": "AWS_REGION", "project": "PROJECT", "environment": "ENVIRONMENT", "service": "SERVICE",
            "repository": "ECR_REPOSITORY", "discovery_path": "DISCOVERY_PATH",
        }
        if missing := [name for name in required.values() if not variables.get(name)]:
            raise ConfigurationError(f"missing environment variables: {', '.join(missing)}; docs/discovery.md describes them")
        return cls(
            **{member: variables[name] for member, name in required.items()},
            bucket=variables.get("S3_BUCKET_NAME") or None,
            buckets={
                name.removeprefix(_BUCKET).lower().replace("_", "-"): value
                for name, value in variables.items()
                if name.startswith(_BUCKET) and name != "S3_BUCKET_NAME" and value
            },
            port=_port(variables.get("PORT") or "8080"),
            path_style=bool(variables.get("AWS_ENDPOINT_URL")))

    def bucket_of(self, purpose: str) -> str:
        """Name of a bucket by its purpose."""
        try:
            return self.buckets[purpose]
        except KeyError:
            available = ", ".join(sorted(self.buckets)) or "none"
            raise ConfigurationError(
                f"{self.service} uses no bucket {purpose}; available: {available}. Add it to uses.buckets in the environment file"
            ) from None


def _port(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise ConfigurationError(f"PORT is '{text}'; it must be a number from 1 to 65535")
    return int(text)
