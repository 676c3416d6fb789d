"""Backups, budgets, security services, stacks: what the Terraform provider reads back after a write."""

from __future__ import annotations

import json
import unittest

from botocore.exceptions import ClientError
from testing import client, covers, role


class BackupTests(unittest.TestCase):
    def setUp(self) -> None:
        self.backup = client("backup")
        self.rule = {"RuleName": "daily", "TargetBackupVaultName": "vault", "ScheduleExpression": "cron(0 2 * * ? *)"}
        plan = {"BackupPlanName": self._testMethodName, "Rules": [self.rule]}
        self.plan = self.backup.create_backup_plan(BackupPlan=plan, BackupPlanTags={"Project": "acme"})

    @covers("backup", "ListTags")
    def test_tags_with_and_without_a_trailing_slash(self) -> None:
        arn = self.plan["BackupPlanArn"]
        self.assertEqual(self.backup.list_tags(ResourceArn=arn)["Tags"], {"Project": "acme"})
        # boto3 sends a trailing slash, the Go SDK does not.
        without = client("backup")
        without.meta.events.register("before-sign.backup.ListTags", lambda request, **_: setattr(request, "url", request.url.rstrip("/")))
        self.assertEqual(without.list_tags(ResourceArn=arn)["Tags"], {"Project": "acme"})

    @covers("backup", "ListRecoveryPointsByBackupVault")
    def test_an_empty_vault_lists_no_recovery_points(self):
        self.backup.create_backup_vault(BackupVaultName=self._testMethodName)
        self.assertEqual(self.backup.list_recovery_points_by_backup_vault(BackupVaultName=self._testMethodName)["RecoveryPoints"], [])
        with self.assertRaises(self.backup.exceptions.ResourceNotFoundException):
            self.backup.list_recovery_points_by_backup_vault(BackupVaultName="none")

    @covers("backup", "StartBackupJob", "DescribeBackupJob", "StartCopyJob", "DescribeCopyJob")
    @covers("backup", "DescribeRecoveryPoint", "DeleteRecoveryPoint", "DeleteBackupVault")
    def test_backup_is_copied_to_another_region_and_vaults_cannot_be_deleted_before_it(self) -> None:
        elsewhere, name = client("backup", region="us-west-2"), self._testMethodName[:50]
        self.backup.create_backup_vault(BackupVaultName=name)
        copies = elsewhere.create_backup_vault(BackupVaultName=name)["BackupVaultArn"]
        backing_up, resource = role("backing-up", "backup.amazonaws.com"), "arn:aws:rds:us-east-2:111111111111:db:orders"
        managed = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
        client("iam").attach_role_policy(RoleName="backing-up", PolicyArn=managed)
        started = self.backup.start_backup_job(BackupVaultName=name, ResourceArn=resource, IamRoleArn=backing_up)
        job = self.backup.describe_backup_job(BackupJobId=started["BackupJobId"])
        self.assertEqual((job["State"], job["ResourceArn"]), ("COMPLETED", resource))
        copied = self.backup.start_copy_job(
            RecoveryPointArn=job["RecoveryPointArn"], SourceBackupVaultName=name, DestinationBackupVaultArn=copies, IamRoleArn=backing_up
        )
        copy = self.backup.describe_copy_job(CopyJobId=copied["CopyJobId"])["CopyJob"]
        self.assertEqual(copy["State"], "COMPLETED")
        for backup, arn in ((self.backup, job["RecoveryPointArn"]), (elsewhere, copy["DestinationRecoveryPointArn"])):
            (listed,) = backup.list_recovery_points_by_backup_vault(BackupVaultName=name)["RecoveryPoints"]
            self.assertEqual(listed["RecoveryPointArn"], arn)
            self.assertEqual(backup.describe_recovery_point(BackupVaultName=name, RecoveryPointArn=arn)["ResourceArn"], resource)
            with self.assertRaises(backup.exceptions.InvalidRequestException):
                backup.delete_backup_vault(BackupVaultName=name)
            backup.delete_recovery_point(BackupVaultName=name, RecoveryPointArn=arn)
            backup.delete_backup_vault(BackupVaultName=name)

    @covers("backup", "UpdateBackupPlan")
    def test_updated_plan_keeps_its_id(self) -> None:
        changed = {"BackupPlanName": self._testMethodName, "Rules": [{**self.rule, "ScheduleExpression": "cron(0 3 * * ? *)"}]}
        updated = self.backup.update_backup_plan(BackupPlanId=self.plan["BackupPlanId"], BackupPlan=changed)
        self.assertNotEqual(updated["VersionId"], self.plan["VersionId"])
        read = self.backup.get_backup_plan(BackupPlanId=self.plan["BackupPlanId"])["BackupPlan"]
        self.assertEqual(read["Rules"][0]["ScheduleExpression"], "cron(0 3 * * ? *)")

    @covers("backup", "DeleteBackupPlan")
    def test_name_of_a_deleted_plan_can_be_reused(self) -> None:
        self.backup.delete_backup_plan(BackupPlanId=self.plan["BackupPlanId"])
        again = self.backup.create_backup_plan(BackupPlan={"BackupPlanName": self._testMethodName, "Rules": [self.rule]})
        self.assertNotEqual(again["BackupPlanId"], self.plan["BackupPlanId"])

    @covers("backup", "CreateBackupSelection", "GetBackupSelection", "ListBackupSelections", "DeleteBackupSelection")
    def test_selection_is_created_and_deleted(self) -> None:
        plan = self.plan["BackupPlanId"]
        sent = {"SelectionName": "tagged", "IamRoleArn": role("backup", "backup.amazonaws.com"), "Resources": ["*"]}
        made = self.backup.create_backup_selection(BackupPlanId=plan, BackupSelection=sent)
        named = {"BackupPlanId": plan, "SelectionId": made["SelectionId"]}
        self.assertEqual(self.backup.get_backup_selection(**named)["BackupSelection"], sent)
        listed = self.backup.list_backup_selections(BackupPlanId=plan)["BackupSelectionsList"]
        self.assertEqual([s["SelectionName"] for s in listed], ["tagged"])
        self.backup.delete_backup_selection(**named)
        with self.assertRaises(ClientError):
            self.backup.get_backup_selection(**named)


class AccountSettingsTests(unittest.TestCase):
    """Finding A24: settings of the account stack that exist once per region."""

    @covers("ec2", "ModifyInstanceMetadataDefaults", "GetInstanceMetadataDefaults")
    def test_metadata_defaults_are_kept_until_set_to_no_preference(self) -> None:
        ec2 = client("ec2", region="eu-west-3")
        ec2.modify_instance_metadata_defaults(HttpTokens="required", HttpPutResponseHopLimit=2)
        read = ec2.get_instance_metadata_defaults()["AccountLevel"]
        self.assertEqual((read["HttpTokens"], read["HttpPutResponseHopLimit"]), ("required", 2))
        self.assertNotIn("HttpTokens", client("ec2", region="eu-west-2").get_instance_metadata_defaults()["AccountLevel"])
        ec2.modify_instance_metadata_defaults(HttpTokens="no-preference", HttpPutResponseHopLimit=-1)
        self.assertEqual(ec2.get_instance_metadata_defaults()["AccountLevel"], {"ManagedBy": "account"})

    @covers("ec2", "EnableSnapshotBlockPublicAccess", "DisableSnapshotBlockPublicAccess", "GetSnapshotBlockPublicAccessState")
    def test_public_sharing_of_snapshots_is_blocked_and_unblocked(self) -> None:
        ec2 = client("ec2", region="eu-west-3")
        self.assertEqual(ec2.get_snapshot_block_public_access_state()["State"], "unblocked")
        self.assertEqual(ec2.enable_snapshot_block_public_access(State="block-all-sharing")["State"], "block-all-sharing")
        self.assertEqual(ec2.get_snapshot_block_public_access_state()["State"], "block-all-sharing")
        self.assertEqual(ec2.disable_snapshot_block_public_access()["State"], "unblocked")


class TrailTests(unittest.TestCase):
    """Finding A24: the account's trail."""

    @covers("cloudtrail", "DescribeTrails")
    def test_trails_are_described_by_name_or_arn(self) -> None:
        s3, trails = client("s3", region="us-east-1"), client("cloudtrail", region="us-east-1")
        arns = {}
        for name in ("one", "two"):
            s3.create_bucket(Bucket=f"{name}-trails")
            arns[name] = trails.create_trail(Name=name, S3BucketName=f"{name}-trails")["TrailARN"]

        def described(**chosen: list[str]) -> list[str]:
            return [trail["Name"] for trail in trails.describe_trails(**chosen)["trailList"]]

        self.assertEqual(described(trailNameList=[arns["two"]]), ["two"])
        self.assertEqual(described(trailNameList=["one"]), ["one"])
        self.assertEqual(described(trailNameList=["none"]), [])
        self.assertEqual(sorted(described()), ["one", "two"])

    @covers("cloudtrail", "StartLogging", "StopLogging", "DeleteTrail")
    def test_a_trail_can_be_identified_by_its_arn(self) -> None:
        client("s3", region="us-east-1").create_bucket(Bucket="acme-trail")
        trails = client("cloudtrail", region="us-east-1")
        arn = trails.create_trail(Name="management-events", S3BucketName="acme-trail")["TrailARN"]
        trails.start_logging(Name=arn)
        self.assertTrue(trails.get_trail_status(Name=arn)["IsLogging"])
        trails.stop_logging(Name="management-events")
        self.assertFalse(trails.get_trail_status(Name=arn)["IsLogging"])
        trails.delete_trail(Name=arn)
        with self.assertRaises(ClientError):
            trails.get_trail(Name=arn)


class BudgetTests(unittest.TestCase):
    def setUp(self) -> None:
        self.budgets = client("budgets", region="us-east-1")
        self.named = {"AccountId": "111111111111", "BudgetName": self._testMethodName}
        self.notification = {"NotificationType": "ACTUAL", "ComparisonOperator": "GREATER_THAN", "Threshold": 80.0}
        self.subscribers = [{"SubscriptionType": "EMAIL", "Address": "ops@example.com"}]
        self.budgets.create_budget(
            AccountId="111111111111",
            Budget=self._budget("60"),
            NotificationsWithSubscribers=[{"Notification": self.notification, "Subscribers": self.subscribers}],
            ResourceTags=[{"Key": "Project", "Value": "acme"}],
        )

    def _budget(self, amount: str) -> dict[str, object]:
        limit = {"Amount": amount, "Unit": "USD"}
        return {"BudgetName": self._testMethodName, "BudgetType": "COST", "TimeUnit": "MONTHLY", "BudgetLimit": limit}

    @covers("budgets", "DescribeSubscribersForNotification")
    def test_subscribers_of_a_notification(self) -> None:
        found = self.budgets.describe_subscribers_for_notification(**self.named, Notification=self.notification)
        self.assertEqual(found["Subscribers"], self.subscribers)
        other = {**self.notification, "Threshold": 100.0}
        self.assertEqual(self.budgets.describe_subscribers_for_notification(**self.named, Notification=other)["Subscribers"], [])

    @covers("budgets", "UpdateBudget")
    def test_update_keeps_the_notifications(self) -> None:
        self.budgets.update_budget(AccountId="111111111111", NewBudget=self._budget("70"))
        self.assertEqual(self.budgets.describe_budget(**self.named)["Budget"]["BudgetLimit"]["Amount"], "70")
        self.assertEqual(len(self.budgets.describe_notifications_for_budget(**self.named)["Notifications"]), 1)

    @covers("budgets", "CreateBudget", "ListTagsForResource", "TagResource", "UntagResource")
    def test_tags(self) -> None:
        arn = f"arn:aws:budgets::111111111111:budget/{self._testMethodName}"
        self.budgets.tag_resource(ResourceARN=arn, ResourceTags=[{"Key": "Environment", "Value": "local"}])
        tags = self.budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"]
        self.assertEqual({t["Key"]: t["Value"] for t in tags}, {"Project": "acme", "Environment": "local"})
        self.budgets.untag_resource(ResourceARN=arn, ResourceTagKeys=["Project", "Environment"])
        self.assertEqual(self.budgets.list_tags_for_resource(ResourceARN=arn)["ResourceTags"], [])


class ChatTests(unittest.TestCase):
    @covers("chatbot", "CreateSlackChannelConfiguration", "DescribeSlackChannelConfigurations", "UpdateSlackChannelConfiguration",
        "DeleteSlackChannelConfiguration")
    def test_channel_is_created_updated_and_deleted(self) -> None:
        chatbot = client("chatbot")
        sent = {
            "ConfigurationName": "alerts", "SlackTeamId": "T07EA123LEP", "SlackChannelId": "C07EZ1ABC23",
            "IamRoleArn": "arn:aws:iam::111111111111:role/slack", "SnsTopicArns": ["arn:aws:sns:us-east-2:111111111111:alerts"],
        }
        arn = chatbot.create_slack_channel_configuration(**sent)["ChannelConfiguration"]["ChatConfigurationArn"]
        with self.assertRaises(ClientError):
            chatbot.create_slack_channel_configuration(**sent)
        chatbot.update_slack_channel_configuration(ChatConfigurationArn=arn, SlackChannelId="C07EZ1ABC24")
        (found,) = chatbot.describe_slack_channel_configurations(ChatConfigurationArn=arn)["SlackChannelConfigurations"]
        self.assertEqual((found["SlackChannelId"], found["SnsTopicArns"]), ("C07EZ1ABC24", sent["SnsTopicArns"]))
        # It is not regional: other regions return it, too.
        elsewhere = client("chatbot", region="eu-west-1")
        self.assertEqual(len(elsewhere.describe_slack_channel_configurations(ChatConfigurationArn=arn)["SlackChannelConfigurations"]), 1)
        chatbot.delete_slack_channel_configuration(ChatConfigurationArn=arn)
        self.assertEqual(chatbot.describe_slack_channel_configurations(ChatConfigurationArn=arn)["SlackChannelConfigurations"], [])

    @covers("chatbot", "ListTagsForResource", "TagResource", "UntagResource")
    def test_tags(self) -> None:
        chatbot = client("chatbot", "222222222222")
        arn = chatbot.create_slack_channel_configuration(
            ConfigurationName="tagged", SlackTeamId="T07EA123LEP", SlackChannelId="C07EZ1ABC23", SlackChannelName="alerts",
            IamRoleArn="arn:aws:iam::222222222222:role/slack", Tags=[{"TagKey": "Project", "TagValue": "acme"}],
        )["ChannelConfiguration"]["ChatConfigurationArn"]
        chatbot.tag_resource(ResourceARN=arn, Tags=[{"TagKey": "Environment", "TagValue": "local"}])
        chatbot.untag_resource(ResourceARN=arn, TagKeys=["Project"])
        self.assertEqual(chatbot.list_tags_for_resource(ResourceARN=arn)["Tags"], [{"TagKey": "Environment", "TagValue": "local"}])


class SecurityTests(unittest.TestCase):
    @covers("securityhub", "UpdateSecurityHubConfiguration", "DescribeHub")
    def test_hub_returns_its_configuration(self) -> None:
        hub = client("securityhub")
        hub.enable_security_hub(EnableDefaultStandards=False)
        hub.update_security_hub_configuration(AutoEnableControls=False, ControlFindingGenerator="STANDARD_CONTROL")
        found = hub.describe_hub()
        self.assertEqual((found["AutoEnableControls"], found["ControlFindingGenerator"]), (False, "STANDARD_CONTROL"))

    @covers("securityhub", "BatchEnableStandards", "GetEnabledStandards", "BatchDisableStandards")
    def test_standards(self) -> None:
        hub = client("securityhub", "222222222222")
        arn = "arn:aws:securityhub:us-east-2::standards/aws-foundational-security-best-practices/v/1.0.0"
        (made,) = hub.batch_enable_standards(StandardsSubscriptionRequests=[{"StandardsArn": arn}])["StandardsSubscriptions"]
        (found,) = hub.get_enabled_standards()["StandardsSubscriptions"]
        self.assertEqual((found["StandardsArn"], found["StandardsStatus"]), (arn, "READY"))
        hub.batch_disable_standards(StandardsSubscriptionArns=[made["StandardsSubscriptionArn"]])
        self.assertEqual(hub.get_enabled_standards()["StandardsSubscriptions"], [])

    @covers("guardduty", "ListTagsForResource", "TagResource", "UntagResource")
    def test_tags_of_a_detector(self) -> None:
        guardduty = client("guardduty")
        detector = guardduty.create_detector(Enable=True, Tags={"Project": "acme"})["DetectorId"]
        arn = f"arn:aws:guardduty:us-east-2:111111111111:detector/{detector}"
        guardduty.tag_resource(ResourceArn=arn, Tags={"Environment": "local"})
        guardduty.untag_resource(ResourceArn=arn, TagKeys=["Project"])
        self.assertEqual(guardduty.list_tags_for_resource(ResourceArn=arn)["Tags"], {"Environment": "local"})
        self.assertEqual(guardduty.get_detector(DetectorId=detector)["Tags"], {"Environment": "local"})


    @covers(
        "access-analyzer",
        "CreateAnalyzer", "GetAnalyzer", "ListAnalyzers", "DeleteAnalyzer", "ListTagsForResource", "TagResource", "UntagResource",
    )
    def test_analyzer_is_created_and_deleted(self) -> None:
        analyzer = client("accessanalyzer")
        arn = analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT", tags={"Project": "acme"})["arn"]
        self.assertEqual(arn, "arn:aws:access-analyzer:us-east-2:111111111111:analyzer/acme")
        with self.assertRaises(ClientError) as second:
            analyzer.create_analyzer(analyzerName="acme", type="ACCOUNT")
        self.assertEqual(second.exception.response["Error"]["Code"], "ConflictException")
        analyzer.tag_resource(resourceArn=arn, tags={"Environment": "shared"})
        analyzer.untag_resource(resourceArn=arn, tagKeys=["Project"])
        self.assertEqual(analyzer.list_tags_for_resource(resourceArn=arn)["tags"], {"Environment": "shared"})
        self.assertEqual(analyzer.get_analyzer(analyzerName="acme")["analyzer"]["status"], "ACTIVE")
        self.assertEqual([a["name"] for a in analyzer.list_analyzers()["analyzers"]], ["acme"])
        analyzer.delete_analyzer(analyzerName="acme")
        with self.assertRaises(ClientError) as gone:
            analyzer.get_analyzer(analyzerName="acme")
        self.assertEqual(gone.exception.response["ResponseMetadata"]["HTTPStatusCode"], 404)


class StackTests(unittest.TestCase):
    @covers("cloudformation", "all operations")
    def test_stack_is_created(self) -> None:
        template = {"Resources": {"T": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "from-a-stack"}}}}
        client("cloudformation").create_stack(StackName="acme", TemplateBody=json.dumps(template))
        topics = [t["TopicArn"] for t in client("sns").list_topics()["Topics"]]
        self.assertIn("arn:aws:sns:us-east-2:111111111111:from-a-stack", topics)


class AgentCoreTests(unittest.TestCase):
    template = {
        "Resources": {
            "Runtime": {"Type": "AWS::BedrockAgentCore::Runtime",
                "Properties": {"AgentRuntimeName": "acme_dev_assistant", "ProtocolConfiguration": "HTTP"}},
            "Endpoint": {
                "Type": "AWS::BedrockAgentCore::RuntimeEndpoint",
                "Properties": {"AgentRuntimeId": {"Fn::GetAtt": ["Runtime", "AgentRuntimeId"]}, "Name": "live"},
            },
        },
        "Outputs": {
            "Arn": {"Value": {"Fn::GetAtt": ["Runtime", "AgentRuntimeArn"]}},
            "Version": {"Value": {"Fn::GetAtt": ["Runtime", "AgentRuntimeVersion"]}},
        },
    }

    def outputs(self) -> dict[str, str]:
        stack = client("cloudformation").describe_stacks(StackName="agent")["Stacks"][0]
        return {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}

    @covers("cloudformation", "CreateStack")
    def test_each_change_creates_a_new_version_of_the_same_runtime(self) -> None:
        cloudformation = client("cloudformation")
        cloudformation.create_stack(StackName="agent", TemplateBody=json.dumps(self.template))
        first = self.outputs()
        self.assertRegex(first["Arn"], "^arn:aws:bedrock-agentcore:[a-z0-9-]+:[0-9]{12}:runtime/acme_dev_assistant-[A-Za-z0-9]{10}$")
        self.assertEqual(first["Version"], "1")
        changed = json.loads(json.dumps(self.template).replace("HTTP", "MCP"))
        cloudformation.update_stack(StackName="agent", TemplateBody=json.dumps(changed))
        self.assertEqual(self.outputs(), {"Arn": first["Arn"], "Version": "2"})
        cloudformation.delete_stack(StackName="agent")
        with self.assertRaises(ClientError):
            cloudformation.describe_stacks(StackName="agent")


if __name__ == "__main__":
    unittest.main()
