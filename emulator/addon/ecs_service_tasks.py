"""Tasks of ECS services: as many as run, spread over the zones of the service's subnets; one that is stopped is replaced at once.

They are derived from the service whenever tasks are read, and run nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.moto_api._internal import mock_random

# Loaded first: its changes of the same methods are wrapped here.
from . import ecs_tasks  # noqa: F401
from .registry import patch, replace

patch("ecs", "DescribeTasks", "moto starts no tasks for a service")
patch("ecs", "StopTask", "as DescribeTasks; a stopped task of a service is replaced")


class ServiceTask:
    """A task of a service, with the members that DescribeTasks returns."""

    def __init__(self, backend: Any, service: Service, subnet: str | None, zone: str | None) -> None:
        self.region_name = service.region_name
        self.cluster_arn = service.cluster_arn
        self.task_arn = (
            f"arn:aws:ecs:{service.region_name}:{backend.account_id}:task/{service.cluster_name}/{mock_random.uuid4().hex}")
        self.task_definition_arn = service.task_definition
        self.desired_status = self.last_status = "RUNNING"
        self.group = f"service:{service.name}"
        self.started_by = service.deployments[0]["id"] if service.deployments else ""
        self.launch_type = service.launch_type
        self.availability_zone = zone
        self.created_at = self.started_at = utcnow()
        self.stopped_at = self.stop_code = self.stopped_reason = None
        self.overrides: dict[str, Any] = {}
        self.tags: list[dict[str, str]] = []
        self.containers: list[Any] = []
        self.attachments = [] if subnet is None else [{
            "id": str(mock_random.uuid4()), "type": "ElasticNetworkInterface", "status": "ATTACHED",
            "details": [{"name": "subnetId", "value": subnet}],
        }]

    def stop(self, reason: str | None, code: str) -> None:
        self.desired_status = self.last_status = "STOPPED"
        self.stopped_at, self.stopped_reason, self.stop_code = utcnow(), reason, code


def _zones(backend: Any, service: Service) -> dict[str, str]:
    """The zone of each subnet of a service."""
    network = (service.network_configuration or {}).get("awsvpcConfiguration") or {}
    ec2 = ec2_backends[backend.account_id][service.region_name]
    return {subnet: ec2.get_subnet(subnet).availability_zone for subnet in network.get("subnets", [])}


def _tasks(backend: Any, service: Service) -> list[ServiceTask]:
    """Its tasks, after ECS has stopped those of another revision, and started and stopped as many as the service's state says."""
    if not hasattr(service, "its_tasks"):
        service.its_tasks = []
    all_tasks: list[ServiceTask] = service.its_tasks
    wanted = service.running_count if service.status == "ACTIVE" else 0
    running = [task for task in all_tasks if task.desired_status == "RUNNING"]
    for task in [each for each in running if each.task_definition_arn != service.task_definition]:
        task.stop("Scaling activity initiated by deployment", "ServiceSchedulerInitiated")
    running = [task for task in running if task.desired_status == "RUNNING"]
    for task in running[wanted:]:
        task.stop("Scaling activity initiated by the service", "ServiceSchedulerInitiated")
    zones = _zones(backend, service)
    for _ in range(wanted - len(running)):
        # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-rebalancing.html: Fargate spreads tasks over zones.
        used = Counter(task.availability_zone for task in all_tasks if task.desired_status == "RUNNING")
        # Of zones with the same number of tasks, the first by name: the order of the subnets is that of their ids.
        subnet = min(zones, key=lambda each: (used[zones[each]], zones[each]), default=None)
        all_tasks.append(ServiceTask(backend, service, subnet, zones.get(subnet) if subnet else None))
    return all_tasks


def _of_services(backend: Any, cluster: str | None, service_name: str | None = None) -> list[ServiceTask]:
    name = backend._get_cluster(cluster or "default").name
    return [
        task for service in backend.services.values()
        if service.cluster_name == name and service_name in (None, service.name, service.arn)
        for task in _tasks(backend, service)
    ]


def _list(original: Callable[..., Any]) -> Callable[..., Any]:
    def list_tasks(
        self: Any, cluster_str: str | None = None, container_instance: str | None = None, family: str | None = None,
        started_by: str | None = None, service_name: str | None = None, desiredStatus: str | None = None,
    ) -> Any:
        others = [] if service_name else original(self, cluster_str, container_instance, family, started_by, None, desiredStatus)
        if container_instance:
            return others
        return others + [
            task for task in _of_services(self, cluster_str, service_name)
            if task.desired_status == (desiredStatus or "RUNNING") and started_by in (None, task.started_by)
            and (family is None or task.task_definition_arn.rsplit("/", 1)[-1].partition(":")[0] == family)
        ]

    return list_tasks


def _describe(original: Callable[..., Any]) -> Callable[..., Any]:
    def describe_tasks(self: Any, cluster_str: str, tasks: list[str]) -> Any:
        wanted = {each.rsplit("/", 1)[-1] for each in tasks}
        return original(self, cluster_str, tasks) + [
            task for task in _of_services(self, cluster_str) if task.task_arn.rsplit("/", 1)[-1] in wanted
        ]

    return describe_tasks


def _stop(original: Callable[..., Any]) -> Callable[..., Any]:
    def stop_task(self: Any, cluster_str: str, task_str: str, reason: str | None) -> Any:
        for task in _of_services(self, cluster_str):
            if task.task_arn.rsplit("/", 1)[-1] == task_str.rsplit("/", 1)[-1]:
                task.stop(reason, "UserInitiated")
                return task
        return original(self, cluster_str, task_str, reason)

    return stop_task


replace(EC2ContainerServiceBackend, "list_tasks", _list)
replace(EC2ContainerServiceBackend, "describe_tasks", _describe)
replace(EC2ContainerServiceBackend, "stop_task", _stop)
