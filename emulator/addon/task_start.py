"""What ECS does before a task's containers start: it assumes the task's roles; with the execution role it reads secrets, pulls images and
creates log streams.

A task for which one of these fails does not start.
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from authorization import execution_roles, passed_role_requests
from authorization.lookups import backend
from authorization.principals import Principal
from authorization.questions import Asked

from . import images, task_secrets

_SERVICE = "ecs-tasks.amazonaws.com"

# As in https://github.com/aws/copilot-cli/issues/4504, up to the status code and the id of the request.
_SECRETS = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
_RETRIED = "service call has been retried 1 time(s): "
# https://github.com/doctorray117/minecraft-ondemand/issues/12
_LOGS = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log "
    "stream: "
)
# https://github.com/aws-samples/aws-modern-application-workshop/issues/88
_NOT_ASSUMED = (
    "ECS was unable to assume the role '{0}' that was provided for this task. Please verify that the role being passed has the proper "
    "trust "
    "relationship and permissions and that your IAM user has permissions to pass this role."
)


@dataclass(frozen=True)
class _Step:
    """One request that ECS sends to a service before a task starts.

    said: start of the stopped reason; denied: what follows if the role has no permission, before the error; absent: what follows if the
    role has
    permission, but the resource does not exist; None if it exists.
    """

    said: str
    asked: Iterable[Asked]
    absent: str | None = None
    denied: str = "AccessDeniedException: "


@dataclass(frozen=True)
class Start:
    """A task that is to start.

    definition: moto's task definition; operation: the one that makes ECS start it ("RunTask"); task: its id, which is the name of ECS's
    role session;
    overrides: of RunTask.
    """

    definition: Any
    operation: str
    task: str
    overrides: Mapping[str, Any] = field(default_factory=dict)

    def not_assumed(self) -> str | None:
        """Why ECS cannot assume the execution role or the task role, in its words; None if it can assume the roles that are set."""
        for arn in filter(None, (self._execution_role, self._role("taskRoleArn", "task_role_arn"))):
            try:
                self._assume(arn)
            except PermissionError:
                return _NOT_ASSUMED.format(arn)
        return None

    def failure(self) -> str | None:
        """Why the task's containers cannot start, as the stopped reason of a task; None if they can. Assumes that the roles can be assumed.

        Without an execution role, which is optional for tasks on EC2, nothing is checked.
        """
        session = self._assume(self._execution_role) if self._execution_role else None
        for step in self._steps():
            if session and (refused := passed_role_requests.refused(session, "ecs", self.operation, step.asked)):
                return f"{step.said}{step.denied}{refused}"
            if step.absent:
                return f"{step.said}{step.absent}"
        return None

    @property
    def _execution_role(self) -> str | None:
        return self._role("executionRoleArn", "execution_role_arn")

    def _role(self, override: str, attribute: str) -> str | None:
        # moto sets these only if they were sent.
        arn = self.overrides.get(override) or getattr(self.definition, attribute, None)
        return str(arn) if arn else None

    @property
    def _place(self) -> tuple[str, str]:
        _, _, _, region, account, _ = self.definition.arn.split(":", 5)
        return region, account

    def _assume(self, role: str) -> Principal:
        region, account = self._place
        # ECS sends no cluster name: "Specifying a specific cluster is not currently supported"; the value has a wildcard in its place.
        # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html
        keys = {"aws:SourceAccount": account, "aws:SourceArn": f"arn:aws:ecs:{region}:{account}:*"}
        return passed_role_requests.assumed("ecs", self.operation, _SERVICE, role, self.task, keys)

    def _steps(self) -> Iterator[_Step]:
        region, account = self._place
        containers = self.definition.container_definitions
        pulled = {each["image"]: found for each in containers if (found := images.private(each))}
        for place in sorted({image["region"] for image in pulled.values()}):
            yield _Step(f"{_SECRETS}unable to retrieve ecr registry auth: {_RETRIED}", execution_roles.to_log_in(account, place))
        yield from self._secrets(containers)
        for name, image in pulled.items():
            yield self._pull(name, image)
        for container in containers:
            yield from self._logs(container)

    def _secrets(self, containers: list[dict[str, Any]]) -> Iterator[_Step]:
        region, account = self._place
        entries = [entry for each in containers
            for entry in (*each.get("secrets", ()), *each.get("logConfiguration", {}).get("secretOptions", ()))]
        for value in dict.fromkeys(entry["valueFrom"] for entry in entries):
            secret = task_secrets.Reference.of(value)
            if secret is None:
                said = f"{_SECRETS}unable to retrieve secrets from ssm: {_RETRIED}"
                yield _Step(
                    said, execution_roles.to_read_parameter(account, region, value), task_secrets.absent_parameter(account, region, value))
            else:
                said = f"{_SECRETS}unable to retrieve secret from asm: {_RETRIED}failed to fetch secret {secret.arn} from secrets manager: "
                yield _Step(said, execution_roles.to_read_secret(account, secret.arn), secret.absent())

    @staticmethod
    def _pull(name: str, image: images.Reference) -> _Step:
        # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_cannot_pull_image.html
        asked = execution_roles.to_pull(image["account"], image["region"], image["repository"])
        denied = f"pull access denied for {images.without_version(name)}, repository does not exist or may require 'docker login': denied: "
        absent = f"pull image manifest has been retried 1 time(s): failed to resolve ref {name}: {name}: not found"
        return _Step("CannotPullContainerError: ", asked, None if images.exists(image) else absent, denied)

    def _logs(self, container: dict[str, Any]) -> Iterator[_Step]:
        configuration = container.get("logConfiguration", {})
        if configuration.get("logDriver") != "awslogs":
            return
        options = configuration.get("options", {})
        region, account = self._place
        place, group = options.get("awslogs-region", region), str(options.get("awslogs-group", ""))
        stream = f"{options.get('awslogs-stream-prefix', 'ecs')}/{container['name']}/{self.task}"
        creates = str(options.get("awslogs-create-group", "")).lower() == "true"
        there = creates or group in backend("logs", account, place).groups
        absent = None if there else "ResourceNotFoundException: The specified log group does not exist."
        yield _Step(_LOGS, execution_roles.to_write_logs(account, place, group, stream, creates), absent)
