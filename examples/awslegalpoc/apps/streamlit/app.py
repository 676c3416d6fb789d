"""streamlit run app.py"""

import boto3
import streamlit as st

from legal import discovery
from legal.agent import Agent
from legal.conversations import Conversations
from legal.page import Services, show
from legal.settings import Settings
from legal.turns import Turns


@st.cache_resource
def services() -> Services:
    settings = Settings.read()
    ssm = boto3.client("ssm", region_name=settings.region)
    table = boto3.resource("dynamodb", region_name=settings.region).Table(settings.turns_table)
    return Services(
        Agent(
            boto3.client("bedrock-agentcore", region_name=settings.region),
            # Not cached: the first release of the agent writes it.
            lambda: discovery.read(ssm, settings.discovery_path, "agents/assistant/arn"),
        ),
        Turns(table),
        Conversations(settings.database_url),
    )


show(st, services())
