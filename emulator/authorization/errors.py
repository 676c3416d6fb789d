"""What goes wrong besides a refusal."""

from __future__ import annotations


class PolicyError(Exception):
    """A policy that AWS would not accept, or that has something whose effect AWS does not document: never taken for a refusal."""


class StsError(Exception):
    """An answer of AWS STS that says what is wrong with a request for credentials."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
