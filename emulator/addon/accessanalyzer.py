"""IAM Access Analyzer, which moto lacks entirely: analyzers exist, and have no findings.

AWS allows one analyzer for external access per account and region; here every project under test may have its own.
"""

from __future__ import annotations

import datetime
import json
from typing import Any
from urllib.parse import unquote

from moto.core.base_backend import BaseBackend
from moto.core.exceptions import JsonRESTError
from moto.core.responses import BaseResponse

from .new_service import register
from .registry import patch

for _operation in (
    "CreateAnalyzer", "GetAnalyzer", "ListAnalyzers", "DeleteAnalyzer", "ListTagsForResource", "TagResource", "UntagResource",
):
    patch("access-analyzer", _operation, "moto has no Access Analyzer; an account's analyzer could not be created")


class _NotFound(JsonRESTError):
    code = 404

    def __init__(self, name: str) -> None:
        super().__init__("ResourceNotFoundException", f"analyzer {name} does not exist")


class _Conflict(JsonRESTError):
    code = 409

    def __init__(self, name: str) -> None:
        super().__init__("ConflictException", f"analyzer {name} already exists")


class AccessAnalyzerBackend(BaseBackend):
    """The analyzers of one account and region, by name."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.analyzers: dict[str, dict[str, Any]] = {}


class AccessAnalyzerResponse(BaseResponse):
    """The operations on an analyzer that the provider calls: create, read, tag, delete."""

    def __init__(self) -> None:
        super().__init__(service_name="accessanalyzer")

    @property
    def _analyzers(self) -> dict[str, dict[str, Any]]:
        return backends[self.current_account][self.region].analyzers

    def _named(self) -> dict[str, Any]:
        name = unquote(self.path).rsplit("/", 1)[-1]
        if name not in self._analyzers:
            raise _NotFound(name)
        return self._analyzers[name]

    def create_analyzer(self) -> str:
        sent = json.loads(self.body)
        name, kind = sent["analyzerName"], sent["type"]
        if name in self._analyzers:
            raise _Conflict(name)
        arn = f"arn:aws:access-analyzer:{self.region}:{self.current_account}:analyzer/{name}"
        self._analyzers[name] = {
            "arn": arn,
            "name": name,
            "type": kind,
            "createdAt": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "status": "ACTIVE",
            "tags": sent.get("tags", {}),
        }
        return json.dumps({"arn": arn})

    def get_analyzer(self) -> str:
        return json.dumps({"analyzer": self._named()})

    def list_analyzers(self) -> str:
        return json.dumps({"analyzers": list(self._analyzers.values())})

    def delete_analyzer(self) -> str:
        del self._analyzers[self._named()["name"]]
        return "{}"

    def list_tags_for_resource(self) -> str:
        return json.dumps({"tags": self._named()["tags"]})

    def tag_resource(self) -> str:
        self._named()["tags"].update(json.loads(self.body)["tags"])
        return "{}"

    def untag_resource(self) -> str:
        tags = self._named()["tags"]
        for key in self.querystring.get("tagKeys", []):
            tags.pop(key, None)
        return "{}"


backends = register(
    "accessanalyzer", r"access-analyzer\.(.+)", AccessAnalyzerBackend, AccessAnalyzerResponse,
    ["/analyzer$", "/analyzer/(?P<name>[^/]+)$", "/tags/(?P<arn>.+)$"],
)
