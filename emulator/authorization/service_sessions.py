"""Credentials that an AWS service gets when it acts with a role that was passed to it: for a task, a build, a schedule.

On AWS there is no such API: ECS, CodeBuild, EventBridge Scheduler and AWS Backup assume the role themselves. The emulator runs no
containers and no
builds; a process that acts for one requests credentials here, and the role's trust policy decides as it would for the service.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import sts
from .principals import PARTITION

SECONDS = 3600


def issue(request: Mapping[str, Any]) -> dict[str, str]:
    """request: service ("ecs-tasks.amazonaws.com"), role (ARN), sourceArn (what it acts for), region.

    Raises PermissionError if the role does not trust the service for that.
    """
    role, region = str(request["role"]), str(request.get("region") or "us-east-1")
    account = role.split(":")[4]
    keys = {"aws:SourceAccount": account, **({"aws:SourceArn": request["sourceArn"]} if request.get("sourceArn") else {})}
    name = str(request["service"]).split(".")[0]
    sts.assume_as_service(str(request["service"]), role, name, keys)
    from moto.sts.models import sts_backends

    session = sts_backends[account][PARTITION].assume_role(
        region_name=region, role_session_name=name, role_arn=role, policy=None, duration=SECONDS, external_id=None,
    )
    return {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
        "Token": session.session_token,
        "Expiration": session.expiration.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
