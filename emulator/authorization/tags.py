"""Tags of resources that exist, for aws:ResourceTag, read from moto's models in this process.

S3 is omitted: AWS sets aws:ResourceTag for a bucket only if attribute-based access control is enabled for it.
https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .lookups import backend

Parts = list[str]

# Services with an additional key for the same tags.
# https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
_OWN_KEYS = {
    "ec2": "ec2:ResourceTag", "ecs": "ecs:ResourceTag", "elasticloadbalancing": "elasticloadbalancing:ResourceTag",
    "iam": "iam:ResourceTag", "secretsmanager": "secretsmanager:ResourceTag", "ssm": "ssm:resourceTag",
}


def condition_keys(resource: str) -> dict[str, str]:
    """aws:ResourceTag/NAME for each tag of a resource, and the service's own key; nothing for one that does not exist yet."""
    found = of(resource)
    prefixes = ["aws:ResourceTag"]
    if found and (own := _OWN_KEYS.get(resource.split(":")[2])):
        prefixes.append(own)
    return {f"{prefix}/{name}": value for prefix in prefixes for name, value in found.items()}


def of(resource: str) -> dict[str, str]:
    """Tags of a resource by name."""
    parts = resource.split(":", 5)
    if len(parts) != 6 or "*" in parts[4] or "*" in parts[3]:
        return {}
    find = _SERVICES.get(parts[2])
    return _plain(find(parts, resource)) if find else {}


def _plain(tags: Any) -> dict[str, str]:
    """moto stores tags as mappings of strings, as mappings of pairs, or as lists of pairs, with different names for key and value."""
    if isinstance(tags, Mapping):
        if all(not isinstance(value, Mapping) for value in tags.values()):
            return {str(name): str(value or "") for name, value in tags.items()}
        tags = list(tags.values())
    found = {}
    for tag in tags or ():
        name = next((tag[word] for word in ("Key", "key", "TagKey") if word in tag), None)
        if name is not None:
            found[str(name)] = str(next((tag[word] for word in ("Value", "value", "TagValue") if word in tag), ""))
    return found


def _tagger(service: str, region: str | None = None) -> Callable[[Parts, str], Any]:
    """Services whose tags moto stores centrally, by ARN."""
    return lambda parts, resource: backend(service, parts[4], region or parts[3]).tagger.get_tag_dict_for_resource(resource)


def _of(service: str, find: Callable[[Any, str], Any]) -> Callable[[Parts, str], Any]:
    """Services whose resources contain their tags. find: finds the resource by backend and last part of the ARN."""
    return lambda parts, _resource: find(backend(service, parts[4], parts[3]), parts[5])


def _last(resource: str) -> str:
    return resource.rsplit("/", 1)[-1]


def _attribute(item: Any, name: str = "tags") -> Any:
    return getattr(item, name, None) if item is not None else None


def _load_balancing(parts: Parts, resource: str) -> Any:
    found = backend("elbv2", parts[4], parts[3])
    items = {**found.load_balancers, **found.target_groups}
    for balancer in found.load_balancers.values():
        items.update(balancer.listeners)
        for listener in balancer.listeners.values():
            items.update(listener.rules)
    return _attribute(items.get(resource))


def _ecs(parts: Parts, resource: str) -> Any:
    found = backend("ecs", parts[4], parts[3])
    kind = parts[5].split("/")[0]
    if kind == "cluster":
        return _attribute(found.clusters.get(_last(parts[5])))
    if kind == "service":
        return next((service.tags for service in found.services.values() if service.arn == resource), None)
    if kind == "task-definition":
        family, _, revision = _last(parts[5]).partition(":")
        return _attribute(found.task_definitions.get(family, {}).get(int(revision))) if revision.isdigit() else None
    if kind == "task":
        return next((task.tags for tasks in found.tasks.values() for task in tasks.values() if task.task_arn == resource), None)
    return None


def _iam(parts: Parts, resource: str) -> Any:
    from .principals import role

    if parts[5].startswith("role/"):
        return _attribute(role(resource))
    if parts[5].startswith("policy/"):
        return _attribute(backend("iam", parts[4], "aws").managed_policies.get(resource))
    if parts[5].startswith("oidc-provider/"):
        return _attribute(backend("iam", parts[4], "aws").open_id_providers.get(resource))
    return None


def _cloudwatch_logs(found: Any, resource: str) -> Any:
    kind, _, name = resource.partition(":")
    if kind == "delivery":
        return _attribute(found.deliveries.get(name))
    if kind == "delivery-source":
        return _attribute(found.delivery_sources.get(name))
    if kind == "delivery-destination":
        return _attribute(found.delivery_destinations.get(name))
    return _attribute(found.groups.get(resource.removeprefix("log-group:").split(":")[0]))


def _user_pool(found: Any, resource: str) -> Any:
    pool = found.user_pools.get(_last(resource))
    return pool.extended_config.get("UserPoolTags") if pool is not None else None


def _rds(found: Any, resource: str) -> Any:
    kind, _, name = resource.partition(":")
    return _attribute(found.databases.get(name)) if kind == "db" else None


def _zone(parts: Parts, _resource: str) -> Any:
    """A hosted zone's ARN has no account."""
    from moto.route53.models import route53_backends

    found = (backends["aws"].resource_tags.get(_last(parts[5])) for backends in list(route53_backends.values()))
    return next((tags for tags in found if tags), None)


def _web_acl(parts: Parts, resource: str) -> Any:
    # moto stores those of CloudFront separately.
    region = "global" if parts[5].startswith("global/") else parts[3]
    return backend("wafv2", parts[4], region).tagging_service.get_tag_dict_for_resource(resource)


def _parameter(found: Any, resource: str) -> Any:
    """A parameter "/a/b" and one "b" are both "parameter/…" in an ARN."""
    kept, name = found._resource_tags.get("Parameter", {}), resource.removeprefix("parameter")
    return kept.get(name) or kept.get(name.removeprefix("/"))


_SERVICES: dict[str, Callable[[Parts, str], Any]] = {
    "acm": lambda parts, resource: _attribute(backend("acm", parts[4], parts[3])._certificates.get(resource)),
    # Stored by addon/application_autoscaling.py.
    "application-autoscaling": lambda parts,
    resource: backend("applicationautoscaling", parts[4], parts[3]).__dict__.get("infra_tags", {}).get(resource),
    "backup": _tagger("backup"),
    "cloudformation": lambda parts, resource: _attribute(backend("cloudformation", parts[4], parts[3]).stacks.get(resource)),
    "cloudfront": _tagger("cloudfront", "aws"),
    "codebuild": _of("codebuild", lambda found, name: _attribute(found.codebuild_projects.get(_last(name)))),
    "codepipeline": _of("codepipeline", lambda found, name: _attribute(found.pipelines.get(name))),
    "cognito-idp": _of("cognitoidp", _user_pool),
    "dynamodb": _of("dynamodb", lambda found, name: _attribute(found.tables.get(name.removeprefix("table/").split("/")[0]))),
    "ec2": _of("ec2", lambda found, name: found.tags.get(_last(name), {})),
    "ecr": _tagger("ecr"),
    "ecs": _ecs,
    "elasticloadbalancing": _load_balancing,
    "events": _tagger("events"),
    "iam": _iam,
    "kms": _of("kms", lambda found, name: found.tagger.get_tag_dict_for_resource(_last(name))),
    "logs": _of("logs", _cloudwatch_logs),
    "rds": _of("rds", _rds),
    "route53": _zone,
    "scheduler": _tagger("scheduler"),
    "secretsmanager": lambda parts, resource: next(
        (secret.tags for secret in backend("secretsmanager", parts[4], parts[3]).secrets.values() if secret.arn == resource), None
    ),
    "servicediscovery": _tagger("servicediscovery"),
    "sns": lambda parts, resource: _attribute(backend("sns", parts[4], parts[3]).topics.get(resource), "_tags"),
    "sqs": _of("sqs", lambda found, name: _attribute(found.queues.get(name))),
    "ssm": _of("ssm", lambda found, name: _parameter(found, name)),
    "wafv2": _web_acl,
}
