"""AWS Chatbot, which moto lacks entirely: Slack channels are configured, and nothing is sent to them."""

from __future__ import annotations

import json
from typing import Any

from moto.core.base_backend import BaseBackend
from moto.core.exceptions import JsonRESTError
from moto.core.responses import BaseResponse

from .new_service import register
from .registry import patch

for _operation in (
    "CreateSlackChannelConfiguration", "DescribeSlackChannelConfigurations", "UpdateSlackChannelConfiguration",
    "DeleteSlackChannelConfiguration", "ListTagsForResource", "TagResource", "UntagResource",
):
    patch("chatbot", _operation, "moto has no Chatbot; a Slack channel for alarms could not be created")

_Channel = dict[str, Any]


class _Conflict(JsonRESTError):
    code = 409

    def __init__(self, name: str) -> None:
        super().__init__("ConflictException", f"configuration {name} already exists")


class _NotFound(JsonRESTError):
    code = 404

    def __init__(self, arn: str) -> None:
        super().__init__("ResourceNotFoundException", f"configuration {arn} does not exist")


class ChatbotBackend(BaseBackend):
    """The channels of one account; they do not depend on the region of the request."""

    def __init__(self, region_name: str, account_id: str) -> None:
        super().__init__(region_name, account_id)
        self.channels: dict[str, _Channel] = {}


class ChatbotResponse(BaseResponse):
    """The operations on a Slack channel that the provider calls."""

    def __init__(self) -> None:
        super().__init__(service_name="chatbot")

    @property
    def _channels(self) -> dict[str, _Channel]:
        return _backends[self.current_account]["aws"].channels

    def _sent(self) -> _Channel:
        return json.loads(self.body or "{}")

    def _channel(self, arn: str) -> _Channel:
        if arn not in self._channels:
            raise _NotFound(arn)
        return self._channels[arn]

    def create_slack_channel_configuration(self) -> str:
        sent = self._sent()
        arn = f"arn:aws:chatbot::{self.current_account}:chat-configuration/slack-channel/{sent['ConfigurationName']}"
        if arn in self._channels:
            raise _Conflict(sent["ConfigurationName"])
        defaults = {"SnsTopicArns": [], "LoggingLevel": "NONE", "UserAuthorizationRequired": False, "Tags": []}
        self._channels[arn] = {
            **defaults, **sent, "ChatConfigurationArn": arn, "State": "ENABLED", "SlackTeamName": "acme", "SlackChannelName": "alerts",
        }
        return json.dumps({"ChannelConfiguration": self._channels[arn]})

    def describe_slack_channel_configurations(self) -> str:
        asked = self._sent().get("ChatConfigurationArn")
        return json.dumps({"SlackChannelConfigurations": [c for arn, c in self._channels.items() if asked in (None, arn)]})

    def update_slack_channel_configuration(self) -> str:
        sent = self._sent()
        channel = self._channel(sent["ChatConfigurationArn"])
        channel.update(sent)
        return json.dumps({"ChannelConfiguration": channel})

    def delete_slack_channel_configuration(self) -> str:
        self._channels.pop(self._channel(self._sent()["ChatConfigurationArn"])["ChatConfigurationArn"])
        return "{}"

    def list_tags_for_resource(self) -> str:
        return json.dumps({"Tags": self._channel(self._sent()["ResourceARN"])["Tags"]})

    def tag_resource(self) -> str:
        sent = self._sent()
        channel = self._channel(sent["ResourceARN"])
        added = {t["TagKey"] for t in sent["Tags"]}
        channel["Tags"] = [t for t in channel["Tags"] if t["TagKey"] not in added] + sent["Tags"]
        return "{}"

    def untag_resource(self) -> str:
        sent = self._sent()
        channel = self._channel(sent["ResourceARN"])
        channel["Tags"] = [t for t in channel["Tags"] if t["TagKey"] not in sent["TagKeys"]]
        return "{}"


_backends = register("chatbot", r"chatbot\.(.+)", ChatbotBackend, ChatbotResponse, ["/(?P<operation>[a-z-]+)$"], regional=False)
