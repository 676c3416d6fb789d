"""Cognito user pools: deletion protection is enforced, resource servers and tags can be updated and deleted."""

from __future__ import annotations

from typing import Any

from moto.cognitoidp.exceptions import InvalidParameterException
from moto.cognitoidp.models import CognitoIdpBackend
from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from .registry import add, patch, replace

patch("cognito-idp", "DeleteResourceServer", "moto lacks it; a pool with a resource server could not be destroyed")
patch("cognito-idp", "UpdateResourceServer", "moto lacks it; a changed scope could not be applied")

patch("cognito-idp", "DeleteUserPool", "moto ignores deletion protection; a test of it would fail")
for _operation in ("ListTagsForResource", "TagResource", "UntagResource"):
    patch("cognito-idp", _operation, "moto lacks it; a changed default tag could not be applied to a pool")


def _server(response: Any) -> Any:
    """The resource server that the request names. Raises AWS's own error if the pool or the server does not exist."""
    return response.backend.describe_resource_server(response._get_param("UserPoolId"), response._get_param("Identifier"))


def _delete(self: Any) -> EmptyResult:
    server = _server(self)
    del self.backend.user_pools[server.user_pool_id].resource_servers[server.identifier]
    return EmptyResult()


def _update(self: Any) -> ActionResult:
    server = _server(self)
    server.name, server.scopes = self._get_param("Name"), self._get_param("Scopes") or []
    return ActionResult({"ResourceServer": server.to_json()})


def _tags(response: Any) -> dict[str, str]:
    pool = response.backend.describe_user_pool(response._get_param("ResourceArn").split("/")[-1])
    return pool.extended_config.setdefault("UserPoolTags", {})


def _list_tags(self: Any) -> ActionResult:
    return ActionResult({"Tags": _tags(self)})


def _tag(self: Any) -> EmptyResult:
    _tags(self).update(self._get_param("Tags"))
    return EmptyResult()


def _untag(self: Any) -> EmptyResult:
    for key in self._get_param("TagKeys"):
        _tags(self).pop(key, None)
    return EmptyResult()


def _unless_protected(original: Any) -> Any:
    def delete_user_pool(self: Any, user_pool_id: str) -> None:
        if self.describe_user_pool(user_pool_id).extended_config.get("DeletionProtection") == "ACTIVE":
            protected = "The user pool cannot be deleted because deletion protection is activated."
            raise InvalidParameterException(f"{protected} Deletion protection must be inactivated first.")
        original(self, user_pool_id)

    return delete_user_pool


replace(CognitoIdpBackend, "delete_user_pool", _unless_protected)
add(CognitoIdpResponse, "delete_resource_server", _delete)
add(CognitoIdpResponse, "update_resource_server", _update)
add(CognitoIdpResponse, "list_tags_for_resource", _list_tags)
add(CognitoIdpResponse, "tag_resource", _tag)
add(CognitoIdpResponse, "untag_resource", _untag)
