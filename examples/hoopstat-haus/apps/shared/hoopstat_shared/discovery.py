"""Discovery parameters of the environment: names and URLs of resources, by path, for example `services/stats-api/url`.

Only a service with `"discovery": true` in its `uses` may read them.
"""

from __future__ import annotations

from typing import Any

from .config import Settings


def read_all(ssm: Any, settings: Settings) -> dict[str, str]:
    """All parameters below the environment's discovery path, by their path below it."""
    root = settings.discovery_path.rstrip("/") + "/"
    pages = ssm.get_paginator("get_parameters_by_path").paginate(Path=root.rstrip("/"), Recursive=True)
    return {each["Name"].removeprefix(root): each["Value"] for page in pages for each in page["Parameters"]}
