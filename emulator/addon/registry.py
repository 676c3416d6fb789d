"""What the add-on changes in moto: one record per operation, each with its reason.

The records are the truth that docs/emulator.md's table is tested against and that the health page lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Mend:
    """One operation that is added to moto or whose answer is mended.

    service: AWS's endpoint prefix ("ecs"), or "*" for all services.
    operation: AWS's operation name ("DescribeServices").
    reason: one line, what is wrong without it.
    """

    service: str
    operation: str
    reason: str


MENDS: list[Mend] = []


def mend(service: str, operation: str, reason: str) -> None:
    """Notes that an operation differs from stock moto."""
    MENDS.append(Mend(service, operation, reason))


def replace(target: type, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replaces a method by what `make` builds around the original.

    Fails at start, naming the method, when moto has no such method (any more): a mend that silently
    does nothing would come back as unexplained drift in somebody's plan.
    """
    original = getattr(target, name, None)
    if original is None:
        raise LookupError(f"this moto has no {target.__module__}.{target.__qualname__}.{name}, which the add-on mends")
    replacement = make(original)
    replacement.__name__ = name
    setattr(target, name, replacement)


def after(target: type, name: str, change: Callable[..., None]) -> None:
    """Runs `change(self, result, *arguments)` after a method, to complete what it made or answers."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *arguments: Any, **named: Any) -> Any:
            result = original(self, *arguments, **named)
            change(self, result, *arguments, **named)
            return result

        return method

    replace(target, name, make)


def add(target: type, name: str, method: Callable[..., Any]) -> None:
    """Adds a method that moto lacks; where a newer moto has it, moto's own stays."""
    if not hasattr(target, name):
        method.__name__ = name
        setattr(target, name, method)
