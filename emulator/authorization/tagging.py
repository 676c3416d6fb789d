"""Tags in a request that creates a resource: they also require the service's tagging action.

A caller that may create but not tag is denied. Sources: each service's page on tag-based access control, e.g.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
"""

from __future__ import annotations

# (prefix) -> operations that take tags on creation, and the action that they then require.
_TAGGING: dict[str, tuple[str, tuple[str, ...]]] = {
    "access-analyzer": ("TagResource", ("CreateAnalyzer",)),
    "acm": ("AddTagsToCertificate", ("RequestCertificate", "ImportCertificate")),
    "application-autoscaling": ("TagResource", ("RegisterScalableTarget",)),
    "backup": ("TagResource", ("CreateBackupPlan", "CreateBackupVault")),
    "budgets": ("TagResource", ("CreateBudget",)),
    "chatbot": ("TagResource", ("CreateSlackChannelConfiguration",)),
    "cloudfront": ("TagResource", ("CreateDistributionWithTags",)),
    "cloudtrail": ("AddTags", ("CreateTrail",)),
    "cloudwatch": ("TagResource", ("PutMetricAlarm", "PutCompositeAlarm", "PutDashboard")),
    "codepipeline": ("TagResource", ("CreatePipeline",)),
    "cognito-idp": ("TagResource", ("CreateUserPool",)),
    "config": ("TagResource", ("PutConfigurationRecorder",)),
    "dynamodb": ("TagResource", ("CreateTable",)),
    "ec2": ("CreateTags", ()),
    "ecr": ("TagResource", ("CreateRepository",)),
    "ecs": ("TagResource", ("CreateCapacityProvider", "CreateCluster", "CreateService", "RegisterTaskDefinition", "RunTask")),
    "elasticloadbalancing": ("AddTags", ("CreateListener", "CreateLoadBalancer", "CreateRule", "CreateTargetGroup")),
    "events": ("TagResource", ("CreateEventBus", "PutRule")),
    "guardduty": ("TagResource", ("CreateDetector",)),
    "iam": ("TagRole", ("CreateRole",)),
    "kms": ("TagResource", ("CreateKey", "ReplicateKey")),
    "logs": ("TagResource", ("CreateLogGroup",)),
    "rds": (
        "AddTagsToResource",
        ("CreateDBInstance", "CreateDBParameterGroup", "CreateDBSnapshot", "CreateDBSubnetGroup", "RestoreDBInstanceFromDBSnapshot",
            "RestoreDBInstanceToPointInTime")),
    "scheduler": ("TagResource", ("CreateScheduleGroup",)),
    "secretsmanager": ("TagResource", ("CreateSecret",)),
    "securityhub": ("TagResource", ("EnableSecurityHub",)),
    "servicediscovery": ("TagResource", ("CreateHttpNamespace", "CreatePrivateDnsNamespace", "CreateService")),
    "sns": ("TagResource", ("CreateTopic",)),
    "sqs": ("TagQueue", ("CreateQueue",)),
    "ssm": ("AddTagsToResource", ("PutParameter",)),
    "wafv2": ("TagResource", ("CreateIPSet", "CreateRuleGroup", "CreateWebACL")),
}

# IAM has an action for each type. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html
_OTHER_IAM = {"CreateInstanceProfile": "TagInstanceProfile", "CreateOpenIDConnectProvider": "TagOpenIDConnectProvider",
    "CreatePolicy": "TagPolicy", "CreateUser": "TagUser"}

# Type of the created resource, if the action that creates it has no resource type and the tagging action has several.
MADE = {"chatbot": "ChatbotConfiguration", "cloudfront": "distribution", "guardduty": "detector"}
# Type of the created and tagged resource, if the action that creates it is on another resource.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/supported-iam-actions-tagging.html
MADE_FROM_ANOTHER = {("ecs", "RunTask"): "task"}


def action(prefix: str, operation: str) -> str | None:
    """Name of the action that tags in this operation require; None if none is required."""
    if prefix == "iam" and operation in _OTHER_IAM:
        return _OTHER_IAM[operation]
    tag, operations = _TAGGING.get(prefix, ("", ()))
    return tag if tag and (operation in operations or prefix == "ec2") else None
