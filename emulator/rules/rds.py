"""RDS: major versions and parameter groups that belong together."""

from __future__ import annotations

from typing import Any

from api import ApiRequest
from api.errors import ApiError

from .registry import backend, rule

_UPGRADE = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBInstance.html"
_FAMILY = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html"


def _major(engine: str, version: str) -> str:
    """PostgreSQL's major version is the first number, since 10; of MySQL and MariaDB the first two."""
    parts = version.split(".")
    return parts[0] if engine.endswith("postgres") or engine.endswith("postgresql") else ".".join(parts[:2])


def _combination(message: str) -> ApiError:
    return ApiError("InvalidParameterCombination", message, 400)


def _instance(request: ApiRequest) -> Any:
    return backend(request, "rds").databases.get(request.parameters["DBInstanceIdentifier"])


@rule("rds", "ModifyDBInstance", source=_UPGRADE)
def major_upgrade_is_allowed(request: ApiRequest) -> ApiError | None:
    instance, version = _instance(request), request.parameters.get("EngineVersion")
    if instance is None or version is None or _major(instance.engine, version) == _major(instance.engine, instance.engine_version):
        return None
    if not request.parameters.get("AllowMajorVersionUpgrade"):
        return _combination("The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.")
    if _number(version) < _number(instance.engine_version):
        return _combination(f"Cannot upgrade {instance.engine} from {instance.engine_version} to {version}")
    return None


@rule("rds", "ModifyDBInstance",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.Process.html")
def major_upgrade_names_a_parameter_group(request: ApiRequest) -> ApiError | None:
    instance, version = _instance(request), request.parameters.get("EngineVersion")
    if instance is None or version is None or _major(instance.engine, version) == _major(instance.engine, instance.engine_version):
        return None
    current = instance.db_parameter_group_name
    if current and not instance.is_default_parameter_group(current) and not request.parameters.get("DBParameterGroupName"):
        return _combination(
            f"The current DB instance parameter group {current} is custom. You must explicitly specify a new DB instance parameter group, "
            "either default or custom, for the engine version upgrade."
        )
    return None


@rule("rds", "CreateDBInstance", "ModifyDBInstance", source=_FAMILY)
def parameter_group_fits_the_version(request: ApiRequest) -> ApiError | None:
    name = request.parameters.get("DBParameterGroupName")
    group = backend(request, "rds").db_parameter_groups.get(name) if name else None
    instance = _instance(request)
    engine = request.parameters.get("Engine") or (instance.engine if instance else None)
    version = request.parameters.get("EngineVersion") or (instance.engine_version if instance else None)
    if group is None or engine is None or version is None:
        return None
    family = f"{engine}{_major(engine, version)}"
    if group.family == family:
        return None
    return _combination(
        f"The parameter group {name} with DBParameterGroupFamily {group.family} can't be used for this instance. "
        f"Please use a Parameter Group with DBParameterGroupFamily {family}"
    )


@rule("rds", "DeleteDBParameterGroup", source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBParameterGroup.html")
def parameter_group_is_not_in_use(request: ApiRequest) -> ApiError | None:
    name = request.parameters["DBParameterGroupName"]
    if any(instance.db_parameter_group_name == name for instance in backend(request, "rds").databases.values()):
        message = f"One or more database instances are still members of this parameter group {name}, so the group cannot be deleted"
        return ApiError("InvalidDBParameterGroupState", message, 400)
    return None


@rule("rds", "DeleteDBSubnetGroup", source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBSubnetGroup.html")
def subnet_group_is_not_in_use(request: ApiRequest) -> ApiError | None:
    name = request.parameters["DBSubnetGroupName"]
    for instance in backend(request, "rds").databases.values():
        if getattr(instance, "db_subnet_group", None) and instance.db_subnet_group.name == name:
            message = (
                f"Cannot delete the subnetGroup '{name}' because at least one database instance: {instance.db_instance_identifier} is "
                f"still using it."
            )
            return ApiError("InvalidDBSubnetGroupStateFault", message, 400)
    return None


def _number(version: str) -> float:
    return float(".".join(version.split(".")[:2]))
