"""Permissions removed for a mutation test: Tests/Emulator/mutate-permissions.mjs shows that a test fails without each of them.

The variable INFRA_WITHOUT_PERMISSIONS contains one permission per line, a statement's label and an action:
`acme-dev-release/release/Services ecs:UpdateService`. The statement is read as if it did not list the action, nor a pattern that matches
it.
"""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Sequence

VARIABLE = "INFRA_WITHOUT_PERMISSIONS"


def without(label: str, actions: Sequence[str]) -> tuple[str, ...]:
    """The remaining actions of a statement; raises ValueError if the variable has another format."""
    lines = [line.split() for line in os.environ.get(VARIABLE, "").splitlines() if line.strip()]
    if any(len(line) != 2 for line in lines):
        raise ValueError(f"{VARIABLE}: each line must be a statement's label and an action, separated by a space")
    withheld = [action for of, action in lines if of == label]
    return tuple(written for written in actions if not any(fnmatch.fnmatchcase(action.lower(), written.lower()) for action in withheld))
