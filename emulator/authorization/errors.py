"""What goes wrong in authorization itself, as opposed to a request that is refused."""

from __future__ import annotations


class PolicyError(Exception):
    """A policy that AWS would not accept, or that has something whose effect AWS does not document: never taken for a refusal."""
