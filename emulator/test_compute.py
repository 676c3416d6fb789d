"""ECS and Application Auto Scaling: what the Terraform provider reads back after a write."""

from __future__ import annotations

import unittest
from typing import Any

from testing import client, covers, role


def network() -> dict[str, Any]:
    ec2 = client("ec2")
    vpc = ec2.create_vpc(CidrBlock="10.8.0.0/16")["Vpc"]["VpcId"]
    subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.8.0.0/24")["Subnet"]["SubnetId"]
    group = ec2.create_security_group(GroupName="tasks", Description="tasks", VpcId=vpc)["GroupId"]
    return {"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": [group], "assignPublicIp": "DISABLED"}}


BREAKER: dict[str, Any] = {"deploymentCircuitBreaker": {"enable": True, "rollback": True}}


class ServiceTests(unittest.TestCase):
    def setUp(self) -> None:
        self.ecs = client("ecs")
        self.cluster = self._testMethodName.replace("_", "-")
        self.ecs.create_cluster(clusterName=self.cluster)
        self.revisions = [self._revision("256"), self._revision("512")]

    def _revision(self, cpu: str) -> str:
        return self.ecs.register_task_definition(
            family=self.cluster,
            cpu=cpu,
            memory="1024",
            networkMode="awsvpc",
            requiresCompatibilities=["FARGATE"],
            containerDefinitions=[{"name": "backend", "image": "nginx"}],
        )["taskDefinition"]["taskDefinitionArn"]

    def _create(self, **sent: Any) -> dict[str, Any]:
        self.ecs.create_service(cluster=self.cluster, serviceName="backend", taskDefinition=self.revisions[0], **sent)
        return self._read()

    def _read(self) -> dict[str, Any]:
        return self.ecs.describe_services(cluster=self.cluster, services=["backend"])["services"][0]

    @covers("ecs", "CreateService")
    def test_service_returns_everything_that_was_sent(self) -> None:
        deployment = {
            "maximumPercent": 150,
            "minimumHealthyPercent": 50,
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
            "alarms": {"alarmNames": ["cpu"], "enable": True, "rollback": True},
        }
        sent: dict[str, Any] = {
            "desiredCount": 2,
            "launchType": "FARGATE",
            "networkConfiguration": network(),
            "availabilityZoneRebalancing": "ENABLED",
            "deploymentConfiguration": deployment,
            "enableECSManagedTags": True,
            "enableExecuteCommand": True,
            "healthCheckGracePeriodSeconds": 60,
            "propagateTags": "SERVICE",
        }
        service = self._create(**sent)
        self.assertEqual({key: service[key] for key in sent}, sent)

    @covers("ecs", "CreateService")
    def test_service_is_steady_immediately(self) -> None:
        service = self._create(desiredCount=2, launchType="FARGATE", networkConfiguration=network())
        self.assertEqual((service["runningCount"], service["pendingCount"]), (2, 0))
        (deployment,) = service["deployments"]
        self.assertEqual((deployment["rolloutState"], deployment["runningCount"]), ("COMPLETED", 2))

    @covers("ecs", "CreateService")
    def test_capacity_providers_replace_a_launch_type(self) -> None:
        strategy = [{"capacityProvider": "FARGATE_SPOT", "weight": 1, "base": 0}]
        self.ecs.put_cluster_capacity_providers(
            cluster=self.cluster, capacityProviders=["FARGATE_SPOT"], defaultCapacityProviderStrategy=[])
        service = self._create(desiredCount=1, capacityProviderStrategy=strategy, networkConfiguration=network())
        self.assertEqual(service["capacityProviderStrategy"], strategy)
        self.assertNotIn("launchType", service)

    @covers("ecs", "UpdateService")
    def test_new_task_definition_is_a_new_deployment_and_steady(self) -> None:
        before = self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network())["deployments"][0]
        self.ecs.update_service(cluster=self.cluster, service="backend", taskDefinition=self.revisions[1], desiredCount=3)
        service = self._read()
        (deployment,) = service["deployments"]
        self.assertNotEqual(deployment["id"], before["id"])
        self.assertEqual(deployment["taskDefinition"], self.revisions[1])
        self.assertEqual((service["runningCount"], deployment["rolloutState"]), (3, "COMPLETED"))

    def _crashing(self) -> str:
        """A revision whose image is tagged crash."""
        registry = client("ecr")
        name = f"crashing-{self.cluster}"
        repository = registry.create_repository(repositoryName=name)["repository"]["repositoryUri"]
        manifest = ('{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", '
                    '"layers": [{"digest": "sha256:%s"}]}' % ("c" * 64))
        digest = registry.put_image(repositoryName=name, imageManifest=manifest, imageTag="crash")["image"]["imageId"]["imageDigest"]
        container = {"name": "backend", "image": f"{repository}@{digest}", "memory": 128}
        return self.ecs.register_task_definition(family=self.cluster, containerDefinitions=[container])["taskDefinition"][
            "taskDefinitionArn"]

    # Finding A4
    @covers("ecs", "UpdateService")
    def test_image_that_crashes_is_rolled_back(self) -> None:
        before = self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network(), deploymentConfiguration=BREAKER)
        self.ecs.update_service(cluster=self.cluster, service="backend", taskDefinition=self._crashing())
        service = self._read()
        self.assertEqual(service["taskDefinition"], before["taskDefinition"])
        self.assertEqual((service["runningCount"], service["deployments"][0]["rolloutState"]), (1, "COMPLETED"))
        self.assertNotEqual(service["deployments"][0]["id"], before["deployments"][0]["id"])
        self.assertIn("deployment failed", service["events"][1]["message"])

    # Finding A4
    @covers("ecs", "UpdateService")
    def test_image_that_crashes_without_a_rollback_keeps_failing(self) -> None:
        self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network())
        crashing = self._crashing()
        self.ecs.update_service(cluster=self.cluster, service="backend", taskDefinition=crashing)
        service = self._read()
        self.assertEqual((service["taskDefinition"], service["runningCount"]), (crashing, 0))
        self.assertEqual(service["deployments"][0]["rolloutState"], "IN_PROGRESS")

    # Finding A4
    @covers("ecs", "CreateService")
    def test_first_deployment_of_an_image_that_crashes_fails_and_stays(self) -> None:
        self.revisions[0] = self._crashing()
        service = self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network(), deploymentConfiguration=BREAKER)
        (deployment,) = service["deployments"]
        self.assertEqual((deployment["rolloutState"], deployment["runningCount"], service["runningCount"]), ("FAILED", 0, 0))
        self.assertIn("circuit breaker", deployment["rolloutStateReason"])

    # Finding A4
    @covers("ecs", "UpdateService")
    def test_image_that_crashes_gets_no_tasks_when_the_service_is_scaled_out(self) -> None:
        self.revisions[0] = self._crashing()
        asleep = self._create(desiredCount=0, launchType="FARGATE", networkConfiguration=network(), deploymentConfiguration=BREAKER)
        self.ecs.update_service(cluster=self.cluster, service="backend", desiredCount=2)
        service = self._read()
        self.assertEqual((service["desiredCount"], service["runningCount"]), (2, 0))
        self.assertEqual(service["deployments"][0]["id"], asleep["deployments"][0]["id"])

    def _absent(self) -> str:
        """A revision whose image is not in its private repository."""
        name = f"empty-{self.cluster}"
        repository = client("ecr").create_repository(repositoryName=name)["repository"]["repositoryUri"]
        execution = role("absent-execution", "ecs-tasks.amazonaws.com")
        client("iam").attach_role_policy(
            RoleName="absent-execution", PolicyArn="arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
        return self.ecs.register_task_definition(
            family=self.cluster, cpu="256", memory="1024", networkMode="awsvpc", requiresCompatibilities=["FARGATE"],
            executionRoleArn=execution,
            containerDefinitions=[{"name": "backend", "image": f"{repository}@sha256:{'d' * 64}"}],
        )["taskDefinition"]["taskDefinitionArn"]

    @covers("ecs", "UpdateService")
    def test_missing_image_is_rolled_back(self) -> None:
        before = self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network(), deploymentConfiguration=BREAKER)
        self.ecs.update_service(cluster=self.cluster, service="backend", taskDefinition=self._absent())
        service = self._read()
        self.assertEqual((service["taskDefinition"], service["runningCount"]), (before["taskDefinition"], 1))
        self.assertIn("CannotPullContainerError", service["events"][1]["message"])

    @covers("ecs", "CreateService")
    def test_first_deployment_of_a_missing_image_fails(self) -> None:
        self.revisions[0] = self._absent()
        service = self._create(desiredCount=1, launchType="FARGATE", networkConfiguration=network(), deploymentConfiguration=BREAKER)
        self.assertEqual((service["deployments"][0]["rolloutState"], service["runningCount"]), ("FAILED", 0))

    @covers("ecs", "RunTask")
    def test_task_with_a_missing_image_does_not_start(self) -> None:
        (task,) = self.ecs.run_task(
            cluster=self.cluster, taskDefinition=self._absent(), launchType="FARGATE", networkConfiguration=network(),
        )["tasks"]
        (ended,) = self.ecs.describe_tasks(cluster=self.cluster, tasks=[task["taskArn"]])["tasks"]
        self.assertEqual((ended["lastStatus"], ended["stopCode"]), ("STOPPED", "TaskFailedToStart"))
        self.assertIn("CannotPullContainerError", ended["stoppedReason"])
        self.assertNotIn("exitCode", ended["containers"][0])

    @covers("ecs", "RunTask", "ListTasks")
    def test_task_stops_with_the_exit_code_of_its_command(self) -> None:
        def run(command: list[str]) -> int:
            overrides = {"containerOverrides": [{"name": "backend", "command": command}]}
            (task,) = self.ecs.run_task(
                cluster=self.cluster, taskDefinition=self.revisions[0], launchType="FARGATE", overrides=overrides,
                networkConfiguration=network(), startedBy="test"
            )["tasks"]
            (ended,) = self.ecs.describe_tasks(cluster=self.cluster, tasks=[task["taskArn"]])["tasks"]
            self.assertEqual(ended["lastStatus"], "STOPPED")
            return ended["containers"][0]["exitCode"]

        self.assertEqual([run(["true"]), run(["false"]), run(["sh", "-c", "migrate; exit 3"])], [0, 1, 3])
        self.assertEqual(self.ecs.list_tasks(cluster=self.cluster, startedBy="test")["taskArns"], [])
        self.assertEqual(len(self.ecs.list_tasks(cluster=self.cluster, startedBy="test", desiredStatus="STOPPED")["taskArns"]), 3)

    @covers("ecs", "DescribeServices")
    def test_no_network_configuration_is_none_rather_than_empty(self) -> None:
        # A task needs a network configuration only in mode awsvpc, which Fargate uses.
        self.revisions[0] = self.ecs.register_task_definition(
            family=self.cluster, networkMode="bridge", containerDefinitions=[{"name": "backend", "image": "nginx", "memory": 512}],
        )["taskDefinition"]["taskDefinitionArn"]
        self.assertNotIn("networkConfiguration", self._create(desiredCount=0))
        self.ecs.update_service(cluster=self.cluster, service="backend", desiredCount=1)
        self.assertNotIn("networkConfiguration", self._read())


class InstanceTests(unittest.TestCase):
    @covers("ec2", "RunInstances")
    def test_instance_keeps_its_recovery_setting(self) -> None:
        ec2 = client("ec2")
        image = ec2.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        for sent, expected in (({}, "default"), ({"MaintenanceOptions": {"AutoRecovery": "disabled"}}, "disabled")):
            made = ec2.run_instances(ImageId=image, MinCount=1, MaxCount=1, **sent)["Instances"][0]["InstanceId"]
            (found,) = ec2.describe_instances(InstanceIds=[made])["Reservations"][0]["Instances"]
            self.assertEqual(found["MaintenanceOptions"], {"AutoRecovery": expected})


class LoadBalancerTests(unittest.TestCase):
    @covers("elasticloadbalancing", "DeleteLoadBalancer")
    def test_protected_load_balancer_is_not_deleted(self) -> None:
        ec2, balancers = client("ec2"), client("elbv2")
        vpc = ec2.create_vpc(CidrBlock="10.7.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.7.{n}.0/24", AvailabilityZone=f"us-east-2{zone}")["Subnet"]["SubnetId"]
            for n, zone in enumerate("ab")
        ]
        arn = balancers.create_load_balancer(Name="protected", Subnets=subnets)["LoadBalancers"][0]["LoadBalancerArn"]
        protect = lambda value: balancers.modify_load_balancer_attributes(  # noqa: E731
            LoadBalancerArn=arn, Attributes=[{"Key": "deletion_protection.enabled", "Value": value}]
        )
        protect("true")
        with self.assertRaises(balancers.exceptions.OperationNotPermittedException):
            balancers.delete_load_balancer(LoadBalancerArn=arn)
        protect("false")
        balancers.delete_load_balancer(LoadBalancerArn=arn)


class AutoScalingTests(unittest.TestCase):
    @covers("application-autoscaling", "ListTagsForResource", "TagResource", "UntagResource", "RegisterScalableTarget")
    def test_tags_of_a_target(self) -> None:
        scaling = client("application-autoscaling")
        arn = scaling.register_scalable_target(
            ServiceNamespace="dynamodb",
            ResourceId="table/orders",
            ScalableDimension="dynamodb:table:ReadCapacityUnits",
            MinCapacity=1,
            MaxCapacity=2,
            Tags={"Project": "acme"},
        )["ScalableTargetARN"]
        scaling.tag_resource(ResourceARN=arn, Tags={"Environment": "local"})
        self.assertEqual(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"], {"Project": "acme", "Environment": "local"})
        scaling.untag_resource(ResourceARN=arn, TagKeys=["Project"])
        self.assertEqual(scaling.list_tags_for_resource(ResourceARN=arn)["Tags"], {"Environment": "local"})


class RegistryTests(unittest.TestCase):
    @covers(
        "ecr", "CreateRepositoryCreationTemplate", "DescribeRepositoryCreationTemplates", "UpdateRepositoryCreationTemplate",
        "DeleteRepositoryCreationTemplate",
    )
    def test_creation_template_is_created_updated_and_deleted(self) -> None:
        registry = client("ecr")
        sent = {
            "prefix": "copied/shop", "appliedFor": ["REPLICATION"], "imageTagMutability": "IMMUTABLE", "lifecyclePolicy": '{"rules": []}'}
        registry.create_repository_creation_template(**sent)
        with self.assertRaises(registry.exceptions.TemplateAlreadyExistsException):
            registry.create_repository_creation_template(**sent)
        registry.update_repository_creation_template(prefix="copied/shop", description="changed")
        (found,) = registry.describe_repository_creation_templates(prefixes=["copied/shop"])["repositoryCreationTemplates"]
        self.assertEqual({key: found[key] for key in sent} | {"description": found["description"]}, sent | {"description": "changed"})
        self.assertEqual(found["encryptionConfiguration"], {"encryptionType": "AES256"})
        registry.delete_repository_creation_template(prefix="copied/shop")
        self.assertEqual(registry.describe_repository_creation_templates(prefixes=["copied/shop"])["repositoryCreationTemplates"], [])
        with self.assertRaises(registry.exceptions.TemplateNotFoundException):
            registry.delete_repository_creation_template(prefix="copied/shop")


class AlarmTests(unittest.TestCase):
    @covers("monitoring", "PutCompositeAlarm")
    def test_composite_alarm_is_created_and_deleted(self) -> None:
        cloudwatch = client("cloudwatch")
        sent = {"AlarmName": "any", "AlarmRule": "ALARM(one) OR ALARM(two)", "AlarmActions": ["arn:aws:sns:us-east-2:111111111111:alerts"]}
        cloudwatch.put_composite_alarm(**sent, Tags=[{"Key": "Project", "Value": "acme"}])
        (found,) = cloudwatch.describe_alarms(AlarmNames=["any"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"]
        self.assertEqual({key: found[key] for key in sent}, sent)
        self.assertEqual(cloudwatch.list_tags_for_resource(ResourceARN=found["AlarmArn"])["Tags"], [{"Key": "Project", "Value": "acme"}])
        cloudwatch.delete_alarms(AlarmNames=["any"])
        self.assertEqual(cloudwatch.describe_alarms(AlarmNames=["any"], AlarmTypes=["CompositeAlarm"])["CompositeAlarms"], [])


if __name__ == "__main__":
    unittest.main()
