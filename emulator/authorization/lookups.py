"""Facts about a resource that are not in the request: full names and ids, read from moto's models in this process."""

from __future__ import annotations

import re
from typing import Any

# Part of an ARN that AWS adds to the user's name: a random id, a revision.
_ADDED: dict[tuple[str, str], str] = {
    ("cloudformation", "Id"): "*",
    ("config", "RecorderId"): "*",
    ("ecs", "TaskDefinitionRevisionNumber"): "*",
    ("elasticloadbalancing", "LoadBalancerId"): "*",
    ("elasticloadbalancing", "TargetGroupId"): "*",
    # https://docs.aws.amazon.com/service-authorization/latest/reference/list_awschatbot.html
    ("chatbot", "ConfigurationType"): "slack-channel",
}

_TAIL_OF_URL = re.compile(r"^https?://[^/]+/(?:\d{12}/)?")


def name(service: str, variable: str, text: str) -> str:
    """A member's value in the form that the ARN has: names of clusters may come as ARNs, queues as URLs, zones with a path."""
    if service == "ecs" and text.startswith("arn:"):
        return text.rsplit("/", 1)[-1]
    if service == "ssm":
        return text.removeprefix("/")
    if service == "sqs":
        return _TAIL_OF_URL.sub("", text)
    if service == "route53":
        return text.rsplit("/", 1)[-1]
    if service == "wafv2" and variable == "Scope":
        return {"REGIONAL": "regional", "CLOUDFRONT": "global"}.get(text, text)
    if service == "logs" and text.startswith("arn:"):
        return text.split(":", 6)[6].removesuffix(":*")
    if service in ("kms", "events") and variable == "Alias":
        return text.removeprefix("alias/")
    if service == "lambda":
        return _last_of_arn(text)
    return text


def generated(service: str, variable: str) -> str | None:
    """The value of an ARN variable that requests do not contain; None if there is none."""
    return _ADDED.get((service, variable))


def whole(arn: str) -> str:
    """An ARN as AWS compares it with policies: a secret with its random suffix, a key instead of its alias, a task definition with its
    revision.
    """
    parts = arn.split(":", 5)
    if len(parts) < 6:
        return arn
    resolve = _RESOLVERS.get(parts[2])
    return resolve(parts, arn) if resolve else arn


def ec2_id(account: str, region: str, text: str) -> str:
    """The resource of an association: policies name route tables and addresses, not their associations."""
    if text.startswith("rtbassoc-"):
        for table in backend("ec2", account, region).route_tables.values():
            if text in table.all_associations_ids or text == table.main_association_id:
                return str(table.id)
    if text.startswith("eipassoc-"):
        for address in backend("ec2", account, region).addresses:
            if address.association_id == text:
                return str(address.allocation_id)
    return text


def place_of_interface(account: str, region: str, interface: str) -> list[str]:
    """Ids of the subnet and the security groups of a network interface; none where there is no such interface."""
    found = backend("ec2", account, region).enis.get(interface)
    return [] if found is None else [found.subnet.id, *(group.id for group in found.group_set)]


def partition_key(account: str, region: str, table: str) -> str:
    """Name of the attribute by which a table's items are found; empty if the table does not exist."""
    found = backend("dynamodb", account, region).tables.get(table)
    return str(found.hash_key_attr) if found else ""


def boundary(account: str, role: str | None) -> str | None:
    """ARN of a role's permissions boundary."""
    for found in backend("iam", account, "aws").roles.values():
        if found.name == role:
            return found.permissions_boundary_arn
    return None


def role_arns(account: str, names: list[str]) -> list[str]:
    return [str(role.arn) for role in backend("iam", account, "aws").roles.values() if role.name in names]


def roles_of_profile(account: str, profile: str | None, arn: str | None) -> list[str]:
    """ARNs of the roles in an instance profile."""
    profiles = backend("iam", account, "aws").instance_profiles.values()
    return [str(role.arn) for found in profiles if found.name == profile or found.arn == arn for role in found.roles]


def roles_of_task(account: str, region: str, task_definition: str) -> list[str]:
    """ARNs of a task definition's execution and task role."""
    family, _, revision = task_definition.rsplit("/", 1)[-1].partition(":")
    revisions = backend("ecs", account, region).task_definitions.get(family, {})
    found = revisions.get(int(revision) if revision else max(revisions, default=0))
    # moto sets these only if they were sent.
    return [str(arn) for name in ("execution_role_arn", "task_role_arn") if (arn := getattr(found, name, None))]


def scalable_target(account: str, region: str, resource_id: str, dimension: str) -> str | None:
    """ARN of a registered target."""
    found = backend("applicationautoscaling", account, region).targets.get(dimension, {}).get(resource_id)
    return str(found.arn) if found else None


def targets_of_operation(account: str, region: str, operation: str) -> list[str]:
    """ARNs of the resources of a Cloud Map operation; a wildcard if the operation is no longer known."""
    found = backend("servicediscovery", account, region).operations.get(operation)
    prefix = f"arn:aws:servicediscovery:{region}:{account}"
    return [f"{prefix}:{kind.lower()}/{each}" for kind, each in found.targets.items()] if found else [f"{prefix}:namespace/*"]


def template(account: str, region: str, name: str) -> str:
    """Template of a stack; empty if the stack does not exist."""
    for stack in backend("cloudformation", account, region).stacks.values():
        if name in (stack.name, stack.stack_id):
            return str(stack.template)
    return ""


def _secret(parts: list[str], arn: str) -> str:
    # https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_iam-policies.html: six random characters end the ARN.
    secret_id = parts[5].removeprefix("secret:")
    for secret in backend("secretsmanager", parts[4], parts[3]).secrets.values():
        if secret.arn == arn or secret.name == secret_id:
            return str(secret.arn)
    return f"{arn}-??????" if not re.search(r"-[A-Za-z0-9]{6}$", arn) else arn


def _key(parts: list[str], arn: str) -> str:
    # "key/alias/x" comes from a member that takes ids and aliases alike.
    target = parts[5].removeprefix("key/") if parts[5].startswith("key/alias/") else parts[5]
    if not target.startswith("alias/"):
        return arn
    for key in backend("kms", parts[4], parts[3]).keys.values():
        if target in key.aliases:
            return str(key.arn)
    return ":".join([*parts[:5], target])


def _task_definition(parts: list[str], arn: str) -> str:
    if not parts[5].startswith("task-definition/"):
        return arn
    family, _, revision = parts[5].removeprefix("task-definition/").partition(":")
    family, _, inner = family.partition(":")
    number = next((each for each in (inner, revision) if each.isdigit()), None)
    if number is None:
        revisions = backend("ecs", parts[4], parts[3]).task_definitions.get(family)
        number = str(max(revisions)) if revisions else "*"
    return ":".join([*parts[:5], f"task-definition/{family}:{number}"])


def _stack(parts: list[str], arn: str) -> str:
    name = parts[5].removeprefix("stack/").split("/")[0]
    if not parts[5].endswith("/*"):
        return arn
    for stack in backend("cloudformation", parts[4], parts[3]).stacks.values():
        if stack.name == name:
            return str(stack.stack_id)
    return arn


_RESOLVERS = {"secretsmanager": _secret, "kms": _key, "ecs": _task_definition, "cloudformation": _stack}


def _last_of_arn(text: str) -> str:
    return text.split(":")[6] if text.startswith("arn:") else text


def backend(service: str, account: str, region: str) -> Any:
    from moto.backends import get_backend

    return get_backend(service)[account][region]  # type: ignore[arg-type]
