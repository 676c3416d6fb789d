"""IAM: an update of a role changes only what was sent."""

from __future__ import annotations

from typing import Any

from moto.iam.models import IAMBackend

from .registry import patch, replace

patch(
    "iam", "UpdateRole",
    "moto clears what is not sent: an update of the session duration removes the description, and the next plan adds it again",
)


def _only_what_is_sent(original: Any) -> Any:
    def update_role(self: Any, role_name: str, role_description: str | None, max_session_duration: str | None) -> Any:
        role = self.get_role(role_name)
        description = role.description if role_description is None else role_description
        return original(self, role_name, description, max_session_duration or role.max_session_duration)

    return update_role


replace(IAMBackend, "update_role", _only_what_is_sent)
