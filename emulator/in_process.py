"""moto in the tests' own process, with the add-on: for tests that read its models."""

from __future__ import annotations

import json
import unittest
from typing import Any

import boto3
from moto import mock_aws

import addon
from testing import ACCOUNT, REGION

addon.load()


class InProcessTests(unittest.TestCase):
    """Each test starts with empty models."""

    def setUp(self) -> None:
        mocked = mock_aws()
        mocked.start()
        self.addCleanup(mocked.stop)

    def client(self, service: str, key: str = ACCOUNT, token: str | None = None, region: str = REGION) -> Any:
        """key: a 12-digit account or an access key id."""
        return boto3.client(
            service, region_name=region, aws_access_key_id=key, aws_secret_access_key="emulator", aws_session_token=token,
        )

    def create_role(self, name: str, trust: dict[str, Any], account: str = ACCOUNT, **more: Any) -> str:
        created = self.client("iam", account).create_role(RoleName=name, AssumeRolePolicyDocument=document(trust), **more)
        return str(created["Role"]["Arn"])


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: Any, action: Any = "sts:AssumeRole", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": principal, "Action": action, **more}
