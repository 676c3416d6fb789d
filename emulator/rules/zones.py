"""Load balancers and databases in at least two availability zones."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .registry import backend, rule


def _zones(request: ApiRequest, subnets: list[str]) -> set[str]:
    found = backend(request, "ec2").describe_subnets(filters={"subnet-id": subnets}) if subnets else []
    # moto itself rejects subnets that do not exist.
    return {subnet.availability_zone for subnet in found} | {subnet for subnet in subnets if subnet not in {each.id for each in found}}


@rule("elbv2", "CreateLoadBalancer",
    source="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html")
def application_load_balancer_has_two_zones(request: ApiRequest) -> ApiError | None:
    mappings = [mapping["SubnetId"] for mapping in request.parameters.get("SubnetMappings", [])]
    subnets = request.parameters.get("Subnets", []) + mappings
    if request.parameters.get("Type", "application") != "application" or len(_zones(request, subnets)) > 1:
        return None
    return ApiError("ValidationError", "At least two subnets in two different Availability Zones must be specified", 400)


@rule("rds", "CreateDBSubnetGroup", "ModifyDBSubnetGroup",
    source="https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBSubnetGroup.html")
def subnet_group_has_two_zones(request: ApiRequest) -> ApiError | None:
    zones = _zones(request, request.parameters["SubnetIds"])
    if len(zones) > 1:
        return None
    message = (
        "The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: "
        f"{', '.join(sorted(zones))}. Add subnets to cover at least 2 AZs."
    )
    return ApiError("DBSubnetGroupDoesNotCoverEnoughAZs", message, 400)
