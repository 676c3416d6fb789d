"""Clients of AWS. The SDK finds region and credentials itself: AWS_REGION and the task role."""

from __future__ import annotations

from typing import Any

import boto3
from botocore.config import Config

from .config import Settings


def client(service: str, settings: Settings) -> Any:
    """A client with short timeouts: a task that waits for minutes is replaced before it reports why."""
    return boto3.client(
        service,
        region_name=settings.region,
        config=Config(
            connect_timeout=3, read_timeout=10, retries={"mode": "standard", "max_attempts": 3},
            s3={"addressing_style": "path" if settings.path_style else "auto"}))
