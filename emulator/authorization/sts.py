"""AWS STS: who may get credentials of a role, and the condition keys of the session.

https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import mfa, principals, web_identity
from .caller import Caller
from .decision import PolicySet, Question, decide
from .principals import Principal

Asked = tuple[Question, PolicySet]

# Operations whose credentials belong to a principal that moto does not store: requests with them could not be authenticated.
_NOT_HERE = ("AssumeRoleWithSAML", "AssumeRoot", "GetFederationToken", "GetSessionToken", "GetDelegatedAccessToken", "GetWebIdentityToken")


def questions(operation: str, parameters: Mapping[str, Any], principal: Principal, keys: Mapping[str, Any] | None = None) -> list[Asked]:
    """The permissions that an STS operation needs, each with the policies that decide it; all must be allowed.

    parameters: of the request, by AWS's names. keys: condition keys of the request. Raises StsError for a token that is not accepted.
    """
    if operation in _NOT_HERE:
        raise NotImplementedError(f"sts:{operation}")
    if operation == "AssumeRole":
        return _assume_role(parameters, principal, dict(keys or {}))
    if operation == "AssumeRoleWithWebIdentity":
        return _assume_role_with_web_identity(parameters, dict(keys or {}))
    # GetCallerIdentity, GetAccessKeyInfo, DecodeAuthorizationMessage: no resource types.
    return [(Question(principal.caller, f"sts:{operation}", "*", keys=keys or {}), principal.on())]


def session_keys(operation: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Condition keys of all requests of the new session: session tags, source identity, identity provider.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
    """
    keys: dict[str, Any] = {f"aws:PrincipalTag/{name}": value for name, value in _tags(parameters).items()}
    if parameters.get("SourceIdentity"):
        keys["aws:SourceIdentity"] = parameters["SourceIdentity"]
    if operation == "AssumeRoleWithWebIdentity":
        keys["aws:FederatedProvider"] = _identity(parameters).provider_arn
    return keys


def assume_as_service(service: str, role_arn: str, session_name: str, keys: Mapping[str, Any] | None = None) -> Principal:
    """The session that a service has when it acts with a role that was passed to it; raises PermissionError if the role does not trust it.

    keys: those against the confused deputy problem, aws:SourceArn and aws:SourceAccount.
    """
    found = principals.role(role_arn)
    if found is None:
        raise PermissionError(f"{service} cannot assume {role_arn}: the role does not exist")
    question = Question(Caller.of_service(service), "sts:AssumeRole", found.arn, found.account_id, keys or {})
    decision = decide(question, PolicySet(resource=(principals.trust_policy(found),), resource_must_allow=True))
    if not decision.allowed:
        raise PermissionError(f"{service} cannot assume {role_arn}: {decision.reason}")
    return principals.of_role(found, session_name)


def _assume_role(parameters: Mapping[str, Any], principal: Principal, keys: dict[str, Any]) -> list[Asked]:
    found = principals.role(str(parameters.get("RoleArn")))
    tags = _tags(parameters)
    keys["sts:RoleSessionName"] = parameters.get("RoleSessionName")
    keys["sts:ExternalId"] = parameters.get("ExternalId")
    if mfa.present(parameters, principal):
        keys["aws:MultiFactorAuthPresent"] = True
    _session_keys_asked(parameters, tags, keys)
    actions = ["sts:AssumeRole"]
    if tags:
        actions.append("sts:TagSession")
    if parameters.get("SourceIdentity"):
        actions.append("sts:SetSourceIdentity")
    if found is None:
        # AWS does not reveal whether a role exists: access is denied as if it trusted no one.
        return [(_question(principal, actions[0], str(parameters.get("RoleArn")), keys), principal.on(must_allow=True))]
    keys.update(principals.resource_tags(found))
    policies = principal.on(principals.trust_policy(found), must_allow=True)
    return [(_question(principal, action, found.arn, keys), policies) for action in actions]


def _assume_role_with_web_identity(parameters: Mapping[str, Any], keys: dict[str, Any]) -> list[Asked]:
    """The token is the only credential: the request is not signed, and no identity policy applies."""
    arn = str(parameters.get("RoleArn"))
    found = principals.role(arn)
    identity = _identity(parameters)
    caller = Caller.federated(identity.provider_arn, identity.keys)
    keys["sts:RoleSessionName"] = parameters.get("RoleSessionName")
    trust = () if found is None else (principals.trust_policy(found),)
    if found is not None:
        keys.update(principals.resource_tags(found))
    question = Question(caller, "sts:AssumeRoleWithWebIdentity", arn, _account(arn), keys)
    return [(question, PolicySet(resource=trust, resource_must_allow=True))]


def _identity(parameters: Mapping[str, Any]) -> web_identity.WebIdentity:
    return web_identity.read(str(parameters.get("WebIdentityToken")), _account(str(parameters.get("RoleArn"))))


def _question(principal: Principal, action: str, arn: str, keys: Mapping[str, Any]) -> Question:
    return Question(principal.caller, action, arn, _account(arn), keys)


def _account(arn: str) -> str:
    parts = arn.split(":")
    return parts[4] if len(parts) > 5 else ""


def _tags(parameters: Mapping[str, Any]) -> dict[str, str]:
    return {str(tag["Key"]): str(tag["Value"]) for tag in parameters.get("Tags") or ()}


def _session_keys_asked(parameters: Mapping[str, Any], tags: Mapping[str, str], keys: dict[str, Any]) -> None:
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
    keys.update({f"aws:RequestTag/{name}": value for name, value in tags.items()})
    if tags:
        keys["aws:TagKeys"] = list(tags)
    if parameters.get("TransitiveTagKeys"):
        raise NotImplementedError("session tags that a chained session inherits (TransitiveTagKeys)")
    if source := parameters.get("SourceIdentity"):
        keys["sts:SourceIdentity"] = source
