"""Each patch has a test and a row of documentation, and each documented row has a patch."""

from __future__ import annotations

import importlib
import re
import unittest

import addon
from testing import COVERED, HERE

PAGE = HERE.parent / "docs" / "emulator.md"
ROW = re.compile(r"^\| `(?P<service>[^`]+)` \| (?P<operation>[^|]+) \| (?P<reason>[^|]+) \|$", re.MULTILINE)


class RegistryTests(unittest.TestCase):
    def test_each_patched_operation_has_a_test(self) -> None:
        for path in HERE.glob("test_*.py"):
            importlib.import_module(path.stem)
        self.assertEqual({(m.service, m.operation) for m in addon.load()}, COVERED)

    def test_page_lists_exactly_the_patches(self) -> None:
        table = PAGE.read_text(encoding="utf-8").split("## Patches")[1].split("## ")[0]
        documented = {(r["service"], r["operation"].strip(), r["reason"].strip()) for r in ROW.finditer(table)}
        self.assertEqual(documented, {(m.service, m.operation, m.reason) for m in addon.load()})

    def test_reasons_are_one_line(self) -> None:
        for patched in addon.load():
            with self.subTest(f"{patched.service} {patched.operation}"):
                self.assertNotRegex(patched.reason, r"[|\n]")
                self.assertLessEqual(len(patched.reason), 160)


if __name__ == "__main__":
    unittest.main()
