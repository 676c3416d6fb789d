"""EventBridge's event patterns and input transformers against AWS's documentation."""

from __future__ import annotations

import json
import unittest

from addon import event_patterns


class PatternTests(unittest.TestCase):
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html"""

    def test_operators(self) -> None:
        event = {"a": "text", "n": 5, "t": True, "list": ["x", "y"], "in": {"b": None}, "many": [{"c": 1, "d": 1}, {"c": 2, "d": 2}]}
        for pattern, expected in (
            ({"a": ["other", "text"]}, True),
            ({"a": ["Text"]}, False),
            ({"none": ["text"]}, False),
            ({"a": ["text"], "n": [6]}, False),
            ({"t": [True]}, True),
            ({"t": [1]}, False),
            ({"in": {"b": [None]}}, True),
            ({"list": ["y", "z"]}, True),
            ({"a": [{"prefix": "te"}]}, True),
            ({"a": [{"suffix": "te"}]}, False),
            ({"a": [{"equals-ignore-case": "TEXT"}]}, True),
            ({"a": [{"wildcard": "t*t"}]}, True),
            ({"a": [{"wildcard": "t?xt"}]}, False),
            ({"a": [{"anything-but": ["text"]}]}, False),
            ({"a": [{"anything-but": "other"}]}, True),
            ({"a": [{"anything-but": {"prefix": "te"}}]}, False),
            ({"none": [{"anything-but": ["text"]}]}, False),
            ({"n": [{"numeric": [">", 0, "<=", 5]}]}, True),
            ({"n": [{"numeric": ["<", 5]}]}, False),
            ({"a": [{"exists": True}]}, True),
            ({"none": [{"exists": False}]}, True),
            ({"in": {"none": [{"exists": False}]}}, True),
            ({"many": {"c": [2], "d": [2]}}, True),
            ({"many": {"c": [1], "d": [2]}}, False),
            ({"$or": [{"a": ["other"]}, {"n": [5]}]}, True),
            ({"$or": [{"a": ["other"]}, {"n": [6]}]}, False),
        ):
            with self.subTest(pattern):
                self.assertIs(event_patterns.matches(pattern, event), expected)

    def test_an_unknown_operator_is_an_error(self) -> None:
        with self.assertRaises(NotImplementedError):
            event_patterns.matches({"a": [{"cidr": "10.0.0.0/8"}]}, {"a": "10.0.0.1"})

    def test_inputs(self) -> None:
        event = {"detail": {"text": 'a "b"', "number": 1, "list": ["x"]}}
        paths = {"text": "$.detail.text", "number": "$.detail.number", "list": "$.detail.list"}
        for target, expected in (
            ({}, json.dumps(event)),
            ({"Input": "fixed"}, "fixed"),
            ({"InputPath": "$.detail.number"}, "1"),
        ):
            with self.subTest(target):
                self.assertEqual(event_patterns.target_input(target, event), expected)
        for template, expected in (
            ('{"t": <text>, "n": <number>}', '{"t": "a \\"b\\"", "n": 1}'),
            ('"<text> <number> <list> <other>"', '"a \\"b\\" 1 ["x"] <other>"'),
        ):
            with self.subTest(template):
                transformer = {"InputPathsMap": paths, "InputTemplate": template}
                self.assertEqual(event_patterns.target_input({"InputTransformer": transformer}, event), expected)


if __name__ == "__main__":
    unittest.main()
