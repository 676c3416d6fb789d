"""CloudFront's policies: cache, origin request and response headers; AWS managed and custom policies."""

from __future__ import annotations

from typing import Any

from moto.cloudfront.exceptions import CloudFrontException
from moto.cloudfront.models import CloudFrontBackend, random_id
from moto.cloudfront.responses import CloudFrontResponse
from moto.cloudfront.urls import url_paths
from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import camelcase_to_underscores, utcnow

from .registry import add, patch

_REASON = "moto has no CloudFront policies; distributions and the provider's data sources refer to them"

# Ids and names: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ (using-managed-cache-policies.html and the pages next
# to it)
MANAGED = {
    "CachePolicy": {
        "658327ea-f89d-4fab-a63d-7e88639e58f6": "Managed-CachingOptimized",
        "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": "Managed-CachingOptimizedForUncompressedObjects",
        "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": "Managed-CachingDisabled",
        "83da9c7e-98b4-4e11-a168-04f0df8e2c65": "Managed-UseOriginCacheControlHeaders",
        "4cc15a8a-d715-48a4-82b8-cc0b614638fe": "Managed-UseOriginCacheControlHeaders-QueryStrings",
    },
    "OriginRequestPolicy": {
        "216adef6-5c7f-47e4-b989-5492eafa07d3": "Managed-AllViewer",
        "b689b0a8-53d0-40ab-baf2-68738e2966ac": "Managed-AllViewerExceptHostHeader",
        "59781a5b-3903-41f3-afcb-af62929ccde1": "Managed-CORS-CustomOrigin",
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": "Managed-CORS-S3Origin",
        "acba4595-bd28-49b8-b9fe-13317c0390fa": "Managed-UserAgentRefererHeaders",
    },
    "ResponseHeadersPolicy": {
        "67f7725c-6f97-4210-82d7-5512b31e9d03": "Managed-SecurityHeadersPolicy",
        "60669652-455b-4ae9-85a4-c4c02393f86c": "Managed-SimpleCORS",
        "5cc3b908-e619-4b99-88e5-2cf7f45965bd": "Managed-CORS-With-Preflight",
        "e61eb60c-9c35-4d20-a928-2b84e02af89c": "Managed-CORS-and-SecurityHeadersPolicy",
        "eaab4381-ed33-4a86-88ca-d9558dc6cd63": "Managed-CORS-with-preflight-and-SecurityHeadersPolicy",
    },
}

# Members of a configuration that AWS's API always returns; a managed policy here has only these.
_REQUIRED: dict[str, dict[str, Any]] = {
    "CachePolicy": {"MinTTL": 1, "DefaultTTL": 86400, "MaxTTL": 31536000},
    "OriginRequestPolicy": {
        "HeadersConfig": {"HeaderBehavior": "none"},
        "CookiesConfig": {"CookieBehavior": "none"},
        "QueryStringsConfig": {"QueryStringBehavior": "none"},
    },
    "ResponseHeadersPolicy": {},
}


class _Policies:
    """The policies of one kind in one account, by id: `{"kind", "config", "etag", "modified"}`."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._own: dict[str, dict[str, Any]] = {}
        self._managed = {
            id: {"type": "managed", "config": {"Name": name, **_REQUIRED[kind]}, "etag": id, "modified": utcnow()}
            for id, name in MANAGED[kind].items()
        }

    def all(self, type: str | None) -> dict[str, dict[str, Any]]:
        return {id: p for id, p in {**self._managed, **self._own}.items() if type in (None, p["type"])}

    def get(self, id: str) -> dict[str, Any]:
        found = self._own.get(id) or self._managed.get(id)
        if found is None:
            raise CloudFrontException(f"NoSuch{self._kind}", f"There is no {self._kind} {id}.")
        return found

    def put(self, id: str, config: dict[str, Any]) -> None:
        if any(p["config"]["Name"] == config["Name"] for other, p in self.all(None).items() if other != id):
            raise CloudFrontException(f"{self._kind}AlreadyExists", f"A {self._kind} named {config['Name']} exists.")
        self._own[id] = {"type": "custom", "config": config, "etag": random_id(), "modified": utcnow()}

    def delete(self, id: str) -> None:
        self.get(id)
        self._own.pop(id, None)


def _policies(response: CloudFrontResponse, kind: str) -> _Policies:
    backend: CloudFrontBackend = response.backend
    stores = backend.__dict__.setdefault("infra_policies", {})
    return stores.setdefault(kind, _Policies(kind))


def _answer(response: CloudFrontResponse, kind: str, id: str) -> ActionResult:
    policy = _policies(response, kind).get(id)
    body = {"Id": id, "LastModifiedTime": policy["modified"], f"{kind}Config": policy["config"]}
    return ActionResult({kind: body, "ETag": policy["etag"], "Location": f"https://cloudfront.amazonaws.com/2020-05-31/{id}"})


def _operations(kind: str, plural: str) -> dict[str, Any]:
    def create(self: Any) -> ActionResult:
        id = f"{random_id(False, 8)}-{random_id(False, 4)}-{random_id(False, 4)}-{random_id(False, 12)}"
        _policies(self, kind).put(id, self._get_param(f"{kind}Config"))
        return _answer(self, kind, id)

    def get(self: Any) -> ActionResult:
        return _answer(self, kind, self._get_param("Id"))

    def get_config(self: Any) -> ActionResult:
        policy = _policies(self, kind).get(self._get_param("Id"))
        return ActionResult({f"{kind}Config": policy["config"], "ETag": policy["etag"]})

    def update(self: Any) -> ActionResult:
        id = self._get_param("Id")
        _policies(self, kind).get(id)
        _policies(self, kind).put(id, self._get_param(f"{kind}Config"))
        return _answer(self, kind, id)

    def delete(self: Any) -> ActionResult:
        _policies(self, kind).delete(self._get_param("Id"))
        return EmptyResult()

    def list_all(self: Any) -> ActionResult:
        found = _policies(self, kind).all(self._get_param("Type"))
        items = [
            {"Type": p["type"], kind: {"Id": id, "LastModifiedTime": p["modified"], f"{kind}Config": p["config"]}}
            for id, p in found.items()
        ]
        return ActionResult({f"{kind}List": {"MaxItems": 100, "Quantity": len(items), "Items": items}})

    return {
        f"Create{kind}": create,
        f"Get{kind}": get,
        f"Get{kind}Config": get_config,
        f"Update{kind}": update,
        f"Delete{kind}": delete,
        f"List{plural}": list_all,
    }


for _kind, _path in {
    "CachePolicy": "cache-policy",
    "OriginRequestPolicy": "origin-request-policy",
    "ResponseHeadersPolicy": "response-headers-policy",
}.items():
    for _operation, _method in _operations(_kind, _kind.removesuffix("y") + "ies").items():
        patch("cloudfront", _operation, _REASON)
        add(CloudFrontResponse, camelcase_to_underscores(_operation), _method)
    for _suffix in ("$", "/(?P<policy_id>[^/]+)$", "/(?P<policy_id>[^/]+)/config$"):
        url_paths["{0}/2020-05-31/" + _path + _suffix] = CloudFrontResponse.dispatch
