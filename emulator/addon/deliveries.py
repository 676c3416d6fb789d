"""Messages that services publish: alarms and events with a topic as target, if the policies of the topic and its key allow it."""

from __future__ import annotations

import collections
import datetime
import json
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.cloudwatch.models import CloudWatchBackend, cloudwatch_backends
from moto.events.models import Rule, events_backends
from moto.sns.models import sns_backends

from authorization.publications import CLOUDWATCH, EVENTBRIDGE, refused

from .alarm_history import record_action
from .event_patterns import matches, target_input
from .registry import patch, replace

patch(
    "monitoring", "SetAlarmState",
    "moto changes the state without a notification; the alarm's topics get a message if topic and key policies allow CloudWatch",
)
patch("events", "PutEvents",
    "moto fails if a target is a topic; it gets a message if the policies of topic and key allow EventBridge to publish")
patch("events", "ECS Task State Change", "moto's tasks send no events; a rule about failed jobs would never match")


@dataclass(frozen=True)
class Delivery:
    """One attempt to publish. refusal: why it failed; None if it succeeded."""

    service: str
    source: str
    target: str
    refusal: str | None


# The most recent deliveries, for tests and debugging.
DELIVERIES: collections.deque[Delivery] = collections.deque(maxlen=1000)


def publish(service: str, source: str, topic: str, message: str, subject: str | None = None) -> Delivery:
    """Publishes as a service, on behalf of one of its resources. A denied publication is lost, as on AWS, and is logged."""
    _, _, _, region, account, _ = topic.split(":", 5)
    found = sns_backends[account][region].topics.get(topic)
    refusal = f"topic {topic} does not exist" if found is None else refused(service, source, topic)
    delivery = Delivery(service, source, topic, refusal)
    DELIVERIES.append(delivery)
    if refusal is None:
        found.publish(message, subject=subject)
    else:
        print(f"REFUSED {service} for {source}: {refusal}", file=sys.stderr, flush=True)
    return delivery


def emit(account: str, region: str, source: str, detail_type: str, detail: Mapping[str, Any], resources: list[str]) -> None:
    """Sends an event of a service to the account's default event bus."""
    event = {
        "version": "0", "id": str(uuid.uuid4()), "detail-type": detail_type, "source": source, "account": account, "time": _now(),
        "region": region, "resources": resources, "detail": detail,
    }
    for rule in list(events_backends[account][region].event_buses["default"].rules.values()):
        _to_topics(rule, event)


def _to_topics(rule: Rule, event: Mapping[str, Any]) -> None:
    pattern = json.loads(rule.event_pattern.dump() or "{}")
    # A rule without a pattern has a schedule; events do not match it.
    if rule.state != "ENABLED" or not pattern or not matches(pattern, event):
        return
    for target in rule.targets:
        if target["Arn"].split(":")[2] != "sns":
            continue
        if target.get("RoleArn"):
            raise NotImplementedError("a topic as EventBridge target with a role: AWS requires the topic's policy instead")
        delivery = publish(EVENTBRIDGE, rule.arn, target["Arn"], target_input(target, event))
        _count(rule, delivery)


def _count(rule: Rule, delivery: Delivery) -> None:
    """https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html"""
    names = ["Invocations"] if delivery.refusal is None else ["Invocations", "FailedInvocations"]
    data = [{"MetricName": name, "Dimensions": [{"Name": "RuleName", "Value": rule.name}], "Value": 1.0} for name in names]
    cloudwatch_backends[rule.account_id][rule.region_name].put_metric_data("AWS/Events", data)


def _sending(original: Any) -> Any:
    def send_to_targets(self: Rule, original_event: dict[str, Any], transform_input: bool = True) -> None:
        event = {name: value for name, value in original_event.items() if name != "ingestion-time"}
        if isinstance(event.get("time"), (int, float)):
            event["time"] = _now(event["time"])
        _to_topics(self, event)
        kept = self.targets
        self.targets = [target for target in kept if target["Arn"].split(":")[2] != "sns"]
        try:
            original(self, original_event, transform_input)
        finally:
            self.targets = kept

    return send_to_targets


def _alarming(original: Any) -> Any:
    def set_alarm_state(self: CloudWatchBackend, alarm_name: str, reason: str, reason_data: str, state_value: str) -> None:
        before = self.alarms[alarm_name].state_value if alarm_name in self.alarms else None
        original(self, alarm_name, reason, reason_data, state_value)
        alarm = self.alarms[alarm_name]
        # Actions run only when the state changes.
        if alarm.actions_enabled and before != state_value:
            _notify(alarm, str(before))

    return set_alarm_state


def _notify(alarm: Any, before: str) -> None:
    # https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
    actions = {"ALARM": alarm.alarm_actions, "OK": alarm.ok_actions, "INSUFFICIENT_DATA": alarm.insufficient_data_actions}
    account = alarm.alarm_arn.split(":")[4]
    message = {
        "AlarmName": alarm.name, "AlarmDescription": alarm.description, "AWSAccountId": account, "AlarmArn": alarm.alarm_arn,
        "NewStateValue": alarm.state_value, "NewStateReason": alarm.state_reason, "OldStateValue": before, "StateChangeTime": _now(),
        "Region": alarm.region_name,
    }
    for action in actions[alarm.state_value] or ():
        if action.split(":")[2] == "sns":
            subject = f'{alarm.state_value}: "{alarm.name}" in {alarm.region_name}'
            delivery = publish(CLOUDWATCH, alarm.alarm_arn, action, json.dumps(message), subject)
            record_action(alarm, action, delivery.refusal)


def _now(seconds: float | None = None) -> str:
    utc = datetime.timezone.utc
    moment = datetime.datetime.now(utc) if seconds is None else datetime.datetime.fromtimestamp(seconds, utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


replace(Rule, "send_to_targets", _sending)
replace(CloudWatchBackend, "set_alarm_state", _alarming)
