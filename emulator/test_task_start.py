"""A task starts only if ECS may assume its roles, and the execution role may do what ECS does before the containers run."""

from __future__ import annotations

import itertools
import json
import unittest
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError
from testing import ACCOUNT, REGION, client, covers, shared

NAME = "task-start"
IMAGE = f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/{NAME}:1"
REPOSITORY = f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{NAME}"
GROUP, STREAM = f"arn:aws:logs:{REGION}:{ACCOUNT}:log-group:/ecs/{NAME}", "web/web/"
KEYS = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/*"
TASKS = {"Service": "ecs-tasks.amazonaws.com"}
POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
SOURCE = {"StringEquals": {"aws:SourceAccount": ACCOUNT}, "ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:*"}}
BREAKER: dict[str, Any] = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}

INITIALIZATION = (
    "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: "
    "unable to retrieve "
)
LOGS = (
    "ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log "
    "stream: "
)
PULL = "CannotPullContainerError: pull access denied for "

# The permission that is removed, the resource on which ECS needs it, and the start of the task's stopped reason.
NEEDED = (
    ("ecr:GetAuthorizationToken", "*", f"{INITIALIZATION}ecr registry auth: "),
    ("ecr:BatchCheckLayerAvailability", REPOSITORY, PULL),
    ("ecr:GetDownloadUrlForLayer", REPOSITORY, PULL),
    ("ecr:BatchGetImage", REPOSITORY, PULL),
    ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:{NAME}-??????",
        f"{INITIALIZATION}secret from asm: "),
    ("ssm:GetParameters", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{NAME}/plain", f"{INITIALIZATION}secrets from ssm: "),
    ("ssm:GetParameters", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{NAME}-secure", f"{INITIALIZATION}secrets from ssm: "),
    ("kms:Decrypt", KEYS, f"{INITIALIZATION}secret from asm: ", "secretsmanager"),
    ("kms:Decrypt", KEYS, f"{INITIALIZATION}secrets from ssm: ", "ssm"),
    ("logs:CreateLogStream", f"{GROUP}:*", LOGS),
    ("logs:PutLogEvents", f"{GROUP}:log-stream:{STREAM}*", LOGS),
)


def document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


class TaskStartTests(unittest.TestCase):
    numbers = itertools.count()

    @classmethod
    def setUpClass(cls) -> None:
        cls.ecs = client("ecs")
        cls.ecs.create_cluster(clusterName=NAME)
        ec2 = client("ec2")
        vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.8.0.0/24")["Subnet"]["SubnetId"]
        group = ec2.create_security_group(GroupName=NAME, Description=NAME, VpcId=vpc)["GroupId"]
        cls.network = {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group]}}
        client("ecr").create_repository(repositoryName=NAME)
        manifest = ('{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", '
                    '"layers": [{"digest": "sha256:%s"}]}' % ("c" * 64))
        client("ecr").put_image(repositoryName=NAME, imageManifest=manifest, imageTag="1")
        client("logs").create_log_group(logGroupName=f"/ecs/{NAME}")
        cls.key = client("kms").create_key()["KeyMetadata"]["Arn"]
        value = json.dumps({"password": "p"})
        cls.secret = client("secretsmanager").create_secret(Name=NAME, SecretString=value, KmsKeyId=cls.key)["ARN"]
        client("ssm").put_parameter(Name=f"/{NAME}/plain", Value="v", Type="String")
        client("ssm").put_parameter(Name=f"{NAME}-secure", Value="v", Type="SecureString", KeyId=cls.key)

    def role(self, name: str, *denied: dict[str, Any], **trust: Any) -> str:
        """A role with the permissions of the AWS managed policy and those that secrets need, minus what is denied."""
        iam = client("iam")
        statement = {"Effect": "Allow", "Principal": TASKS, "Action": "sts:AssumeRole", "Condition": SOURCE, **trust}
        arn = iam.create_role(RoleName=name, AssumeRolePolicyDocument=document(statement))["Role"]["Arn"]
        iam.attach_role_policy(RoleName=name, PolicyArn=POLICY)
        secrets = {"Effect": "Allow", "Action": ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt"], "Resource": "*"}
        iam.put_role_policy(
            RoleName=name, PolicyName="secrets", PolicyDocument=document(secrets, *({"Effect": "Deny", **each} for each in denied)))
        return str(arn)

    def revision(self, execution: str | None, task: str | None = None, **container: Any) -> str:
        """A task definition that needs every permission of its execution role, unless the container overrides it."""
        options = {"awslogs-group": f"/ecs/{NAME}", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}
        values = {"KEY": f"{self.secret}:password:AWSCURRENT:", "PLAIN": f"/{NAME}/plain",
            "SECURE": f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{NAME}-secure"}
        definition = {
            "name": "web", "image": IMAGE, "logConfiguration": {"logDriver": "awslogs", "options": options},
            "secrets": [{"name": name, "valueFrom": value} for name, value in values.items()], **container,
        }
        roles = {name: arn for name, arn in (("executionRoleArn", execution), ("taskRoleArn", task)) if arn}
        made = self.ecs.register_task_definition(
            family=f"{NAME}-{next(self.numbers)}", cpu="256", memory="512", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
            containerDefinitions=[definition], **roles,
        )
        return str(made["taskDefinition"]["taskDefinitionArn"])

    def run_task(self, revision: str, **more: Any) -> dict[str, Any]:
        (task,) = self.ecs.run_task(cluster=NAME, taskDefinition=revision, launchType="FARGATE", networkConfiguration=self.network, **more)[
            "tasks"]
        return dict(self.ecs.describe_tasks(cluster=NAME, tasks=[task["taskArn"]])["tasks"][0])

    def service(self, revision: str) -> str:
        name = f"service-{next(self.numbers)}"
        self.ecs.create_service(
            cluster=NAME, serviceName=name, taskDefinition=revision, desiredCount=1, launchType="FARGATE",
            networkConfiguration=self.network,
            deploymentConfiguration=BREAKER,
        )
        return name

    def read(self, service: str) -> dict[str, Any]:
        return dict(self.ecs.describe_services(cluster=NAME, services=[service])["services"][0])

    def assert_not_started(self, task: dict[str, Any], reason: str) -> None:
        self.assertEqual((task["lastStatus"], task["stopCode"]), ("STOPPED", "TaskFailedToStart"), task["stoppedReason"])
        self.assertRegex(task["stoppedReason"], reason)
        self.assertNotIn("exitCode", task["containers"][0])

    @staticmethod
    def records(role: str) -> Iterator[dict[str, Any]]:
        lines = (shared().state_file.parent / "authorizations.jsonl").read_text(encoding="utf-8").splitlines()
        return (each for each in map(json.loads, lines) if each.get("role") == role)

    @covers("ecs", "RunTask", "CreateService")
    def test_a_role_with_all_permissions_starts_tasks(self) -> None:
        role = self.role("start-whole")
        revision = self.revision(role, task=self.role("start-task"))
        task = self.run_task(revision)
        self.assertEqual((task["stopCode"], task["containers"][0]["exitCode"]), ("EssentialContainerExited", 0), task["stoppedReason"])
        (deployment,) = self.read(self.service(revision))["deployments"]
        self.assertEqual((deployment["rolloutState"], deployment["runningCount"]), ("COMPLETED", 1))
        asked = {(each["operation"], each["action"], each["resource"]) for each in self.records(role)}
        id = task["taskArn"].rsplit("/", 1)[-1]
        for action, resource in (
            ("ecr:BatchGetImage", REPOSITORY), ("secretsmanager:GetSecretValue", self.secret), ("kms:Decrypt", self.key),
            ("ssm:GetParameters", f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter/{NAME}/plain"),
            ("logs:PutLogEvents", f"{GROUP}:log-stream:{STREAM}{id}"),
        ):
            self.assertIn(("RunTask", action, resource), asked)

    @covers("ecs", "RunTask")
    def test_a_task_does_not_start_without_any_one_of_the_execution_role_s_permissions(self) -> None:
        for number, (action, resource, said, *service) in enumerate(NEEDED):
            with self.subTest(f"{action} {resource} {service}"):
                through = {"Condition": {"StringEquals": {"kms:ViaService": f"{service[0]}.{REGION}.amazonaws.com"}}} if service else {}
                role = self.role(f"start-without-{number}", {"Action": action, "Resource": resource, **through})
                task = self.run_task(self.revision(role))
                session = f"arn:aws:sts::{ACCOUNT}:assumed-role/start-without-{number}/{task['taskArn'].rsplit('/', 1)[-1]}"
                self.assert_not_started(task, f"^{said}.*User: {session} is not authorized to perform: {action} on resource: ")
                self.assertIn(f"REFUSED ecs RunTask: {session} {action} on ", shared().log_file.read_text(encoding="utf-8"))
                (refused,) = (each for each in self.records(role) if not each["allowed"])
                self.assertEqual((refused["service"], refused["operation"], refused["action"]), ("ecs", "RunTask", action))

    @covers("ecs", "UpdateService")
    def test_a_deployment_whose_role_lacks_a_permission_is_rolled_back(self) -> None:
        whole = self.revision(self.role("deploy-whole"))
        lacking = self.revision(self.role("deploy-lacking", {"Action": "secretsmanager:GetSecretValue", "Resource": "*"}))
        name = self.service(whole)
        self.ecs.update_service(cluster=NAME, service=name, taskDefinition=lacking)
        service = self.read(name)
        self.assertEqual((service["taskDefinition"], service["runningCount"]), (whole, 1))
        self.assertRegex(service["events"][1]["message"],
            "deployment failed: ResourceInitializationError.*not authorized to perform: secretsmanager:GetSecretValue")
        (deployment,) = self.read(self.service(lacking))["deployments"]
        self.assertEqual((deployment["rolloutState"], deployment["runningCount"]), ("FAILED", 0))

    def test_a_task_with_a_missing_resource_does_not_start(self) -> None:
        role = self.role("start-absent")
        secrets = client("secretsmanager")
        empty = secrets.create_secret(Name=f"{NAME}-empty")["ARN"]
        cases = (
            (f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:missing-a1b2c3",
                "secret:missing-a1b2c3 .*ResourceNotFoundException: .*can't find the specified secret"),
            (empty, "ResourceNotFoundException: .*secret value for staging label: AWSCURRENT"),
            (f"{self.secret}::AWSPENDING:", "staging label: AWSPENDING"),
            (f"{self.secret}:::{'0' * 32}", "VersionId: 0{32}"),
            (f"{self.secret}:user::", "did not contain json key user"),
            (f"/{NAME}/missing", f"secrets from ssm: .*invalid ssm parameters: /{NAME}/missing"),
        )
        for value, reason in cases:
            with self.subTest(value):
                self.assert_not_started(self.run_task(self.revision(role, secrets=[{"name": "X", "valueFrom": value}])), reason)
        options = {"awslogs-group": "/ecs/missing", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}
        logs = lambda **more: {"logConfiguration": {"logDriver": "awslogs", "options": {**options, **more}}}  # noqa: E731
        self.assert_not_started(self.run_task(self.revision(role, **logs())), f"^{LOGS}ResourceNotFoundException")
        # The AWS managed policy does not allow it to create log groups.
        creates = logs(**{"awslogs-create-group": "true"})
        self.assert_not_started(
            self.run_task(self.revision(role, **creates)), "not authorized to perform: logs:CreateLogGroup on resource: ")

    def test_a_role_that_ecs_cannot_assume_starts_nothing(self) -> None:
        whole = self.role("assume-whole")
        cluster = {"ArnLike": {"aws:SourceArn": f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/{NAME}"}}
        for name, trust in (
            ("of-another-account", {"Condition": {"StringEquals": {"aws:SourceAccount": "222222222222"}}}),
            ("of-another-service", {"Principal": {"Service": "backup.amazonaws.com"}}),
            # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html: a cluster cannot be named.
            ("of-a-cluster", {"Condition": cluster}),
        ):
            role = self.role(name, **trust)
            for revision in (self.revision(role), self.revision(whole, task=role)):
                with self.subTest(name):
                    refusal = f"ClientException.*ECS was unable to assume the role '{role}' that was provided for this task"
                    with self.assertRaisesRegex(ClientError, refusal):
                        self.run_task(revision)
                    self.assertIn(
                        f"REFUSED ecs RunTask: ecs-tasks.amazonaws.com cannot assume {role}",
                        shared().log_file.read_text(encoding="utf-8"))
                    service = self.read(self.service(revision))
                    self.assertEqual(service["deployments"][0]["rolloutState"], "FAILED")
                    self.assertIn(
                        f"failed to launch a task with (error ECS was unable to assume the role '{role}'",
                        service["events"][0]["message"])

    def test_a_role_of_the_request_replaces_the_definition_s(self) -> None:
        lacking = self.role("override-lacking", {"Action": "ecr:BatchGetImage", "Resource": REPOSITORY})
        whole = self.role("override-whole")
        task = self.run_task(self.revision(lacking), overrides={"executionRoleArn": whole})
        self.assertEqual(task["stopCode"], "EssentialContainerExited")
        self.assert_not_started(self.run_task(self.revision(whole), overrides={"executionRoleArn": lacking}), "ecr:BatchGetImage")

    def test_a_key_policy_without_the_role_denies_access(self) -> None:
        nobody = client("iam").create_role(RoleName="start-nobody", AssumeRolePolicyDocument=document())["Role"]["Arn"]
        key = client("kms").create_key()["KeyMetadata"]["Arn"]
        secret = client("secretsmanager").create_secret(Name=f"{NAME}-key", SecretString="s", KmsKeyId=key)["ARN"]
        policy = document({"Effect": "Allow", "Principal": {"AWS": nobody}, "Action": "kms:*", "Resource": "*"})
        client("kms").put_key_policy(KeyId=key, PolicyName="default", Policy=policy, BypassPolicyLockoutSafetyCheck=True)
        task = self.run_task(self.revision(self.role("start-key"), secrets=[{"name": "X", "valueFrom": secret}]))
        self.assert_not_started(task, f"kms:Decrypt on resource: {key} because no resource-based policy allows")

    def test_an_image_of_another_account_needs_its_repository_s_policy(self) -> None:
        owner = client("ecr", account="222222222222")
        owner.create_repository(repositoryName=NAME)
        manifest = '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": []}'
        owner.put_image(repositoryName=NAME, imageManifest=manifest, imageTag="1")
        revision = self.revision(self.role("start-other"), image=IMAGE.replace(ACCOUNT, "222222222222"))
        self.assert_not_started(self.run_task(revision), "ecr:BatchCheckLayerAvailability .* because no resource-based policy allows")
        allowed = {
            "Effect": "Allow", "Principal": {"AWS": ACCOUNT},
            "Action": ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
        }
        owner.set_repository_policy(repositoryName=NAME, policyText=document(allowed))
        self.assertEqual(self.run_task(revision)["stopCode"], "EssentialContainerExited")

    def test_a_public_image_needs_no_permission_of_ecr(self) -> None:
        role = self.role("start-public", {"Action": "ecr:*", "Resource": "*"})
        stopped = self.run_task(self.revision(role, image="public.ecr.aws/docker/library/nginx:1"))
        self.assertEqual(stopped["stopCode"], "EssentialContainerExited")


if __name__ == "__main__":
    unittest.main()
