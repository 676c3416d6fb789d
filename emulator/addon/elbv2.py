"""Load balancers: deletion protection is enforced."""

from __future__ import annotations

from typing import Any

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend

from .registry import patch, replace

patch(
    "elasticloadbalancing", "DeleteLoadBalancer",
    "moto ignores deletion protection; a test of it would fail",
)


def _unless_protected(original: Any) -> Any:
    def delete_load_balancer(self: Any, arn: str) -> None:
        balancer = self.load_balancers.get(arn)
        if balancer and balancer.attrs.get("deletion_protection.enabled") == "true":
            raise ELBClientError("OperationNotPermitted", f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled")
        original(self, arn)

    return delete_load_balancer


replace(ELBv2Backend, "delete_load_balancer", _unless_protected)
