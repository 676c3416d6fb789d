"""ECS services: everything is returned as it was sent, and a service is steady immediately, or never if its image is tagged `crash`."""

from __future__ import annotations

from typing import Any

from moto.core.utils import camelcase_to_underscores, utcnow
from moto.ecs.models import EC2ContainerServiceBackend, Service
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.moto_api._internal import mock_random

from . import images
from .registry import after, patch
from .task_start import Start

patch(
    "ecs", "CreateService",
    "moto drops circuit breaker, alarms, zone rebalancing, grace period, capacity providers and managed tags, and starts no task; see "
    "UpdateService",
)
patch(
    "ecs", "UpdateService",
    "moto keeps the old task definition, so a release would have no effect; an image tagged crash never becomes healthy and is rolled back",
)
patch("ecs", "DescribeServices", "moto returns an empty network configuration if there is none, and the provider crashes on it")

# Members of CreateService that moto drops and DescribeServices returns, with AWS's default if they are not sent.
_KEPT: dict[str, Any] = {
    "availabilityZoneRebalancing": "DISABLED",
    "capacityProviderStrategy": None,
    "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "healthCheckGracePeriodSeconds": None,
    "placementConstraints": None,
    "placementStrategy": None,
    "propagateTags": "NONE",
}


def _attribute(member: str) -> str:
    """The attribute name that moto's serializer reads for a member of the response."""
    return camelcase_to_underscores(member)


def _settle(service: Service) -> None:
    """Marks all tasks as running: nothing is started here, so there is nothing to wait for."""
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=service.desired_count,
            pendingCount=0,
            failedTasks=0,
            taskDefinition=service.task_definition,
            rolloutState="COMPLETED",
            rolloutStateReason=f"ECS deployment {deployment['id']} completed.",
        )


def _say(service: Service, message: str) -> None:
    service.events.insert(0, {"id": str(mock_random.uuid4()), "createdAt": utcnow(), "message": f"(service {service.name}) {message}"})


def _breaker(service: Service) -> dict[str, Any]:
    return (service.deployment_configuration or {}).get("deploymentCircuitBreaker") or {}


def _fail(service: Service, reason: str, is_new: bool) -> None:
    """Marks all tasks as failed. A completed deployment stays completed: the circuit breaker watches only a deployment in progress.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html
    """
    service.running_count, service.pending_count = 0, 0
    for deployment in service.deployments:
        deployment.update(
            desiredCount=service.desired_count,
            runningCount=0,
            pendingCount=0,
            taskDefinition=service.task_definition,
        )
        if is_new:
            failed = bool(_breaker(service).get("enable"))
            deployment.update(
                failedTasks=3,
                rolloutState="FAILED" if failed else "IN_PROGRESS",
                rolloutStateReason=f"ECS deployment circuit breaker: {reason}"
                    if failed else f"ECS deployment {deployment['id']} in progress.",
            )
    _say(service, f"is unable to consistently start tasks successfully: {reason}")


def _created(response: Any, result: Any) -> None:
    service: Service = result.result["service"]
    for member, otherwise in _KEPT.items():
        sent = response._get_param(member)
        setattr(service, _attribute(member), otherwise if sent is None else sent)
    service.deployment_configuration = {**_KEPT["deploymentConfiguration"], **service.deployment_configuration}
    if service.capacity_provider_strategy:
        # A service has a launch type or capacity providers; moto falls back to EC2.
        service.launch_type = None
    service.network_configuration = service.network_configuration or None
    service.created_at = utcnow()
    if service.desired_count > 0 and (reason := _cannot_run(response.ecs_backend, service.task_definition, "CreateService")):
        _fail(service, reason, is_new=True)
    else:
        _settle(service)


def _cannot_run(backend: Any, task_definition: str, operation: str) -> str | None:
    """Why tasks of this revision do not keep running, in the words of ECS's events; None if they do. operation: the one that makes ECS
    start them.
    """
    definition = backend.describe_task_definition(task_definition)
    start = Start(definition, operation, mock_random.uuid4().hex)
    if refused := start.not_assumed():
        # https://github.com/aws-samples/aws-modern-application-workshop/issues/88
        return f"failed to launch a task with (error {refused})."
    return start.failure() or ("tasks failed to start." if images.crashes(definition) else None)


def _updated(backend: Any, service: Service, service_properties: dict[str, Any]) -> None:
    before = service.deployments[0]["taskDefinition"]
    is_new = before != service.task_definition
    for deployment in service.deployments:
        if is_new:
            now = utcnow()
            deployment.update(id=f"ecs-svc/{mock_random.randint(0, 32**12)}", createdAt=now, updatedAt=now)
    service.network_configuration = service.network_configuration or None
    reason = _cannot_run(backend, service.task_definition, "UpdateService") if service.desired_count > 0 else None
    if reason and is_new and _breaker(service).get("rollback") and not _cannot_run(backend, before, "UpdateService"):
        _say(service, f"(deployment {service.deployments[0]['id']}) deployment failed: {reason}")
        service.task_definition = before
        service.deployments[0]["id"] = f"ecs-svc/{mock_random.randint(0, 32**12)}"
        _say(service, f"rolling back to deployment {service.deployments[0]['id']}.")
        reason = None
    if reason:
        _fail(service, reason, is_new)
    else:
        _settle(service)


after(EC2ContainerServiceResponse, "create_service", _created)
after(EC2ContainerServiceBackend, "update_service", _updated)
