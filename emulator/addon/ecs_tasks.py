"""Tasks that run one command and stop.

No container is run here: a task stops immediately with the exit code that its command names, or runs the program of `task_programs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from moto.ec2.models.elastic_network_interfaces import NetworkInterface
from moto.ecs.exceptions import EcsClientException
from moto.ecs.models import EC2ContainerServiceBackend, Task
from moto.moto_api._internal import mock_random

from .deliveries import emit
from . import task_programs
from .registry import after, patch, replace
from .task_start import Start

patch("ecs", "RunTask",
    "moto's tasks never stop; here one stops immediately, with 1 for the command false, N for exit N, otherwise 0; "
    "or runs INFRA_TASK_PROGRAM")
patch("ecs", "ListTasks", "moto lists stopped tasks where AWS lists running ones")


def _exit_code(command: list[str] | None) -> int:
    words = " ".join(command or []).strip()
    if words == "false":
        return 1
    said = re.search(r"(?:^|\s|;)exit (\d+)$", words)
    return int(said.group(1)) if said else 0


def _started(backend: Any, tasks: list[Task], *_arguments: Any, **_named: Any) -> None:
    for task in tasks:
        overrides = {each.get("name"): each for each in (task.overrides or {}).get("containerOverrides", [])}
        commands = {each.name: overrides.get(each.name, {}).get("command", each.command) for each in task.containers}
        definition = backend.describe_task_definition(task.task_definition_arn)
        if failure := Start(definition, "RunTask", task.task_arn.rsplit("/", 1)[-1], task.overrides).failure():
            _stop(task, {})
            _never_started(task, failure)
            _tell(task)
        elif task_programs.configured():
            _run(task, definition, commands)
        else:
            _stop(task, {name: _exit_code(command) for name, command in commands.items()})
            _tell(task)


def _run(task: Task, definition: Any, commands: dict[str, list[str] | None]) -> None:
    name = definition.container_definitions[0]["name"]

    def ended(code: int) -> None:
        _stop(task, {name: code})
        _tell(task)

    for container in task.containers:
        container.exitCode, container.last_status = None, "RUNNING"
    # moto stops a task that was described a few times.
    task.advance = lambda: None
    task_programs.start(task, definition, commands.get(name) or [], ended)


def _stop(task: Task, exit_codes: dict[str, int]) -> None:
    for container in task.containers:
        container.exitCode = exit_codes.get(container.name)
        container.last_status = "STOPPED"
    task.stopped_reason = "Essential container in task exited"
    task.stop_code = "EssentialContainerExited"
    task.status = task.desired_status = "STOPPED"


def _never_started(task: Task, reason: str) -> None:
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
    task.stop_code = "TaskFailedToStart"
    task.stopped_reason = reason


def _with_roles(original: Callable[..., Any]) -> Callable[..., Any]:
    """AWS rejects the request if it cannot assume a task's roles; no task is created then."""

    def run_task(
        backend: Any, cluster: str, task_definition: str, count: int, overrides: dict[str, Any] | None, *more: Any, **named: Any) -> Any:
        start = Start(backend.describe_task_definition(task_definition), "RunTask", mock_random.uuid4().hex, overrides or {})
        if reason := start.not_assumed():
            raise EcsClientException(reason)
        return original(backend, cluster, task_definition, count, overrides, *more, **named)

    return run_task


def _tell(task: Task) -> None:
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
    detail = {
        "clusterArn": task.cluster_arn, "taskArn": task.task_arn, "taskDefinitionArn": task.task_definition_arn, "group": task.group,
        "startedBy": task.started_by, "launchType": task.launch_type, "lastStatus": "STOPPED", "desiredStatus": "STOPPED",
        "stopCode": task.stop_code, "stoppedReason": task.stopped_reason,
        "containers": [
            {"name": container.name, "lastStatus": "STOPPED", "exitCode": container.exitCode, "taskArn": task.task_arn}
            for container in task.containers
        ],
    }
    _, _, _, region, account, _ = task.task_arn.split(":", 5)
    emit(account, region, "aws.ecs", "ECS Task State Change", detail, [task.task_arn])


def _running(
    _backend: Any,
    tasks: list[Task],
    cluster_str: str | None = None,
    container_instance: str | None = None,
    family: str | None = None,
    started_by: str | None = None,
    service_name: str | None = None,
    desiredStatus: str | None = None,
) -> None:
    wanted = desiredStatus or "RUNNING"
    tasks[:] = [task for task in tasks if task.desired_status == wanted]


def _needs(original: Callable[..., Any]) -> Callable[..., Any]:
    """A Fargate task has a size of its own; moto adds up the sizes of its containers, which are optional."""

    def needs(backend: Any, task_definition: Any) -> Any:
        containers = task_definition.container_definitions
        if all("cpu" in each and "memory" in each for each in containers):
            return original(task_definition)
        return {"CPU": int(task_definition.cpu or 0), "MEMORY": int(task_definition.memory or 0), "PORTS": [], "PORTS_UDP": []}

    return needs


# moto gives an interface this name only if the VPC has DNS host names enabled, but moto's tasks always read it.
NetworkInterface.private_dns_name = None
replace(EC2ContainerServiceBackend, "_calculate_task_resource_requirements", _needs)
replace(EC2ContainerServiceBackend, "run_task", _with_roles)
after(EC2ContainerServiceBackend, "run_task", _started)
after(EC2ContainerServiceBackend, "list_tasks", _running)
