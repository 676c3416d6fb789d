"""The page, for Streamlit or for something that has the functions of it that are used here."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from .agent import Agent, AgentError
from .conversations import Conversations
from .sign_in import PROVIDER
from .turns import Turn, Turns


@dataclass(frozen=True)
class Services:
    """What the page uses."""

    agent: Agent
    turns: Turns
    conversations: Conversations


def show(st: Any, services: Services) -> None:
    """Shows the page once; Streamlit calls it again after each input."""
    st.title("Legal assistant")
    if not st.user.is_logged_in:
        st.write("Sign in to ask a question.")
        if st.button("Sign in"):
            st.login(PROVIDER)
        return
    email = st.user.email
    st.caption(f"Signed in as {email}")

    if st.sidebar.button("New conversation"):
        st.session_state.conversation = new_id()
    for conversation, title in services.conversations.of(email):
        if st.sidebar.button(title, key=conversation):
            st.session_state.conversation = conversation
    if "conversation" not in st.session_state:
        st.session_state.conversation = new_id()
    conversation = st.session_state.conversation

    for turn in services.turns.read(conversation):
        st.chat_message(turn.role).write(turn.text)
    question = st.chat_input("Your question")
    if not question:
        return
    st.chat_message("user").write(question)
    try:
        answer = services.agent.ask(conversation, question)
    except AgentError as error:
        st.error(str(error))
        return
    services.conversations.add(conversation, email, question)
    services.turns.add(conversation, Turn("user", question), Turn("assistant", answer))
    st.chat_message("assistant").write(answer)


def new_id() -> str:
    """Id of a conversation, also of its session in AgentCore, which has at least 33 characters."""
    return f"conversation-{uuid.uuid4().hex}"
