"""Databases, builds, schedules, images and logs."""

from __future__ import annotations

import hashlib
import json
import unittest
from typing import Any

from rule_case import RuleCase, covers, missing_role, network
from testing import client, role


class DatabaseRules(RuleCase):
    def setUp(self) -> None:
        self.rds = client("rds")
        self.name = self._testMethodName.replace("_", "-")
        for family in ("postgres16", "postgres17"):
            self.rds.create_db_parameter_group(
                DBParameterGroupName=f"{self.name}-{family}", DBParameterGroupFamily=family, Description="rules")

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
        self.rds.modify_db_instance(
            **change, EngineVersion="17.2", AllowMajorVersionUpgrade=True, DBParameterGroupName=f"{self.name}-postgres17")

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


    @covers("subnet_group_has_two_zones")
    def test_subnet_group_in_one_zone(self) -> None:
        self.refused("DBSubnetGroupDoesNotCoverEnoughAZs", "Current AZ coverage: us-east-2a", self.rds.create_db_subnet_group,
                     DBSubnetGroupName="rules-one", DBSubnetGroupDescription="rules", SubnetIds=network()[1][:1])


class BuildRules(RuleCase):
    def project(self, **changed: Any) -> str:
        client("codebuild").create_project(**{
            "name": self._testMethodName, "source": {"type": "NO_SOURCE", "buildspec": "version: 0.2"},
            "artifacts": {"type": "NO_ARTIFACTS"},
            "environment": {"type": "ARM_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"},
            "serviceRole": role("rules-build", "codebuild.amazonaws.com"), **changed,
        })
        return self._testMethodName

    @covers("concurrent_builds_within_limit")
    def test_concurrent_builds(self) -> None:
        """Finding A12: a project with a limit rejects one more build; it does not queue it."""
        codebuild = client("codebuild")
        name = self.project(concurrentBuildLimit=1)
        first = codebuild.start_build(projectName=name)["build"]["id"]
        self.refused("AccountLimitExceededException", "Cannot have more than 1 active builds", codebuild.start_build, projectName=name)
        codebuild.batch_get_builds(ids=[first])
        codebuild.start_build(projectName=name)

    @covers("service_role_trusts_codebuild")
    def test_service_role(self) -> None:
        for arn in (missing_role(), role("rules-scheduler", "scheduler.amazonaws.com")):
            self.refused("InvalidInputException", "CodeBuild is not authorized to perform: sts:AssumeRole",
                lambda arn=arn: self.project(serviceRole=arn))


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

    @covers("schedule_expression_is_valid", "time_zone_exists")
    def test_schedules(self) -> None:
        def create(expression: str, zone: str = "Europe/Vienna") -> None:
            scheduler.create_schedule(
                Name=f"rules-{abs(hash(expression))}", ScheduleExpression=expression, ScheduleExpressionTimezone=zone,
                FlexibleTimeWindow={"Mode": "OFF"}, Target=target,
            )

        scheduler = client("scheduler")
        target = {"Arn": "arn:aws:scheduler:::aws-sdk:codebuild:startBuild", "RoleArn": role("rules-scheduler", "scheduler.amazonaws.com"),
            "Input": "{}"}
        for expression in ("cron(0 18 * * *)", "cron(0 18 * * * *)", "cron(0 18 ? * ? *)", "every day", "rate(1 week)", "at(2026-01-01)"):
            with self.subTest(expression):
                self.refused(
                    "ValidationException", f"Invalid Schedule Expression {expression}.", lambda expression=expression: create(expression))
        self.refused("ValidationException", "Europe/Nowhere", lambda: create("rate(1 day)", "Europe/Nowhere"))
        for expression in ("cron(0 18 ? * MON-FRI *)", "cron(0/15 8-17 L * ? 2026)", "rate(5 minutes)", "at(2026-01-01T10:00:00)"):
            create(expression)

    @covers("event_pattern_is_valid")
    def test_event_patterns(self) -> None:
        events = client("events")
        for pattern in ('{"source": "aws.ecs"}', '{"detail": {"status": []}}', "[]", "source"):
            with self.subTest(pattern):
                self.refused(
                    "InvalidEventPatternException", "Event pattern is not valid", events.put_rule, Name="rules", EventPattern=pattern)
        events.put_rule(
            Name="rules", EventPattern='{"source": ["aws.ecs"], "detail": {"exitCode": [{"anything-but": 0}]}, "$or": [{"a": ["b"]}]}')


class BackupRules(RuleCase):
    @covers("selection_role_trusts_backup")
    def test_selection_role(self) -> None:
        backup = client("backup")
        plan = {"BackupPlanName": "rules", "Rules": [{"RuleName": "daily", "TargetBackupVaultName": "vault"}]}
        plan_id = backup.create_backup_plan(BackupPlan=plan)["BackupPlanId"]

        def select(arn: str) -> None:
            selection = {"SelectionName": "rules", "IamRoleArn": arn, "Resources": ["*"]}
            backup.create_backup_selection(BackupPlanId=plan_id, BackupSelection=selection)

        self.refused("InvalidParameterValueException", "cannot be assumed by AWS Backup", lambda: select(missing_role()))
        select(role("rules-backup", "backup.amazonaws.com"))


class ImageRules(RuleCase):
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

    @covers("digest_is_that_of_the_manifest")
    def test_digest_of_an_image(self) -> None:
        ecr = client("ecr")
        ecr.create_repository(repositoryName="rules-digest")
        manifest = '{"schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json", "layers": []}'
        sent = {"repositoryName": "rules-digest", "imageManifest": manifest, "imageTag": "v1"}
        self.refused("ImageDigestDoesNotMatchException", "does not match", ecr.put_image, **sent, imageDigest=f"sha256:{'0' * 64}")
        digest = f"sha256:{hashlib.sha256(manifest.encode()).hexdigest()}"
        self.assertEqual(ecr.put_image(**sent, imageDigest=digest)["image"]["imageId"]["imageDigest"], digest)


class LogRules(RuleCase):
    @covers("retention_is_offered")
    def test_log_retention(self) -> None:
        logs = client("logs")
        logs.create_log_group(logGroupName="rules")
        self.refused("InvalidParameterException", "Value '31' at 'retentionInDays'", logs.put_retention_policy, logGroupName="rules",
            retentionInDays=31)
        logs.put_retention_policy(logGroupName="rules", retentionInDays=30)


if __name__ == "__main__":
    unittest.main()
