"""Tests of the agent's client: what AWS's SDK sends."""

import json

import boto3
import pytest
from botocore.config import Config

from legal import discovery
from legal.agent import Agent, AgentError

ARN = "arn:aws:bedrock-agentcore:us-east-2:111111111111:runtime/beta_assistant-abcdefghij"
CONVERSATION = "conversation-0123456789abcdef0123456789abcdef"


def aws(service, loopback):
    return boto3.client(
        service,
        region_name="us-east-2",
        endpoint_url=loopback.url,
        aws_access_key_id="of-the-test",
        aws_secret_access_key="of-the-test",
        config=Config(retries={"total_max_attempts": 1}),
    )


@pytest.fixture
def agent(loopback):
    return Agent(aws("bedrock-agentcore", loopback), lambda: ARN)


def test_a_question_is_sent_to_the_endpoint_live_in_the_session_of_the_conversation(
    agent, loopback
):
    loopback.answers = [(200, {"answer": "Because."})]
    assert agent.ask(CONVERSATION, "Why?") == "Because."
    [(method, path, headers, body)] = loopback.requests
    assert method == "POST"
    assert path.endswith("/invocations?qualifier=live")
    assert headers["x-amzn-bedrock-agentcore-runtime-session-id"] == CONVERSATION
    assert json.loads(body) == {"prompt": "Why?", "conversation": CONVERSATION}


@pytest.mark.parametrize(
    ("status", "answer", "reason"),
    [
        (200, {"other": 1}, "The agent's answer cannot be read."),
        (200, "text", "The agent's answer cannot be read."),
        (403, {"message": "denied"}, "The agent cannot be reached: "),
    ],
)
def test_failures_are_for_the_user(agent, loopback, status, answer, reason):
    loopback.answers = [(status, answer)]
    with pytest.raises(AgentError, match=reason):
        agent.ask(CONVERSATION, "Why?")


def test_an_agent_without_a_release_is_named(loopback):
    client = aws("bedrock-agentcore", loopback)
    with pytest.raises(AgentError, match="has not been released yet"):
        Agent(client, lambda: "none").ask(CONVERSATION, "Why?")
    assert loopback.requests == []


def test_its_arn_is_a_discovery_parameter(loopback):
    loopback.answers = [(200, {"Parameter": {"Value": ARN}})]
    ssm = aws("ssm", loopback)
    assert discovery.read(ssm, "/legalpoc/beta/discovery", "agents/assistant/arn") == ARN
    assert json.loads(loopback.requests[0][3]) == {
        "Name": "/legalpoc/beta/discovery/agents/assistant/arn"
    }
