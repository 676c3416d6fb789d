"""Requests that violate AWS's models are rejected, in each protocol, with AWS's error code and message."""

from __future__ import annotations

import unittest
from typing import Any

import boto3
from api.constraints import NOT_ENFORCED, violations
from api.models import service_model
from api.patterns import compiled
from botocore.config import Config
from botocore.exceptions import ClientError
from test_requests import SERVICES
from testing import ACCOUNT, REGION, covers, shared

# Expressions that Python cannot express; a value is not checked against them.
UNCHECKED_PATTERNS = {("budgets", "BudgetName")}


def unchecked(service: str) -> Any:
    """A client without validation: botocore itself would reject some of the parameters."""
    return boto3.client(
        service, endpoint_url=shared().state["url"], region_name=REGION, aws_access_key_id=ACCOUNT, aws_secret_access_key="emulator",
        config=Config(
            s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, inject_host_prefix=False, parameter_validation=False),
    )


class ConstraintTests(unittest.TestCase):
    def of(self, service: str, operation: str, parameters: dict[str, Any]) -> list[tuple[str, str]]:
        found = violations(service, service_model(service).operation_model(operation).input_shape, parameters)
        return [(violation.path, violation.rule) for violation in found]

    def test_valid_parameters_have_no_violations(self) -> None:
        self.assertEqual(self.of("iam", "CreateRole", {"RoleName": "web", "AssumeRolePolicyDocument": "{}"}), [])
        self.assertEqual(self.of("iam", "CreateRole", {"RoleName": "x" * 64, "AssumeRolePolicyDocument": "{}"}), [])

    def test_length_pattern_and_required(self) -> None:
        self.assertEqual(self.of("iam", "CreateRole", {"RoleName": "x" * 65}), [
            ("assumeRolePolicyDocument", "Member must not be null"),
            ("roleName", "Member must have length less than or equal to 64"),
        ])
        self.assertEqual(self.of("iam", "GetRole", {"RoleName": "a b"}), [
            ("roleName", r"Member must satisfy regular expression pattern: [\w+=,.@-]+"),
        ])

    def test_range_and_enumeration(self) -> None:
        self.assertEqual(self.of("elbv2", "CreateTargetGroup", {"Name": "web", "Port": 0}), [
            ("port", "Member must have value greater than or equal to 1"),
        ])
        self.assertEqual(self.of("elbv2", "CreateTargetGroup", {"Name": "web", "TargetType": "pod"}), [
            ("targetType", "Member must satisfy enum value set: [instance, ip, lambda, alb]"),
        ])

    def test_nested_lists_and_maps_have_aws_paths(self) -> None:
        tags = [{"Key": "a", "Value": "b"}, {"Key": "", "Value": "b"}]
        found = self.of("iam", "CreateRole", {"RoleName": "web", "AssumeRolePolicyDocument": "{}", "Tags": tags})
        self.assertEqual(found[0], ("tags.2.member.key", "Member must have length greater than or equal to 1"))
        found = self.of("backup", "CreateBackupPlan", {"BackupPlan": {"BackupPlanName": "p", "Rules": [{"RuleName": "r"}]}})
        self.assertEqual(found, [("backupPlan.rules.1.member.targetBackupVaultName", "Member must not be null")])
        found = self.of("logs", "CreateLogGroup", {"logGroupName": "a", "tags": {"k": "x" * 257}})
        self.assertEqual([path for path, _ in found], ["tags"])

    def test_every_pattern_of_the_used_services_is_checked_or_listed(self) -> None:
        unexpressed = set()
        for service in SERVICES:
            model = service_model(service)
            for name in model.shape_names:
                pattern = model.shape_for(name).metadata.get("pattern")
                if pattern is not None and compiled(pattern) is None:
                    unexpressed.add((service, name))
        self.assertEqual(unexpressed, UNCHECKED_PATTERNS)

    def test_dialects_of_the_models(self) -> None:
        for pattern, good, bad in (
            (r"[\p{L}\p{Z}\p{N}_.:/=+\-@]+", "Größe 5/a@b", "a#b"),
            (r"^\p{L}+$", "ß", "5"),
            ("[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*", "a\U0001f600\n", "\x00"),
            (r"[a-z\d-_]+", "a-1_", "é"),
            (r"^[\S\s]++$", "a\nb", ""),
        ):
            with self.subTest(pattern):
                expression = compiled(pattern)
                assert expression is not None
                self.assertIsNotNone(expression.fullmatch(good))
                self.assertIsNone(expression.fullmatch(bad))

    def test_exceptions_name_shapes_with_constraints(self) -> None:
        for (service, shape), reason in NOT_ENFORCED.items():
            with self.subTest(f"{service} {shape}"):
                self.assertTrue({"min", "max", "pattern", "enum"} & service_model(service).shape_for(shape).metadata.keys())
                self.assertGreater(len(reason), 20)


class AnswerTests(unittest.TestCase):
    def refused(self, service: str, method: str, /, **parameters: Any) -> tuple[str, str, int]:
        with self.assertRaises(ClientError) as raised:
            getattr(unchecked(service), method)(**parameters)
        response = raised.exception.response
        return response["Error"]["Code"], response["Error"].get("Message", ""), response["ResponseMetadata"]["HTTPStatusCode"]

    @covers("*", "request outside AWS's model")
    def test_json(self) -> None:
        self.assertEqual(self.refused("logs", "create_log_group", logGroupName="a b"), (
            "InvalidParameterException",
            r"1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy constraint: "
            r"Member must satisfy regular expression pattern: [\.\-_/#A-Za-z0-9]+", 400,
        ))
        code, message, _ = self.refused("dynamodb", "create_backup", TableName="", BackupName="x")
        self.assertEqual(code, "ValidationException")
        self.assertRegex(
            message, "^2 validation errors detected: Value '' at 'tableName' failed to satisfy constraint: .*; Value 'x' at 'backupName'")

    def test_query(self) -> None:
        self.assertEqual(self.refused("iam", "create_role", RoleName="x" * 65, AssumeRolePolicyDocument="{}"), (
            "ValidationError",
            f"1 validation error detected: Value '{'x' * 65}' at 'roleName' failed to satisfy constraint: "
            "Member must have length less than or equal to 64", 400,
        ))
        self.assertEqual(self.refused("rds", "create_db_instance", DBInstanceIdentifier="acme"), (
            "MissingParameter", "The request must contain the parameter DBInstanceClass", 400,
        ))

    def test_ec2(self) -> None:
        self.assertEqual(
            self.refused("ec2", "create_route"), ("MissingParameter", "The request must contain the parameter RouteTableId", 400))

    def test_rest_json(self) -> None:
        code, message, status = self.refused("scheduler", "create_schedule_group", Name="a b")
        self.assertEqual((code, status), ("ValidationException", 400))
        self.assertIn("at 'name' failed to satisfy constraint", message)

    def test_rest_xml(self) -> None:
        self.assertEqual(
            self.refused("s3", "put_bucket_versioning", Bucket="acme", VersioningConfiguration={"Status": "On"})[0], "MalformedXML")
        self.assertEqual(self.refused("s3", "put_object", Bucket="acme", Key="a", StorageClass="CHEAP")[0], "InvalidArgument")
        self.assertEqual(self.refused("route53", "get_hosted_zone", Id="Z" * 40)[0], "InvalidInput")

    def test_cbor_and_its_older_query_code(self) -> None:
        code, message, status = self.refused(
            "cloudwatch", "put_metric_alarm", AlarmName="a", ComparisonOperator="Above", EvaluationPeriods=1)
        self.assertEqual((code, status), ("ValidationError", 400))
        self.assertIn("Value 'Above' at 'comparisonOperator'", message)

    def test_wrong_type(self) -> None:
        self.assertEqual(self.refused("ecs", "update_service", service="web", desiredCount="two"), (
            "SerializationException", "STRING_VALUE can not be converted to an Integer", 400,
        ))

    def test_rejected_request_is_in_the_log(self) -> None:
        self.refused("iam", "get_role", RoleName="in the log")
        self.assertIn(
            "refused iam GetRole: ValidationError: 1 validation error detected: Value 'in the log'", shared().log_file.read_text())


if __name__ == "__main__":
    unittest.main()
