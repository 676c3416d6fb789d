"""The agent on Bedrock AgentCore."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

# The platform's endpoint: docs/decisions/0018-agents.md.
ENDPOINT = "live"


class AgentError(Exception):
    """There is no answer; the message is for the user."""


class Agent:
    """arn: returns the agent's ARN, which the platform writes after its first release."""

    def __init__(self, client: Any, arn: Callable[[], str]) -> None:
        self._client = client
        self._arn = arn

    def ask(self, conversation: str, question: str) -> str:
        """The agent's answer to a question."""
        payload = {"prompt": question, "conversation": conversation}
        try:
            arn = self._arn()
            if arn == "none":
                raise AgentError("The agent has not been released yet.")
            response = self._client.invoke_agent_runtime(
                agentRuntimeArn=arn,
                qualifier=ENDPOINT,
                # Questions of one conversation get the same session of AgentCore.
                runtimeSessionId=conversation,
                contentType="application/json",
                payload=json.dumps(payload).encode(),
            )
            return json.loads(response["response"].read())["answer"]
        except (BotoCoreError, ClientError) as error:
            raise AgentError(f"The agent cannot be reached: {error}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise AgentError("The agent's answer cannot be read.") from error
