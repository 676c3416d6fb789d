"""One parsed request to AWS."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from botocore.model import OperationModel

# For unsigned requests and for those to global endpoints whose scope names no region.
DEFAULT_REGION = "us-east-1"


class UnsupportedProtocol(Exception):
    """A request in a protocol that the emulator cannot read: it is rejected, so that no request goes unchecked."""


@dataclass(frozen=True, eq=False)
class ApiRequest:
    """One request: service, operation, parameters and credentials.

    service: botocore's folder ("elbv2"); signing_name is the credential scope's ("elasticloadbalancing").
    operation: AWS's name ("UpdateService").
    parameters: members of the input shape by AWS's names; timestamps are datetime, blobs bytes.
    protocol: how this request was written ("json", "query", "ec2", "rest-json", "rest-xml", "smithy-rpc-v2-cbor").
    access_key_id: None for an unsigned request.
    headers: names in lower case.
    query: the query string's fields, decoded, each with all its values.
    unreadable: what in the request has a type other than the model's, e.g. a string for a number.
    """

    service: str
    signing_name: str
    operation: str
    protocol: str
    parameters: Mapping[str, Any]
    region: str
    access_key_id: str | None
    session_token: str | None
    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    model: OperationModel
    body: bytes = field(repr=False, default=b"")
    unreadable: str | None = None
