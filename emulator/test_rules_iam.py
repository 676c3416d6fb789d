"""IAM: quotas of policies, principals that exist, documents that are well-formed."""

from __future__ import annotations

import json
import unittest

from rule_case import OTHER_ACCOUNT, RuleCase, covers, missing_role, policy, trust
from testing import client, role


class IamRules(RuleCase):
    def setUp(self) -> None:
        self.iam = client("iam")

    @covers("inline_policies_of_a_role_within_quota")
    def test_inline_policies_together(self) -> None:
        role("rules-quota", "ecs-tasks.amazonaws.com")
        half = policy(Action="s3:GetObject", Resource=[f"arn:aws:s3:::acme-{number:030}" for number in range(120)])
        self.assertLess(len(half.replace(" ", "")), 10240)
        self.iam.put_role_policy(RoleName="rules-quota", PolicyName="a", PolicyDocument=half)
        # A policy with the same name is replaced.
        self.iam.put_role_policy(RoleName="rules-quota", PolicyName="a", PolicyDocument=half)
        self.refused("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role rules-quota",
                     self.iam.put_role_policy, RoleName="rules-quota", PolicyName="b", PolicyDocument=half)

    @covers("managed_policy_within_quota")
    def test_managed_policy(self) -> None:
        spaced = json.dumps(json.loads(policy(Action="s3:*", Resource=[f"arn:aws:s3:::acme-{n:030}" for n in range(100)])), indent=20)
        self.assertGreater(len(spaced), 6144)
        self.iam.create_policy(PolicyName="rules-spaced", PolicyDocument=spaced)
        long = policy(Action="s3:*", Resource=[f"arn:aws:s3:::acme-{n:030}" for n in range(140)])
        self.refused("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", self.iam.create_policy, PolicyName="rules-long",
            PolicyDocument=long)

    @covers("attached_policies_within_quota")
    def test_attached_policies(self) -> None:
        role("rules-attached", "ecs-tasks.amazonaws.com")
        arns = [
            self.iam.create_policy(PolicyName=f"rules-attached-{n}", PolicyDocument=policy(Action="s3:*", Resource="*"))["Policy"]["Arn"]
            for n in range(11)
        ]
        for arn in [*arns[:10], arns[0]]:
            self.iam.attach_role_policy(RoleName="rules-attached", PolicyArn=arn)
        self.refused("LimitExceeded", "Cannot exceed quota for PoliciesPerRole: 10",
                     self.iam.attach_role_policy, RoleName="rules-attached", PolicyArn=arns[10])

    @covers("trust_policy_within_quota", "principals_of_a_trust_policy_exist")
    def test_trust_policies(self) -> None:
        self.refused("LimitExceeded", "ACLSizePerRole: 2048", self.iam.create_role, RoleName="rules-long",
                     AssumeRolePolicyDocument=trust(AWS=[f"arn:aws:iam::{number:012}:root" for number in range(80)]))
        self.refused("MalformedPolicyDocument", f'Invalid principal in policy: "AWS":"{missing_role()}"', self.iam.create_role,
                     RoleName="rules-nobody", AssumeRolePolicyDocument=trust(AWS=missing_role()))
        known = role("rules-known", "ec2.amazonaws.com")
        self.iam.create_role(RoleName="rules-trusting", AssumeRolePolicyDocument=trust(AWS=[known, f"arn:aws:iam::{OTHER_ACCOUNT}:root"]))

    def test_what_moto_rejects_itself(self) -> None:
        role("rules-used", "ec2.amazonaws.com")
        for document in (
            policy(Action="s3:*", Resource="*", Colour="red"),
            json.dumps({"Version": "2012-10-17", "Statement": [{"Action": "s3:*", "Resource": "*"}]}),
            policy(Action="GetObject", Resource="*"),
            policy(Action="s3:GetObject", Resource="acme"),
            policy(Action="s3:GetObject", Resource="*", Condition={"StringEquall": {"a:b": "c"}}),
            "{",
        ):
            with self.subTest(document):
                self.refused(
                    "MalformedPolicyDocument", "", self.iam.put_role_policy, RoleName="rules-used", PolicyName="a", PolicyDocument=document)
        self.iam.put_role_policy(RoleName="rules-used", PolicyName="a", PolicyDocument=policy(Action="s3:*", Resource="*"))
        self.refused("DeleteConflict", "must delete policies first", self.iam.delete_role, RoleName="rules-used")


if __name__ == "__main__":
    unittest.main()
