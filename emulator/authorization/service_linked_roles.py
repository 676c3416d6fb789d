"""Service-linked roles, which AWS creates the first time a service is used in an account: the caller then needs
iam:CreateServiceLinkedRole.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html
"""

from __future__ import annotations

from .lookups import backend

# Account and service of the roles that were created since the emulator started.
_MADE: set[tuple[str, str]] = set()

# (prefix, operation) -> service principal and name of its role. Sources: the services' pages "Using service-linked roles for …".
_ROLES: dict[tuple[str, str], tuple[str, str]] = {
    # https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html
    ("application-autoscaling", "RegisterScalableTarget"): (
        "ecs.application-autoscaling.amazonaws.com", "AWSServiceRoleForApplicationAutoScaling_ECSService"),
    # https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles.html
    ("backup", "CreateBackupSelection"): ("backup.amazonaws.com", "AWSServiceRoleForBackup"),
    # https://docs.aws.amazon.com/chatbot/latest/adminguide/using-service-linked-roles.html
    ("chatbot", "CreateSlackChannelConfiguration"): ("management.chatbot.amazonaws.com", "AWSServiceRoleForAWSChatbot"),
    # https://docs.aws.amazon.com/AmazonECR/latest/userguide/using-service-linked-roles.html
    ("ecr", "PutReplicationConfiguration"): ("replication.ecr.amazonaws.com", "AWSServiceRoleForECRReplication"),
    # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/using-service-linked-roles.html
    ("ecs", "CreateCluster"): ("ecs.amazonaws.com", "AWSServiceRoleForECS"),
    # https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-service-linked-roles.html
    ("elasticloadbalancing", "CreateLoadBalancer"): ("elasticloadbalancing.amazonaws.com", "AWSServiceRoleForElasticLoadBalancing"),
    # https://docs.aws.amazon.com/guardduty/latest/ug/slr-permissions.html
    ("guardduty", "CreateDetector"): ("guardduty.amazonaws.com", "AWSServiceRoleForAmazonGuardDuty"),
    # https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.IAM.ServiceLinkedRoles.html
    ("rds", "CreateDBInstance"): ("rds.amazonaws.com", "AWSServiceRoleForRDS"),
    # https://docs.aws.amazon.com/securityhub/latest/userguide/using-service-linked-roles.html
    ("securityhub", "EnableSecurityHub"): ("securityhub.amazonaws.com", "AWSServiceRoleForSecurityHub"),
    # https://docs.aws.amazon.com/waf/latest/developerguide/using-service-linked-roles.html
    ("wafv2", "PutLoggingConfiguration"): ("wafv2.amazonaws.com", "AWSServiceRoleForWAFV2Logging"),
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-using-service-linked-roles.html
    ("access-analyzer", "CreateAnalyzer"): ("access-analyzer.amazonaws.com", "AWSServiceRoleForAccessAnalyzer"),
}


def of(prefix: str, operation: str) -> tuple[str, str] | None:
    """Service principal and role name of the role that an operation needs; None if it needs none."""
    return _ROLES.get((prefix, operation))


def arn(account: str, service: str, role: str) -> str:
    return f"arn:aws:iam::{account}:role/aws-service-role/{service}/{role}"


def exists(account: str, service: str) -> bool:
    """Whether the account has the role already."""
    return (account, service) in _MADE or any(
        role.arn.startswith(f"arn:aws:iam::{account}:role/aws-service-role/{service}/")
            for role in backend("iam", account, "aws").roles.values()
    )


def made(account: str, service: str) -> None:
    """Records that AWS created the role with the request that needed it."""
    _MADE.add((account, service))
