"""IAM: quotas of policies, principals that exist."""

from __future__ import annotations

import re

from api import ApiRequest
from api.errors import ApiError

from .policies import missing_principal, parse
from .registry import backend, rule

# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: white space is not counted.
_QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
_PRINCIPAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
_INLINE, _MANAGED, _TRUST, _ATTACHED = 10240, 6144, 2048, 10


def _size(document: str) -> int:
    return len(re.sub(r"\s", "", document))


def _exceeded(message: str) -> ApiError:
    return ApiError("LimitExceeded", message, 409)


@rule("iam", "PutRolePolicy", source=_QUOTAS)
def inline_policies_of_a_role_within_quota(request: ApiRequest) -> ApiError | None:
    name, policy = request.parameters["RoleName"], request.parameters["PolicyName"]
    role = next((r for r in backend(request, "iam", "aws").roles.values() if r.name == name), None)
    others = [document for other, document in role.policies.items() if other != policy] if role else []
    if sum(map(_size, [*others, request.parameters["PolicyDocument"]])) > _INLINE:
        return _exceeded(f"Maximum policy size of {_INLINE} bytes exceeded for role {name}")
    return None


@rule("iam", "CreatePolicy", "CreatePolicyVersion", source=_QUOTAS)
def managed_policy_within_quota(request: ApiRequest) -> ApiError | None:
    return _exceeded(f"Cannot exceed quota for PolicySize: {_MANAGED}") if _size(request.parameters["PolicyDocument"]) > _MANAGED else None


@rule("iam", "AttachRolePolicy", source=_QUOTAS)
def attached_policies_within_quota(request: ApiRequest) -> ApiError | None:
    name, arn = request.parameters["RoleName"], request.parameters["PolicyArn"]
    role = next((r for r in backend(request, "iam", "aws").roles.values() if r.name == name), None)
    if role and arn not in role.managed_policies and len(role.managed_policies) >= _ATTACHED:
        return _exceeded(f"Cannot exceed quota for PoliciesPerRole: {_ATTACHED}")
    return None


def _trust_policy(request: ApiRequest) -> str:
    return request.parameters["AssumeRolePolicyDocument" if request.operation == "CreateRole" else "PolicyDocument"]


@rule("iam", "CreateRole", "UpdateAssumeRolePolicy", source=_QUOTAS)
def trust_policy_within_quota(request: ApiRequest) -> ApiError | None:
    return _exceeded(f"Cannot exceed quota for ACLSizePerRole: {_TRUST}") if _size(_trust_policy(request)) > _TRUST else None


@rule("iam", "CreateRole", "UpdateAssumeRolePolicy", source=_PRINCIPAL)
def principals_of_a_trust_policy_exist(request: ApiRequest) -> ApiError | None:
    missing = missing_principal(parse(_trust_policy(request)) or {})
    return ApiError("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{missing}"', 400) if missing else None
