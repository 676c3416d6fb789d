"""Reads each request as AWS does: service, operation and parameters, from botocore's service models."""

from __future__ import annotations

from .identify import identify, is_aws
from .request import ApiRequest, UnsupportedProtocol

__all__ = ["ApiRequest", "UnsupportedProtocol", "identify", "is_aws"]
