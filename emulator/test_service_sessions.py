"""Sessions that services get for roles passed to them: the role's trust policy decides, and the session has only the role's permissions."""

from __future__ import annotations

import json
import unittest
import urllib.error
import urllib.request
from typing import Any

import boto3
from botocore.exceptions import ClientError
from testing import ACCOUNT, REGION, client, shared


def request(service: str, role: str, source: str) -> dict[str, Any]:
    body = json.dumps({"service": service, "role": role, "sourceArn": source}).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{shared().state['url']}/_infra/service-session", data=body)) as answer:
        return json.load(answer)


class ServiceSessionTests(unittest.TestCase):
    def setUp(self) -> None:
        self.project = f"arn:aws:codebuild:{REGION}:{ACCOUNT}:project/{self._testMethodName}"
        trust = {"Version": "2012-10-17", "Statement": [{
            "Effect": "Allow", "Principal": {"Service": "codebuild.amazonaws.com"}, "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"aws:SourceAccount": ACCOUNT}, "ArnLike": {"aws:SourceArn": self.project}},
        }]}
        self.role = client("iam").create_role(RoleName=self._testMethodName, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]

    def test_session_is_of_the_role(self) -> None:
        issued = request("codebuild.amazonaws.com", self.role, self.project)
        session = {"aws_access_key_id": issued["AccessKeyId"], "aws_secret_access_key": issued["SecretAccessKey"],
            "aws_session_token": issued["Token"]}
        sts = boto3.client("sts", endpoint_url=shared().state["url"], region_name=REGION, **session)
        self.assertEqual(sts.get_caller_identity()["Arn"], f"arn:aws:sts::{ACCOUNT}:assumed-role/{self._testMethodName}/codebuild")
        with self.assertRaisesRegex(ClientError, "not authorized to perform: ssm:GetParameter"):
            boto3.client("ssm", endpoint_url=shared().state["url"], region_name=REGION, **session).get_parameter(Name="/any")

    def test_another_service_or_source_gets_none(self) -> None:
        for service, source in (("ecs-tasks.amazonaws.com", self.project), ("codebuild.amazonaws.com", f"{self.project}-other")):
            with self.subTest(service), self.assertRaises(urllib.error.HTTPError) as refused:
                request(service, self.role, source)
            self.assertEqual(refused.exception.code, 403)
            refused.exception.close()


if __name__ == "__main__":
    unittest.main()
