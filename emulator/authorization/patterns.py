"""Patterns of policies: wildcards, policy variables, and ARNs compared part by part."""

from __future__ import annotations

import functools
import re

from .keys import Keys

# Placeholders for literal wildcard characters: those of `${*}` and those in the value of a variable.
_LITERAL = {"*": "\ue000", "?": "\ue001"}
_BACK = str.maketrans({placeholder: character for character, placeholder in _LITERAL.items()})
_VARIABLE = re.compile(r"\$\{([^}]*)\}")
_DEFAULT = re.compile(r"(?P<key>[^,]+), '(?P<default>[^']*)'")


def has_variable(text: str) -> bool:
    return _VARIABLE.search(text) is not None


def expand(text: str, keys: Keys) -> str | None:
    """Replaces policy variables with their values; None if a variable has no value: then nothing matches.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
    """
    if "${" not in text:
        return text
    missing = False

    def value(match: re.Match[str]) -> str:
        nonlocal missing
        name = match[1].strip()
        # Special characters: ${*}, ${?} and ${$} are the characters themselves.
        if name in ("*", "?", "$"):
            return _LITERAL.get(name, name)
        with_default = _DEFAULT.fullmatch(name)
        found = keys.single(with_default["key"].strip() if with_default else name)
        if found is None and with_default:
            found = with_default["default"]
        if found is None:
            missing = True
            return ""
        return "".join(_LITERAL.get(each, each) for each in found)

    expanded = _VARIABLE.sub(value, text)
    return None if missing else expanded


def literal(expanded: str) -> str:
    """The literal text, for operators without wildcards."""
    return expanded.translate(_BACK)


@functools.lru_cache(maxsize=65536)
def _expression(expanded: str, ignore_case: bool) -> re.Pattern[str]:
    parts = re.split(r"([*?])", expanded)
    text = "".join(".*" if part == "*" else "." if part == "?" else re.escape(literal(part)) for part in parts)
    return re.compile(text, re.DOTALL | (re.IGNORECASE if ignore_case else 0))


def matches(expanded: str, value: str, ignore_case: bool = False) -> bool:
    """Whether the pattern, with `*` (any characters) and `?` (one character), matches the whole value."""
    if expanded == "*":
        return True
    return _expression(expanded, ignore_case).fullmatch(value) is not None


def matches_arn(expanded: str, value: str) -> bool:
    """Compares as ArnLike does: each of the six parts separately, so that a wildcard matches a colon only in the last part.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
    """
    if expanded == "*":
        return value.startswith("arn:")
    pattern_parts, value_parts = expanded.split(":", 5), value.split(":", 5)
    if len(pattern_parts) != 6 or len(value_parts) != 6:
        return False
    return all(matches(pattern, part) for pattern, part in zip(pattern_parts, value_parts))


class Patterns:
    """A list of patterns of one statement (its actions or its resources), compiled once if it has no variables."""

    def __init__(self, texts: tuple[str, ...], ignore_case: bool = False, variables: bool = True) -> None:
        self.texts = texts
        self._ignore_case = ignore_case
        self._varying = tuple(text for text in texts if variables and has_variable(text))
        fixed = [text for text in texts if text not in self._varying]
        self._all = "*" in fixed
        joined = "|".join(f"(?:{_expression(text, ignore_case).pattern})" for text in fixed)
        self._fixed = re.compile(joined, re.DOTALL | (re.IGNORECASE if ignore_case else 0)) if fixed else None

    def match(self, value: str, keys: Keys) -> bool:
        """Whether one of the patterns matches the whole value, across colons, as Action and Resource are compared."""
        if self._all or (self._fixed is not None and self._fixed.fullmatch(value) is not None):
            return True
        for text in self._varying:
            expanded = expand(text, keys)
            if expanded is not None and matches(expanded, value, self._ignore_case):
                return True
        return False
