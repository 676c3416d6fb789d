"""Requests of boto3 are identified as the operation that was called, with its parameters."""

from __future__ import annotations

import datetime
import unittest
from typing import Any
from urllib.parse import urlencode, urlsplit

import boto3
import botocore.serialize
from api import ApiRequest, UnsupportedProtocol, identify
from api.models import service_model
from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from request_samples import CALLS
from sampling import sample

SCOPE = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/us-east-2/{}/aws4_request, SignedHeaders=host, Signature=0"

# The services of the resources in the approved stacks, of the launcher's own calls and of the applications in examples/.
SERVICES = (
    "accessanalyzer", "acm", "application-autoscaling", "backup", "bedrock", "bedrock-agentcore", "bedrock-agentcore-control",
    "bedrock-runtime", "budgets", "chatbot", "cloudformation", "cloudfront", "cloudtrail", "cloudwatch", "codebuild", "codeconnections",
    "codepipeline", "cognito-idp", "config", "dynamodb", "ec2", "ecr", "ecs", "elbv2", "events", "guardduty", "iam", "kms", "lambda",
    "logs", "organizations", "rds", "resourcegroupstaggingapi", "route53", "s3", "s3control", "scheduler", "secretsmanager",
    "securityhub", "service-quotas", "servicediscovery", "sns", "sqs", "ssm", "sts", "wafv2", "xray",
)

# Has its own signing name (s3express) and its own hosts, which the emulator does not have.
ELSEWHERE = {("s3", "ListDirectoryBuckets"), ("s3", "WriteGetObjectResponse")}


class Sent(Exception):
    """Carries the request that boto3 was about to send."""

    def __init__(self, request: AWSPreparedRequest) -> None:
        self.request = request


def made_by_boto3(service: str, method: str, parameters: dict[str, Any], signed: bool = True) -> dict[str, Any]:
    """The WSGI environment and body that the emulator would receive."""
    client = boto3.client(
        service, endpoint_url="http://127.0.0.1:1", region_name="us-east-2", aws_access_key_id="111111111111",
        aws_secret_access_key="emulator", aws_session_token="token" if signed else None,
        config=Config(s3={"addressing_style": "path"}, inject_host_prefix=False),
    )

    def stop(request: AWSPreparedRequest, **_: Any) -> None:
        raise Sent(request)

    client.meta.events.register("before-send", stop)
    try:
        getattr(client, method)(**parameters)
    except Sent as sent:
        return environ(sent.request.method, sent.request.url, dict(sent.request.headers), sent.request.body)
    raise AssertionError("boto3 sent nothing")


def environ(method: str, url: str, headers: dict[str, Any], body: Any) -> dict[str, Any]:
    address = urlsplit(url)
    content = body.read() if hasattr(body, "read") else body
    given = {
        "REQUEST_METHOD": method,
        "RAW_URI": address.path + (f"?{address.query}" if address.query else ""),
        "body": content.encode() if isinstance(content, str) else bytes(content or b""),
    }
    for name, value in headers.items():
        key = name.upper().replace("-", "_")
        given[key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"] = value.decode() if isinstance(value, bytes) else str(
            value)
    return given


def read(given: dict[str, Any]) -> ApiRequest:
    request = identify(given, given["body"])
    if request is None:
        raise AssertionError(f"not identified: {given['REQUEST_METHOD']} {given['RAW_URI']}")
    return request


class CallTests(unittest.TestCase):
    """Each call of request_samples.py, made by boto3, including the signature."""

    def test_calls_are_read_as_they_were_made(self) -> None:
        self.assertGreaterEqual(len(CALLS), 60)
        for service, operation, parameters in CALLS:
            method = boto3_name(operation)
            with self.subTest(f"{service} {operation}"):
                request = read(made_by_boto3(service, method, parameters))
                self.assertEqual((request.service, request.operation), (service, operation))
                self.assertIsNone(request.unreadable)
                self.assertEqual({name: request.parameters.get(name) for name in parameters}, parameters)
                self.assertEqual((request.access_key_id, request.session_token), ("111111111111", "token"))
                self.assertIn(request.region, ("us-east-2", "us-east-1"))

    def test_web_identity_is_unsigned(self) -> None:
        parameters = {"RoleArn": "arn:aws:iam::111111111111:role/plan", "RoleSessionName": "ci", "WebIdentityToken": "a.b.c"}
        request = read(made_by_boto3("sts", "assume_role_with_web_identity", parameters, signed=False))
        self.assertEqual((request.service, request.operation), ("sts", "AssumeRoleWithWebIdentity"))
        self.assertEqual(request.parameters, parameters)
        self.assertIsNone(request.access_key_id)

    def test_presigned_query_is_read(self) -> None:
        client = boto3.client("s3", endpoint_url="http://127.0.0.1:1", region_name="us-east-2", aws_access_key_id="111111111111",
                              aws_secret_access_key="emulator", config=Config(s3={"addressing_style": "path"}, signature_version="s3v4"))
        url = client.generate_presigned_url("get_object", {"Bucket": "acme-files", "Key": "a b/c+d.txt"})
        request = read(environ("GET", url, {}, b""))
        self.assertEqual((request.service, request.operation), ("s3", "GetObject"))
        self.assertEqual(request.parameters, {"Bucket": "acme-files", "Key": "a b/c+d.txt"})
        self.assertEqual(request.access_key_id, "111111111111")


class ModelTests(unittest.TestCase):
    """Every operation of every service that this project uses, in every protocol of its model, as botocore serializes it."""

    def test_every_operation_is_read_with_its_parameters(self) -> None:
        for service in SERVICES:
            model = service_model(service)
            for protocol in model.metadata.get("protocols", [model.metadata["protocol"]]):
                serializer = botocore.serialize.create_serializer(protocol, include_validation=False)
                for name in model.operation_names:
                    operation = model.operation_model(name)
                    # Of two operations on one path, the one that is not deprecated is expected.
                    if (service, name) in ELSEWHERE or operation.deprecated:
                        continue
                    parameters = sample(operation)
                    with self.subTest(f"{service} {name} {protocol}"):
                        request = read(serialized(serializer.serialize_to_request(parameters, operation), operation, protocol))
                        self.assertEqual((request.service, request.operation, request.protocol), (service, name, protocol))
                        self.assertEqual(request.parameters, parameters)


class OtherFormTests(unittest.TestCase):
    """Requests as SDKs other than boto3 send them."""

    def test_trailing_slash_does_not_matter(self) -> None:
        for path in ("/backup/plans", "/backup/plans/"):
            request = read(environ("GET", f"http://127.0.0.1{path}", {"Authorization": SCOPE.format("backup")}, b""))
            self.assertEqual(request.operation, "ListBackupPlans")

    def test_slash_within_a_label_stays_in_it(self) -> None:
        arn = "arn%3Aaws%3Abackup%3Aus-east-2%3A111111111111%3Abackup-vault%3Aa%2Fb"
        request = read(environ("GET", f"http://127.0.0.1/tags/{arn}", {"Authorization": SCOPE.format("backup")}, b""))
        self.assertEqual(request.parameters["ResourceArn"], "arn:aws:backup:us-east-2:111111111111:backup-vault:a/b")

    def test_address_of_a_proxied_request(self) -> None:
        given = environ("GET", "/", {"Authorization": SCOPE.format("s3"), "X-Amz-Account-Id": "111111111111"}, b"")
        given["RAW_URI"] = "http://111111111111.127.0.0.1:80/v20180820/configuration/publicAccessBlock"
        self.assertEqual(read(given).operation, "GetPublicAccessBlock")
        self.assertEqual(read(given).service, "s3control")

    def test_bucket_in_the_host_name(self) -> None:
        headers = {"Authorization": SCOPE.format("s3"), "Host": "acme-files.s3.us-east-2.amazonaws.com"}
        request = read(environ("GET", "http://acme-files/a/b?x-id=GetObject", headers, b""))
        self.assertEqual((request.operation, dict(request.parameters)), ("GetObject", {"Bucket": "acme-files", "Key": "a/b"}))

    def test_operation_id_in_the_query_has_no_effect(self) -> None:
        request = read(environ("DELETE", "http://127.0.0.1/acme-files/a?x-id=GetObject", {"Authorization": SCOPE.format("s3")}, b""))
        self.assertEqual(request.operation, "DeleteObject")

    def test_load_balancers_of_two_generations(self) -> None:
        for version, service in (("2012-06-01", "elb"), ("2015-12-01", "elbv2")):
            body = urlencode({"Action": "DescribeLoadBalancers", "Version": version})
            headers = {"Authorization": SCOPE.format("elasticloadbalancing"), "Content-Type": "application/x-www-form-urlencoded"}
            self.assertEqual(read(environ("POST", "http://127.0.0.1/", headers, body)).service, service)

    def test_target_with_and_without_its_java_package(self) -> None:
        for prefix in ("CloudTrail_20131101", "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101"):
            headers = {"Authorization": SCOPE.format("cloudtrail"), "X-Amz-Target": f"{prefix}.CreateTrail"}
            request = read(environ("POST", "http://127.0.0.1/", headers, b'{"Name": "events", "S3BucketName": "acme-logs"}'))
            self.assertEqual((request.service, request.operation), ("cloudtrail", "CreateTrail"))

    def test_unknown_protocol_is_rejected(self) -> None:
        headers = {"Authorization": SCOPE.format("monitoring"), "Smithy-Protocol": "rpc-v3-json"}
        given = environ("POST", "http://127.0.0.1/service/GraniteServiceVersion20100801/operation/ListMetrics", headers, b"")
        with self.assertRaises(UnsupportedProtocol):
            identify(given, b"")

    def test_unknown_request_is_not_identified(self) -> None:
        for path, service in (
            ("/_infra/health", "s3"), ("/moto-api/reset", "s3"), ("/2020-05-31/none", "cloudfront"), ("/", "nosuchservice")):
            with self.subTest(path):
                self.assertIsNone(identify(environ("POST", f"http://127.0.0.1{path}", {"Authorization": SCOPE.format(service)}, b""), b""))

    def test_wrong_types_are_reported(self) -> None:
        target = {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.UpdateService", "Authorization": SCOPE.format("ecs")}
        request = read(environ("POST", "http://127.0.0.1/", target, b'{"service": "web", "desiredCount": "two"}'))
        self.assertEqual(request.unreadable, "STRING_VALUE can not be converted to an Integer")
        request = read(environ("POST", "http://127.0.0.1/", target, b"not JSON"))
        self.assertIn("not JSON", request.unreadable or "")

    def test_null_and_unknown_members_are_not_parameters(self) -> None:
        target = {"X-Amz-Target": "AmazonEC2ContainerServiceV20141113.UpdateService", "Authorization": SCOPE.format("ecs")}
        request = read(environ("POST", "http://127.0.0.1/", target, b'{"service": "web", "cluster": null, "new": 1}'))
        self.assertEqual(request.parameters, {"service": "web"})

    def test_timestamps_are_dates(self) -> None:
        target = {"X-Amz-Target": "Logs_20140328.DescribeLogGroups", "Authorization": SCOPE.format("logs")}
        self.assertEqual(read(environ("POST", "http://127.0.0.1/", target, b'{"limit": 5}')).parameters, {"limit": 5})
        body = urlencode({"Action": "ListMetrics", "Version": "2010-08-01", "StartTime": "2026-03-04T05:06:07Z"})
        body = body.replace("ListMetrics", "GetMetricStatistics")
        headers = {"Authorization": SCOPE.format("monitoring"), "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        request = read(environ("POST", "http://127.0.0.1/", headers, body))
        self.assertEqual(request.parameters["StartTime"], datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc))


def boto3_name(operation: str) -> str:
    return botocore.xform_name(operation)


def serialized(request: dict[str, Any], operation: Any, protocol: str) -> dict[str, Any]:
    """botocore's serialized request as the emulator would receive it."""
    headers = {**request["headers"], "Authorization": SCOPE.format(operation.service_model.signing_name)}
    body, query = request["body"], request["query_string"]
    if protocol in ("query", "ec2"):
        headers["Content-Type"] = "application/x-www-form-urlencoded; charset=utf-8"
        body = urlencode(body, doseq=True)
    path = request["url_path"]
    if query:
        path += ("&" if "?" in path else "?") + urlencode(query, doseq=True)
    return environ(request["method"], f"http://127.0.0.1{path}", headers, body)


if __name__ == "__main__":
    unittest.main()
