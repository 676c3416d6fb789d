"""Errors other than a denied request."""

from __future__ import annotations


class PolicyError(Exception):
    """A policy that AWS would not accept, or with an element whose effect AWS does not document: never treated as a deny."""


class StsError(Exception):
    """An error of AWS STS about a request for credentials."""

    def __init__(self, code: str, message: str, status: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.status = status
