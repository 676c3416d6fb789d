"""Tests of the page, with the functions of Streamlit in fake_streamlit.py."""

import importlib.util

import pytest
from fake_streamlit import FakeStreamlit, SessionState

from legal.agent import AgentError
from legal.page import Services, new_id, show
from legal.turns import Turn

EMAIL = "ada@example.com"


class Agent:
    def __init__(self, failure=None):
        self.failure = failure

    def ask(self, conversation, question):
        if self.failure:
            raise self.failure
        return f"answer to {question}"


class Turns(dict):
    def read(self, conversation):
        return self.get(conversation, [])

    def add(self, conversation, *turns):
        self[conversation] = [*self.read(conversation), *turns]


class Conversations(dict):
    def add(self, conversation, email, title):
        self.setdefault(conversation, (email, title))

    def of(self, email):
        return [(id, title) for id, (owner, title) in self.items() if owner == email]


@pytest.fixture
def services():
    return Services(Agent(), Turns(), Conversations())


def test_without_a_sign_in_nothing_is_shown(services):
    services.conversations.add("c", EMAIL, "a title")
    page = FakeStreamlit(question="Why?")
    show(page, services)
    assert page.buttons == ["Sign in"]
    assert (page.provider, services.turns) == (None, {})


def test_the_button_leads_to_cognito(services):
    page = FakeStreamlit(pressed="Sign in")
    show(page, services)
    assert page.provider == "cognito"


def test_a_question_is_answered_and_kept(services):
    page = FakeStreamlit(EMAIL, question="Why?")
    show(page, services)
    assert page.shown[1:] == [
        ("caption", f"Signed in as {EMAIL}"),
        ("user", "Why?"),
        ("assistant", "answer to Why?"),
    ]
    again = FakeStreamlit(EMAIL, state=page.session_state)
    show(again, services)
    assert again.shown[2:] == [("user", "Why?"), ("assistant", "answer to Why?")]
    assert again.buttons == ["New conversation", "Why?"]


def test_an_earlier_conversation_is_opened_and_another_one_begun(services):
    services.conversations.add("earlier", EMAIL, "Earlier?")
    services.turns.add("earlier", Turn("user", "Earlier?"))
    state = SessionState()
    show(FakeStreamlit(EMAIL, pressed="Earlier?", state=state), services)
    assert state.conversation == "earlier"
    show(FakeStreamlit(EMAIL, pressed="New conversation", state=state), services)
    assert state.conversation != "earlier"


def test_conversations_of_others_are_not_shown(services):
    services.conversations.add("c", "eve@example.com", "of Eve")
    page = FakeStreamlit(EMAIL)
    show(page, services)
    assert page.buttons == ["New conversation"]


def test_without_an_answer_nothing_is_kept(services):
    failing = Services(Agent(AgentError("no agent")), services.turns, services.conversations)
    page = FakeStreamlit(EMAIL, question="Why?")
    show(page, failing)
    assert page.shown[-1] == ("error", "no agent")
    assert (services.turns, services.conversations) == ({}, {})


def test_ids_are_sessions_of_agentcore():
    assert len(new_id()) >= 33
    assert new_id() != new_id()


if importlib.util.find_spec("streamlit"):

    def test_streamlit_has_the_functions_of_the_fake():
        import streamlit

        functions = {name for name in vars(FakeStreamlit) if not name.startswith("_")}
        assert [name for name in functions if not hasattr(streamlit, name)] == []
