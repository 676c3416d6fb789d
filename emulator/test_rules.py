"""AWS's semantic rules: each has a source and a test, in test_rules_*.py."""

from __future__ import annotations

import importlib
import re
import unittest

import rules
from rule_case import COVERED
from testing import HERE

PAGE = HERE.parent / "docs" / "emulator.md"
ROW = re.compile(r"^\| `(?P<service>[^`]+)` \| (?P<operations>[^|]+) \| (?P<rule>[^|]+) \| (?P<source>https://[^|]+) \|$", re.MULTILINE)


class RegistryTests(unittest.TestCase):
    def test_each_rule_has_a_test_and_a_source(self) -> None:
        for path in HERE.glob("test_rules_*.py"):
            importlib.import_module(path.stem)
        self.assertEqual({each.name for each in rules.load()}, COVERED)
        for each in rules.load():
            with self.subTest(each.name):
                self.assertRegex(each.source, r"^https://")

    def test_page_lists_exactly_the_rules(self) -> None:
        table = PAGE.read_text(encoding="utf-8").split("## Requests that AWS would not accept")[1].split("## ")[0]
        documented = {(row["service"], row["operations"], row["rule"], row["source"]) for row in ROW.finditer(table)}
        known = {(each.service, ", ".join(each.operations), each.name.replace("_", " "), each.source) for each in rules.load()}
        self.assertEqual(documented, known)

    def test_names_are_unique(self) -> None:
        names = [each.name for each in rules.load()]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
