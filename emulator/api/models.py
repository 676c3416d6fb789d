"""botocore's service models, each loaded on first use.

A model takes 20 to 250 ms to load. The list of services and how their requests are recognized is read from the first
kilobytes of every model instead: 30 ms for all, once, with the first request.
"""

from __future__ import annotations

import functools
import json
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import botocore
import botocore.loaders
from botocore.model import ServiceModel

# The metadata is in a model's first lines and is smaller than 1 KB.
_HEAD_BYTES = 4096
_HEAD_TEXT = 8192

# Signing names under which services of one protocol share operation names (RDS's API is DocumentDB's and Neptune's, too):
# the one that this project uses comes first.
_PREFERRED = {"rds": "rds", "elasticloadbalancing": "elbv2", "bedrock-agentcore": "bedrock-agentcore-control"}


@dataclass(frozen=True)
class Metadata:
    """The part of a service's model by which its requests are recognized."""

    service: str
    signing_name: str
    version: str
    protocols: tuple[str, ...]
    target_prefix: str | None


@functools.lru_cache(maxsize=None)
def service_model(service: str) -> ServiceModel:
    """The newest model of a service, by its folder in botocore."""
    return ServiceModel(loader().load_service_model(service, "service-2"), service)


@functools.lru_cache(maxsize=None)
def loader() -> botocore.loaders.Loader:
    """One loader for all services: each one lists botocore's 400 folders once, and keeps the models that it has loaded."""
    return botocore.loaders.Loader()


def candidates(signing_name: str) -> tuple[Metadata, ...]:
    """The services that sign with this name, the most likely first."""
    return _by_signing_name().get(signing_name, ())


def by_target(prefix: str) -> tuple[Metadata, ...]:
    """The services whose X-Amz-Target begins with this; the Go SDK sends CloudTrail's without the package prefix."""
    return _by_target().get(prefix.rpartition(".")[2], ())


@functools.lru_cache(maxsize=None)
def _index() -> tuple[Metadata, ...]:
    data = Path(botocore.__file__).parent / "data"
    return tuple(metadata for folder in sorted(data.iterdir()) if folder.is_dir() and (metadata := _metadata(folder)))


@functools.lru_cache(maxsize=None)
def _by_signing_name() -> dict[str, tuple[Metadata, ...]]:
    services: dict[str, list[Metadata]] = defaultdict(list)
    for metadata in _index():
        services[metadata.signing_name].append(metadata)
    return {name: tuple(sorted(found, key=lambda m: m.service != _PREFERRED.get(name, name))) for name, found in services.items()}


@functools.lru_cache(maxsize=None)
def _by_target() -> dict[str, tuple[Metadata, ...]]:
    services: dict[str, list[Metadata]] = defaultdict(list)
    for metadata in _index():
        if metadata.target_prefix:
            services[metadata.target_prefix.rpartition(".")[2]].append(metadata)
    return {prefix: tuple(found) for prefix, found in services.items()}


def _metadata(folder: Path) -> Metadata | None:
    for version in sorted((v.name for v in folder.iterdir() if v.is_dir()), reverse=True):
        head = _head(folder / version)
        if head is not None:
            return _parse(folder.name, head)
    return None


def _head(folder: Path) -> str | None:
    """The model's first lines; the file is compressed in some distributions."""
    packed = folder / "service-2.json.gz"
    if packed.exists():
        with packed.open("rb") as file:
            return zlib.decompressobj(31).decompress(file.read(_HEAD_BYTES), _HEAD_TEXT).decode("utf-8", "replace")
    plain = folder / "service-2.json"
    if plain.exists():
        with plain.open("rb") as file:
            return file.read(_HEAD_TEXT).decode("utf-8", "replace")
    return None


def _parse(service: str, head: str) -> Metadata:
    start = re.search(r'"metadata"\s*:\s*', head)
    if start is None:
        raise LookupError(f"botocore's model of {service} does not begin with its metadata")
    fields: dict[str, Any] = json.JSONDecoder().raw_decode(head, start.end())[0]
    return Metadata(
        service=service,
        signing_name=fields.get("signingName") or fields["endpointPrefix"],
        version=fields["apiVersion"],
        protocols=tuple(fields.get("protocols") or [fields["protocol"]]),
        target_prefix=fields.get("targetPrefix"),
    )
