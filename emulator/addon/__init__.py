"""Gaps in moto that this platform's resources fall into, mended before the server starts: one module per service."""

from __future__ import annotations

import importlib
import pkgutil

from .registry import MENDS, Mend

__all__ = ["MENDS", "Mend", "load"]


def load() -> list[Mend]:
    """Applies every module of this package, once, and returns what was changed, sorted."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return sorted(MENDS)
