"""RDS: parameters that are the user's, and monitoring of an instance."""

from __future__ import annotations

from typing import Any

from moto.moto_api._internal import mock_random
from moto.rds.models import DBParameterGroup, RDSBackend

from .registry import after, mend

mend(
    "rds", "DescribeDBParameters",
    "moto leaves out Source; without `user` the provider takes every parameter for a default and sets it again",
)
mend(
    "rds", "CreateDBInstance",
    "moto drops performance insights, monitoring (up to 5.2.1) and the default CA's name; the provider then modifies the instance, 80 s more",
)
mend("rds", "DescribeDBInstances", "moto gives all instances the same resource id, by which the provider looks for its own")
mend("rds", "ModifyDBInstance", "as CreateDBInstance")

# https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
_DEFAULT_CA = "rds-ca-rsa2048-g1"

# How a request calls them, and how an answer does.
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
    # "Whatever the default is" is never answered; this is the default.
    if instance.ca_certificate_identifier == "rds-ca-default":
        instance.ca_certificate_identifier = _DEFAULT_CA
    # Switched on with no retention named: AWS keeps a week.
    if sent.get("enable_performance_insights") and not getattr(instance, "performance_insights_retention_period", None):
        instance.performance_insights_retention_period = 7


def _created(_backend: Any, instance: Any, db_kwargs: dict[str, Any]) -> None:
    instance.dbi_resource_id = f"db-{mock_random.get_random_string(26).upper()}"
    _keep(instance, db_kwargs)


def _modified(_backend: Any, instance: Any, _identifier: str, db_kwargs: dict[str, Any]) -> None:
    _keep(instance, db_kwargs)


after(DBParameterGroup, "update_parameters", _mark_as_users)
after(RDSBackend, "create_db_instance", _created)
after(RDSBackend, "modify_db_instance", _modified)
