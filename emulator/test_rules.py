"""AWS's semantic rules: each has a source and a test, in test_rules_*.py."""

from __future__ import annotations

import importlib
import unittest

import rules
from rule_case import COVERED
from testing import HERE


class RegistryTests(unittest.TestCase):
    def test_each_rule_has_a_test_and_a_source(self) -> None:
        for path in HERE.glob("test_rules_*.py"):
            importlib.import_module(path.stem)
        self.assertEqual({each.name for each in rules.load()}, COVERED)
        for each in rules.load():
            with self.subTest(each.name):
                self.assertRegex(each.source, r"^https://")

    def test_names_are_unique(self) -> None:
        names = [each.name for each in rules.load()]
        self.assertEqual(len(names), len(set(names)))


if __name__ == "__main__":
    unittest.main()
