"""DynamoDB's requests that are about several tables: which ones, and with which actions.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html: transactions ask for the actions of what they are made of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_ACTIONS = {"ConditionCheck": "ConditionCheckItem", "Delete": "DeleteItem", "Get": "GetItem", "Put": "PutItem", "Update": "UpdateItem"}


def actions(operation: str, parameters: Mapping[str, Any]) -> list[str]:
    """Names of the actions that an operation asks for."""
    return sorted({action for action, _ in _transaction(parameters)}) or [operation]


def tables(parameters: Mapping[str, Any], action: str | None = None) -> list[str]:
    """Names of the tables that a request is about; action: those only with which a transaction does this."""
    found = [table for each, table in _transaction(parameters) if action in (None, each)]
    found += parameters.get("RequestItems") or ()
    if parameters.get("TableName"):
        found.append(parameters["TableName"])
    return list(dict.fromkeys(str(table).rsplit("/", 1)[-1] for table in found))


def _transaction(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for item in parameters.get("TransactItems") or ():
        for kind, content in item.items():
            yield _ACTIONS[kind], content["TableName"]
