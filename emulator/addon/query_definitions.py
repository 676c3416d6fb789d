"""CloudWatch Logs: saved queries of Logs Insights."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from moto.core.exceptions import JsonRESTError
from moto.logs.responses import LogsResponse

from .registry import add, patch

for _operation in ("PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition"):
    patch("logs", _operation, "moto lacks it; saved queries of Logs Insights could not be created")

_Definition = dict[str, Any]


def _definitions(response: Any) -> dict[str, _Definition]:
    """The saved queries of the account and region, by id."""
    backend = response.logs_backend
    if not hasattr(backend, "query_definitions"):
        backend.query_definitions = {}
    return backend.query_definitions


def _put(self: Any) -> str:
    sent = json.loads(self.body)
    identifier = sent.get("queryDefinitionId") or str(uuid.uuid4())
    if sent.get("queryDefinitionId") and identifier not in _definitions(self):
        raise JsonRESTError("ResourceNotFoundException", f"The query definition {identifier} does not exist.")
    _definitions(self)[identifier] = {
        "queryDefinitionId": identifier, "name": sent["name"], "queryString": sent["queryString"],
        "logGroupNames": sent.get("logGroupNames", []), "lastModified": int(time.time() * 1000),
    }
    return json.dumps({"queryDefinitionId": identifier})


def _describe(self: Any) -> str:
    prefix = self._get_param("queryDefinitionNamePrefix") or ""
    found = [definition for definition in _definitions(self).values() if definition["name"].startswith(prefix)]
    return json.dumps({"queryDefinitions": sorted(found, key=lambda definition: definition["name"])})


def _delete(self: Any) -> str:
    identifier = self._get_param("queryDefinitionId")
    if _definitions(self).pop(identifier, None) is None:
        raise JsonRESTError("ResourceNotFoundException", f"The query definition {identifier} does not exist.")
    return json.dumps({"success": True})


add(LogsResponse, "put_query_definition", _put)
add(LogsResponse, "describe_query_definitions", _describe)
add(LogsResponse, "delete_query_definition", _delete)
