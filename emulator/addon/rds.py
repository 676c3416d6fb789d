"""RDS: source of parameters, monitoring of an instance, and settings of a restored instance."""

from __future__ import annotations

from typing import Any

from moto.moto_api._internal import mock_random
from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend

from .registry import after, patch, replace

patch(
    "rds", "DescribeDBParameters",
    "moto leaves out Source; without `user` the provider treats every parameter as a default and sets it again",
)
patch(
    "rds", "CreateDBInstance",
    "moto drops performance insights, monitoring (up to 5.2.1) and the default CA's name; the provider then modifies the instance, 80 s "
    "more",
)
patch("rds", "DescribeDBInstances", "moto gives all instances the same resource id, by which the provider finds its instance")
patch("rds", "ModifyDBInstance", "as CreateDBInstance; and creates another secret if the password is managed already")
patch(
    "rds", "RestoreDBInstanceFromDBSnapshot",
    "moto keeps the managed password, protection and log exports of the source; AWS restores without them unless they are requested",
)
patch("rds", "RestoreDBInstanceToPointInTime", "as RestoreDBInstanceFromDBSnapshot")

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
_DEFAULT_CA = "rds-ca-rsa2048-g1"

# Their names in a request, and in a response.
_KEPT = {
    "ca_certificate_identifier": "ca_certificate_identifier",
    "enable_performance_insights": "performance_insights_enabled",
    "monitoring_interval": "monitoring_interval",
    "monitoring_role_arn": "monitoring_role_arn",
    "performance_insights_kms_key_id": "performance_insights_kms_key_id",
    "performance_insights_retention_period": "performance_insights_retention_period",
}


def _mark_as_users(_group: Any, _result: Any, new_parameters: Any) -> None:
    for parameter in new_parameters:
        _group.parameters[parameter["ParameterName"]]["Source"] = "user"


def _keep(instance: Any, sent: dict[str, Any]) -> None:
    for asked, answered in _KEPT.items():
        if sent.get(asked) is not None:
            setattr(instance, answered, sent[asked])
    # AWS never returns rds-ca-default, but the CA that is the default.
    if instance.ca_certificate_identifier == "rds-ca-default":
        instance.ca_certificate_identifier = _DEFAULT_CA
    # Enabled without a retention period: AWS's default is 7 days.
    if sent.get("enable_performance_insights") and not getattr(instance, "performance_insights_retention_period", None):
        instance.performance_insights_retention_period = 7


def _created(_backend: Any, instance: Any, db_kwargs: dict[str, Any]) -> None:
    instance.dbi_resource_id = f"db-{mock_random.get_random_string(26).upper()}"
    _keep(instance, db_kwargs)


def _modified(_backend: Any, instance: Any, _identifier: str, db_kwargs: dict[str, Any]) -> None:
    _keep(instance, db_kwargs)


def _keeping_its_secret(original: Any) -> Any:
    def update(instance: Any, manage_master_user_password: bool | None = None, **changes: Any) -> None:
        if manage_master_user_password and instance.manage_master_user_password:
            manage_master_user_password = None
        original(instance, manage_master_user_password=manage_master_user_password, **changes)

    return update


def _restored(_backend: Any, instance: Any, *_arguments: Any, **_named: Any) -> None:
    """Removes what a restored instance does not inherit from its source.

    ManageMasterUserPassword of both operations is for Oracle only, and the secret belongs to the source:
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html
    """
    if instance.manage_master_user_password:
        instance.master_user_secret.delete_secret()
        del instance.master_user_secret
        instance.manage_master_user_password = False


def _without_settings_of_the_source(original: Any) -> Any:
    def restore(backend: Any, *arguments: Any, **named: Any) -> Any:
        overrides = named.get("overrides") or arguments[-1]
        protected = overrides.get("deletion_protection") or False
        instance = original(backend, *arguments, **named)
        instance.deletion_protection = protected
        instance.enabled_cloudwatch_logs_exports = overrides.get("enable_cloudwatch_logs_exports") or []
        return instance

    return restore


replace(DBInstance, "update", _keeping_its_secret)
after(DBParameterGroup, "update_parameters", _mark_as_users)
after(RDSBackend, "create_db_instance", _created)
after(RDSBackend, "modify_db_instance", _modified)
for _operation in ("restore_db_instance_from_db_snapshot", "restore_db_instance_to_point_in_time"):
    replace(RDSBackend, _operation, _without_settings_of_the_source)
    after(RDSBackend, _operation, _restored)
