"""The regular expressions of AWS's models, in Python's dialect.

They are Java's or ECMAScript's: classes by Unicode category, code points beyond the basic plane as pairs, possessive quantifiers.
"""

from __future__ import annotations

import functools
import re
import sys
import unicodedata
import warnings

_CATEGORY = re.compile(r"\\p\{(?:Is|L=)?(\w+)\}|\\p(\w)")
# Java and ECMAScript write code points beyond the basic plane as two surrogates; in a class that means this range.
_BEYOND = (r"\uD800\uDC00-\uDBFF\uDFFF", r"\ud800\udc00-\udbff\udfff")
_POSSESSIVE = re.compile(r"(?<=[\])}*+?\w])([*+?]|\{\d+(?:,\d*)?\})\+")
# The last code point that is considered for a category: the basic plane has the letters of nearly all languages.
_LAST = 0xFFFF
_NAMED = {
    "Alpha": "a-zA-Z", "Digit": "0-9", "Alnum": "a-zA-Z0-9", "Upper": "A-Z", "Lower": "a-z", "ASCII": r"\x00-\x7f",
    "Punct": r"!-/:-@\[-`{-~", "Space": r"\s", "Graph": "!-~", "Print": " -~",
}


@functools.lru_cache(maxsize=None)
def compiled(pattern: str) -> re.Pattern[str] | None:
    """The compiled expression, or None if Python cannot express it: then it is not checked."""
    try:
        text = _translate(pattern)
        with warnings.catch_warnings():
            # Java reads a bracket or && within a class as a nested set; Python does not, and warns that it may in future.
            warnings.simplefilter("error", FutureWarning)
            # A flag in the middle applies to the whole expression in Python before 3.11, and in Java to what follows it.
            warnings.simplefilter("error", DeprecationWarning)
            return re.compile(text)
    except (re.error, FutureWarning, DeprecationWarning, LookupError):
        return None


def _translate(pattern: str) -> str:
    text = pattern
    for pair in _BEYOND:
        text = text.replace(pair, "\U00010000-\U0010ffff")
    text = _CATEGORY.sub(lambda found: _class(found[1] or found[2], _within_class(text, found.start())), text)
    text = re.sub(r"(?<!\\)\\z", r"\\Z", text)
    # A hyphen after a class is a literal hyphen in Java.
    text = re.sub(r"(\\[wsd])-(?=[^\]])", r"\1\\-", text)
    if sys.version_info < (3, 11):
        # If the whole value has to match, a possessive quantifier only affects the speed.
        text = _POSSESSIVE.sub(r"\1", text)
    return text


def _within_class(text: str, position: int) -> bool:
    opened = False
    index = 0
    while index < position:
        if text[index] == "\\":
            index += 1
        elif text[index] == "[":
            opened = True
        elif text[index] == "]":
            opened = False
        index += 1
    return opened


def _class(name: str, within: bool) -> str:
    ranges = _NAMED[name] if name in _NAMED else _category(name)
    return ranges if within else f"[{ranges}]"


@functools.lru_cache(maxsize=None)
def _category(name: str) -> str:
    """A Unicode category ("L", "Zs") as the ranges of a class."""
    ranges: list[list[int]] = []
    for point in range(_LAST + 1):
        if unicodedata.category(chr(point)).startswith(name):
            if ranges and ranges[-1][1] == point - 1:
                ranges[-1][1] = point
            else:
                ranges.append([point, point])
    if not ranges:
        raise LookupError(f"no Unicode category {name}")
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)
