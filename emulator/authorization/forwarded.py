"""Operations in which a service calls others on behalf of its caller: AWS CloudFormation creates resources with the caller's permissions.

A stack without a service role uses the permissions of the caller.
https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/control-access-with-iam.html
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from . import lookups

# Permissions that a resource type's handlers list, by operation on the stack.
# https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-runtime.html
_RUNTIME = "AWS::BedrockAgentCore::Runtime"
_ENDPOINT = "AWS::BedrockAgentCore::RuntimeEndpoint"
_ACTIONS: dict[tuple[str, str], tuple[str, ...]] = {
    (_RUNTIME, "CreateStack"): ("CreateAgentRuntime", "GetAgentRuntime"),
    (_RUNTIME, "UpdateStack"): ("UpdateAgentRuntime", "GetAgentRuntime"),
    (_RUNTIME, "DeleteStack"): ("DeleteAgentRuntime", "GetAgentRuntime"),
    (_ENDPOINT, "CreateStack"): ("CreateAgentRuntimeEndpoint", "GetAgentRuntimeEndpoint"),
    (_ENDPOINT, "UpdateStack"): ("UpdateAgentRuntimeEndpoint", "GetAgentRuntimeEndpoint"),
    (_ENDPOINT, "DeleteStack"): ("DeleteAgentRuntimeEndpoint", "GetAgentRuntimeEndpoint"),
}


@dataclass(frozen=True)
class Forwarded:
    """service and operation: what is called on behalf of the caller; role: a role that is passed with it."""

    service: str
    operation: str
    role: str | None = None


def of(prefix: str, operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[Forwarded]:
    if prefix != "cloudformation" or parameters.get("RoleARN") or operation not in ("CreateStack", "UpdateStack", "DeleteStack"):
        return []
    text = parameters.get("TemplateBody") or lookups.template(account, region, str(parameters.get("StackName")))
    if not text:
        return []
    try:
        template = json.loads(str(text))
    except ValueError:
        # Templates of this project are JSON; YAML would need a parser that knows CloudFormation's tags.
        raise NotImplementedError("the emulator reads CloudFormation templates in JSON only") from None
    found = []
    for resource in template.get("Resources", {}).values():
        role = resource.get("Properties", {}).get("RoleArn")
        found += [
            Forwarded("bedrock-agentcore", name, role if isinstance(role, str) and name.startswith(("Create", "Update")) else None)
            for name in _ACTIONS.get((resource.get("Type"), operation), ())
        ]
    return found
