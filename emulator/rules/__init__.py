"""AWS's semantic rules that this project's resources need: one module per service."""

from __future__ import annotations

import importlib
import pkgutil

from .registry import RULES, Rule, check

__all__ = ["RULES", "Rule", "check", "load"]


def load() -> list[Rule]:
    """Imports every module of this package and returns the rules."""
    for module in sorted(m.name for m in pkgutil.iter_modules(__path__)):
        importlib.import_module(f"{__name__}.{module}")
    return RULES
