"""Tasks of ECS services: as many as run, in all zones, replaced when they are stopped."""

from __future__ import annotations

import unittest
from typing import Any

from testing import client, covers


class ServiceTaskTests(unittest.TestCase):
    def setUp(self) -> None:
        self.ecs, ec2 = client("ecs"), client("ec2")
        self.cluster = f"tasks-{self._testMethodName.replace('_', '-')}"
        self.ecs.create_cluster(clusterName=self.cluster)
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        subnets = [
            ec2.create_subnet(VpcId=vpc, CidrBlock=f"10.9.{i}.0/24", AvailabilityZone=zone)["Subnet"]["SubnetId"]
            for i, zone in enumerate(("us-east-2a", "us-east-2b"))
        ]
        group = ec2.create_security_group(VpcId=vpc, GroupName="tasks", Description="tasks")["GroupId"]
        self.revisions = [self._register(image) for image in ("one", "two")]
        self.ecs.create_service(
            cluster=self.cluster, serviceName="web", taskDefinition=self.revisions[0], desiredCount=3, launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": subnets, "securityGroups": [group]}})

    def _register(self, image: str) -> str:
        return self.ecs.register_task_definition(
            family=self.cluster, networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{"name": "web", "image": image}])["taskDefinition"]["taskDefinitionArn"]

    def tasks(self, **query: Any) -> list[dict[str, Any]]:
        arns = self.ecs.list_tasks(cluster=self.cluster, serviceName="web", **query)["taskArns"]
        return self.ecs.describe_tasks(cluster=self.cluster, tasks=arns)["tasks"] if arns else []

    @covers("ecs", "DescribeTasks")
    def test_tasks_are_spread_over_zones(self) -> None:
        found = self.tasks()
        self.assertEqual(sorted(task["availabilityZone"] for task in found), ["us-east-2a", "us-east-2a", "us-east-2b"])
        self.assertEqual({(task["lastStatus"], task["group"], task["taskDefinitionArn"]) for task in found},
                         {("RUNNING", "service:web", self.revisions[0])})

    @covers("ecs", "StopTask")
    def test_stopped_task_is_replaced(self) -> None:
        before = self.tasks()
        self.ecs.stop_task(cluster=self.cluster, task=before[0]["taskArn"], reason="drill")
        (stopped,) = self.tasks(desiredStatus="STOPPED")
        self.assertEqual(
            (stopped["taskArn"], stopped["stoppedReason"], stopped["stopCode"]), (before[0]["taskArn"], "drill", "UserInitiated"))
        after = {task["taskArn"] for task in self.tasks()}
        self.assertEqual(len(after), 3)
        self.assertEqual(len(after & {task["taskArn"] for task in before}), 2)

    def test_deployment_replaces_all_tasks_and_scaling_some(self) -> None:
        before = {task["taskArn"] for task in self.tasks()}
        self.ecs.update_service(cluster=self.cluster, service="web", taskDefinition=self.revisions[1])
        self.assertFalse(before & {task["taskArn"] for task in self.tasks()})
        self.ecs.update_service(cluster=self.cluster, service="web", desiredCount=1)
        self.assertEqual(len(self.tasks()), 1)
        self.ecs.delete_service(cluster=self.cluster, service="web", force=True)
        self.assertEqual(self.tasks(), [])


if __name__ == "__main__":
    unittest.main()
