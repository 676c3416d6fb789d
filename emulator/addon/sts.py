"""AWS STS: a session keeps the parameters it was created with, so that its requests are authorized by them, and lasts as long as AWS
allows.
"""

from __future__ import annotations

from typing import Any

from moto.sts.exceptions import STSValidationError
from moto.sts.models import sts_backends
from moto.sts.responses import TokenResponse

from authorization import principals, sts

from .registry import patch, replace

patch("sts", "AssumeRole", "moto drops session policies by ARN, session tags and source identity, and allows any duration")
patch("sts", "AssumeRoleWithWebIdentity", "as AssumeRole; and moto drops the identity provider")

_PARAMETERS = ("RoleArn", "SourceIdentity", "Tags", "WebIdentityToken")
_DEFAULT_SECONDS = 3600
# Limit for a role that a role's session assumes ("role chaining").
# https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html#iam-term-role-chaining
_CHAINED_SECONDS = 3600


def _keeping(operation: str) -> Any:
    def make(original: Any) -> Any:
        def respond(self: Any) -> Any:
            arn = str(self._get_param("RoleArn"))
            found = principals.role(arn)
            if found is None:
                raise NotImplementedError(f"a session of {arn}, which does not exist")
            _check_duration(self, operation, found)
            result = original(self)
            # Requests are handled one at a time: the last session is this one.
            session = sts_backends[found.account_id][principals.PARTITION].assumed_roles[-1]
            keys = sts.session_keys(operation, {name: self._get_param(name) for name in _PARAMETERS})
            session.__dict__["infra_session"] = {
                "keys": {**keys, "aws:TokenIssueTime": session.access_key.create_date},
                "policy_arns": tuple(each["arn"] for each in self._get_param("PolicyArns") or ()),
            }
            return result

        return respond

    return make


def _check_duration(response: Any, operation: str, role: Any) -> None:
    wanted = response._get_int_param("DurationSeconds", _DEFAULT_SECONDS)
    if operation == "AssumeRole" and response.access_key.startswith("ASIA") and wanted > _CHAINED_SECONDS:
        raise STSValidationError("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining")
    if wanted > int(role.max_session_duration or _DEFAULT_SECONDS):
        raise STSValidationError("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")


replace(TokenResponse, "assume_role", _keeping("AssumeRole"))
replace(TokenResponse, "assume_role_with_web_identity", _keeping("AssumeRoleWithWebIdentity"))
