"""Policies and tags of resources, found by ARN."""

from __future__ import annotations

import io
import unittest
import zipfile
from typing import Any

from authorization import resource_policies, tags
from authorization.caller import Caller
from authorization.decision import PolicySet, Question, decide
from in_process import InProcessTests, document, trust
from testing import ACCOUNT, REGION

OTHER = "222222222222"
TAGS = [{"Key": "Project", "Value": "acme"}, {"Key": "Empty", "Value": ""}]
VPC_TAGS = [{"ResourceType": "vpc", "Tags": TAGS}]
PLAIN = {"Project": "acme", "Empty": ""}


def names(resource: str) -> list[str]:
    return [policy.name for policy in resource_policies.of(resource)]


def statement(action: str, resource: str = "*") -> dict[str, Any]:
    return {"Sid": "Other", "Effect": "Allow", "Principal": {"AWS": OTHER}, "Action": action, "Resource": resource}


def lets_other_account(action: str, resource: str, keys: dict[str, Any] | None = None) -> bool:
    question = Question(Caller.root(OTHER), action, resource, ACCOUNT, keys or {})
    return decide(question, PolicySet(resource=resource_policies.of(resource))).allowed


def zipped() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.py", "")
    return content.getvalue()


class ResourcePolicyTests(InProcessTests):
    def test_nothing_where_there_is_no_policy_or_no_resource(self) -> None:
        for resource in (
            "*", "arn:aws:s3:::acme-none/x", f"arn:aws:sns:{REGION}:{ACCOUNT}:none", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/none",
            f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/none", f"arn:aws:sqs:{REGION}:{ACCOUNT}:none", f"arn:aws:iam::{ACCOUNT}:role/none",
            f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:none-abcdef", f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/none",
            f"arn:aws:lambda:{REGION}:{ACCOUNT}:layer:none:1", f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:none",
            f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:none", f"arn:aws:dynamodb:{REGION}:{ACCOUNT}:table/none",
        ):
            with self.subTest(resource):
                self.assertEqual(names(resource), [])

    def test_bucket(self) -> None:
        s3 = self.client("s3")
        s3.create_bucket(Bucket="acme-data", CreateBucketConfiguration={"LocationConstraint": REGION})
        self.assertEqual(names("arn:aws:s3:::acme-data"), [])
        s3.put_bucket_policy(Bucket="acme-data", Policy=document(statement("s3:GetObject", "arn:aws:s3:::acme-data/a/*")))
        self.assertTrue(lets_other_account("s3:GetObject", "arn:aws:s3:::acme-data/a/b"))
        self.assertFalse(lets_other_account("s3:GetObject", "arn:aws:s3:::acme-data/b"))
        self.assertEqual(resource_policies.owner("arn:aws:s3:::acme-data/a/b"), ACCOUNT)
        self.assertEqual(resource_policies.owner("arn:aws:s3:::acme-none"), "")

    def test_key_by_id_and_alias_with_grants(self) -> None:
        kms = self.client("kms")
        key = kms.create_key(Policy=document(statement("kms:Decrypt")))["KeyMetadata"]
        kms.create_alias(AliasName="alias/acme", TargetKeyId=key["KeyId"])
        self.assertTrue(lets_other_account("kms:Decrypt", key["Arn"]))
        self.assertFalse(lets_other_account("kms:Encrypt", key["Arn"]))
        self.assertEqual(names(f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/acme"), names(key["Arn"]))
        kms.create_grant(
            KeyId=key["KeyId"], GranteePrincipal=f"arn:aws:iam::{OTHER}:root", Operations=["Encrypt"],
            Constraints={"EncryptionContextSubset": {"table": "a"}},
        )
        self.assertFalse(lets_other_account("kms:Encrypt", key["Arn"]))
        self.assertTrue(lets_other_account("kms:Encrypt", key["Arn"], {"kms:EncryptionContext:table": "a"}))

    def test_a_key_without_a_policy_of_its_own_has_aws_s_default(self) -> None:
        arn = self.client("kms").create_key()["KeyMetadata"]["Arn"]
        question = Question(Caller.root(ACCOUNT), "kms:Decrypt", arn, ACCOUNT)
        self.assertTrue(decide(question, PolicySet(resource=resource_policies.of(arn), resource_must_allow=True)).allowed)

    def test_topic_queue_secret_repository_table(self) -> None:
        topic = self.client("sns").create_topic(Name="alerts", Attributes={"Policy": document(statement("sns:Publish"))})["TopicArn"]
        sqs = self.client("sqs")
        sqs.create_queue(QueueName="jobs", Attributes={"Policy": document(statement("sqs:SendMessage"))})
        secrets = self.client("secretsmanager")
        secret = secrets.create_secret(Name="acme/db", SecretString="x")["ARN"]
        secrets.put_resource_policy(SecretId=secret, ResourcePolicy=document(statement("secretsmanager:GetSecretValue")))
        ecr = self.client("ecr")
        repository = ecr.create_repository(repositoryName="acme/shop")["repository"]["repositoryArn"]
        pull = {name: value for name, value in statement("ecr:BatchGetImage").items() if name != "Resource"}
        ecr.set_repository_policy(repositoryName="acme/shop", policyText=document(pull))
        dynamodb = self.client("dynamodb")
        table = dynamodb.create_table(
            TableName="items", BillingMode="PAY_PER_REQUEST", KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        )["TableDescription"]["TableArn"]
        dynamodb.put_resource_policy(ResourceArn=table, Policy=document(statement("dynamodb:GetItem")))
        for action, denied, resource in (
            ("sns:Publish", "sns:Subscribe", topic),
            ("sqs:SendMessage", "sqs:ReceiveMessage", f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs"),
            ("secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue", secret),
            ("ecr:BatchGetImage", "ecr:PutImage", repository),
            ("dynamodb:GetItem", "dynamodb:PutItem", table),
        ):
            with self.subTest(action):
                self.assertTrue(lets_other_account(action, resource))
                self.assertFalse(lets_other_account(denied, resource))

    def test_layer_version(self) -> None:
        client = self.client("lambda")
        arn = client.publish_layer_version(LayerName="acme", Content={"ZipFile": zipped()})["LayerVersionArn"]
        self.assertFalse(lets_other_account("lambda:GetLayerVersion", arn))
        client.add_layer_version_permission(
            LayerName="acme", VersionNumber=1, StatementId="other", Action="lambda:GetLayerVersion", Principal=OTHER
        )
        self.assertTrue(lets_other_account("lambda:GetLayerVersion", arn))

    def test_log_groups(self) -> None:
        groups = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/*"
        self.client("logs").put_resource_policy(policyName="acme", policyDocument=document(statement("logs:PutLogEvents", groups)))
        self.assertTrue(lets_other_account("logs:PutLogEvents", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/acme/a:log-stream:b"))
        self.assertFalse(lets_other_account("logs:PutLogEvents", f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/other:log-stream:b"))


class TagTests(InProcessTests):
    def test_nothing_where_there_is_no_resource(self) -> None:
        for service in tags._SERVICES:
            for resource in (f"arn:aws:{service}:{REGION}:{ACCOUNT}:kind/none", f"arn:aws:{service}:{REGION}:{ACCOUNT}:kind:none"):
                with self.subTest(resource):
                    self.assertEqual(tags.of(resource), {})
        self.assertEqual(tags.of("*"), {})

    def test_tags_of_resources(self) -> None:
        lower = [{"key": tag["Key"], "value": tag["Value"]} for tag in TAGS]
        kms = self.client("kms").create_key(Tags=[{"TagKey": tag["Key"], "TagValue": tag["Value"]} for tag in TAGS])["KeyMetadata"]["Arn"]
        role = self.create_role("acme", trust({"AWS": OTHER}), Tags=TAGS)
        vpc = self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=VPC_TAGS)["Vpc"]["VpcId"]
        cluster = self.client("ecs").create_cluster(clusterName="acme", tags=lower)["cluster"]["clusterArn"]
        self.client("ssm").put_parameter(Name="/acme/a", Value="1", Type="String", Tags=TAGS)
        self.client("sqs").create_queue(QueueName="jobs", tags=PLAIN)
        zone = self.client("route53").create_hosted_zone(Name="example.com", CallerReference="1")["HostedZone"]["Id"].rsplit("/", 1)[-1]
        self.client("route53").change_tags_for_resource(ResourceType="hostedzone", ResourceId=zone, AddTags=TAGS)
        for resource in (
            kms, role, f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/{vpc}", cluster,
            self.client("acm").request_certificate(DomainName="example.com", Tags=TAGS)["CertificateArn"],
            self.client("secretsmanager").create_secret(Name="acme", SecretString="x", Tags=TAGS)["ARN"],
            self.client("sns").create_topic(Name="alerts", Tags=TAGS)["TopicArn"],
            self.client("events").put_rule(Name="acme", ScheduleExpression="rate(1 day)", Tags=TAGS)["RuleArn"],
            self.client("ecr").create_repository(repositoryName="acme", tags=TAGS)["repository"]["repositoryArn"],
            f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/acme/a",
            f"arn:aws:sqs:{REGION}:{ACCOUNT}:jobs",
            f"arn:aws:route53:::hostedzone/{zone}",
        ):
            with self.subTest(resource):
                self.assertEqual(tags.of(resource), PLAIN)

    def test_condition_keys(self) -> None:
        vpc = self.client("ec2").create_vpc(CidrBlock="10.0.0.0/16", TagSpecifications=VPC_TAGS)["Vpc"]
        arn = f"arn:aws:ec2:{REGION}:{ACCOUNT}:vpc/{vpc['VpcId']}"
        self.assertEqual(tags.condition_keys(arn), {
            "aws:ResourceTag/Project": "acme", "aws:ResourceTag/Empty": "", "ec2:ResourceTag/Project": "acme", "ec2:ResourceTag/Empty": "",
        })


if __name__ == "__main__":
    unittest.main()
