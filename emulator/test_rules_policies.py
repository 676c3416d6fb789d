"""Resource policies: of keys, buckets, topics, queues and secrets."""

from __future__ import annotations

import json
import unittest

from rule_case import OTHER_ACCOUNT, RuleCase, covers, missing_role, policy
from testing import ACCOUNT, client, role


class ResourcePolicyRules(RuleCase):
    OWNER = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}

    @covers("key_policy_is_well_formed", "key_policy_can_be_changed_again")
    def test_key_policy(self) -> None:
        kms = client("kms")
        whole = {"Sid": "Owner", "Effect": "Allow", "Principal": self.OWNER, "Action": "kms:*", "Resource": "*"}
        for statement, text in (
            ({"Effect": "Maybe"}, "Effect"),
            ({"Principals": "*"}, "unknown element Principals"),
            ({"Principal": {"AWS": missing_role()}}, "invalid principals"),
            ({"Principal": {"Service": "events.amazonaws.com"}}, "will not allow you to update the key policy in the future"),
            ({"Action": "kms:Decrypt"}, "will not allow you to update the key policy in the future"),
            ({"Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"}}, "will not allow you to update the key policy in the future"),
        ):
            with self.subTest(text):
                document = json.dumps({"Version": "2012-10-17", "Statement": [{**whole, **statement}]})
                self.refused("MalformedPolicyDocumentException", text, kms.create_key, Policy=document)
        key = kms.create_key(Policy=json.dumps({"Version": "2012-10-17", "Statement": [whole]}))["KeyMetadata"]["KeyId"]
        closed = json.dumps({"Version": "2012-10-17", "Statement": [{**whole, "Action": "kms:Decrypt"}]})
        self.refused(
            "MalformedPolicyDocumentException", "in the future", kms.put_key_policy, KeyId=key, PolicyName="default", Policy=closed)
        kms.put_key_policy(KeyId=key, PolicyName="default", Policy=closed, BypassPolicyLockoutSafetyCheck=True)

    @covers("bucket_policy_is_well_formed")
    def test_bucket_policy(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="rules-policy", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        bucket, objects = "arn:aws:s3:::rules-policy", "arn:aws:s3:::rules-policy/*"
        for document, text in (
            ("[", "must be valid JSON"),
            (policy(Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::other/*"), "Policy has invalid resource"),
            (policy(Principal="*", Action="s3:GetObject", Resource=bucket), "Action does not apply to any resource"),
            (policy(Principal="*", Action="s3:ListBucket", Resource=objects), "Action does not apply to any resource"),
            (policy(Principal={"AWS": missing_role()}, Action="s3:GetObject", Resource=objects), "Invalid principal in policy"),
            (policy(Action="s3:GetObject", Resource=objects), "Principal"),
        ):
            with self.subTest(text):
                self.refused("MalformedPolicy", text, s3.put_bucket_policy, Bucket="rules-policy", Policy=document)
        s3.put_bucket_policy(Bucket="rules-policy",
            Policy=policy(Principal=self.OWNER, Action=["s3:GetObject", "s3:ListBucket"], Resource=[bucket, objects]))

    @covers("public_policy_is_not_blocked")
    def test_public_bucket_policy(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="rules-public", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        public = policy(Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::rules-public/*")
        s3.put_bucket_policy(Bucket="rules-public", Policy=public)
        s3.put_public_access_block(Bucket="rules-public", PublicAccessBlockConfiguration={"BlockPublicPolicy": True})
        self.refused("AccessDenied", "BlockPublicPolicy", s3.put_bucket_policy, Bucket="rules-public", Policy=public)
        confined = policy(Principal="*", Action="s3:GetObject", Resource="arn:aws:s3:::rules-public/*",
                          Condition={"StringEquals": {"aws:PrincipalOrgID": "o-1234567890"}})
        s3.put_bucket_policy(Bucket="rules-public", Policy=confined)

    @covers("replication_is_between_versioned_buckets")
    def test_replication(self) -> None:
        s3 = client("s3")
        for name in ("rules-source", "rules-target"):
            s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        s3.put_bucket_versioning(Bucket="rules-source", VersioningConfiguration={"Status": "Enabled"})
        arn = role("rules-replication", "s3.amazonaws.com")

        def replicate(target: str) -> None:
            destination = {"Bucket": f"arn:aws:s3:::{target}"}
            each = {"Status": "Enabled", "Priority": 1, "Filter": {"Prefix": ""}, "DeleteMarkerReplication": {"Status": "Disabled"}}
            s3.put_bucket_replication(Bucket="rules-source",
                                      ReplicationConfiguration={"Role": arn, "Rules": [{**each, "Destination": destination}]})

        self.refused("InvalidRequest", "Destination bucket must exist", lambda: replicate("rules-nowhere"))
        self.refused("InvalidRequest", "Destination bucket must have versioning enabled", lambda: replicate("rules-target"))
        s3.put_bucket_versioning(Bucket="rules-target", VersioningConfiguration={"Status": "Enabled"})
        replicate("rules-target")

    @covers("topic_policy_is_well_formed")
    def test_topic_policy(self) -> None:
        sns = client("sns")
        arn = sns.create_topic(Name="rules")["TopicArn"]
        for statement in (
            {"Action": "sns:*"}, {"Action": "sqs:SendMessage"}, {"Effect": "Perhaps"}, {"Principal": {"AWS": missing_role()}}):
            document = policy(**{"Principal": self.OWNER, "Action": "sns:Publish", "Resource": arn, **statement})
            self.refused("InvalidParameter", "Invalid parameter: ", sns.set_topic_attributes,
                         TopicArn=arn, AttributeName="Policy", AttributeValue=document)
        document = policy(Principal={"Service": "events.amazonaws.com"}, Action="sns:Publish", Resource=arn)
        sns.set_topic_attributes(TopicArn=arn, AttributeName="Policy", AttributeValue=document)

    @covers("queue_policy_is_well_formed")
    def test_queue_policy(self) -> None:
        document = policy(Principal={"AWS": missing_role()}, Action="sqs:SendMessage", Resource="*")
        self.refused("InvalidAttributeValue", "Policy", client("sqs").create_queue, QueueName="rules", Attributes={"Policy": document})

    @covers("secret_policy_is_well_formed")
    def test_secret_policy(self) -> None:
        secrets = client("secretsmanager")
        secrets.create_secret(Name="rules", SecretString="a")
        document = policy(Principal={"AWS": missing_role()}, Action="secretsmanager:GetSecretValue", Resource="*")
        self.refused("MalformedPolicyDocumentException", "unsupported principal", secrets.put_resource_policy, SecretId="rules",
            ResourcePolicy=document)


if __name__ == "__main__":
    unittest.main()
