"""AWS Backup: jobs end immediately, with the result that the permissions of their role allow; recovery points are only names, without data.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from moto.backup.exceptions import InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend, Vault, backup_backends
from moto.backup.responses import BackupResponse
from moto.backup.urls import url_paths
from moto.core.utils import unix_time
from moto.moto_api._internal import mock_random

from authorization import backup_roles, passed_role_requests
from authorization.questions import Asked

from .registry import add, patch, replace

for _operation in ("StartBackupJob", "DescribeBackupJob", "StartCopyJob", "DescribeCopyJob"):
    patch("backup", _operation, "moto has no jobs; a backup and its copy could not be tested")
for _operation in ("DescribeRecoveryPoint", "DeleteRecoveryPoint"):
    patch("backup", _operation, "moto has no recovery points; the provider deletes the recovery points of a vault before the vault")
patch("backup", "ListRecoveryPointsByBackupVault",
    "moto lacks it; the provider lists the recovery points of a vault before it deletes the vault")
patch("backup", "DeleteBackupVault", "moto deletes a vault with recovery points in it; AWS refuses")


def _points(vault: Vault) -> dict[str, dict[str, Any]]:
    return vault.__dict__.setdefault("infra_recovery_points", {})


def _jobs(backend: BackupBackend) -> dict[str, dict[str, Any]]:
    return backend.__dict__.setdefault("infra_jobs", {})


def _vault(backend: BackupBackend, name: str) -> Vault:
    if name not in backend.vaults:
        raise ResourceNotFoundException(msg=f"Backup vault {name} not found")
    return backend.vaults[name]


def _segments(response: Any) -> list[str]:
    return [unquote(segment) for segment in response.path.split("/") if segment]


def _point(response: Any) -> tuple[Vault, dict[str, Any]]:
    """`/backup-vaults/{vault}/recovery-points/{arn}`"""
    _, name, _, arn = _segments(response)
    vault = _vault(response.backup_backend, name)
    if arn not in _points(vault):
        raise ResourceNotFoundException(msg=f"Recovery point {arn} not found")
    return vault, _points(vault)[arn]


def _point_of(vault: Vault, backend: BackupBackend, resource: str, role: str) -> dict[str, Any]:
    id = str(mock_random.uuid4())
    region, account = backend.region_name, backend.account_id
    kind = resource.split(":")[2]
    # For databases it is a snapshot: https://docs.aws.amazon.com/aws-backup/latest/devguide/recovery-points.html
    arn = (
        f"arn:aws:rds:{region}:{account}:snapshot:awsbackup:job-{id}" if kind == "rds"
        else f"arn:aws:backup:{region}:{account}:recovery-point:{id}"
    )
    return {
        "RecoveryPointArn": arn,
        "BackupVaultName": vault.backup_vault_name,
        "BackupVaultArn": vault.backup_vault_arn,
        "ResourceArn": resource,
        "ResourceType": kind.upper(),
        "IamRoleArn": role,
        "Status": "COMPLETED",
        "CreationDate": unix_time(),
    }


def _keep(vault: Vault, point: dict[str, Any], key: str | None) -> None:
    _points(vault)[point["RecoveryPointArn"]] = {**point, **({"EncryptionKeyArn": key} if key else {})}
    vault.num_of_recovery_points = len(_points(vault))


def _refusal(operation: str, role: str, asked: Iterator[Asked]) -> str | None:
    """Why the job's role does not have permission for the job; None if it has."""
    # The name that AWS Backup's sessions have: https://repost.aws/knowledge-center/aws-backup-encoded-authorization-failure
    name, source = f"AWSBackup-{role.rsplit('/', 1)[-1]}", {"aws:SourceAccount": role.split(":")[4]}
    try:
        session = passed_role_requests.assumed("backup", operation, "backup.amazonaws.com", role, name, source)
    except PermissionError as refused:
        return str(refused)
    return passed_role_requests.refused(session, "backup", operation, asked)


def _end(refusal: str | None) -> dict[str, Any]:
    """State of a job. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupJob.html"""
    if refusal is None:
        return {"State": "COMPLETED", "MessageCategory": "SUCCESS", "CompletionDate": unix_time()}
    return {"State": "FAILED", "MessageCategory": "AccessDenied", "StatusMessage": refusal, "CompletionDate": unix_time()}


def _place(vault: Vault) -> backup_roles.Vault:
    return backup_roles.Vault(vault.backup_vault_arn, vault.encryption_key_arn or None)


def _start_backup(self: Any) -> str:
    sent = json.loads(self.body)
    vault = _vault(self.backup_backend, sent["BackupVaultName"])
    role, resource = sent["IamRoleArn"], sent["ResourceArn"]
    point = _point_of(vault, self.backup_backend, resource, role)
    asked = backup_roles.to_back_up(role.split(":")[4], resource, _place(vault), point["RecoveryPointArn"])
    refusal = _refusal("StartBackupJob", role, asked)
    if refusal is None:
        _keep(vault, point, backup_roles.key_of(resource, _place(vault)))
    else:
        del point["RecoveryPointArn"]
    job = {**point, "BackupJobId": str(mock_random.uuid4()), "PercentDone": "0.0" if refusal else "100.0", **_end(refusal)}
    _jobs(self.backup_backend)[job["BackupJobId"]] = job
    return json.dumps({key: job[key] for key in ("BackupJobId", "RecoveryPointArn", "CreationDate") if key in job})


def _start_copy(self: Any) -> str:
    sent = json.loads(self.body)
    source = _vault(self.backup_backend, sent["SourceBackupVaultName"])
    if sent["RecoveryPointArn"] not in _points(source):
        raise ResourceNotFoundException(msg=f"Recovery point {sent['RecoveryPointArn']} not found")
    point, role = _points(source)[sent["RecoveryPointArn"]], sent["IamRoleArn"]
    *_, region, account, _, name = sent["DestinationBackupVaultArn"].split(":")
    there = backup_backends[account][region]
    vault = _vault(there, name)
    copy = _point_of(vault, there, point["ResourceArn"], role)
    key = point.get("EncryptionKeyArn")
    asked = backup_roles.to_copy(
        role.split(":")[4], point["ResourceArn"], key, point["RecoveryPointArn"], _place(vault), copy["RecoveryPointArn"])
    refusal = _refusal("StartCopyJob", role, asked)
    if refusal is None:
        _keep(vault, copy, backup_roles.key_of_copy(key, _place(vault)))
    job = {
        "CopyJobId": str(mock_random.uuid4()),
        "SourceBackupVaultArn": source.backup_vault_arn,
        "SourceRecoveryPointArn": sent["RecoveryPointArn"],
        "DestinationBackupVaultArn": sent["DestinationBackupVaultArn"],
        **({"DestinationRecoveryPointArn": copy["RecoveryPointArn"]} if refusal is None else {}),
        "ResourceArn": copy["ResourceArn"],
        "IamRoleArn": role,
        "CreationDate": unix_time(),
        **_end(refusal),
    }
    _jobs(self.backup_backend)[job["CopyJobId"]] = job
    return json.dumps({key: job[key] for key in ("CopyJobId", "CreationDate")})


def _job(response: Any) -> dict[str, Any]:
    id = _segments(response)[-1]
    if id not in _jobs(response.backup_backend):
        raise ResourceNotFoundException(msg=f"Job {id} not found")
    return _jobs(response.backup_backend)[id]


def _list_points(self: Any) -> str:
    vault = _vault(self.backup_backend, _segments(self)[1])
    return json.dumps({"RecoveryPoints": list(_points(vault).values())})


def _delete_point(self: Any) -> str:
    vault, point = _point(self)
    del _points(vault)[point["RecoveryPointArn"]]
    vault.num_of_recovery_points = len(_points(vault))
    return ""


def _delete_empty_only(original: Any) -> Any:
    def delete_backup_vault(backend: BackupBackend, backup_vault_name: str) -> None:
        if backup_vault_name in backend.vaults and _points(backend.vaults[backup_vault_name]):
            raise InvalidRequestException(msg="Backup vault cannot be deleted because it contains recovery points.")
        original(backend, backup_vault_name)

    return delete_backup_vault


for _path in (
    "backup-jobs$", "backup-jobs/(?P<id>[^/]+)$", "copy-jobs$", "copy-jobs/(?P<id>[^/]+)$",
    "backup-vaults/(?P<name>[^/]+)/recovery-points/$", "backup-vaults/(?P<name>[^/]+)/recovery-points$",
    "backup-vaults/(?P<name>[^/]+)/recovery-points/(?P<arn>.+)$",
):
    url_paths.setdefault(f"{{0}}/{_path}", BackupResponse.dispatch)
add(BackupResponse, "start_backup_job", _start_backup)
add(BackupResponse, "describe_backup_job", lambda self: json.dumps(_job(self)))
add(BackupResponse, "start_copy_job", _start_copy)
add(BackupResponse, "describe_copy_job", lambda self: json.dumps({"CopyJob": _job(self)}))
add(BackupResponse, "list_recovery_points_by_backup_vault", _list_points)
add(BackupResponse, "describe_recovery_point", lambda self: json.dumps(_point(self)[1]))
add(BackupResponse, "delete_recovery_point", _delete_point)
replace(BackupBackend, "delete_backup_vault", _delete_empty_only)
