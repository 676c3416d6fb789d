"""IAM's policy simulator decides as requests are decided."""

from __future__ import annotations

import json
import unittest

from testing import ACCOUNT, client, covers, role


class SimulatorTests(unittest.TestCase):
    @covers("iam", "SimulatePrincipalPolicy")
    def test_decisions_are_those_of_the_roles_policies(self) -> None:
        arn = role("simulated", "ecs-tasks.amazonaws.com")
        statements = [
            {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "arn:aws:s3:::raw/*"},
            {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::raw/locked/*"},
        ]
        policy = json.dumps({"Version": "2012-10-17", "Statement": statements})
        client("iam").put_role_policy(RoleName="simulated", PolicyName="data", PolicyDocument=policy)

        self.assertEqual(self._decisions(arn, "arn:aws:s3:::raw/1"), {
            "s3:GetObject": "allowed", "s3:PutObject": "allowed", "s3:DeleteObject": "implicitDeny"})
        self.assertEqual(self._decisions(arn, "arn:aws:s3:::raw/locked/1")["s3:PutObject"], "explicitDeny")

    @covers("iam", "SimulatePrincipalPolicy")
    def test_a_missing_role_is_not_found(self) -> None:
        with self.assertRaisesRegex(client("iam").exceptions.NoSuchEntityException, "The role with name gone cannot be found"):
            self._decisions(f"arn:aws:iam::{ACCOUNT}:role/gone", "*")

    @staticmethod
    def _decisions(arn: str, resource: str) -> dict[str, str]:
        results = client("iam").simulate_principal_policy(
            PolicySourceArn=arn, ActionNames=["s3:GetObject", "s3:PutObject", "s3:DeleteObject"], ResourceArns=[resource])
        return {each["EvalActionName"]: each["EvalDecision"] for each in results["EvaluationResults"]}
