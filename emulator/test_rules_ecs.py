"""ECS: task definitions and services that AWS rejects."""

from __future__ import annotations

import unittest
from typing import Any

from rule_case import RuleCase, covers, network
from testing import ACCOUNT, REGION, client, role


class TaskDefinitionRules(RuleCase):
    def register(self, *containers: dict[str, Any], **changed: Any) -> Any:
        parameters = {
            "family": "rules", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], **changed}
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

    @covers("fargate_has_an_execution_role_for_images_and_logs")
    def test_execution_role_on_fargate(self) -> None:
        private = {"image": f"{ACCOUNT}.dkr.ecr.{REGION}.amazonaws.com/web:1"}
        logs = {
            "logConfiguration": {
                "logDriver": "awslogs", "options": {"awslogs-group": "web", "awslogs-region": REGION, "awslogs-stream-prefix": "web"}}}
        for container, what in ((private, "ECR images"), (logs, "log driver awslogs")):
            self.refused("ClientException", f"Fargate requires task definition to have execution role ARN to support {what}.",
                         lambda container=container: self.register({}, container))
            self.register({}, container, executionRoleArn=role("rules-execution", "ecs-tasks.amazonaws.com"))
            self.register({}, {"memory": 128, **container}, requiresCompatibilities=["EC2"])

    @covers("secrets_need_an_execution_role")
    def test_execution_role_of_secrets(self) -> None:
        secret = {"secrets": [{"name": "KEY", "valueFrom": "/web/key"}]}
        for changed in ({}, {"requiresCompatibilities": ["EC2"]}):
            self.refused(
                "ClientException", "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.",
                         lambda changed=changed: self.register(secret, **changed))
        self.register(secret, executionRoleArn=role("rules-execution", "ecs-tasks.amazonaws.com"))


class ServiceRules(RuleCase):
    def setUp(self) -> None:
        self.ecs = client("ecs")
        self.name = self._testMethodName
        self.ecs.create_cluster(clusterName=self.name)
        self.definition = self.register()
        # AWS falls back to the VPC's default group; moto fails without one.
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
        self.ecs.put_cluster_capacity_providers(
            cluster=self.name, capacityProviders=["FARGATE", "FARGATE_SPOT"], defaultCapacityProviderStrategy=[])
        self.create(capacityProviderStrategy=spot, launchType=None)

    @covers("task_definition_is_active")
    def test_inactive_task_definition(self) -> None:
        """Finding A14."""
        self.create()
        newer = self.register()
        self.ecs.deregister_task_definition(taskDefinition=newer)
        for call, parameters in (
            (self.ecs.update_service, {"service": "web"}), (self.ecs.run_task, {"networkConfiguration": self.network})):
            self.refused("ClientException", "TaskDefinition is inactive", call, cluster=self.name, taskDefinition=newer, **parameters)
        self.ecs.deregister_task_definition(taskDefinition=self.definition)
        self.ecs.update_service(cluster=self.name, service="web", taskDefinition=self.definition, desiredCount=2)

    @covers("target_groups_have_a_load_balancer")
    def test_target_group_without_a_load_balancer(self) -> None:
        elbv2 = client("elbv2")
        arn = elbv2.create_target_group(Name="rules-alone", Protocol="HTTP", Port=80, VpcId=network()[0], TargetType="ip")["TargetGroups"][
            0]["TargetGroupArn"]
        balancers = [{"targetGroupArn": arn, "containerName": "web", "containerPort": 80}]
        self.refused("InvalidParameterException", f"The target group with targetGroupArn {arn} does not have an associated load balancer.",
                     lambda: self.create(loadBalancers=balancers))
        balancer = elbv2.create_load_balancer(Name="rules-service", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        elbv2.create_listener(
            LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[{"Type": "forward", "TargetGroupArn": arn}])
        self.create(loadBalancers=balancers)

    @covers("service_with_awsvpc_has_a_network")
    def test_network(self) -> None:
        self.refused("InvalidParameterException", "Network Configuration must be provided", lambda: self.create(networkConfiguration=None))


if __name__ == "__main__":
    unittest.main()
