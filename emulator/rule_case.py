"""Shared by the tests of rules: assertions on errors, policy documents, a network, and the record of which rule a test covers."""

from __future__ import annotations

import functools
import json
import unittest
from collections.abc import Callable
from typing import Any, TypeVar

from botocore.exceptions import ClientError
from testing import ACCOUNT, client

COVERED: set[str] = set()
OTHER_ACCOUNT = "222222222222"

_Test = TypeVar("_Test", bound=Callable[..., Any])


def covers(*names: str) -> Callable[[_Test], _Test]:
    """Marks a test as covering these rules; test_rules.py requires all of them."""
    COVERED.update(names)
    return lambda test: test


class RuleCase(unittest.TestCase):
    def refused(self, code: str, text: str, call: Callable[..., Any], /, **parameters: Any) -> None:
        with self.assertRaises(ClientError) as raised:
            call(**parameters)
        error = raised.exception.response["Error"]
        self.assertEqual(error["Code"], code, error.get("Message"))
        self.assertIn(text, error.get("Message", ""))


def trust(**principal: Any) -> str:
    return policy(Action="sts:AssumeRole", Principal=principal)


def policy(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


@functools.cache
def network() -> tuple[str, list[str], str]:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
    subnets = [
        ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{number}.0/24", AvailabilityZone=f"us-east-2{zone}")["Subnet"]["SubnetId"]
        for number, zone in enumerate("ab")
    ]
    group = ec2.create_security_group(GroupName="rules", Description="rules", VpcId=vpc)["GroupId"]
    return vpc, subnets, group


def missing_role() -> str:
    return f"arn:aws:iam::{ACCOUNT}:role/nobody"
