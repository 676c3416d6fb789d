"""Condition keys of a request: names are not case-sensitive, values are strings, and a key has no, one or several values."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Union

# Several values make a multivalued key (aws:TagKeys); everything else is single-valued.
Value = Union[str, bool, int, float, bytes, datetime.datetime, Iterable[Any]]


class Keys(Mapping[str, Value]):
    """A mapping whose lookup ignores case: `aws:SourceIP` is `AWS:SourceIp`, and `aws:RequestTag/Team` is `aws:requesttag/team`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
    """

    def __init__(self, *mappings: Mapping[str, Any]) -> None:
        """Later mappings override earlier ones; a value of None means that the key is not in the request."""
        self._items: dict[str, tuple[str, Any]] = {}
        for mapping in mappings:
            for name, value in mapping.items():
                self._items[name.lower()] = (name, value)

    def __getitem__(self, name: str) -> Any:
        return self._items[name.lower()][1]

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._items.values())

    def __len__(self) -> int:
        return len(self._items)

    def values_of(self, name: str) -> tuple[str, ...]:
        """All values of a key as strings; empty when the key is not in the request."""
        found = self._items.get(name.lower())
        if found is None or found[1] is None:
            return ()
        value = found[1]
        if isinstance(value, (list, tuple, set, frozenset)):
            return tuple(_text(each) for each in value)
        return (_text(value),)

    def is_multivalued(self, name: str) -> bool:
        found = self._items.get(name.lower())
        return found is not None and isinstance(found[1], (list, tuple, set, frozenset))

    def single(self, name: str) -> str | None:
        """The value of a single-valued key, as policy variables use it; None when there is none or several."""
        values = self.values_of(name)
        return values[0] if len(values) == 1 else None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, datetime.datetime):
        moment = value if value.tzinfo else value.replace(tzinfo=datetime.timezone.utc)
        return moment.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    return str(value)
