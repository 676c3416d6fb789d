"""Parameters below DISCOVERY_PATH: what the platform knows only after it has deployed."""

from __future__ import annotations

from typing import Any


def read(ssm: Any, path: str, name: str) -> str:
    """Value of a parameter: `agents/assistant/arn`, `services/streamlit/url`."""
    return ssm.get_parameter(Name=f"{path}/{name}")["Parameter"]["Value"]
