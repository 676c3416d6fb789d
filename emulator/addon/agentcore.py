"""Bedrock AgentCore in CloudFormation: moto knows none of its resource types and rejects a template that reads an attribute of one."""

from __future__ import annotations

from typing import Any

from moto.core.common_models import CloudFormationModel
from moto.moto_api._internal import mock_random

from .registry import patch

patch(
    "cloudformation", "CreateStack",
    "moto has no AWS::BedrockAgentCore::Runtime and RuntimeEndpoint; here they have id, ARN and version, but no API of their own: they "
    "cannot be invoked",
)


class AgentRuntime(CloudFormationModel):
    """A runtime; each change of its properties creates a new version."""

    def __init__(self, name: str, properties: dict[str, Any], account: str, region: str, runtime_id: str | None = None, version: int = 1):
        self.name = name
        self.properties = properties
        self.runtime_id = runtime_id or f"{name}-{mock_random.get_random_string(length=10)}"
        self.arn = f"arn:aws:bedrock-agentcore:{region}:{account}:runtime/{self.runtime_id}"
        self.version = version

    @property
    def physical_resource_id(self) -> str:
        return self.runtime_id

    @staticmethod
    def cloudformation_name_type() -> str:
        return "AgentRuntimeName"

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::BedrockAgentCore::Runtime"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in ("AgentRuntimeArn", "AgentRuntimeId", "AgentRuntimeVersion", "Status")

    def get_cfn_attribute(self, attribute_name: str) -> str:
        return {
            "AgentRuntimeArn": self.arn, "AgentRuntimeId": self.runtime_id, "AgentRuntimeVersion": str(self.version), "Status": "READY",
        }[attribute_name]

    @classmethod
    def create_from_cloudformation_json(  # type: ignore[misc]
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **kwargs: Any,
    ) -> AgentRuntime:
        return cls(resource_name, cloudformation_json.get("Properties", {}), account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(  # type: ignore[misc]
        cls, original_resource: Any, new_resource_name: str, cloudformation_json: Any, account_id: str, region_name: str,
    ) -> AgentRuntime:
        properties = cloudformation_json.get("Properties", {})
        if new_resource_name != original_resource.name:
            return cls(new_resource_name, properties, account_id, region_name)
        return cls(new_resource_name, properties, account_id, region_name, original_resource.runtime_id, original_resource.version + 1)

    @classmethod
    def delete_from_cloudformation_json(  # type: ignore[misc]
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str,
    ) -> None:
        """Nothing to do: nothing else refers to it."""


class AgentRuntimeEndpoint(CloudFormationModel):
    """A name by which a version is invoked."""

    def __init__(self, properties: dict[str, Any], account: str, region: str):
        self.properties = properties
        runtime = f"arn:aws:bedrock-agentcore:{region}:{account}:runtime/{properties['AgentRuntimeId']}"
        self.arn = f"{runtime}/runtime-endpoint/{properties['Name']}"

    @property
    def physical_resource_id(self) -> str:
        return self.arn

    @staticmethod
    def cloudformation_name_type() -> str:
        return ""

    @staticmethod
    def cloudformation_type() -> str:
        return "AWS::BedrockAgentCore::RuntimeEndpoint"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        return attr in ("AgentRuntimeEndpointArn", "LiveVersion", "Status")

    def get_cfn_attribute(self, attribute_name: str) -> str:
        version = str(self.properties.get("AgentRuntimeVersion", "1"))
        return {"AgentRuntimeEndpointArn": self.arn, "LiveVersion": version, "Status": "READY"}[attribute_name]

    @classmethod
    def create_from_cloudformation_json(  # type: ignore[misc]
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str, **kwargs: Any,
    ) -> AgentRuntimeEndpoint:
        return cls(cloudformation_json["Properties"], account_id, region_name)

    @classmethod
    def update_from_cloudformation_json(  # type: ignore[misc]
        cls, original_resource: Any, new_resource_name: str, cloudformation_json: Any, account_id: str, region_name: str,
    ) -> AgentRuntimeEndpoint:
        return cls(cloudformation_json["Properties"], account_id, region_name)

    @classmethod
    def delete_from_cloudformation_json(  # type: ignore[misc]
        cls, resource_name: str, cloudformation_json: Any, account_id: str, region_name: str,
    ) -> None:
        """Nothing to do: nothing else refers to it."""
