"""What the add-on changes in moto: one record per operation, each with its reason.

A test compares the table in docs/emulator.md with these records, and the health page lists them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, order=True)
class Patch:
    """One operation that is added to moto or whose response is patched.

    service: AWS's endpoint prefix ("ecs"), or "*" for all services.
    operation: AWS's operation name ("DescribeServices").
    reason: one line, what is wrong without it.
    """

    service: str
    operation: str
    reason: str


PATCHES: list[Patch] = []


def patch(service: str, operation: str, reason: str) -> None:
    """Records that an operation differs from unpatched moto."""
    PATCHES.append(Patch(service, operation, reason))


def replace(target: type, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]) -> None:
    """Replaces a method with the wrapper that `make` returns for the original.

    Fails at start, naming the method, when moto does not have (or no longer has) such a method: a patch that silently
    does nothing would show up as unexplained drift in a plan.
    """
    original = getattr(target, name, None)
    if original is None:
        raise LookupError(f"this moto has no {target.__module__}.{target.__qualname__}.{name}, which the add-on patches")
    replacement = make(original)
    replacement.__name__ = name
    setattr(target, name, replacement)


def after(target: type, name: str, change: Callable[..., None]) -> None:
    """Runs `change(self, result, *arguments)` after a method, to complete what it created or returns."""

    def make(original: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Any, *arguments: Any, **named: Any) -> Any:
            result = original(self, *arguments, **named)
            change(self, result, *arguments, **named)
            return result

        return method

    replace(target, name, make)


def add(target: type, name: str, method: Callable[..., Any]) -> None:
    """Adds a method that moto lacks; if a newer moto has it, moto's own is kept."""
    if not hasattr(target, name):
        method.__name__ = name
        setattr(target, name, method)
