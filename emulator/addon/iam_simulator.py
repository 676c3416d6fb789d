"""IAM's policy simulator: what a role may do, decided as the emulator decides requests.

https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
"""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult
from moto.iam.exceptions import NotFoundException
from moto.iam.responses import IamResponse

from authorization import principals
from authorization.decision import Question, decide

from .registry import add, patch

patch("iam", "SimulatePrincipalPolicy", "moto lacks it; `./infra verify` asks it what the roles of a service may do")


def _simulate_principal_policy(self: Any) -> ActionResult:
    """Identity policies and permissions boundary only, like AWS without the parameter ResourcePolicy."""
    arn = self._get_param("PolicySourceArn")
    role = principals.role(arn)
    if role is None:
        raise NotFoundException(f"The role with name {arn.rsplit('/', 1)[-1]} cannot be found.")
    caller = principals.of_role(role, "simulation")
    results = []
    for resource in self._get_param("ResourceArns", ["*"]):
        for action in self._get_param("ActionNames", []):
            decision = decide(Question(caller.caller, action, resource), caller.on())
            denied = "explicitDeny" if decision.explicit_deny else "implicitDeny"
            results.append({
                "EvalActionName": action, "EvalResourceName": resource, "EvalDecision": "allowed" if decision.allowed else denied,
            })
    return ActionResult({"EvaluationResults": results, "IsTruncated": False})


add(IamResponse, "simulate_principal_policy", _simulate_principal_policy)
