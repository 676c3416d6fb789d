"""Requests of roles to the server: what their policies allow succeeds, everything else is denied as AWS denies it."""

from __future__ import annotations

import base64
import itertools
import json
import time
import unittest
from typing import Any

from botocore.exceptions import ClientError
from testing import ACCOUNT, client, covers, shared

OTHER = "222222222222"
GITHUB = "token.actions.githubusercontent.com"
_numbers = itertools.count()


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def trust(principal: dict[str, Any], action: str = "sts:AssumeRole", **more: Any) -> str:
    return document({"Effect": "Allow", "Principal": principal, "Action": action, **more})


class EnforcementTests(unittest.TestCase):
    def role(self, *statements: dict[str, Any], trusted: str | None = None, **more: Any) -> str:
        """A new role with these statements as its policy, which the account may assume."""
        name = f"enforced-{next(_numbers)}"
        iam = client("iam")
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trusted or trust({"AWS": ACCOUNT}), **more)["Role"]["Arn"]
        if statements:
            iam.put_role_policy(RoleName=name, PolicyName="work", PolicyDocument=document(*statements))
        return str(arn)

    def session(self, *statements: dict[str, Any], **more: Any) -> dict[str, Any]:
        return dict(client("sts").assume_role(RoleArn=self.role(*statements), RoleSessionName="run", **more)["Credentials"])

    def refused(self, code: str, text: str, call: Any, **parameters: Any) -> None:
        with self.assertRaises(ClientError) as raised:
            call(**parameters)
        error = raised.exception.response["Error"]
        self.assertEqual(error["Code"], code, error)
        self.assertRegex(error["Message"], text)

    def of(self, credentials: dict[str, Any], service: str) -> Any:
        return shared().client(service, credentials["AccessKeyId"], token=credentials["SessionToken"])

    def test_a_list_of_alarms_needs_the_permission_on_all_alarms(self) -> None:
        own = f"arn:aws:cloudwatch:us-east-2:{ACCOUNT}:alarm:"
        all_alarms = self.of(self.session(allow("cloudwatch:DescribeAlarms", f"{own}*")), "cloudwatch")
        some = self.of(self.session(allow("cloudwatch:DescribeAlarms", f"{own}acme-*")), "cloudwatch")
        self.assertEqual(all_alarms.describe_alarms(AlarmNamePrefix="acme-")["MetricAlarms"], [])
        self.assertEqual(some.describe_alarms(AlarmNames=["acme-errors"])["MetricAlarms"], [])
        self.refused("AccessDeniedException", "cloudwatch:DescribeAlarms", some.describe_alarms, AlarmNamePrefix="acme-")

    def test_batches_and_transactions_need_permissions_on_their_tables(self) -> None:
        for name in ("batch-one", "batch-two"):
            client("dynamodb").create_table(
                TableName=name, KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}], BillingMode="PAY_PER_REQUEST",
                AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            )
        # "Permissions for Put, Update, Delete, and Get actions are governed by the permissions used for the underlying" operations.
        tables = {name: f"arn:aws:dynamodb:us-east-2:{ACCOUNT}:table/{name}" for name in ("batch-one", "batch-two")}
        both = allow(["dynamodb:PutItem", "dynamodb:BatchGetItem", "dynamodb:GetItem"], list(tables.values()))
        session = self.session(both, allow(["dynamodb:ConditionCheckItem", "dynamodb:BatchWriteItem"], tables["batch-one"]))
        dynamodb, item = self.of(session, "dynamodb"), {"id": {"S": "1"}}
        put = {name: [{"PutRequest": {"Item": item}}] for name in tables}
        dynamodb.batch_write_item(RequestItems={"batch-one": put["batch-one"]})
        dynamodb.batch_get_item(RequestItems={name: {"Keys": [item]} for name in tables})
        dynamodb.transact_get_items(TransactItems=[{"Get": {"TableName": name, "Key": item}} for name in tables])
        check = {"ConditionExpression": "attribute_exists(id)", "Key": item}
        written = {"Put": {"TableName": "batch-two", "Item": item}}
        dynamodb.transact_write_items(TransactItems=[{"ConditionCheck": {"TableName": "batch-one", **check}}, written])
        code, on = "AccessDeniedException", f"on resource: {tables['batch-two']} because"
        self.refused(code, f"dynamodb:BatchWriteItem {on}", dynamodb.batch_write_item, RequestItems=put)
        other = [{"Put": {"TableName": "batch-one", "Item": item}}, {"ConditionCheck": {"TableName": "batch-two", **check}}]
        self.refused(code, f"dynamodb:ConditionCheckItem {on}", dynamodb.transact_write_items, TransactItems=other)

    def test_models_and_profiles_are_identified_by_their_ids(self) -> None:
        model, profile = "anthropic.claude-3-haiku-20240307-v1:0", "us.anthropic.claude-3-haiku-20240307-v1:0"
        arns = [f"arn:aws:bedrock:us-east-2::foundation-model/{model}", f"arn:aws:bedrock:us-east-2:{ACCOUNT}:inference-profile/{profile}"]
        bedrock = self.of(self.session(allow("bedrock:InvokeModel", arns)), "bedrock-runtime")
        for id in (model, profile):
            with self.subTest(id):
                bedrock.invoke_model(modelId=id, body=b"{}")
        for arn in arns:
            # moto finds models by ids only.
            with self.subTest(arn), self.assertRaisesRegex(ClientError, r"\(404\)"):
                bedrock.invoke_model(modelId=arn, body=b"{}")
        other = rf"bedrock:InvokeModel on resource: {arns[0].replace('haiku', 'opus')} because"
        self.refused("AccessDeniedException", other, bedrock.invoke_model, modelId=model.replace("haiku", "opus"), body=b"{}")

    def test_a_deleted_object_of_a_versioned_bucket_is_missing(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="deleted-objects", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        s3.put_bucket_versioning(Bucket="deleted-objects", VersioningConfiguration={"Status": "Enabled"})
        s3.put_object(Bucket="deleted-objects", Key="gone", Body=b"1")
        s3.delete_object(Bucket="deleted-objects", Key="gone")
        self.refused("NoSuchKey", "does not exist", s3.get_object, Bucket="deleted-objects", Key="gone")

    @covers("*", "request without permission")
    def test_a_role_does_what_its_policies_allow_and_nothing_else(self) -> None:
        session = self.session(allow("ecs:ListClusters"))
        self.of(session, "ecs").list_clusters()
        because = r"is not authorized to perform: \S+ on resource: .* because no identity-based policy allows the \S+ action$"
        for service, code, call in (
            ("ecs", "AccessDeniedException", lambda c: c.create_cluster(clusterName="enforced")),
            ("iam", "AccessDenied", lambda c: c.list_roles()),
            ("s3", "AccessDenied", lambda c: c.list_buckets()),
            ("ec2", "UnauthorizedOperation", lambda c: c.describe_vpcs()),
            ("sqs", "AccessDenied", lambda c: c.list_queues()),
        ):
            with self.subTest(service):
                self.refused(code, because, lambda: call(self.of(session, service)))

    def test_tags_of_a_load_balancer_s_parts_are_about_the_part(self) -> None:
        elbv2 = client("elbv2")
        vpc = client("ec2").create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        ours, other = (
            elbv2.create_target_group(Name=f"tags-{name}", Protocol="HTTP", Port=80, VpcId=vpc, TargetType="ip")["TargetGroups"][0][
                "TargetGroupArn"]
            for name in ("ours", "other")
        )
        session = self.of(self.session(allow(["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"], ours)), "elbv2")
        session.add_tags(ResourceArns=[ours], Tags=[{"Key": "CostCenter", "Value": "1"}])
        session.remove_tags(ResourceArns=[ours], TagKeys=["CostCenter"])
        for arns in ([other], [ours, other]):
            with self.assertRaises(ClientError):
                session.add_tags(ResourceArns=arns, Tags=[{"Key": "CostCenter", "Value": "1"}])

    def test_tagging_a_started_task_needs_permission_on_the_task(self) -> None:
        ecs, ec2 = client("ecs"), client("ec2")
        ecs.create_cluster(clusterName="tagged-tasks")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
        group = ec2.create_security_group(GroupName="tagged-tasks", Description="tasks", VpcId=vpc)["GroupId"]
        definition = ecs.register_task_definition(
            family="tagged-tasks", cpu="256", memory="512", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "web", "image": "nginx"}],
        )["taskDefinition"]["taskDefinitionArn"]
        start = {
            "cluster": "tagged-tasks", "taskDefinition": definition, "launchType": "FARGATE", "tags": [{"key": "CostCenter", "value": "1"}],
            "networkConfiguration": {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}},
        }
        made = {"Condition": {"StringEquals": {"ecs:CreateAction": "RunTask"}}}
        tasks = f"arn:aws:ecs:us-east-2:{ACCOUNT}:task/tagged-tasks/*"
        self.of(self.session(allow("ecs:RunTask", definition), allow("ecs:TagResource", tasks, **made)), "ecs").run_task(**start)
        session = self.session(allow("ecs:RunTask", definition), allow("ecs:TagResource", definition))
        self.refused("AccessDeniedException", "ecs:TagResource on resource: arn:aws:ecs:.*:task/tagged-tasks/",
            self.of(session, "ecs").run_task, **start)

    def test_tags_of_a_new_resource_are_not_those_of_what_it_uses(self) -> None:
        ec2 = client("ec2")
        network = ec2.create_vpc(CidrBlock="10.91.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=network, CidrBlock="10.91.1.0/24")["Subnet"]["SubnetId"]
        address = ec2.allocate_address(Domain="vpc")["AllocationId"]
        made = allow(["ec2:CreateNatGateway", "ec2:CreateTags"], Condition={"StringEquals": {"aws:RequestTag/Project": "demo"}})
        wanted = {
            "SubnetId": subnet, "AllocationId": address,
            "TagSpecifications": [{"ResourceType": "natgateway", "Tags": [{"Key": "Project", "Value": "demo"}]}],
        }
        # https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html: aws:RequestTag is only in the row of
        # natgateway.
        role = self.of(self.session(made), "ec2")
        self.refused("UnauthorizedOperation", "ec2:CreateNatGateway on resource: .*:elastic-ip/", role.create_nat_gateway, **wanted)
        used = [f"arn:aws:ec2:us-east-2:{ACCOUNT}:{each}" for each in (f"elastic-ip/{address}", f"subnet/{subnet}")]
        self.of(self.session(made, allow("ec2:CreateNatGateway", used)), "ec2").create_nat_gateway(**wanted)

    def test_an_instance_with_an_interface_needs_permissions_on_its_subnet_and_groups(self) -> None:
        ec2 = client("ec2")
        network = ec2.create_vpc(CidrBlock="10.92.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=network, CidrBlock="10.92.1.0/24")["Subnet"]["SubnetId"]
        group = ec2.create_security_group(GroupName="instance", Description="instance", VpcId=network)["GroupId"]
        interface = ec2.create_network_interface(SubnetId=subnet, Groups=[group])["NetworkInterface"]["NetworkInterfaceId"]
        image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        wanted = {
            "ImageId": image, "InstanceType": "t4g.nano", "MinCount": 1, "MaxCount": 1,
            "NetworkInterfaces": [{"DeviceIndex": 0, "NetworkInterfaceId": interface}],
        }
        own = f"arn:aws:ec2:us-east-2:{ACCOUNT}"
        named = [
            f"arn:aws:ec2:us-east-2::image/{image}", f"{own}:instance/*", f"{own}:network-interface/{interface}", f"{own}:subnet/{subnet}",
        ]
        role = self.of(self.session(allow("ec2:RunInstances", named)), "ec2")
        self.refused("UnauthorizedOperation", f"ec2:RunInstances on resource: .*:security-group/{group}", role.run_instances, **wanted)
        self.of(self.session(allow("ec2:RunInstances", [*named, f"{own}:security-group/{group}"])), "ec2").run_instances(**wanted)

    def test_a_change_of_a_web_acl_needs_permissions_on_it_and_on_its_ip_sets(self) -> None:
        wafv2 = client("wafv2")
        shown = {"SampledRequestsEnabled": False, "CloudWatchMetricsEnabled": False, "MetricName": "m"}
        acl = wafv2.create_web_acl(Name="change-acl", Scope="REGIONAL", DefaultAction={"Allow": {}}, VisibilityConfig=shown)["Summary"]
        addresses = wafv2.create_ip_set(Name="change-set", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=[])["Summary"]["ARN"]
        rule = {
            "Name": "deny", "Priority": 1, "Action": {"Block": {}}, "VisibilityConfig": shown,
            "Statement": {"IPSetReferenceStatement": {"ARN": addresses}},
        }
        change = {
            "Name": "change-acl", "Scope": "REGIONAL", "Id": acl["Id"], "DefaultAction": {"Allow": {}}, "VisibilityConfig": shown,
        }
        action = "wafv2:UpdateWebACL"
        lock = self.of(self.session(allow(action, acl["ARN"])), "wafv2").update_web_acl(**change, LockToken=acl["LockToken"])[
            "NextLockToken"]
        with self.assertRaisesRegex(ClientError, "ipset/change-set"):
            self.of(self.session(allow(action, acl["ARN"])), "wafv2").update_web_acl(**change, Rules=[rule], LockToken=lock)
        self.of(self.session(allow(action, [acl["ARN"], addresses])), "wafv2").update_web_acl(**change, Rules=[rule], LockToken=lock)

    def test_records_can_be_changed_only_for_the_names_in_a_policy(self) -> None:
        zone = client("route53").create_hosted_zone(Name="example.com", CallerReference="records")["HostedZone"]["Id"]
        names = {"route53:ChangeResourceRecordSetsNormalizedRecordNames": ["dev.example.com", "*.dev.example.com"]}
        session = self.of(self.session(allow("route53:ChangeResourceRecordSets", Condition={"ForAllValues:StringLike": names})), "route53")

        def change(*named: str) -> None:
            changes = [
                {"Action": "UPSERT", "ResourceRecordSet": {
                    "Name": name, "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "192.0.2.1"}]}} for name in named
            ]
            session.change_resource_record_sets(HostedZoneId=zone, ChangeBatch={"Changes": changes})

        change("dev.example.com.", "API.dev.example.com", "*.dev.example.com")
        for refused in (("www.example.com",), ("api.dev.example.com", "example.com")):
            with self.subTest(refused), self.assertRaisesRegex(ClientError, "AccessDenied"):
                change(*refused)

    def test_a_boundary_and_a_session_policy_limit(self) -> None:
        iam = client("iam")
        boundary = iam.create_policy(PolicyName=f"boundary-{next(_numbers)}", PolicyDocument=document(allow("sqs:*")))["Policy"]["Arn"]
        arn = self.role(allow(["ecs:*", "sqs:*"]), PermissionsBoundary=boundary)
        bounded = client("sts").assume_role(RoleArn=arn, RoleSessionName="run")["Credentials"]
        self.of(bounded, "sqs").list_queues()
        self.refused("AccessDeniedException", "because no permissions boundary allows", self.of(bounded, "ecs").list_clusters)
        limited = self.session(allow(["ecs:*", "sqs:*"]), Policy=document(allow("sqs:*")))
        self.of(limited, "sqs").list_queues()
        self.refused("AccessDeniedException", "because no session policy allows", self.of(limited, "ecs").list_clusters)

    def test_an_explicit_deny_of_a_bucket_applies_to_the_administrator_too(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="acme-enforced", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        deny = {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": "arn:aws:s3:::acme-enforced/closed/*"}
        s3.put_bucket_policy(Bucket="acme-enforced", Policy=document(deny))
        s3.put_object(Bucket="acme-enforced", Key="open/a", Body=b"x")
        text = "with an explicit deny in a resource-based policy"
        self.refused("AccessDenied", text, s3.put_object, Bucket="acme-enforced", Key="closed/a", Body=b"x")

    def test_another_account_needs_both_sides(self) -> None:
        s3, far = client("s3"), client("s3", OTHER)
        s3.create_bucket(Bucket="acme-shared", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        self.refused("AccessDenied", "because no resource-based policy allows", far.put_object, Bucket="acme-shared", Key="a", Body=b"x")
        policy = document(allow("s3:PutObject", "arn:aws:s3:::acme-shared/*", Principal={"AWS": OTHER}))
        s3.put_bucket_policy(Bucket="acme-shared", Policy=policy)
        far.put_object(Bucket="acme-shared", Key="a", Body=b"x")

    def test_a_key_s_policy_decides(self) -> None:
        kms = client("kms")
        session = self.session(allow("kms:*"))
        policy = document(allow("kms:*", Principal={"AWS": OTHER}))
        closed = kms.create_key(Policy=policy, BypassPolicyLockoutSafetyCheck=True)["KeyMetadata"]["Arn"]
        text = "because no resource-based policy allows"
        self.refused("AccessDeniedException", text, self.of(session, "kms").encrypt, KeyId=closed, Plaintext=b"x")
        own = kms.create_key()["KeyMetadata"]["Arn"]
        self.of(session, "kms").encrypt(KeyId=own, Plaintext=b"x")
        self.refused("AccessDeniedException", "no identity-based policy", self.of(self.session(), "kms").encrypt, KeyId=own, Plaintext=b"x")

    def test_registering_a_task_definition_needs_pass_role(self) -> None:
        task = self.role(trusted=trust({"Service": "ecs-tasks.amazonaws.com"}))
        register = {"family": "enforced", "taskRoleArn": task, "containerDefinitions": [{"name": "a", "image": "x", "memory": 128}]}
        without = self.of(self.session(allow("ecs:*")), "ecs")
        self.refused("AccessDeniedException", "iam:PassRole on resource: " + task, without.register_task_definition, **register)
        passing = allow("iam:PassRole", task, Condition={"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}})
        self.of(self.session(allow("ecs:*"), passing), "ecs").register_task_definition(**register)

    def test_a_trust_policy_decides_who_assumes_a_role(self) -> None:
        arn = self.role(trusted=trust({"AWS": OTHER}))
        text = "because no role trust policy allows the sts:AssumeRole action"
        self.refused("AccessDenied", text, client("sts").assume_role, RoleArn=arn, RoleSessionName="run")
        client("sts", OTHER).assume_role(RoleArn=arn, RoleSessionName="run")

    def test_a_github_job_can_assume_the_role_that_trusts_it(self) -> None:
        client("iam").create_open_id_connect_provider(Url=f"https://{GITHUB}", ClientIDList=["sts.amazonaws.com"])
        provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"}
        subject = {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com", f"{GITHUB}:sub": "repo:acme/shop:environment:production"}}
        arn = self.role(allow("ecs:*"), trusted=trust(provider, "sts:AssumeRoleWithWebIdentity", Condition=subject))

        def ask(subject: str) -> Any:
            now = int(time.time())
            claims = {"iss": f"https://{GITHUB}", "aud": "sts.amazonaws.com", "sub": subject, "iat": now, "exp": now + 300}
            token = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({}, claims, {}))
            return client("sts").assume_role_with_web_identity(RoleArn=arn, RoleSessionName="run", WebIdentityToken=token)

        self.of(ask("repo:acme/shop:environment:production")["Credentials"], "ecs").list_clusters()
        text = "^Not authorized to perform sts:AssumeRoleWithWebIdentity$"
        self.refused("AccessDenied", text, ask, subject="repo:acme/shop:pull_request")

    def test_a_session_token_of_another_key_is_rejected(self) -> None:
        session = {**self.session(allow("ecs:*")), "SessionToken": "another"}
        text = "security token included in the request is invalid"
        self.refused("UnrecognizedClientException", text, self.of(session, "ecs").list_clusters)


if __name__ == "__main__":
    unittest.main()
