"""ECS: task definitions that Fargate runs, capacity providers of the cluster, active revisions, target groups behind a load balancer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from api import ApiRequest
from api.errors import ApiError

from .registry import backend, rule

_API = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/"
_FARGATE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"
_GIB = 1024
_PRIVATE = re.compile(r"\d{12}\.dkr\.ecr\.")

# CPU units to the sizes of memory in MiB, https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html
_MEMORY = {
    256: {512, 1024, 2048},
    512: set(range(1 * _GIB, 4 * _GIB + 1, _GIB)),
    1024: set(range(2 * _GIB, 8 * _GIB + 1, _GIB)),
    2048: set(range(4 * _GIB, 16 * _GIB + 1, _GIB)),
    4096: set(range(8 * _GIB, 30 * _GIB + 1, _GIB)),
    8192: set(range(16 * _GIB, 60 * _GIB + 1, 4 * _GIB)),
    16384: set(range(32 * _GIB, 120 * _GIB + 1, 8 * _GIB)),
}

# Not among them: tmpfs, which Fargate has since January 2026,
# https://aws.amazon.com/about-aws/whats-new/2026/01/amazon-ecs-tmpfs-mounts-aws-fargate-managed-instances/
_NOT_ON_FARGATE = ("devices", "sharedMemorySize", "maxSwap", "swappiness")
_PROVIDERS_OF_FARGATE = ("FARGATE", "FARGATE_SPOT")


def _client(message: str) -> ApiError:
    return ApiError("ClientException", message, 400)


def _invalid(message: str) -> ApiError:
    return ApiError("InvalidParameterException", message, 400)


def _ports(request: ApiRequest) -> Iterator[dict[str, Any]]:
    for container in request.parameters["containerDefinitions"]:
        yield from container.get("portMappings", [])


@rule("ecs", "RegisterTaskDefinition", source="https://github.com/Shippable/support/issues/2946")
def container_names_are_unique(request: ApiRequest) -> ApiError | None:
    names = [container.get("name") for container in request.parameters["containerDefinitions"]]
    return _client("Container names must be unique within a Task Definition.") if len(set(names)) < len(names) else None


# The AWS CDK rejects it before the API does: "Port mapping name 'api' cannot appear in both 'Container2' and 'Container'".
@rule("ecs", "RegisterTaskDefinition",
    source="https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-ecs/lib/base/task-definition.ts")
def port_mapping_names_are_unique(request: ApiRequest) -> ApiError | None:
    names = [mapping["name"] for mapping in _ports(request) if mapping.get("name")]
    twice = next((name for name in names if names.count(name) > 1), None)
    return _client(f"Port mapping name '{twice}' is used more than once in the task definition.") if twice else None


@rule("ecs", "RegisterTaskDefinition", source="https://github.com/aws/amazon-ecs-agent/issues/1220")
def ports_of_a_task_are_unique(request: ApiRequest) -> ApiError | None:
    """Containers of one task share its network interface in mode awsvpc."""
    if request.parameters.get("networkMode") != "awsvpc":
        return None
    ports = [(mapping.get("protocol", "tcp").upper(), mapping.get("containerPort")) for mapping in _ports(request)]
    twice = next((port for port in ports if ports.count(port) > 1), None)
    return _client(f"{twice[0]} host port '{twice[1]}' is mapped multiple times in task.") if twice else None


@rule("ecs", "RegisterTaskDefinition", source="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-cpu-memory-error.html")
def fargate_has_this_size(request: ApiRequest) -> ApiError | None:
    if "FARGATE" not in request.parameters.get("requiresCompatibilities", []):
        return None
    cpu, memory = request.parameters.get("cpu"), request.parameters.get("memory")
    if not cpu or not memory:
        return _client("Fargate requires that 'cpu' and 'memory' be defined at the task level.")
    units, mebibytes = _number(cpu, "vcpu"), _number(memory, "gb")
    if mebibytes not in _MEMORY.get(units, set()):
        return _client(
            f"No Fargate configuration exists for given values: {units} CPU, {mebibytes} memory. "
            "See the Amazon ECS documentation for the valid values."
        )
    return None


def _number(size: str, unit: str) -> int:
    """Parses a size: "256", ".25 vCPU" and "0.5 GB" are valid; one vCPU or GB is 1024 of the plain number."""
    found = re.fullmatch(rf"\s*([\d.]+)\s*({unit})?\s*", size.lower())
    return 0 if found is None else int(float(found[1]) * (_GIB if found[2] else 1))


@rule("ecs", "RegisterTaskDefinition", source=_FARGATE)
def fargate_has_these_parameters(request: ApiRequest) -> ApiError | None:
    if "FARGATE" not in request.parameters.get("requiresCompatibilities", []):
        return None
    if request.parameters.get("networkMode") != "awsvpc":
        return _client("Fargate only supports network mode ‘awsvpc’.")
    for container in request.parameters["containerDefinitions"]:
        if container.get("privileged"):
            return _client("Fargate does not support privileged containers.")
        linux = container.get("linuxParameters", {})
        unsupported = next((name for name in _NOT_ON_FARGATE if linux.get(name)), None)
        if unsupported:
            return _client(f"Fargate does not support linuxParameters {unsupported}.")
        if set(linux.get("capabilities", {}).get("add", [])) - {"SYS_PTRACE"}:
            return _client("Fargate only supports adding the capability SYS_PTRACE.")
    return None


@rule("ecs", "RegisterTaskDefinition", source="https://github.com/hashicorp/terraform-provider-aws/issues/3051")
def fargate_has_an_execution_role_for_images_and_logs(request: ApiRequest) -> ApiError | None:
    """Also if the role would be set in RunTask: https://github.com/PrefectHQ/prefect/pull/4325."""
    if "FARGATE" not in request.parameters.get("requiresCompatibilities", []) or request.parameters.get("executionRoleArn"):
        return None
    for container in request.parameters["containerDefinitions"]:
        if _PRIVATE.match(container.get("image", "")):
            return _client("Fargate requires task definition to have execution role ARN to support ECR images.")
        driver = container.get("logConfiguration", {}).get("logDriver")
        # https://github.com/virtual-kubelet/virtual-kubelet/issues/193
        if driver == "awslogs":
            return _client(f"Fargate requires task definition to have execution role ARN to support log driver {driver}.")
    return None


@rule("ecs", "RegisterTaskDefinition", source="https://github.com/fabfuel/ecs-deploy/issues/87")
def secrets_need_an_execution_role(request: ApiRequest) -> ApiError | None:
    if request.parameters.get("executionRoleArn") or not any(
        container.get("secrets") for container in request.parameters["containerDefinitions"]):
        return None
    return _client("When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.")


@rule("ecs", "CreateService", "UpdateService", "RunTask", source=f"{_API}API_CapacityProviderStrategyItem.html")
def capacity_providers_are_associated(request: ApiRequest) -> ApiError | None:
    strategy = request.parameters.get("capacityProviderStrategy", [])
    cluster = _cluster(request)
    if cluster is None or all(item["capacityProvider"] in (cluster.capacity_providers or []) for item in strategy):
        return None
    return _invalid(
        "The specified capacity provider strategy cannot contain a capacity provider that is not associated with the cluster. "
        "Associate the capacity provider with the cluster and try again."
    )


@rule("ecs", "CreateService", "UpdateService", "RunTask", source=f"{_API}API_DeregisterTaskDefinition.html")
def task_definition_is_active(request: ApiRequest) -> ApiError | None:
    """An update that names the service's current revision does not change it, and is allowed."""
    family, _, revision = request.parameters.get("taskDefinition", "").rpartition("/")[2].partition(":")
    definition = backend(request, "ecs").task_definitions.get(family, {}).get(int(revision) if revision.isdecimal() else None)
    if definition is None or definition.status != "INACTIVE" or definition.arn == _current(request):
        return None
    return _client("TaskDefinition is inactive")


@rule("ecs", "CreateService", "UpdateService",
    source="https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ecs/service.go")
def target_groups_have_a_load_balancer(request: ApiRequest) -> ApiError | None:
    for load_balancer in request.parameters.get("loadBalancers", []):
        arn = load_balancer.get("targetGroupArn")
        if arn and not backend(request, "elbv2")._any_listener_using(arn):
            return _invalid(f"The target group with targetGroupArn {arn} does not have an associated load balancer.")
    return None


@rule("ecs", "CreateService", source=f"{_API}API_CreateService.html")
def service_with_awsvpc_has_a_network(request: ApiRequest) -> ApiError | None:
    family, _, revision = request.parameters.get("taskDefinition", "").rpartition("/")[2].partition(":")
    revisions = backend(request, "ecs").task_definitions.get(family, {})
    definition = revisions.get(int(revision)) if revision.isdecimal() else revisions.get(max(revisions, default=0))
    if definition is not None and definition.network_mode == "awsvpc" and not request.parameters.get("networkConfiguration"):
        return _invalid("Network Configuration must be provided when networkMode 'awsvpc' is specified.")
    return None


def _cluster(request: ApiRequest) -> Any:
    name = request.parameters.get("cluster", "default").rpartition("/")[2]
    return backend(request, "ecs").clusters.get(name)


def _current(request: ApiRequest) -> str | None:
    if request.operation != "UpdateService":
        return None
    name = request.parameters["service"].rpartition("/")[2]
    cluster = request.parameters.get("cluster", "default").rpartition("/")[2]
    service = backend(request, "ecs").services.get(f"{cluster}:{name}")
    return service.task_definition if service else None
