"""Every condition key in a synthesized policy is set by the emulator: a condition on a key that is never set is never true."""

from __future__ import annotations

import json
import re
import unittest
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent
# Tags and encryption contexts have any name; the prefix before it is checked.
_OPEN_ENDED = re.compile(r"^(aws:(?:RequestTag|ResourceTag|PrincipalTag)/|kms:EncryptionContext:).*", re.IGNORECASE)
# Each claim of a token is a key: authorization/web_identity.py.
_CLAIM = "token.actions.githubusercontent.com:"


def keys_of(value: Any) -> Iterator[str]:
    """Condition keys of all policies in a synthesized stack, in which policies are JSON or JSON strings."""
    if isinstance(value, str) and value.startswith("{") and '"Statement"' in value:
        value = json.loads(re.sub(r"\$\{[^}]*\}", "reference", value))
    if isinstance(value, dict):
        if "Effect" in value and "Condition" in value:
            yield from (key for test in value["Condition"].values() for key in test)
        for each in value.values():
            yield from keys_of(each)
    elif isinstance(value, list):
        for each in value:
            yield from keys_of(each)


class ConditionKeyTests(unittest.TestCase):
    def test_every_key_of_the_examples_is_set(self) -> None:
        stacks = list((_HERE.parent / "Tests" / "Stacks" / "Approved").rglob("*.tf.json"))
        used = {_OPEN_ENDED.sub(r"\1", key) for stack in stacks for key in keys_of(json.loads(stack.read_text(encoding="utf-8")))}
        self.assertIn("iam:PassedToService", used)
        sources = "".join(file.read_text(encoding="utf-8") for file in (_HERE / "authorization").glob("*.py")).lower()
        # Several services share some of them, so the sources may build the key from prefix and name.
        missing = [key for key in used if not key.startswith(_CLAIM) and key.lower().partition(":")[2] not in sources]
        self.assertEqual(sorted(missing), [])
