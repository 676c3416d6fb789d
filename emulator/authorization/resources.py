"""The resources of an action of a request, as ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from . import lookups, special_resources
from .members import DEFAULTS, EC2_IDS, MEMBERS
from .reference import Action, ResourceType

EVERYTHING = "*"

# Operations that create a resource whose id AWS chooses: the ARN has a wildcard in its place.
_MAKES = re.compile(r"^(Allocate|Associate|Authorize|Copy|Create|Enable|Import|Publish|Put|Register|Replace|Request|Restore|Run|Set|Start)")

# Of resource types whose ARNs differ by a word, only one applies; the value says which.
_ALTERNATIVES = {"elasticloadbalancing", "events", "wafv2"}

_EC2_ID = re.compile(r"^([a-z]+)-[0-9a-f]{8,17}$")


class Unresolved(Exception):
    """The request does not name the resource of an action: an error, since the emulator cannot decide."""


def of(action: Action, operation: str, parameters: dict[str, Any], region: str, account: str) -> list[str]:
    """ARNs on which the action is performed; ["*"] for actions without resource types.

    Raises Unresolved if the reference names a resource and the request does not.
    """
    if not action.resource_types:
        return [EVERYTHING]
    if special := special_resources.of(action, operation, parameters, region, account):
        return special
    return [special_resources.finish(action, arn) for arn in _general(action, operation, parameters, region, account)]


def _general(action: Action, operation: str, parameters: dict[str, Any], region: str, account: str) -> list[str]:
    place = _Place(action.service, region, account, parameters)
    makes = _MAKES.match(operation) is not None
    found: list[str] = []
    missing: list[ResourceType] = []
    for kind in action.resource_types:
        arns = place.arns(kind)
        found += arns
        if not arns and kind.required:
            missing.append(kind)
    if makes and (action.service not in _ALTERNATIVES or not found):
        # Required, and does not exist yet: the resource that will be created.
        found += [place.made(kind) for kind in missing]
    if not found and not any(kind.required for kind in action.resource_types):
        # An optional type that is not named: any resource of it; with several types: everything.
        return [place.made(action.resource_types[0])] if len(action.resource_types) == 1 else [EVERYTHING]
    if not found:
        raise Unresolved(f"{action} needs one of {', '.join(kind.name for kind in action.resource_types)}; the request names none")
    return list(dict.fromkeys(found))


def made(kind: ResourceType, service: str, parameters: dict[str, Any], region: str, account: str) -> str:
    """A resource that a request will create, as AWS compares it with policies: with * for what AWS chooses later."""
    return _Place(service, region, account, parameters).made(kind)


class _Place:
    def __init__(self, service: str, region: str, account: str, parameters: dict[str, Any]) -> None:
        self._service = service
        self._region = region
        self._account = account
        self._parameters = parameters
        self._texts = list(texts(parameters))
        if service == "ec2" and "ImageId" in parameters:
            # An instance with an interface that exists is started in that one's subnet, with its security groups; the request names
            # neither.
            for interface in [text for text in self._texts if text.startswith("eni-")]:
                self._texts += lookups.place_of_interface(account, region, interface)

    def arns(self, kind: ResourceType) -> list[str]:
        """ARNs of the resources of this type that the request names."""
        named = [text for text in self._texts if text.startswith("arn:") and kind.matches(text)]
        if named:
            return [lookups.whole(arn) for arn in named]
        if self._service == "wafv2" and not kind.required:
            # Name and id are those of the operation's main resource; a web ACL names its IP sets and rule groups by ARN.
            return []
        if self._service == "ec2":
            return [self._fill(kind, {kind.variables[0]: each}) for each in self._ec2_ids(kind)] if kind.variables else []
        return self._filled(kind)

    def made(self, kind: ResourceType) -> str:
        """The resource that the request will create, with * for what AWS chooses."""
        values = {variable: next(iter(self._values(variable)), lookups.generated(self._service, variable) or EVERYTHING)
            for variable in kind.variables}
        return self._fill(kind, values)

    def _filled(self, kind: ResourceType) -> list[str]:
        combinations: list[dict[str, str]] = [{}]
        for variable in kind.variables:
            default = self._default(variable) or lookups.generated(self._service, variable)
            values = list(self._values(variable)) or ([default] if default else [])
            combinations = [{**one, variable: value} for one in combinations for value in values]
        return [lookups.whole(self._fill(kind, one)) for one in combinations]

    def _default(self, variable: str) -> str | None:
        # A request that names its resource by ARN needs no defaults.
        named = any(text.startswith(f"arn:aws:{self._service}:") for text in self._texts)
        return None if named else DEFAULTS.get((self._service, variable))

    def _values(self, variable: str) -> Iterable[str]:
        for path in MEMBERS.get((self._service, variable), (variable,)):
            values = [lookups.name(self._service, variable, text) for text in texts(at(self._parameters, path.split(".")))]
            if values:
                return values
        return []

    def _ec2_ids(self, kind: ResourceType) -> list[str]:
        ids = [lookups.ec2_id(self._account, self._region, text) for text in self._texts]
        return [text for text in ids if (match := _EC2_ID.match(text)) and EC2_IDS.get(match[1]) == kind.name]

    def _fill(self, kind: ResourceType, values: dict[str, str]) -> str:
        # Images of Amazon and of others do not belong to the caller's account.
        account = "" if (self._service, kind.name) in (("ec2", "image"), ("ec2", "snapshot")) else self._account
        return kind.fill({"Partition": "aws", "Region": self._region, "Account": account, **values})


def at(value: Any, path: list[str]) -> Any:
    """The values at a path; for a list, the values in each element."""
    if not path:
        return value
    if isinstance(value, list):
        return [at(each, path) for each in value]
    return at(value.get(path[0]), path[1:]) if isinstance(value, dict) else None


def texts(value: Any) -> Iterable[str]:
    """Every string and number in a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, bool) or value is None:
        return
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from texts(each)
