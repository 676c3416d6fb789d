"""Cognito user pools: resource servers can change and go again."""

from __future__ import annotations

from typing import Any

from moto.cognitoidp.responses import CognitoIdpResponse
from moto.core.responses import ActionResult, EmptyResult

from .registry import add, mend

mend("cognito-idp", "DeleteResourceServer", "moto lacks it; a pool with a resource server could not be destroyed")
mend("cognito-idp", "UpdateResourceServer", "moto lacks it; a changed scope could not be applied")


def _server(response: Any) -> Any:
    """Raises AWS's own error where there is no such pool or server."""
    return response.backend.describe_resource_server(response._get_param("UserPoolId"), response._get_param("Identifier"))


def _delete(self: Any) -> EmptyResult:
    server = _server(self)
    del self.backend.user_pools[server.user_pool_id].resource_servers[server.identifier]
    return EmptyResult()


def _update(self: Any) -> ActionResult:
    server = _server(self)
    server.name, server.scopes = self._get_param("Name"), self._get_param("Scopes") or []
    return ActionResult({"ResourceServer": server.to_json()})


add(CognitoIdpResponse, "delete_resource_server", _delete)
add(CognitoIdpResponse, "update_resource_server", _update)
