"""EC2: descriptions of security group rules, and maintenance options of instances."""

from __future__ import annotations

import inspect
from typing import Any

from moto.ec2.models.security_groups import SecurityGroupRule

from moto.ec2.responses.instances import InstanceResponse

from .registry import after, patch, replace

patch(
    "ec2", "RunInstances",
    "moto drops the maintenance options, so that every plan sets an instance's automatic recovery again",
)
patch(
    "ec2", "DescribeSecurityGroupRules",
    "moto returns a rule's description only where its peer is an address range, not a group or a prefix list",
)


def _keep_prefix_lists_description(original: Any) -> Any:
    signature = inspect.signature(original)

    def __init__(self: Any, *arguments: Any, **named: Any) -> None:
        original(self, *arguments, **named)
        peer = signature.bind(self, *arguments, **named).arguments.get("prefix_list_id")
        self.infra_prefix_list_description = (peer or {}).get("Description")

    return __init__


def _description(rule: Any) -> str | None:
    return (
        rule.ip_range.get("Description")
        or (rule.source_group or {}).get("Description")
        or getattr(rule, "infra_prefix_list_description", None)
    )


if not isinstance(getattr(SecurityGroupRule, "description", None), property):
    raise LookupError("this moto's security group rules have no description, which the add-on patches")
SecurityGroupRule.description = property(_description)  # type: ignore[assignment,method-assign]
replace(SecurityGroupRule, "__init__", _keep_prefix_lists_description)


def _keep_maintenance_options(response: Any, reservation: Any) -> None:
    sent = response._get_param("MaintenanceOptions", {})
    for instance in reservation.result.instances:
        # The attribute that the serializer reads when it describes the instance; AWS's default if nothing was sent.
        instance.maintenance_options = {"AutoRecovery": "default", **sent}


after(InstanceResponse, "run_instances", _keep_maintenance_options)
