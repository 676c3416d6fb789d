"""Finds the operation of a REST service by method, path and query string."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote

from botocore.model import OperationModel

from .models import service_model

_LABEL = re.compile(r"\{([^}+]+)(\+?)\}")


@dataclass(frozen=True)
class Route:
    """One operation's method and path.

    constants: what the query string must contain in addition: S3's "acl" has no value, "list-type" the value 2.
    required: query fields and headers; without them it is probably another operation on the same path.
    """

    operation: OperationModel
    path: re.Pattern[str]
    literals: int
    constants: tuple[tuple[str, str], ...]
    required_query: tuple[str, ...]
    required_headers: tuple[str, ...]
    deprecated: bool


@dataclass(frozen=True)
class Match:
    """A route that matches, the labels of its path, and a score: of several matches, the highest is taken."""

    operation: OperationModel
    labels: Mapping[str, str]
    score: tuple[int, ...]


def match(service: str, method: str, path: str, query: Mapping[str, list[str]], headers: Mapping[str, str]) -> Match | None:
    """The operation of this service that the request calls; `path` is still percent-encoded."""
    found: Match | None = None
    for route in _routes(service).get(method, ()):
        labels = route.path.fullmatch(path)
        if labels is None or not _has(query, route.constants):
            continue
        score = _score(route, query, headers)
        if found is None or score > found.score:
            found = Match(route.operation, {_member(name): unquote(value) for name, value in labels.groupdict().items()}, score)
    return found


def _score(route: Route, query: Mapping[str, list[str]], headers: Mapping[str, str]) -> tuple[int, ...]:
    missing = sum(name not in query for name in route.required_query) + sum(name not in headers for name in route.required_headers)
    required = len(route.required_query) + len(route.required_headers)
    # The Go SDK sends the operation's name; otherwise a request that has all of a route's required parts means that route.
    named = route.operation.name in query.get("x-id", ())
    return (route.literals, len(route.constants), -missing, int(named), required, -int(route.deprecated))


def _has(query: Mapping[str, list[str]], constants: tuple[tuple[str, str], ...]) -> bool:
    return all(name in query and (not value or value in query[name]) for name, value in constants)


@functools.lru_cache(maxsize=None)
def _routes(service: str) -> dict[str, list[Route]]:
    model = service_model(service)
    routes: dict[str, list[Route]] = {}
    for name in model.operation_names:
        operation = model.operation_model(name)
        routes.setdefault(operation.http["method"], []).append(_route(operation))
    return routes


def _route(operation: OperationModel) -> Route:
    path, _, query = operation.http["requestUri"].partition("?")
    members = operation.input_shape.members if operation.input_shape else {}
    required = operation.input_shape.required_members if operation.input_shape else []
    places = {location: tuple(members[m].serialization["name"] for m in required if members[m].serialization.get("location") == location)
              for location in ("querystring", "header")}
    return Route(
        operation=operation,
        path=_pattern(path),
        literals=sum(1 for part in path.split("/") if part and not part.startswith("{")),
        # "x-id" names the operation for logs; AWS does not require it.
        constants=tuple((name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != "x-id"),
        required_query=places["querystring"],
        required_headers=tuple(name.lower() for name in places["header"]),
        deprecated=operation.deprecated,
    )


def _pattern(path: str) -> re.Pattern[str]:
    """SDKs differ in whether a path ends with a slash; in a greedy label it belongs to the value."""
    pattern, end = "", 0
    for label in _LABEL.finditer(path):
        pattern += re.escape(path[end:label.start()])
        pattern += f"(?P<{_group(label[1])}>{'.+' if label[2] else '[^/]+'})"
        end = label.end()
    pattern += re.escape(path[end:].rstrip("/"))
    return re.compile(pattern if path.endswith("+}") else pattern + "/?")


def _group(name: str) -> str:
    """A label as the name of a regular expression group, which cannot have hyphens."""
    return name.replace("-", "__hyphen__")


def _member(group: str) -> str:
    return group.replace("__hyphen__", "-")
