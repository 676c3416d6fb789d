"""Messages that services publish (alarms, events, stopped tasks), to topics that allow it and to topics that do not."""

from __future__ import annotations

import datetime
import json
import unittest
from typing import Any

from addon import deliveries
from in_process import InProcessTests, document
from testing import ACCOUNT, REGION, covers

ALARM = f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:acme-errors"
OWN_ACCOUNT = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
ADMINISTRATOR = {"Effect": "Allow", "Principal": {"AWS": ACCOUNT}, "Action": "kms:*", "Resource": "*"}


def publisher(service: str, **condition: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Principal": {"Service": f"{service}.amazonaws.com"}, "Action": "sns:Publish", "Resource": "*", **condition}


def key_user(service: str, actions: Any = ("kms:Decrypt", "kms:GenerateDataKey*"), **condition: Any) -> dict[str, Any]:
    principal = {"Service": f"{service}.amazonaws.com"}
    return {"Effect": "Allow", "Principal": principal, "Action": list(actions), "Resource": "*", **condition}


class DeliveryTests(InProcessTests):
    def setUp(self) -> None:
        super().setUp()
        deliveries.DELIVERIES.clear()

    def topic(self, *statements: dict[str, Any], key: str | None = None) -> str:
        """A topic with a subscribed queue; without statements, it has AWS's default topic policy."""
        attributes = {"Policy": document(*statements)} if statements else {}
        if key:
            attributes["KmsMasterKeyId"] = key
        arn = str(self.client("sns").create_topic(Name="alerts", Attributes=attributes)["TopicArn"])
        self.client("sqs").create_queue(QueueName="inbox")
        self.client("sns").subscribe(TopicArn=arn, Protocol="sqs", Endpoint=f"arn:aws:sqs:{REGION}:{ACCOUNT}:inbox")
        return arn

    def key(self, *statements: dict[str, Any]) -> str:
        return str(self.client("kms").create_key(Policy=document(ADMINISTRATOR, *statements))["KeyMetadata"]["KeyId"])

    def inbox(self) -> list[str]:
        sqs = self.client("sqs")
        url = sqs.get_queue_url(QueueName="inbox")["QueueUrl"]
        got = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(message["Body"])["Message"] for message in got]

    def alarm(self, topic: str, state: str = "ALARM", **more: Any) -> list[str]:
        """The messages received when an alarm changes its state."""
        client = self.client("cloudwatch")
        client.put_metric_alarm(
            AlarmName="acme-errors", MetricName="Errors", Namespace="acme", Statistic="Sum", Period=60, EvaluationPeriods=1, Threshold=1,
            ComparisonOperator="GreaterThanThreshold", AlarmActions=[topic], **more,
        )
        client.set_alarm_state(AlarmName="acme-errors", StateValue=state, StateReason="test")
        return self.inbox()

    def event(self, topic: str, **target: Any) -> list[str]:
        """The messages received when an event matches a rule."""
        events = self.client("events")
        events.put_rule(Name="acme-jobs", EventPattern=json.dumps({"source": ["acme"], "detail": {"state": ["FAILED"]}}))
        events.put_targets(Rule="acme-jobs", Targets=[{"Id": "topic", "Arn": topic, **target}])
        detail = json.dumps({"state": "FAILED", "job": "nightly"})
        events.put_events(Entries=[{"Source": "acme", "DetailType": "Job", "Detail": detail}])
        return self.inbox()

    def refusal(self) -> str:
        (delivery,) = deliveries.DELIVERIES
        self.assertIsNotNone(delivery.refusal)
        return str(delivery.refusal)

    def failed_invocations(self) -> float:
        now = datetime.datetime.now(datetime.timezone.utc)
        points = self.client("cloudwatch").get_metric_statistics(
            Namespace="AWS/Events", MetricName="FailedInvocations", Dimensions=[{"Name": "RuleName", "Value": "acme-jobs"}], Period=60,
            StartTime=now - datetime.timedelta(hours=1), EndTime=now + datetime.timedelta(hours=1), Statistics=["Sum"],
        )["Datapoints"]
        return sum(point["Sum"] for point in points)


class AlarmTests(DeliveryTests):
    @covers("monitoring", "SetAlarmState")
    def test_an_alarm_publishes_if_the_topic_allows_cloudwatch(self) -> None:
        source = {"Condition": {**OWN_ACCOUNT, "ArnLike": {"aws:SourceArn": f"arn:aws:cloudwatch:{REGION}:{ACCOUNT}:alarm:*"}}}
        (message,) = self.alarm(self.topic(publisher("cloudwatch", **source)))
        self.assertEqual(
            {name: json.loads(message)[name] for name in ("AlarmArn", "OldStateValue", "NewStateValue", "NewStateReason")},
            {"AlarmArn": ALARM, "OldStateValue": "OK", "NewStateValue": "ALARM", "NewStateReason": "test"},
        )

    @covers("monitoring", "DescribeAlarmHistory")
    def test_the_history_tells_which_actions_succeeded(self) -> None:
        def actions() -> list[str]:
            items = self.client("cloudwatch").describe_alarm_history(
                AlarmName="acme-errors", HistoryItemType="Action", StartDate=started)["AlarmHistoryItems"]
            return [item["HistorySummary"] for item in items]

        started = datetime.datetime.now(datetime.timezone.utc)
        topic = self.topic()
        self.alarm(topic)
        self.assertEqual(actions(), [f"Successfully executed action {topic}"])
        self.client("sns").set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=document(publisher("events")))
        self.client("cloudwatch").set_alarm_state(AlarmName="acme-errors", StateValue="OK", StateReason="test")
        self.client("cloudwatch").set_alarm_state(AlarmName="acme-errors", StateValue="ALARM", StateReason="test")
        self.assertEqual(actions()[0], f"Failed to execute action {topic}")

    def test_the_default_topic_policy_allows_alarms_to_publish(self) -> None:
        self.assertEqual(len(self.alarm(self.topic())), 1)

    def test_a_topic_for_other_publishers_denies_access(self) -> None:
        self.assertEqual(self.alarm(self.topic(publisher("events"))), [])
        self.assertRegex(self.refusal(), "^sns:Publish on arn:aws:sns:.*no resource-based policy allows it")

    def test_another_account_s_alarm_is_denied(self) -> None:
        other = {"Condition": {"StringEquals": {"aws:SourceAccount": "222222222222"}}}
        self.assertEqual(self.alarm(self.topic(publisher("cloudwatch", **other))), [])

    def test_a_deny_for_plain_http_does_not_affect_services(self) -> None:
        plain = {"Bool": {"aws:SecureTransport": "false"}}
        tls = {"Effect": "Deny", "Principal": "*", "Action": "sns:Publish", "Resource": "*", "Condition": plain}
        self.assertEqual(len(self.alarm(self.topic(publisher("cloudwatch"), tls))), 1)

    def test_only_changes_of_state_and_enabled_actions_publish(self) -> None:
        topic = self.topic()
        self.assertEqual(self.alarm(topic, "OK"), [])
        self.assertEqual(self.alarm(topic, "ALARM", ActionsEnabled=False), [])
        self.assertEqual(self.alarm(topic, "INSUFFICIENT_DATA"), [])
        self.assertEqual(len(self.alarm(topic, "OK", OKActions=[topic])), 0)
        self.client("cloudwatch").set_alarm_state(AlarmName="acme-errors", StateValue="ALARM", StateReason="test")
        self.assertEqual(len(self.inbox()), 1)
        self.client("cloudwatch").set_alarm_state(AlarmName="acme-errors", StateValue="OK", StateReason="test")
        self.assertEqual(len(self.inbox()), 1)

    def test_an_encrypted_topic_needs_the_key_as_well(self) -> None:
        key = self.key(key_user("cloudwatch", Condition=OWN_ACCOUNT))
        self.assertEqual(len(self.alarm(self.topic(publisher("cloudwatch"), key=key))), 1)

    def test_a_key_that_denies_access_to_the_publisher(self) -> None:
        topic = self.topic(publisher("cloudwatch"), key=self.key())
        self.assertEqual(self.alarm(topic), [])
        self.assertRegex(self.refusal(), "^kms:GenerateDataKey on arn:aws:kms:")

    def test_a_key_with_half_of_the_needed_permissions(self) -> None:
        self.assertEqual(self.alarm(self.topic(publisher("cloudwatch"), key=self.key(key_user("cloudwatch", ["kms:GenerateDataKey"])))), [])
        self.assertRegex(self.refusal(), "^kms:Decrypt on arn:aws:kms:")

    def test_an_aws_managed_key_denies_access_to_services(self) -> None:
        self.assertEqual(self.alarm(self.topic(publisher("cloudwatch"), key="alias/aws/sns")), [])
        self.assertIn("use a customer managed key", self.refusal())

    def test_a_disabled_key_denies_access(self) -> None:
        key = self.key(key_user("cloudwatch"))
        self.client("kms").disable_key(KeyId=key)
        self.assertEqual(self.alarm(self.topic(publisher("cloudwatch"), key=key)), [])
        self.assertIn("is disabled", self.refusal())


class EventTests(DeliveryTests):
    @covers("events", "PutEvents")
    def test_a_rule_publishes_if_the_topic_allows_eventbridge(self) -> None:
        (message,) = self.event(self.topic(publisher("events")))
        self.assertEqual(json.loads(message)["detail"], {"state": "FAILED", "job": "nightly"})
        self.assertEqual(self.failed_invocations(), 0)

    def test_events_that_do_not_match_and_disabled_rules_publish_nothing(self) -> None:
        topic = self.topic(publisher("events"))
        self.event(topic)
        events = self.client("events")
        events.put_events(Entries=[{"Source": "acme", "DetailType": "Job", "Detail": '{"state": "SUCCEEDED"}'}])
        self.assertEqual(self.inbox(), [])
        events.disable_rule(Name="acme-jobs")
        events.put_events(Entries=[{"Source": "acme", "DetailType": "Job", "Detail": '{"state": "FAILED"}'}])
        self.assertEqual(self.inbox(), [])

    def test_a_rule_with_a_schedule_gets_no_events(self) -> None:
        topic = self.topic(publisher("events"))
        self.client("events").put_rule(Name="daily", ScheduleExpression="rate(1 day)")
        self.client("events").put_targets(Rule="daily", Targets=[{"Id": "topic", "Arn": topic}])
        self.client("events").put_events(Entries=[{"Source": "acme", "DetailType": "Job", "Detail": "{}"}])
        self.assertEqual(self.inbox(), [])

    def test_input_transformer(self) -> None:
        transformer = {"InputPathsMap": {"job": "$.detail.job", "none": "$.detail.none"}, "InputTemplate": '"Job <job> failed <none>"'}
        self.assertEqual(self.event(self.topic(publisher("events")), InputTransformer=transformer), ['"Job nightly failed "'])

    # Finding A1: EventBridge sends neither account nor rule to SNS and KMS.
    def test_a_condition_on_the_source_in_the_topic_s_policy_denies_eventbridge(self) -> None:
        for condition in (OWN_ACCOUNT, {"ArnLike": {"aws:SourceArn": f"arn:aws:events:{REGION}:{ACCOUNT}:rule/*"}}):
            with self.subTest(condition):
                deliveries.DELIVERIES.clear()
                self.assertEqual(self.event(self.topic(publisher("events", Condition=condition))), [])
                self.assertRegex(self.refusal(), "^sns:Publish on ")
                self.client("sns").delete_topic(TopicArn=f"arn:aws:sns:{REGION}:{ACCOUNT}:alerts")
        self.assertEqual(self.failed_invocations(), 2)

    # Finding A1.
    def test_a_condition_on_the_source_in_the_key_s_policy_denies_eventbridge(self) -> None:
        key = self.key(key_user("events", Condition=OWN_ACCOUNT))
        self.assertEqual(self.event(self.topic(publisher("events"), key=key)), [])
        self.assertRegex(self.refusal(), "^kms:GenerateDataKey on ")
        self.assertEqual(self.failed_invocations(), 1)

    # Finding A1.
    def test_a_key_statement_limited_to_the_topic_allows_eventbridge(self) -> None:
        context = {"StringEquals": {"kms:EncryptionContext:aws:sns:topicArn": f"arn:aws:sns:{REGION}:{ACCOUNT}:alerts"}}
        key = self.key(key_user("events", Condition=context))
        self.assertEqual(len(self.event(self.topic(publisher("events"), key=key))), 1)


class TaskTests(DeliveryTests):
    def run_task(self, command: str) -> None:
        ec2, ecs = self.client("ec2"), self.client("ecs")
        vpc = ec2.create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
        subnet = ec2.create_subnet(VpcId=vpc, CidrBlock="10.0.0.0/24")["Subnet"]["SubnetId"]
        ecs.create_cluster(clusterName="acme")
        ecs.register_task_definition(
            family="job", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{"name": "job", "image": "x"}, {"name": "sidecar", "image": "x"}],
        )
        ecs.run_task(
            cluster="acme", taskDefinition="job", launchType="FARGATE",
            networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet], "securityGroups": []}},
            overrides={"containerOverrides": [{"name": "job", "command": [command]}]},
        )

    @covers("events", "ECS Task State Change")
    def test_a_failed_task_sends_an_event(self) -> None:
        topic = self.topic(publisher("events"))
        pattern = {
            "source": ["aws.ecs"], "detail-type": ["ECS Task State Change"],
            "detail": {
                "clusterArn": [f"arn:aws:ecs:{REGION}:{ACCOUNT}:cluster/acme"], "group": ["family:job"], "lastStatus": ["STOPPED"],
                "$or": [{"containers": {"exitCode": [{"anything-but": [0]}]}}, {"stopCode": ["TaskFailedToStart"]}],
            },
        }
        transformer = {"InputPathsMap": {"job": "$.detail.group", "reason": "$.detail.stoppedReason"}, "InputTemplate": '"<job>: <reason>"'}
        self.client("events").put_rule(Name="failed", EventPattern=json.dumps(pattern))
        self.client("events").put_targets(Rule="failed", Targets=[{"Id": "topic", "Arn": topic, "InputTransformer": transformer}])
        self.run_task("true")
        self.assertEqual(self.inbox(), [])
        self.run_task("exit 3")
        self.assertEqual(self.inbox(), ['"family:job: Essential container in task exited"'])


if __name__ == "__main__":
    unittest.main()
