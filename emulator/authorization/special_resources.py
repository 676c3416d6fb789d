"""Resources that a request names in a special way, which the general rule of `resources` would not find."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import lookups, table_requests
from .reference import Action

_Find = Callable[[Action, str, Mapping[str, Any], str, str], "list[str] | None"]

_GEOGRAPHIES = ("apac", "au", "ca", "eu", "global", "jp", "us", "us-gov")

# CloudWatch Logs compares all actions, except those on tags, with the ARN of the group's streams.
# https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html#CWL_ARN_Format
_LOGS_BY_GROUP = ("TagResource", "UntagResource", "ListTagsForResource")


def of(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    """ARNs, or None if the general rule applies."""
    find = _FIND.get(action.service)
    return find(action, operation, parameters, region, account) if find else None


def finish(action: Action, arn: str) -> str:
    """An ARN in the form that the service compares with policies."""
    if action.service == "logs" and ":log-group:" in arn and ":log-stream:" not in arn and action.name not in _LOGS_BY_GROUP:
        return f"{arn.removesuffix(':*')}:log-stream:"
    # Parameters that AWS publishes belong to no account.
    # https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html
    if action.service == "ssm" and ":parameter/aws/service/" in arn:
        parts = arn.split(":", 5)
        return ":".join([*parts[:4], "", parts[5]])
    return arn


def _s3(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # A replication's destination is also in the request; the action is only on the bucket in the path.
    bucket = parameters.get("Bucket")
    if not bucket:
        return None
    names = [kind.name for kind in action.resource_types]
    if "object" not in names:
        return [f"arn:aws:s3:::{bucket}"]
    keys = [parameters["Key"]] if "Key" in parameters else [each["Key"] for each in parameters.get("Delete", {}).get("Objects", [])]
    return [f"arn:aws:s3:::{bucket}/{key}" for key in keys]


def _cloudwatch(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # A list of alarms that names none of them requires the permission on all alarms.
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/iam-access-control-overview-cw.html
    if operation not in ("DescribeAlarms", "DescribeAlarmHistory") or parameters.get("AlarmNames") or parameters.get("AlarmName"):
        return None
    return [f"arn:aws:cloudwatch:{region}:{account}:alarm:*"]


def _codebuild(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # A build is named by its id, "project:uuid"; permissions are on the project.
    builds = parameters.get("ids") or ([parameters["id"]] if "id" in parameters else [])
    if not builds or all(kind.name != "project" for kind in action.resource_types):
        return None
    return [
        f"arn:aws:codebuild:{region}:{account}:project/{name}" for name in dict.fromkeys(str(each).partition(":")[0] for each in builds)]


def _backup(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # Recovery points have ARNs of the services whose resources they back up; the reference has no template for those.
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html
    point = parameters.get("RecoveryPointArn")
    return [str(point)] if point and any(kind.name == "recoveryPoint" for kind in action.resource_types) else None


def _bedrock(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    """A model or an inference profile, by ARN or by id. The models of a profile, which AWS authorizes too, are not known here.

    https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
    """
    model = str(parameters.get("modelId") or "")
    if not model or model.startswith("arn:"):
        return [model] if model else None
    # "us.anthropic.…" is a profile of the geography before the provider's name:
    # https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
    profile = model.split(".")[0] in _GEOGRAPHIES
    return [f"arn:aws:bedrock:{region}:{account}:inference-profile/{model}"
        if profile else f"arn:aws:bedrock:{region}::foundation-model/{model}"]


def _dynamodb(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    if "RequestItems" not in parameters and "TransactItems" not in parameters:
        return None
    return [f"arn:aws:dynamodb:{region}:{account}:table/{name}" for name in table_requests.tables(parameters, action.name)]


def _ecs(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # Its only resource type is a container instance; without one, the condition key ecs:cluster limits it.
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security_iam_id-based-policy-examples.html
    return ["*"] if operation == "ListTasks" and not parameters.get("containerInstance") else None


def _events(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    name = parameters.get("Rule") or (parameters.get("Name") if operation.endswith("Rule") else None)
    if not name:
        return None
    bus = str(parameters.get("EventBusName") or "default").rsplit("/", 1)[-1]
    return [f"arn:aws:events:{region}:{account}:rule/{name if bus == 'default' else f'{bus}/{name}'}"]


def _elasticloadbalancing(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    if operation in ("AddTags", "RemoveTags") and "ResourceArns" in parameters:
        # elbv2 also tags listeners, rules and target groups; the reference data has the action of the first generation (elb).
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
        return [str(arn) for arn in parameters["ResourceArns"]]
    if operation != "CreateLoadBalancer" or "Name" not in parameters:
        return None
    kind = {"network": "net", "gateway": "gwy"}.get(str(parameters.get("Type")), "app")
    return [f"arn:aws:elasticloadbalancing:{region}:{account}:loadbalancer/{kind}/{parameters['Name']}/*"]


def _route53(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    kind = parameters.get("ResourceType")
    ids = parameters.get("ResourceIds") or ([parameters["ResourceId"]] if "ResourceId" in parameters else [])
    return [f"arn:aws:route53:::{kind}/{each}" for each in ids] if kind and ids else None


def _application_autoscaling(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    # AWS chooses the id at the end of a target's ARN; a name in a policy would never match.
    # https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_service-with-iam.html
    if "ResourceId" not in parameters:
        return None
    found = lookups.scalable_target(account, region, str(parameters["ResourceId"]), str(parameters.get("ScalableDimension")))
    return [found or f"arn:aws:application-autoscaling:{region}:{account}:scalable-target/*"]


def _iam(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    if operation == "CreateOpenIDConnectProvider":
        return [f"arn:aws:iam::{account}:oidc-provider/{str(parameters['Url']).removeprefix('https://')}"]
    if operation == "CreateServiceLinkedRole":
        return [f"arn:aws:iam::{account}:role/aws-service-role/{parameters['AWSServiceName']}/*"]
    if "RoleName" in parameters:
        path = str(parameters.get("Path") or "/") if operation == "CreateRole" else "/"
        name = str(parameters["RoleName"])
        roles = [] if operation == "CreateRole" else lookups.role_arns(account, [name])
        return roles or [f"arn:aws:iam::{account}:role{path}{name}"] if any(kind.name == "role" for kind in action.resource_types) else None
    return None


def _servicediscovery(action: Action, operation: str, parameters: Mapping[str, Any], region: str, account: str) -> list[str] | None:
    if operation != "GetOperation":
        return None
    return lookups.targets_of_operation(account, region, str(parameters["OperationId"]))


_FIND: dict[str, _Find] = {
    "application-autoscaling": _application_autoscaling,
    "codebuild": _codebuild,
    "backup": _backup,
    "cloudwatch": _cloudwatch,
    "bedrock": _bedrock,
    "dynamodb": _dynamodb,
    "ecs": _ecs,
    "elasticloadbalancing": _elasticloadbalancing,
    "events": _events,
    "iam": _iam,
    "route53": _route53,
    "s3": _s3,
    "servicediscovery": _servicediscovery,
}
