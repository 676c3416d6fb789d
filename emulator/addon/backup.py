"""AWS Backup: tags at the path that the Go SDK uses, updates of a plan, and selections."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import unquote

from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.models import BackupBackend, Plan
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from .registry import add, after, patch, replace

patch("backup", "ListTags", "moto reads the ARN from the wrong place if the path has no trailing slash, as the Go SDK sends it")
patch("backup", "DeleteBackupPlan", "moto keeps the name of a deleted plan reserved; an environment could not be recreated")
patch("backup", "UpdateBackupPlan", "moto lacks it; a changed schedule could not be applied")
for _operation in ("CreateBackupSelection", "GetBackupSelection", "DeleteBackupSelection", "ListBackupSelections"):
    patch("backup", _operation, "moto lacks selections; a plan without a selection backs nothing up")


def _list_tags(_original: Any) -> Any:
    def list_tags(self: Any) -> str:
        arn = unquote(self.path).removeprefix("/tags/").rstrip("/")
        return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})

    return list_tags


def _segments(response: Any) -> list[str]:
    """`/backup/plans/{plan}/selections/{selection}` → plan and, if present, selection."""
    return [s for s in response.path.split("/")[3:] if s and s != "selections"]


def _plan(response: Any) -> Plan:
    return response.backup_backend.get_backup_plan(_segments(response)[0], None)


def _selections(plan: Plan) -> dict[str, dict[str, Any]]:
    return plan.__dict__.setdefault("infra_selections", {})


def _update_plan(self: Any) -> str:
    old = _plan(self)
    new = Plan(json.loads(self.body)["BackupPlan"], old.creator_request_id, self.backup_backend)
    for kept in ("backup_plan_id", "backup_plan_arn", "creation_date"):
        setattr(new, kept, getattr(old, kept))
    new.__dict__["infra_selections"] = _selections(old)
    self.backup_backend.plans[old.backup_plan_id] = new
    return json.dumps(new.to_dict())


def _create_selection(self: Any) -> str:
    plan = _plan(self)
    selection = {
        "SelectionId": str(mock_random.uuid4()),
        "BackupPlanId": plan.backup_plan_id,
        "CreationDate": unix_time(),
        "BackupSelection": json.loads(self.body)["BackupSelection"],
    }
    _selections(plan)[selection["SelectionId"]] = selection
    return json.dumps({k: v for k, v in selection.items() if k != "BackupSelection"})


def _selection(response: Any) -> dict[str, Any]:
    id = _segments(response)[1]
    if id not in _selections(_plan(response)):
        raise ResourceNotFoundException(msg=f"Backup selection {id} not found")
    return _selections(_plan(response))[id]


def _get_selection(self: Any) -> str:
    return json.dumps(_selection(self))


def _delete_selection(self: Any) -> str:
    del _selections(_plan(self))[_selection(self)["SelectionId"]]
    return ""


def _list_selections(self: Any) -> str:
    members = [
        {**{k: v for k, v in s.items() if k != "BackupSelection"},
            **{k: s["BackupSelection"].get(k) for k in ("SelectionName", "IamRoleArn")}}
        for s in _selections(_plan(self)).values()
    ]
    return json.dumps({"BackupSelectionsList": members})


def _forget(backend: Any, _result: Any, backup_plan_id: str) -> None:
    del backend.plans[backup_plan_id]


after(BackupBackend, "delete_backup_plan", _forget)
replace(BackupResponse, "list_tags", _list_tags)
add(BackupResponse, "update_backup_plan", _update_plan)
add(BackupResponse, "create_backup_selection", _create_selection)
add(BackupResponse, "get_backup_selection", _get_selection)
add(BackupResponse, "delete_backup_selection", _delete_selection)
add(BackupResponse, "list_backup_selections", _list_selections)
