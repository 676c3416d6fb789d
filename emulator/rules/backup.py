"""AWS Backup: the role of a backup selection."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .policies import trusts
from .registry import rule

# The provider retries while AWS returns this error, until the role is usable.
_SOURCE = "https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/backup/selection.go"


@rule("backup", "CreateBackupSelection", source=_SOURCE)
def selection_role_trusts_backup(request: ApiRequest) -> ApiError | None:
    role = request.parameters["BackupSelection"]["IamRoleArn"]
    if trusts(role, "backup.amazonaws.com"):
        return None
    return ApiError("InvalidParameterValueException", f"IAM Role {role} cannot be assumed by AWS Backup", 400)
