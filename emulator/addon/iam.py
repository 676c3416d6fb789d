"""IAM: a change of a role changes what was sent, nothing else."""

from __future__ import annotations

from typing import Any

from moto.iam.models import IAMBackend

from .registry import mend, replace

mend(
    "iam", "UpdateRole",
    "moto clears what is not sent: a change of the session's length loses the description, and the next plan wants it back",
)


def _only_what_is_sent(original: Any) -> Any:
    def update_role(self: Any, role_name: str, role_description: str | None, max_session_duration: str | None) -> Any:
        role = self.get_role(role_name)
        description = role.description if role_description is None else role_description
        return original(self, role_name, description, max_session_duration or role.max_session_duration)

    return update_role


replace(IAMBackend, "update_role", _only_what_is_sent)
