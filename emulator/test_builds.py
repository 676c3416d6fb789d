"""Builds and pipelines: what the Terraform provider reads back after a write."""

from __future__ import annotations

import json
import unittest
import urllib.request
from typing import Any

from botocore.exceptions import ClientError
from testing import ACCOUNT, REGION, client, covers, role, shared

ENVIRONMENT = {"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"}
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/builds"


class CodeBuildTests(unittest.TestCase):
    def setUp(self) -> None:
        self.codebuild = client("codebuild")
        self.role = role("builds", "codebuild.amazonaws.com")

    def create(self, source: dict[str, Any], artifacts: dict[str, Any]) -> str:
        name = self._testMethodName.replace("_", "-")
        self.codebuild.create_project(
            name=name, source=source, artifacts=artifacts, environment=ENVIRONMENT, serviceRole=self.role, encryptionKey=KEY,
            concurrentBuildLimit=1)
        return name

    def read(self, name: str) -> dict[str, Any]:
        return self.codebuild.batch_get_projects(names=[name])["projects"][0]

    @covers("codebuild", "CreateProject")
    def test_a_pipelines_build_has_no_location(self) -> None:
        project = self.read(self.create({"type": "CODEPIPELINE", "buildspec": "version: 0.2"}, {"type": "CODEPIPELINE"}))
        self.assertEqual(project["source"], {"type": "CODEPIPELINE", "buildspec": "version: 0.2"})
        self.assertEqual((project["encryptionKey"], project["concurrentBuildLimit"]), (KEY, 1))

    @covers("codebuild", "CreateProject")
    def test_a_build_without_source_has_no_location(self) -> None:
        self.assertEqual(
            self.read(self.create({"type": "NO_SOURCE", "buildspec": "version: 0.2"}, {"type": "NO_ARTIFACTS"}))["source"]["type"],
            "NO_SOURCE")

    def test_a_bucket_is_still_required(self) -> None:
        with self.assertRaisesRegex(ClientError, "location"):
            self.create({"type": "S3"}, {"type": "NO_ARTIFACTS"})

    @covers("codebuild", "UpdateProject")
    def test_an_update_keeps_what_is_not_sent(self) -> None:
        name = self.create({"type": "CODEPIPELINE", "buildspec": "version: 0.2"}, {"type": "CODEPIPELINE"})
        self.codebuild.update_project(name=name, timeoutInMinutes=20)
        project = self.read(name)
        self.assertEqual((project["timeoutInMinutes"], project["encryptionKey"], project["source"]["buildspec"]), (20, KEY, "version: 0.2"))

    @covers("codebuild", "UpdateProject")
    def test_a_missing_project_cannot_be_updated(self) -> None:
        with self.assertRaises(self.codebuild.exceptions.ResourceNotFoundException):
            self.codebuild.update_project(name="nothing", timeoutInMinutes=20)


class CodePipelineTests(unittest.TestCase):
    @covers("codepipeline", "GetPipeline")
    def test_times_are_numbers_and_a_second_version_pipeline_stays_one(self) -> None:
        action = {"name": "Act", "actionTypeId": {"category": "Approval", "owner": "AWS", "provider": "Manual", "version": "1"}}
        client("codepipeline").create_pipeline(pipeline={
            "name": "release", "roleArn": role("pipeline", "codepipeline.amazonaws.com"), "pipelineType": "V2", "executionMode": "QUEUED",
            "artifactStore": {"type": "S3", "location": "artifacts"},
            "stages": [{"name": "One", "actions": [action]}, {"name": "Two", "actions": [action]}],
        })
        read = client("codepipeline").get_pipeline(name="release")["pipeline"]
        self.assertEqual((read["pipelineType"], read["executionMode"]), ("V2", "QUEUED"))
        # boto3 accepts strings and numbers; the Go SDK does not.
        request = urllib.request.Request(
            shared().state["url"], data=b'{"name": "release"}',
            headers={
                "X-Amz-Target": "CodePipeline_20150709.GetPipeline", "Content-Type": "application/x-amz-json-1.1",
                "Authorization": f"AWS4-HMAC-SHA256 Credential={ACCOUNT}/20260101/{REGION}/codepipeline/aws4_request, SignedHeaders=host, "
                "Signature=0",
            })
        with urllib.request.urlopen(request) as answer:
            metadata = json.load(answer)["metadata"]
        self.assertIsInstance(metadata["created"], (int, float))
        self.assertIsInstance(metadata["updated"], (int, float))


if __name__ == "__main__":
    unittest.main()
