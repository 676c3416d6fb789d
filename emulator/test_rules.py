"""AWS's semantic rules: each refuses what AWS refuses, with AWS's code, and lets pass what AWS takes."""

from __future__ import annotations

import functools
import json
import unittest
from collections.abc import Callable
from typing import Any, TypeVar

import rules
from botocore.exceptions import ClientError
from testing import ACCOUNT, client, role

COVERED: set[str] = set()
OTHER_ACCOUNT = "222222222222"

_Test = TypeVar("_Test", bound=Callable[..., Any])


def covers(*names: str) -> Callable[[_Test], _Test]:
    """Marks a test as the one of these rules; the last test asks for all of them."""
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


class IamRules(RuleCase):
    def setUp(self) -> None:
        self.iam = client("iam")

    @covers("inline_policies_of_a_role_within_quota")
    def test_inline_policies_together(self) -> None:
        role("rules-quota", "ecs-tasks.amazonaws.com")
        half = policy(Action="s3:GetObject", Resource=[f"arn:aws:s3:::acme-{number:030}" for number in range(120)])
        self.assertLess(len(half.replace(" ", "")), 10240)
        self.iam.put_role_policy(RoleName="rules-quota", PolicyName="a", PolicyDocument=half)
        # The same name again replaces what is there.
        self.iam.put_role_policy(RoleName="rules-quota", PolicyName="a", PolicyDocument=half)
        self.refused("LimitExceeded", "Maximum policy size of 10240 bytes exceeded for role rules-quota",
                     self.iam.put_role_policy, RoleName="rules-quota", PolicyName="b", PolicyDocument=half)

    @covers("managed_policy_within_quota")
    def test_managed_policy(self) -> None:
        spaced = json.dumps(json.loads(policy(Action="s3:*", Resource=[f"arn:aws:s3:::acme-{n:030}" for n in range(100)])), indent=20)
        self.assertGreater(len(spaced), 6144)
        self.iam.create_policy(PolicyName="rules-spaced", PolicyDocument=spaced)
        long = policy(Action="s3:*", Resource=[f"arn:aws:s3:::acme-{n:030}" for n in range(140)])
        self.refused("LimitExceeded", "Cannot exceed quota for PolicySize: 6144", self.iam.create_policy, PolicyName="rules-long", PolicyDocument=long)

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

    def test_what_moto_refuses_itself(self) -> None:
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
                self.refused("MalformedPolicyDocument", "", self.iam.put_role_policy, RoleName="rules-used", PolicyName="a", PolicyDocument=document)
        self.iam.put_role_policy(RoleName="rules-used", PolicyName="a", PolicyDocument=policy(Action="s3:*", Resource="*"))
        self.refused("DeleteConflict", "must delete policies first", self.iam.delete_role, RoleName="rules-used")


class TaskDefinitionRules(RuleCase):
    def register(self, *containers: dict[str, Any], **changed: Any) -> Any:
        parameters = {"family": "rules", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], **changed}
        return client("ecs").register_task_definition(
            containerDefinitions=[{"image": "nginx", "name": f"c{number}", **container} for number, container in enumerate(containers)],
            **{name: value for name, value in parameters.items() if value is not None},
        )

    @covers("container_names_are_unique")
    def test_container_names(self) -> None:
        self.refused("ClientException", "Container names must be unique", lambda: self.register({"name": "web"}, {"name": "web"}))

    @covers("port_mapping_names_are_unique")
    def test_port_mapping_names(self) -> None:
        """Finding A13."""
        web, sidecar = {"portMappings": [{"containerPort": 80, "name": "http"}]}, {"portMappings": [{"containerPort": 81, "name": "http"}]}
        self.refused("ClientException", "'http' is used more than once", lambda: self.register(web, sidecar))
        self.register(web, {"portMappings": [{"containerPort": 81, "name": "sidecar"}, {"containerPort": 82}, {"containerPort": 83}]})

    @covers("ports_of_a_task_are_unique")
    def test_ports(self) -> None:
        self.refused("ClientException", "TCP host port '80' is mapped multiple times in task.",
                     lambda: self.register({"portMappings": [{"containerPort": 80}]}, {"portMappings": [{"containerPort": 80}]}))
        self.register({"portMappings": [{"containerPort": 80}, {"containerPort": 80, "protocol": "udp"}]})

    @covers("fargate_has_this_size")
    def test_sizes(self) -> None:
        for cpu, memory in (("256", "4096"), ("300", "512"), ("1024", "1024"), ("8192", "18432")):
            self.refused("ClientException", f"No Fargate configuration exists for given values: {cpu} CPU, {memory} memory",
                         lambda cpu=cpu, memory=memory: self.register({}, cpu=cpu, memory=memory))
        self.refused("ClientException", "Fargate requires that 'cpu'", lambda: self.register({}, cpu=None))
        for cpu, memory in (("256", "512"), (".25 vCPU", "0.5 GB"), ("1 vCPU", "2GB"), ("16384", "122880")):
            self.register({}, cpu=cpu, memory=memory)

    @covers("fargate_has_these_parameters")
    def test_parameters(self) -> None:
        for refused in ({"sharedMemorySize": 64}, {"maxSwap": 1}, {"capabilities": {"add": ["NET_ADMIN"]}}):
            self.refused("ClientException", "Fargate", lambda refused=refused: self.register({"linuxParameters": refused}))
        self.refused("ClientException", "network mode", lambda: self.register({}, networkMode="bridge"))
        self.refused("ClientException", "privileged", lambda: self.register({"privileged": True}))
        tmpfs = [{"containerPath": "/tmp", "size": 64, "mountOptions": ["nosuid"]}]
        self.register({"linuxParameters": {"tmpfs": tmpfs, "initProcessEnabled": True, "capabilities": {"drop": ["ALL"]}}})


class ServiceRules(RuleCase):
    def setUp(self) -> None:
        self.ecs = client("ecs")
        self.name = self._testMethodName
        self.ecs.create_cluster(clusterName=self.name)
        self.definition = self.register()
        # AWS falls back to the VPC's default group; moto stumbles without one.
        self.network = {"awsvpcConfiguration": {"subnets": network()[1], "securityGroups": [network()[2]]}}

    def register(self) -> str:
        return self.ecs.register_task_definition(
            family=self.name, cpu="256", memory="512", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80}]}],
        )["taskDefinition"]["taskDefinitionArn"]

    def create(self, **changed: Any) -> Any:
        parameters = {"launchType": "FARGATE", "networkConfiguration": self.network, **changed}
        return self.ecs.create_service(cluster=self.name, serviceName="web", taskDefinition=self.definition, desiredCount=1,
                                       **{name: value for name, value in parameters.items() if value is not None})

    @covers("capacity_providers_are_associated")
    def test_capacity_providers(self) -> None:
        """Finding A7."""
        spot = [{"capacityProvider": "FARGATE_SPOT", "weight": 1}]
        self.refused("InvalidParameterException", "not associated with the cluster",
                     lambda: self.create(capacityProviderStrategy=spot, launchType=None))
        self.ecs.put_cluster_capacity_providers(cluster=self.name, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[])
        self.create(capacityProviderStrategy=spot, launchType=None)

    @covers("task_definition_is_active")
    def test_inactive_task_definition(self) -> None:
        """Finding A14."""
        self.create()
        newer = self.register()
        self.ecs.deregister_task_definition(taskDefinition=newer)
        for call, parameters in ((self.ecs.update_service, {"service": "web"}), (self.ecs.run_task, {"networkConfiguration": self.network})):
            self.refused("ClientException", "TaskDefinition is inactive", call, cluster=self.name, taskDefinition=newer, **parameters)
        self.ecs.deregister_task_definition(taskDefinition=self.definition)
        self.ecs.update_service(cluster=self.name, service="web", taskDefinition=self.definition, desiredCount=2)

    @covers("target_groups_have_a_load_balancer")
    def test_target_group_without_a_load_balancer(self) -> None:
        elbv2 = client("elbv2")
        arn = elbv2.create_target_group(Name="rules-alone", Protocol="HTTP", Port=80, VpcId=network()[0], TargetType="ip")["TargetGroups"][0]["TargetGroupArn"]
        balancers = [{"targetGroupArn": arn, "containerName": "web", "containerPort": 80}]
        self.refused("InvalidParameterException", f"The target group with targetGroupArn {arn} does not have an associated load balancer.",
                     lambda: self.create(loadBalancers=balancers))
        balancer = elbv2.create_load_balancer(Name="rules-service", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        elbv2.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}])
        self.create(loadBalancers=balancers)

    @covers("service_with_awsvpc_has_a_network")
    def test_network(self) -> None:
        self.refused("InvalidParameterException", "Network Configuration must be provided", lambda: self.create(networkConfiguration=None))


class LoadBalancerRules(RuleCase):
    def test_what_moto_refuses_itself(self) -> None:
        """Finding A8: a target group in use cannot be replaced, and its name is taken."""
        elbv2 = client("elbv2")
        group = {"Name": "rules-used", "Protocol": "HTTP", "VpcId": network()[0], "TargetType": "ip"}
        arn = elbv2.create_target_group(**group, Port=80)["TargetGroups"][0]["TargetGroupArn"]
        self.refused("DuplicateTargetGroupName", "", elbv2.create_target_group, **group, Port=81)
        balancer = elbv2.create_load_balancer(Name="rules-used", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
        listener = elbv2.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[fixed])["Listeners"][0]["ListenerArn"]
        rule = elbv2.create_rule(
            ListenerArn=listener, Priority=1, Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
            Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": arn}]}}],
        )["Rules"][0]["RuleArn"]
        self.refused("ResourceInUse", "is currently in use by a listener or a rule", elbv2.delete_target_group, TargetGroupArn=arn)
        elbv2.delete_rule(RuleArn=rule)
        elbv2.delete_target_group(TargetGroupArn=arn)

    @covers("listener_has_an_issued_certificate")
    def test_certificate(self) -> None:
        elbv2, acm = client("elbv2"), client("acm")
        balancer = elbv2.create_load_balancer(Name="rules-https", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        listener = {"LoadBalancerArn": balancer, "Protocol": "HTTPS", "Port": 443,
                    "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]}
        self.refused("ValidationError", "A certificate must be specified for HTTPS listeners", elbv2.create_listener, **listener)
        elsewhere = client("acm", region="us-east-1").request_certificate(DomainName="example.com", ValidationMethod="DNS")["CertificateArn"]
        self.refused("CertificateNotFound", elsewhere, elbv2.create_listener, **listener, Certificates=[{"CertificateArn": elsewhere}])
        here = acm.request_certificate(DomainName="example.com", ValidationMethod="DNS")["CertificateArn"]
        elbv2.create_listener(**listener, Certificates=[{"CertificateArn": here}])


class DatabaseRules(RuleCase):
    def setUp(self) -> None:
        self.rds = client("rds")
        self.name = self._testMethodName.replace("_", "-")
        for family in ("postgres16", "postgres17"):
            self.rds.create_db_parameter_group(DBParameterGroupName=f"{self.name}-{family}", DBParameterGroupFamily=family, Description="rules")

    def create(self, **changed: Any) -> None:
        self.rds.create_db_instance(
            DBInstanceIdentifier=self.name, DBInstanceClass="db.t4g.micro", Engine="postgres", EngineVersion="16.4", AllocatedStorage=20,
            MasterUsername="acme", MasterUserPassword="emulator-1", **{"DBParameterGroupName": f"{self.name}-postgres16", **changed},
        )

    @covers("major_upgrade_is_allowed", "major_upgrade_names_a_parameter_group")
    def test_major_upgrade(self) -> None:
        """Finding A6."""
        self.create()
        change = {"DBInstanceIdentifier": self.name, "ApplyImmediately": True}
        self.rds.modify_db_instance(**change, EngineVersion="16.6")
        self.refused("InvalidParameterCombination", "The AllowMajorVersionUpgrade flag must be present",
                     self.rds.modify_db_instance, **change, EngineVersion="17.2", DBParameterGroupName=f"{self.name}-postgres17")
        self.refused("InvalidParameterCombination", "You must explicitly specify a new DB instance parameter group",
                     self.rds.modify_db_instance, **change, EngineVersion="17.2", AllowMajorVersionUpgrade=True)
        self.refused("InvalidParameterCombination", "Cannot upgrade postgres from 16.6 to 15.8", self.rds.modify_db_instance, **change,
                     EngineVersion="15.8", AllowMajorVersionUpgrade=True, DBParameterGroupName=f"{self.name}-postgres16")
        self.rds.modify_db_instance(**change, EngineVersion="17.2", AllowMajorVersionUpgrade=True, DBParameterGroupName=f"{self.name}-postgres17")

    @covers("parameter_group_fits_the_version")
    def test_parameter_group_family(self) -> None:
        self.refused("InvalidParameterCombination", "Please use a Parameter Group with DBParameterGroupFamily postgres16",
                     lambda: self.create(DBParameterGroupName=f"{self.name}-postgres17"))
        self.create()
        self.refused("InvalidParameterCombination", "DBParameterGroupFamily postgres17 can't be used", self.rds.modify_db_instance,
                     DBInstanceIdentifier=self.name, DBParameterGroupName=f"{self.name}-postgres17")

    @covers("parameter_group_is_not_in_use")
    def test_parameter_group_in_use(self) -> None:
        """Finding A6."""
        self.create()
        self.refused("InvalidDBParameterGroupState", "still members of this parameter group",
                     self.rds.delete_db_parameter_group, DBParameterGroupName=f"{self.name}-postgres16")
        self.rds.delete_db_parameter_group(DBParameterGroupName=f"{self.name}-postgres17")

    @covers("subnet_group_is_not_in_use")
    def test_subnet_group_in_use(self) -> None:
        self.rds.create_db_subnet_group(DBSubnetGroupName=self.name, DBSubnetGroupDescription="rules", SubnetIds=network()[1])
        self.create(DBSubnetGroupName=self.name)
        self.refused("InvalidDBSubnetGroupStateFault", "is still using it", self.rds.delete_db_subnet_group, DBSubnetGroupName=self.name)


class BuildRules(RuleCase):
    def project(self, **changed: Any) -> str:
        client("codebuild").create_project(**{
            "name": self._testMethodName, "source": {"type": "NO_SOURCE", "buildspec": "version: 0.2"}, "artifacts": {"type": "NO_ARTIFACTS"},
            "environment": {"type": "ARM_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"},
            "serviceRole": role("rules-build", "codebuild.amazonaws.com"), **changed,
        })
        return self._testMethodName

    @covers("concurrent_builds_within_limit")
    def test_concurrent_builds(self) -> None:
        """Finding A12: a project with a limit refuses one more build, it does not queue it."""
        codebuild = client("codebuild")
        name = self.project(concurrentBuildLimit=1)
        first = codebuild.start_build(projectName=name)["build"]["id"]
        self.refused("AccountLimitExceededException", "Cannot have more than 1 active builds", codebuild.start_build, projectName=name)
        codebuild.batch_get_builds(ids=[first])
        codebuild.start_build(projectName=name)

    @covers("service_role_trusts_codebuild")
    def test_service_role(self) -> None:
        for arn in (missing_role(), role("rules-scheduler", "scheduler.amazonaws.com")):
            self.refused("InvalidInputException", "CodeBuild is not authorized to perform: sts:AssumeRole", lambda arn=arn: self.project(serviceRole=arn))


class ScheduleRules(RuleCase):
    @covers("target_role_trusts_scheduler")
    def test_target_role(self) -> None:
        def create(arn: str) -> None:
            client("scheduler").create_schedule(
                Name="rules", ScheduleExpression="rate(1 day)", FlexibleTimeWindow={"Mode": "OFF"},
                Target={"Arn": "arn:aws:scheduler:::aws-sdk:codebuild:startBuild", "RoleArn": arn, "Input": "{}"},
            )

        self.refused("ValidationException", "must allow AWS EventBridge Scheduler to assume the role",
                     lambda: create(role("rules-build", "codebuild.amazonaws.com")))
        create(role("rules-scheduler", "scheduler.amazonaws.com"))


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
        self.refused("MalformedPolicyDocumentException", "in the future", kms.put_key_policy, KeyId=key, PolicyName="default", Policy=closed)
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
        s3.put_bucket_policy(Bucket="rules-policy", Policy=policy(Principal=self.OWNER, Action=["s3:GetObject", "s3:ListBucket"], Resource=[bucket, objects]))

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
        for statement in ({"Action": "sns:*"}, {"Action": "sqs:SendMessage"}, {"Effect": "Perhaps"}, {"Principal": {"AWS": missing_role()}}):
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
        self.refused("MalformedPolicyDocumentException", "unsupported principal", secrets.put_resource_policy, SecretId="rules", ResourcePolicy=document)


class OtherRules(RuleCase):
    @covers("retention_is_offered")
    def test_log_retention(self) -> None:
        logs = client("logs")
        logs.create_log_group(logGroupName="rules")
        self.refused("InvalidParameterException", "Value '31' at 'retentionInDays'", logs.put_retention_policy, logGroupName="rules", retentionInDays=31)
        logs.put_retention_policy(logGroupName="rules", retentionInDays=30)

    @covers("immutable_tag_stays")
    def test_immutable_tags(self) -> None:
        """Finding C6."""
        ecr = client("ecr")
        ecr.create_repository(repositoryName="rules", imageTagMutability="IMMUTABLE")

        def push(layer: str) -> None:
            manifest = {"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
                        "config": {"digest": "sha256:" + "0" * 64, "size": 1}, "layers": [{"digest": f"sha256:{layer * 64}", "size": 1}]}
            ecr.put_image(repositoryName="rules", imageManifest=json.dumps(manifest), imageTag="v1")

        push("1")
        self.refused("ImageTagAlreadyExistsException", "because the tag is immutable", lambda: push("2"))
        self.refused("ImageAlreadyExistsException", "v1", lambda: push("1"))

    def test_zones_which_moto_refuses_itself(self) -> None:
        """Finding A16."""
        ec2 = client("ec2", region="ap-northeast-1")
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.refused("InvalidParameterValue", "ap-northeast-1b", ec2.create_subnet,
                     VpcId=vpc, CidrBlock="10.9.0.0/24", AvailabilityZone="ap-northeast-1b")

    @covers("distribution_has_a_certificate_for_its_names")
    def test_certificate_of_a_distribution(self) -> None:
        cloudfront = client("cloudfront")
        arns = {region: client("acm", region=region).request_certificate(DomainName="*.example.com", ValidationMethod="DNS")["CertificateArn"]
                for region in ("us-east-1", "us-east-2")}

        def create(alias: str, region: str | None) -> None:
            viewer = {"ACMCertificateArn": arns[region], "SSLSupportMethod": "sni-only"} if region else {"CloudFrontDefaultCertificate": True}
            origin = {"Id": "a", "DomainName": "acme.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
            cloudfront.create_distribution(DistributionConfig={
                "CallerReference": alias + str(region), "Comment": "", "Enabled": True, "Aliases": {"Quantity": 1, "Items": [alias]},
                "Origins": {"Quantity": 1, "Items": [origin]}, "ViewerCertificate": viewer,
                "DefaultCacheBehavior": {"TargetOriginId": "a", "ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": "b"},
            })

        self.refused("InvalidViewerCertificate", "isn't in us-east-1", lambda: create("www.example.com", "us-east-2"))
        self.refused("InvalidViewerCertificate", "attach a trusted certificate", lambda: create("a.b.example.com", "us-east-1"))
        self.refused("InvalidViewerCertificate", "attach a trusted certificate", lambda: create("www.example.com", None))
        create("www.example.com", "us-east-1")


class RegistryTests(unittest.TestCase):
    def test_each_rule_has_a_test_and_a_source(self) -> None:
        self.assertEqual({each.name for each in rules.load()}, COVERED)
        for each in rules.load():
            self.assertRegex(each.source, r"^https://")


if __name__ == "__main__":
    unittest.main()
