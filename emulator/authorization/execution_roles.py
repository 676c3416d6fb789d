"""The permissions that ECS needs from a task's execution role before its containers start.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from . import questions
from .questions import Asked

# AmazonECSTaskExecutionRolePolicy: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonECSTaskExecutionRolePolicy.html
_PULL = ("BatchCheckLayerAvailability", "GetDownloadUrlForLayer", "BatchGetImage")


def to_log_in(account: str, region: str) -> Iterator[Asked]:
    """Login to the private registries of a region: one token is valid for everything that the role may read."""
    yield Asked("ecr:GetAuthorizationToken", "*", account, questions.of_every_request(region))


def to_pull(registry: str, region: str, repository: str) -> Iterator[Asked]:
    """registry: account that owns the repository."""
    arn = f"arn:aws:ecr:{region}:{registry}:repository/{repository}"
    return (Asked(f"ecr:{action}", arn, registry, questions.of_every_request(region)) for action in _PULL)


def to_read_secret(account: str, secret: str) -> list[Asked]:
    """The secret, and the key that it is encrypted with. secret: ARN."""
    return _of("secretsmanager", "GetSecretValue", {"SecretId": secret}, secret.split(":")[3], account)


def to_read_parameter(account: str, region: str, parameter: str) -> list[Asked]:
    """The parameter, and the key of a SecureString. parameter: name in the task's region, or ARN."""
    place = parameter.split(":")[3] if parameter.startswith("arn:") else region
    return _of("ssm", "GetParameters", {"Names": [parameter], "WithDecryption": True}, place, account)


def to_write_logs(account: str, region: str, group: str, stream: str, creates_group: bool = False) -> list[Asked]:
    """creates_group: awslogs-create-group. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using_awslogs.html"""
    parameters = {"logGroupName": group, "logStreamName": stream}
    operations = (*(("CreateLogGroup",) if creates_group else ()), "CreateLogStream", "PutLogEvents")
    return [asked for operation in operations for asked in _of("logs", operation, parameters, region, account)]


def _of(service: str, operation: str, parameters: Mapping[str, object], region: str, account: str) -> list[Asked]:
    return questions.of(service, service, operation, parameters, region, account)
