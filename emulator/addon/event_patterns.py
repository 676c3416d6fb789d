"""EventBridge's event patterns and input transformers, as far as this project's rules use them.

https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
"""

from __future__ import annotations

import fnmatch
import json
import operator
import re
from collections.abc import Mapping
from typing import Any

_PLACEHOLDER = re.compile(r"<([A-Za-z0-9_.-]+)>")
_NUMERIC = {"=": operator.eq, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def matches(pattern: Mapping[str, Any], event: Any) -> bool:
    """All keys of the pattern must match; in an array, one element that matches as a whole is enough."""
    if isinstance(event, list):
        return any(matches(pattern, each) for each in event)
    if not isinstance(event, Mapping):
        return False
    for key, expected in pattern.items():
        if key == "$or":
            if not any(matches(each, event) for each in expected):
                return False
        elif isinstance(expected, Mapping):
            if not matches(expected, event.get(key, {})):
                return False
        elif not any(_field(each, event, key) for each in expected):
            return False
    return True


def _field(expected: Any, event: Mapping[str, Any], key: str) -> bool:
    if isinstance(expected, Mapping) and "exists" in expected:
        return (key in event) is expected["exists"]
    if key not in event:
        return False
    value = event[key]
    return any(_value(expected, each) for each in value) if isinstance(value, list) else _value(expected, value)


def _value(expected: Any, value: Any) -> bool:
    if not isinstance(expected, Mapping):
        # true is not 1.
        return expected == value and isinstance(expected, bool) is isinstance(value, bool)
    ((name, operand),) = expected.items()
    text = value if isinstance(value, str) else None
    if name == "anything-but":
        others = operand if isinstance(operand, list) else [operand]
        return not any(_value(each, value) for each in others)
    if name == "numeric":
        pairs = zip(operand[::2], operand[1::2])
        return isinstance(value, (int, float)) and all(_NUMERIC[sign](value, bound) for sign, bound in pairs)
    if name not in ("prefix", "suffix", "equals-ignore-case", "wildcard"):
        raise NotImplementedError(f"event patterns with '{name}'")
    if text is None or not isinstance(operand, str):
        return False
    return {
        "prefix": lambda: text.startswith(operand),
        "suffix": lambda: text.endswith(operand),
        "equals-ignore-case": lambda: text.lower() == operand.lower(),
        "wildcard": lambda: fnmatch.fnmatchcase(text, operand.replace("[", "[[]").replace("?", "[?]")),
    }[name]()


def target_input(target: Mapping[str, Any], event: Mapping[str, Any]) -> str:
    """The input of a target: the event, a part of it, a constant, or a template with values from the event."""
    if target.get("Input"):
        return str(target["Input"])
    if target.get("InputPath"):
        return json.dumps(path(target["InputPath"], event))
    transformer = target.get("InputTransformer")
    if not transformer:
        return json.dumps(event)
    paths = transformer.get("InputPathsMap") or {}
    values = {name: path(where, event) for name, where in paths.items()}
    template = str(transformer["InputTemplate"])

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            return match[0]
        found = values[match[1]]
        quoted = json.dumps("" if found is None else found)
        # Within quotes a string is inserted without its own quotes.
        within = template[: match.start()].count('"') % 2 == 1
        return quoted[1:-1] if within and quoted.startswith('"') else quoted

    return _PLACEHOLDER.sub(value, template)


def path(expression: str, event: Any) -> Any:
    """Value at `$.detail.group`; None where there is none."""
    found = event
    for name in expression.removeprefix("$").strip(".").split("."):
        if name:
            found = found.get(name) if isinstance(found, Mapping) else None
    return found
