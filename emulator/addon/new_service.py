"""Registers services that moto lacks entirely, as if it had them."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterable
from typing import Any

from moto import backend_index
from moto.core.base_backend import BackendDict


def register(name: str, host: str, backend: type, response: Any, paths: Iterable[str], regional: bool = True) -> BackendDict[Any]:
    """Registers a service and returns its backends; if a newer moto has a service of this name, moto's own is kept.

    name: moto's name for it, a Python identifier.
    host: pattern of its host name: r"chatbot\\.(.+)".
    response: class that implements its operations.
    paths: patterns of its request paths, without the host.
    regional: whether each region has its own backend; otherwise there is one, which moto calls "aws".
    """
    module = f"moto.{name}"
    backend.__module__ = f"{module}.models"
    backends: BackendDict[Any] = BackendDict(backend, name, use_boto3_regions=regional, additional_regions=None if regional else ["aws"])
    if any(known == name for known, _ in backend_index.backend_url_patterns):
        return backends
    # moto looks for services in modules of its own package.
    urls = types.ModuleType(f"{module}.urls")
    urls.url_bases = [rf"https?://{host}\.amazonaws\.com"]  # type: ignore[attr-defined]
    urls.url_paths = {"{0}" + path: response.dispatch for path in paths}  # type: ignore[attr-defined]
    service = types.ModuleType(module)
    setattr(service, f"{name}_backends", backends)
    sys.modules.update({module: service, urls.__name__: urls})
    backend_index.backend_url_patterns.append((name, re.compile(urls.url_bases[0])))
    return backends
