"""A program in place of a task's container."""

from __future__ import annotations

import json
import os
import tempfile
import time
import unittest
from pathlib import Path
from typing import Any

from testing import PATIENCE_SECONDS, REGION, Server, covers

PROGRAM = """#!/usr/bin/env python3
import json, os, sys
print(json.dumps({"arguments": sys.argv[1:], "variables": sorted(os.environ)}))
sys.exit(int(sys.argv[-1]))
"""


class TaskProgramTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="task-program-")
        cls.addClassCleanup(folder.cleanup)
        program = Path(folder.name) / "program"
        program.write_text(PROGRAM, encoding="utf-8")
        program.chmod(0o755)
        os.environ["INFRA_TASK_PROGRAM"] = str(program)
        try:
            cls.server = Server()
        finally:
            del os.environ["INFRA_TASK_PROGRAM"]
        cls.addClassCleanup(cls.server.stop)
        trust = {"Version": "2012-10-17", "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
        cls.role = cls.server.client("iam").create_role(RoleName="job", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
        cls.server.client("logs").create_log_group(logGroupName="/ecs/job")
        ecs = cls.server.client("ecs")
        ecs.create_cluster(clusterName="jobs")
        logs = {"logDriver": "awslogs", "options": {
            "awslogs-group": "/ecs/job", "awslogs-region": REGION, "awslogs-stream-prefix": "job"}}
        ecs.register_task_definition(
            family="job", cpu="256", memory="512", networkMode="bridge", taskRoleArn=cls.role,
            containerDefinitions=[{
                "name": "job", "image": "pipeline:1", "memory": 512, "environment": [{"name": "S3_BUCKET_NAME", "value": "raw"}],
                "command": ["process", "0"], "logConfiguration": logs,
            }])

    @covers("ecs", "RunTask")
    def test_it_gets_image_command_and_variables_of_the_container(self) -> None:
        task = self._run()
        self.assertEqual((task["lastStatus"], task["containers"][0]["exitCode"]), ("STOPPED", 0))
        stream = f"job/job/{task['taskArn'].rsplit('/', 1)[-1]}"
        events = self.server.client("logs").get_log_events(logGroupName="/ecs/job", logStreamName=stream)["events"]
        said = json.loads(events[0]["message"])
        self.assertEqual(said["arguments"], ["pipeline:1", "process", "0"])
        self.assertLessEqual({"S3_BUCKET_NAME", "AWS_ACCESS_KEY_ID", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL"}, set(said["variables"]))

    @covers("ecs", "RunTask")
    def test_its_exit_code_is_the_containers(self) -> None:
        task = self._run({"containerOverrides": [{"name": "job", "command": ["process", "3"]}]})
        self.assertEqual((task["containers"][0]["exitCode"], task["stoppedReason"]), (3, "Essential container in task exited"))

    def _run(self, overrides: dict[str, Any] | None = None) -> dict[str, Any]:
        ecs = self.server.client("ecs")
        started = ecs.run_task(cluster="jobs", taskDefinition="job", launchType="FARGATE", overrides=overrides or {})["tasks"][0]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            task = ecs.describe_tasks(cluster="jobs", tasks=[started["taskArn"]])["tasks"][0]
            if task["lastStatus"] == "STOPPED":
                return task
            time.sleep(0.1)
        raise AssertionError(f"the task is still {task['lastStatus']}")
