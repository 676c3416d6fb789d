"""Calls that this project's deployments and applications make, one per line: service, operation, parameters."""

from __future__ import annotations

import datetime
import json
from typing import Any

_ROLE = "arn:aws:iam::111111111111:role/acme-dev-task"
_KEY = "arn:aws:kms:us-east-2:111111111111:key/11111111-2222-3333-4444-555555555555"
_TOPIC = "arn:aws:sns:us-east-2:111111111111:acme-dev-alerts"
_TARGETS = "arn:aws:elasticloadbalancing:us-east-2:111111111111:targetgroup/web/0123456789abcdef"
_BALANCER = "arn:aws:elasticloadbalancing:us-east-2:111111111111:loadbalancer/app/web/0123456789abcdef"
_POLICY = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::a & b/*"}]})
_TAGS = [{"Key": "project", "Value": "acme"}, {"Key": "environment", "Value": "dev <1>"}]
_WHEN = datetime.datetime(2026, 3, 4, 5, 6, 7, tzinfo=datetime.timezone.utc)

CALLS: list[tuple[str, str, dict[str, Any]]] = [
    # json
    ("ecs", "CreateService", {
        "cluster": "acme-dev", "serviceName": "web", "taskDefinition": "web:3", "desiredCount": 2,
        "deploymentConfiguration": {"deploymentCircuitBreaker": {"enable": True, "rollback": True}, "maximumPercent": 200},
        "networkConfiguration": {"awsvpcConfiguration": {"subnets": ["subnet-1", "subnet-2"], "assignPublicIp": "DISABLED"}},
        "loadBalancers": [{"targetGroupArn": _TARGETS, "containerName": "web", "containerPort": 8080}],
    }),
    ("ecs", "UpdateService", {"cluster": "acme-dev", "service": "web", "taskDefinition": "web:4"}),
    ("ecs", "RegisterTaskDefinition", {
        "family": "web", "cpu": "256", "memory": "512", "networkMode": "awsvpc", "executionRoleArn": _ROLE,
        "containerDefinitions": [{"name": "web", "image": "nginx", "portMappings": [{"containerPort": 80, "name": "http"}]}],
    }),
    ("ecs", "RunTask",
        {"cluster": "acme-dev", "taskDefinition": "job", "overrides": {"containerOverrides": [{"name": "job", "command": ["a"]}]}}),
    ("ecs", "DescribeServices", {"cluster": "acme-dev", "services": ["web"], "include": ["TAGS"]}),
    ("ecr", "PutImage", {"repositoryName": "acme/web", "imageManifest": "{}", "imageTag": "v1"}),
    ("ecr", "BatchGetImage", {"repositoryName": "acme/web", "imageIds": [{"imageDigest": "sha256:" + "0" * 64}]}),
    ("ecr", "GetAuthorizationToken", {}),
    ("dynamodb", "PutItem",
        {"TableName": "locks", "Item": {"LockID": {"S": "a/b"}}, "ConditionExpression": "attribute_not_exists(LockID)"}),
    ("dynamodb", "CreateTable", {
        "TableName": "locks", "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}], "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}],
    }),
    ("ssm", "PutParameter", {"Name": "/acme/dev/release/web", "Value": "{}", "Type": "String", "Overwrite": True}),
    ("ssm", "GetParametersByPath", {"Path": "/acme/dev", "Recursive": True, "WithDecryption": False}),
    ("secretsmanager", "CreateSecret", {"Name": "acme/dev/database", "KmsKeyId": _KEY, "ClientRequestToken": "1" * 32}),
    ("secretsmanager", "PutSecretValue", {"SecretId": "acme", "SecretBinary": b"\x00\xff", "ClientRequestToken": "1" * 32}),
    ("kms", "CreateKey", {"Policy": _POLICY, "Description": "alerts"}),
    ("kms", "Encrypt", {"KeyId": _KEY, "Plaintext": b"\x00\x01", "EncryptionContext": {"a": "b"}}),
    ("logs", "CreateLogGroup", {"logGroupName": "/acme/dev/web", "kmsKeyId": _KEY, "tags": {"a": "b"}}),
    ("logs", "PutRetentionPolicy", {"logGroupName": "/acme/dev/web", "retentionInDays": 30}),
    ("events", "PutRule", {"Name": "acme-dev-jobs", "EventPattern": "{}", "State": "ENABLED"}),
    ("events", "PutTargets", {"Rule": "acme-dev-jobs", "Targets": [{"Id": "topic", "Arn": _TOPIC}]}),
    ("codebuild", "StartBuild",
        {"projectName": "acme-cycle", "environmentVariablesOverride": [{"name": "A", "value": "b", "type": "PLAINTEXT"}]}),
    ("codepipeline", "GetPipeline", {"name": "acme"}),
    ("cognito-idp", "CreateUserPool", {"PoolName": "acme-dev", "Policies": {"PasswordPolicy": {"MinimumLength": 12}}}),
    ("wafv2", "CreateWebACL", {
        "Name": "acme", "Scope": "REGIONAL", "DefaultAction": {"Allow": {}},
        "VisibilityConfig": {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "acme"},
    }),
    ("acm", "RequestCertificate", {"DomainName": "*.example.com", "ValidationMethod": "DNS", "IdempotencyToken": "a"}),
    ("budgets", "DescribeBudget", {"AccountId": "111111111111", "BudgetName": "acme"}),
    ("application-autoscaling", "RegisterScalableTarget", {
        "ServiceNamespace": "ecs", "ResourceId": "service/acme/web", "ScalableDimension": "ecs:service:DesiredCount", "MinCapacity": 1,
    }),
    ("servicediscovery", "CreateHttpNamespace", {"Name": "acme-dev", "CreatorRequestId": "a"}),
    ("sqs", "CreateQueue", {"QueueName": "acme-dev-jobs", "Attributes": {"VisibilityTimeout": "30"}}),
    ("sqs", "SendMessage", {"QueueUrl": "http://127.0.0.1/111111111111/acme", "MessageBody": "a&b"}),
    ("resourcegroupstaggingapi", "GetResources", {"TagFilters": [{"Key": "project", "Values": ["acme"]}]}),
    ("organizations", "DescribeOrganization", {}),
    # smithy-rpc-v2-cbor, json, query: whatever this boto3 prefers
    ("cloudwatch", "PutMetricAlarm", {
        "AlarmName": "errors", "ComparisonOperator": "GreaterThanThreshold", "EvaluationPeriods": 1, "Threshold": 0.5,
        "Dimensions": [{"Name": "ServiceName", "Value": "web"}], "AlarmActions": [_TOPIC], "TreatMissingData": "notBreaching",
    }),
    ("cloudwatch", "GetMetricData", {"MetricDataQueries": [{"Id": "a", "Expression": "m1"}], "StartTime": _WHEN, "EndTime": _WHEN}),
    ("cloudwatch", "PutDashboard", {"DashboardName": "acme", "DashboardBody": "{}"}),
    # query
    ("iam", "CreateRole", {"RoleName": "acme-dev-task", "AssumeRolePolicyDocument": _POLICY, "Tags": _TAGS, "MaxSessionDuration": 3600}),
    ("iam", "PutRolePolicy", {"RoleName": "acme-dev-task", "PolicyName": "a", "PolicyDocument": _POLICY}),
    ("iam", "CreateOpenIDConnectProvider", {"Url": "https://token.example.com", "ClientIDList": ["sts.amazonaws.com"]}),
    ("iam", "GetRole", {"RoleName": "acme-dev-task"}),
    ("sts", "GetCallerIdentity", {}),
    ("sts", "AssumeRole", {"RoleArn": _ROLE, "RoleSessionName": "ci", "Policy": _POLICY, "PolicyArns": [{"arn": _ROLE}]}),
    ("sns", "CreateTopic", {"Name": "acme-dev-alerts", "Attributes": {"KmsMasterKeyId": _KEY, "Policy": _POLICY}, "Tags": _TAGS}),
    ("sns", "Publish",
        {"TopicArn": _TOPIC, "Message": "a & b", "MessageAttributes": {"a": {"DataType": "Binary", "BinaryValue": b"\x00"}}}),
    ("rds", "CreateDBInstance", {
        "DBInstanceIdentifier": "acme-dev", "DBInstanceClass": "db.t4g.micro", "Engine": "postgres", "AllocatedStorage": 20,
        "VpcSecurityGroupIds": ["sg-1", "sg-2"], "Tags": _TAGS, "StorageEncrypted": True, "EnableCloudwatchLogsExports": ["postgresql"],
    }),
    ("rds", "ModifyDBParameterGroup", {
        "DBParameterGroupName": "acme",
        "Parameters": [{"ParameterName": "rds.force_ssl", "ParameterValue": "1", "ApplyMethod": "immediate"}],
    }),
    ("elbv2", "CreateTargetGroup", {"Name": "web", "Protocol": "HTTP", "Port": 8080, "VpcId": "vpc-1", "Tags": _TAGS}),
    ("elbv2", "CreateListener", {
        "LoadBalancerArn": _BALANCER, "Port": 443,
        "DefaultActions": [{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": _TARGETS}]}}],
    }),
    ("cloudformation", "CreateStack",
        {"StackName": "agent", "TemplateBody": "{}", "Parameters": [{"ParameterKey": "a", "ParameterValue": "b"}]}),
    # ec2
    ("ec2", "CreateVpc", {"CidrBlock": "10.0.0.0/16", "TagSpecifications": [{"ResourceType": "vpc", "Tags": _TAGS}]}),
    ("ec2", "RunInstances", {
        "ImageId": "ami-1", "MinCount": 1, "MaxCount": 1, "InstanceType": "t4g.nano",
        "NetworkInterfaces": [{"DeviceIndex": 0, "Groups": ["sg-1"], "AssociatePublicIpAddress": True}], "ClientToken": "a",
    }),
    ("ec2", "AuthorizeSecurityGroupIngress", {
        "GroupId": "sg-1", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 1, "ToPort": 2, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}],
    }),
    ("ec2", "DescribeSubnets", {"Filters": [{"Name": "vpc-id", "Values": ["vpc-1", "vpc-2"]}], "DryRun": False}),
    # rest-json
    ("scheduler", "CreateSchedule", {
        "Name": "acme-sleep", "GroupName": "acme", "ScheduleExpression": "cron(0 18 ? * MON-FRI *)", "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": "arn:aws:scheduler:::aws-sdk:codebuild:startBuild", "RoleArn": _ROLE, "Input": "{}"}, "ClientToken": "a",
    }),
    ("backup", "CreateBackupVault", {"BackupVaultName": "acme-dev", "EncryptionKeyArn": _KEY, "BackupVaultTags": {"a": "b"}}),
    ("backup", "ListTags", {"ResourceArn": "arn:aws:backup:us-east-2:111111111111:backup-vault:acme/dev"}),
    ("guardduty", "CreateDetector", {"Enable": True, "Tags": {"a": "b"}, "ClientToken": "a"}),
    ("securityhub", "GetEnabledStandards", {}),
    ("accessanalyzer", "CreateAnalyzer", {"analyzerName": "acme", "type": "ACCOUNT", "clientToken": "a"}),
    ("lambda", "PublishLayerVersion",
        {"LayerName": "adk", "Content": {"S3Bucket": "acme", "S3Key": "a.zip"}, "CompatibleRuntimes": ["python3.13"]}),
    ("lambda", "GetLayerVersion", {"LayerName": "adk", "VersionNumber": 3}),
    ("xray", "PutTraceSegments", {"TraceSegmentDocuments": ["{}"]}),
    ("bedrock-agentcore-control", "GetAgentRuntime", {"agentRuntimeId": "agent-0123456789"}),
    ("bedrock-runtime", "InvokeModel", {"modelId": "us.amazon.nova-lite-v1:0", "body": b'{"a": 1}', "contentType": "application/json"}),
    # rest-xml
    ("s3", "CreateBucket", {"Bucket": "acme-files", "CreateBucketConfiguration": {"LocationConstraint": "us-east-2"}}),
    ("s3", "PutObject",
        {"Bucket": "acme-files", "Key": "a b/ü.txt", "IfNoneMatch": "*", "Metadata": {"a": "b"}, "ContentType": "text/plain"}),
    ("s3", "GetObject", {"Bucket": "acme-files", "Key": "a/b/", "VersionId": "1"}),
    ("s3", "HeadObject", {"Bucket": "acme-files", "Key": "acl"}),
    ("s3", "CopyObject", {"Bucket": "acme-files", "Key": "b", "CopySource": "acme-files/a"}),
    ("s3", "ListObjectsV2", {"Bucket": "acme-files", "Prefix": "a/", "MaxKeys": 5}),
    ("s3", "ListObjects", {"Bucket": "acme-files", "Delimiter": "/"}),
    ("s3", "ListBuckets", {}),
    ("s3", "DeleteObjects", {"Bucket": "acme-files", "Delete": {"Objects": [{"Key": "a"}, {"Key": "b", "VersionId": "2"}], "Quiet": True}}),
    ("s3", "GetBucketAcl", {"Bucket": "acme-files"}),
    ("s3", "PutBucketPolicy", {"Bucket": "acme-files", "Policy": _POLICY}),
    ("s3", "GetBucketLocation", {"Bucket": "acme-files"}),
    ("s3", "CreateMultipartUpload", {"Bucket": "acme-files", "Key": "a"}),
    ("s3", "UploadPart", {"Bucket": "acme-files", "Key": "a", "PartNumber": 1, "UploadId": "u"}),
    ("s3", "CompleteMultipartUpload",
        {"Bucket": "acme-files", "Key": "a", "UploadId": "u", "MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "e"}]}}),
    ("s3", "ListMultipartUploads", {"Bucket": "acme-files"}),
    ("s3", "PutBucketLifecycleConfiguration", {"Bucket": "acme-files", "LifecycleConfiguration": {"Rules": [
        {"ID": "a", "Status": "Enabled", "Filter": {"And": {"Prefix": "a/", "Tags": _TAGS}}, "Expiration": {"Days": 30},
         "Transitions": [{"Days": 5, "StorageClass": "STANDARD_IA"}]}]}}),
    ("s3", "GetBucketLifecycleConfiguration", {"Bucket": "acme-files"}),
    ("s3", "PutBucketReplication", {"Bucket": "acme-files", "ReplicationConfiguration": {"Role": _ROLE, "Rules": [
        {"Status": "Enabled", "Priority": 1, "Filter": {"Prefix": ""}, "Destination": {"Bucket": "arn:aws:s3:::acme-copy"}}]}}),
    ("s3", "PutBucketLogging",
        {"Bucket": "acme-files", "BucketLoggingStatus": {"LoggingEnabled": {"TargetBucket": "acme-logs", "TargetPrefix": "a/",
        "TargetGrants": [{"Grantee": {"Type": "CanonicalUser", "ID": "a"}, "Permission": "READ"}]}}}),
    ("s3", "PutObjectTagging", {"Bucket": "acme-files", "Key": "a", "Tagging": {"TagSet": _TAGS}}),
    ("s3control", "PutPublicAccessBlock", {"AccountId": "111111111111", "PublicAccessBlockConfiguration": {"BlockPublicAcls": True}}),
    ("route53", "ChangeResourceRecordSets", {"HostedZoneId": "Z1", "ChangeBatch": {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": {
        "Name": "www.example.com.", "Type": "A", "TTL": 60, "ResourceRecords": [{"Value": "127.0.0.1"}]}}]}}),
    ("route53", "ListResourceRecordSets", {"HostedZoneId": "Z1", "StartRecordName": "a.example.com"}),
    ("cloudfront", "CreateInvalidation",
        {"DistributionId": "E1", "InvalidationBatch": {"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": "a"}}),
    ("cloudfront", "TagResource", {"Resource": "arn:aws:cloudfront::111111111111:distribution/E1", "Tags": {"Items": _TAGS}}),
]
