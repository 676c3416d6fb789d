"""The functions of Streamlit that the page uses, in memory: what was shown, and one input."""

from __future__ import annotations

from typing import Any


class SessionState(dict):
    """Members are also attributes, as in Streamlit."""

    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class User:
    def __init__(self, email: str | None) -> None:
        self.is_logged_in = email is not None
        if email is not None:
            self.email = email


class Message:
    def __init__(self, role: str, shown: list[tuple[str, str]]) -> None:
        self._role = role
        self._shown = shown

    def write(self, text: str) -> None:
        self._shown.append((self._role, text))


class FakeStreamlit:
    """pressed: label of the button that the user pressed; question: what the user typed."""

    def __init__(
        self,
        email: str | None = None,
        pressed: str | None = None,
        question: str | None = None,
        state: SessionState | None = None,
    ) -> None:
        self.user = User(email)
        self.session_state = SessionState() if state is None else state
        self.shown: list[tuple[str, str]] = []
        self.buttons: list[str] = []
        self.provider: str | None = None
        self._pressed = pressed
        self._question = question

    @property
    def sidebar(self) -> FakeStreamlit:
        return self

    def button(self, label: str, key: Any = None) -> bool:
        self.buttons.append(label)
        return label == self._pressed

    def login(self, provider: str) -> None:
        self.provider = provider

    def chat_input(self, _: str) -> str | None:
        return self._question

    def chat_message(self, role: str) -> Message:
        return Message(role, self.shown)

    def title(self, text: str) -> None:
        self.shown.append(("title", text))

    def write(self, text: str) -> None:
        self.shown.append(("text", text))

    def caption(self, text: str) -> None:
        self.shown.append(("caption", text))

    def error(self, text: str) -> None:
        self.shown.append(("error", text))
