"""AWS Budgets: subscribers of notifications, tags, and updates."""

from __future__ import annotations

import json
from typing import Any

from moto.budgets.models import Budget
from moto.budgets.responses import BudgetsResponse

from .registry import add, after, patch

_ASKED = "moto lacks it; the provider calls it after every budget and retries for minutes"
patch("budgets", "DescribeSubscribersForNotification", _ASKED)
patch("budgets", "ListTagsForResource", _ASKED)
patch("budgets", "TagResource", _ASKED)
patch("budgets", "UntagResource", _ASKED)
patch("budgets", "CreateBudget", "moto drops the tags of the request")
patch("budgets", "UpdateBudget", "moto lacks it; a changed limit could not be applied")


def _budget(response: Any) -> Budget:
    account, name = response._get_param("AccountId"), response._get_param("BudgetName")
    # Raises AWS's own error if the budget does not exist.
    response.backend.describe_budget(account_id=account, budget_name=name)
    return response.backend.budgets[account][name]


def _tags(response: Any, arn: str) -> dict[str, str]:
    return response.backend.__dict__.setdefault("infra_tags", {}).setdefault(arn, {})


def _subscribers(self: Any) -> str:
    asked = self._get_param("Notification")
    # The provider sends what it read before; a member that was never sent must not prevent a match.
    for notification in _budget(self).notifications:
        if all(asked.get(k) == v for k, v in notification.details.items() if k != "NotificationState"):
            return json.dumps({"Subscribers": notification.subscribers})
    return json.dumps({"Subscribers": []})


def _update(self: Any) -> str:
    new = self._get_param("NewBudget")
    account, name = self._get_param("AccountId"), new["BudgetName"]
    self.backend.describe_budget(account_id=account, budget_name=name)
    notifications = self.backend.budgets[account][name].notifications
    self.backend.budgets[account][name] = Budget(new, [])
    self.backend.budgets[account][name].notifications = notifications
    return "{}"


def _list_tags(self: Any) -> str:
    found = _tags(self, self._get_param("ResourceARN"))
    return json.dumps({"ResourceTags": [{"Key": k, "Value": v} for k, v in found.items()]})


def _add_tags(response: Any, arn: str, tags: list[dict[str, str]] | None) -> None:
    _tags(response, arn).update({t["Key"]: t["Value"] for t in tags or []})


def _tag(self: Any) -> str:
    _add_tags(self, self._get_param("ResourceARN"), self._get_param("ResourceTags"))
    return "{}"


def _untag(self: Any) -> str:
    for key in self._get_param("ResourceTagKeys"):
        _tags(self, self._get_param("ResourceARN")).pop(key, None)
    return "{}"


def _created(response: Any, _result: Any) -> None:
    account, name = response._get_param("AccountId"), response._get_param("Budget")["BudgetName"]
    _add_tags(response, f"arn:{response.partition}:budgets::{account}:budget/{name}", response._get_param("ResourceTags"))


add(BudgetsResponse, "describe_subscribers_for_notification", _subscribers)
add(BudgetsResponse, "update_budget", _update)
add(BudgetsResponse, "list_tags_for_resource", _list_tags)
add(BudgetsResponse, "tag_resource", _tag)
add(BudgetsResponse, "untag_resource", _untag)
after(BudgetsResponse, "create_budget", _created)
