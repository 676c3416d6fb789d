"""Patches for gaps in moto that this project's resources need, applied before the server starts: one module per service."""

from __future__ import annotations

import importlib
import pkgutil

from .registry import PATCHES, Patch

__all__ = ["PATCHES", "Patch", "load"]


def load() -> list[Patch]:
    """Imports every module of this package, which applies its patches once, and returns the patches, sorted."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return sorted(PATCHES)
