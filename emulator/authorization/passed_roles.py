"""Operations that pass a role to a service: the caller also needs iam:PassRole on it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .resources import at, texts


@dataclass(frozen=True)
class PassedRole:
    arn: str
    service: str


# (prefix, operation) -> member of the request with the role, and the service to which it is passed. Sources: the services' own pages on
# IAM, e.g.
# https://docs.aws.amazon.com/AmazonECS/latest/developerguide/security-iam-roles.html
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html (PassRole)
_ROLES: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("application-autoscaling", "RegisterScalableTarget"): (("RoleARN", "application-autoscaling.amazonaws.com"),),
    ("backup", "CreateBackupSelection"): (("BackupSelection.IamRoleArn", "backup.amazonaws.com"),),
    ("backup", "StartBackupJob"): (("IamRoleArn", "backup.amazonaws.com"),),
    ("backup", "StartCopyJob"): (("IamRoleArn", "backup.amazonaws.com"),),
    ("backup", "StartRestoreJob"): (("IamRoleArn", "backup.amazonaws.com"),),
    ("chatbot", "CreateSlackChannelConfiguration"): (("IamRoleArn", "chatbot.amazonaws.com"),),
    ("chatbot", "UpdateSlackChannelConfiguration"): (("IamRoleArn", "chatbot.amazonaws.com"),),
    ("cloudformation", "CreateChangeSet"): (("RoleARN", "cloudformation.amazonaws.com"),),
    ("cloudformation", "CreateStack"): (("RoleARN", "cloudformation.amazonaws.com"),),
    ("cloudformation", "DeleteStack"): (("RoleARN", "cloudformation.amazonaws.com"),),
    ("cloudformation", "UpdateStack"): (("RoleARN", "cloudformation.amazonaws.com"),),
    ("cloudtrail", "CreateTrail"): (("CloudWatchLogsRoleArn", "cloudtrail.amazonaws.com"),),
    ("cloudtrail", "UpdateTrail"): (("CloudWatchLogsRoleArn", "cloudtrail.amazonaws.com"),),
    ("codebuild", "CreateProject"): (("serviceRole", "codebuild.amazonaws.com"),),
    ("codebuild", "UpdateProject"): (("serviceRole", "codebuild.amazonaws.com"),),
    ("codepipeline", "CreatePipeline"): (
        ("pipeline.roleArn", "codepipeline.amazonaws.com"), ("pipeline.stages.actions.roleArn", "codepipeline.amazonaws.com")),
    ("codepipeline", "UpdatePipeline"): (
        ("pipeline.roleArn", "codepipeline.amazonaws.com"), ("pipeline.stages.actions.roleArn", "codepipeline.amazonaws.com")),
    ("cognito-idp", "CreateUserPool"): (("SmsConfiguration.SnsCallerArn", "cognito-idp.amazonaws.com"),),
    ("cognito-idp", "UpdateUserPool"): (("SmsConfiguration.SnsCallerArn", "cognito-idp.amazonaws.com"),),
    ("config", "PutConfigurationRecorder"): (("ConfigurationRecorder.roleARN", "config.amazonaws.com"),),
    ("ec2", "CreateFlowLogs"): (("DeliverLogsPermissionArn", "vpc-flow-logs.amazonaws.com"),),
    ("ecr", "CreateRepositoryCreationTemplate"): (("customRoleArn", "ecr.amazonaws.com"),),
    ("ecr", "UpdateRepositoryCreationTemplate"): (("customRoleArn", "ecr.amazonaws.com"),),
    ("ecs", "CreateService"): (("role", "ecs.amazonaws.com"), ("volumeConfigurations.managedEBSVolume.roleArn", "ecs.amazonaws.com")),
    ("ecs", "RegisterTaskDefinition"): (("executionRoleArn", "ecs-tasks.amazonaws.com"), ("taskRoleArn", "ecs-tasks.amazonaws.com")),
    ("ecs", "RunTask"): (("overrides.executionRoleArn", "ecs-tasks.amazonaws.com"), ("overrides.taskRoleArn", "ecs-tasks.amazonaws.com")),
    ("events", "PutTargets"): (("Targets.RoleArn", "events.amazonaws.com"),),
    ("lambda", "CreateFunction"): (("Role", "lambda.amazonaws.com"),),
    ("lambda", "UpdateFunctionConfiguration"): (("Role", "lambda.amazonaws.com"),),
    ("logs", "PutSubscriptionFilter"): (("roleArn", "logs.amazonaws.com"),),
    ("rds", "CreateDBInstance"): (("MonitoringRoleArn", "monitoring.rds.amazonaws.com"),),
    ("rds", "ModifyDBInstance"): (("MonitoringRoleArn", "monitoring.rds.amazonaws.com"),),
    ("s3", "PutBucketReplication"): (("ReplicationConfiguration.Role", "s3.amazonaws.com"),),
    ("scheduler", "CreateSchedule"): (("Target.RoleArn", "scheduler.amazonaws.com"),),
    ("scheduler", "UpdateSchedule"): (("Target.RoleArn", "scheduler.amazonaws.com"),),
}


def of(prefix: str, operation: str, parameters: Mapping[str, Any], account: str, region: str) -> Iterable[PassedRole]:
    """Roles that a request passes to a service, each once."""
    found = [
        PassedRole(arn, service)
        for path, service in _ROLES.get((prefix, operation), ())
        for arn in texts(at(parameters, path.split(".")))
        if ":role/" in arn
    ]
    found += _of_instance_profiles(prefix, operation, parameters, account)
    found += _of_task_definitions(prefix, operation, parameters, account, region)
    return list(dict.fromkeys(found))


def _of_instance_profiles(prefix: str, operation: str, parameters: Mapping[str, Any], account: str) -> list[PassedRole]:
    """An instance profile is passed as the role in it. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_switch-role-ec2.html
    """
    from . import lookups

    if (prefix, operation) == ("iam", "AddRoleToInstanceProfile"):
        return [PassedRole(arn, "ec2.amazonaws.com") for arn in lookups.role_arns(account, [str(parameters.get("RoleName"))])]
    if prefix == "ec2" and operation in ("AssociateIamInstanceProfile", "ReplaceIamInstanceProfileAssociation", "RunInstances"):
        profile = parameters.get("IamInstanceProfile") or {}
        return [PassedRole(arn, "ec2.amazonaws.com") for arn in lookups.roles_of_profile(account, profile.get("Name"), profile.get("Arn"))]
    return []


def _of_task_definitions(prefix: str, operation: str, parameters: Mapping[str, Any], account: str, region: str) -> list[PassedRole]:
    """A task runs with the roles of its definition; the caller that starts it passes them.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/CWE_IAM_role.html
    """
    from . import lookups

    if (prefix, operation) != ("ecs", "RunTask") or not parameters.get("taskDefinition"):
        return []
    return [PassedRole(arn, "ecs-tasks.amazonaws.com") for arn in lookups.roles_of_task(account, region, str(parameters["taskDefinition"]))]
