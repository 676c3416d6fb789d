"""DynamoDB requests on several tables: which tables, and with which actions.

https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html: transactions require the actions of their parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_ACTIONS = {"ConditionCheck": "ConditionCheckItem", "Delete": "DeleteItem", "Get": "GetItem", "Put": "PutItem", "Update": "UpdateItem"}


def actions(operation: str, parameters: Mapping[str, Any]) -> list[str]:
    """Names of the actions that an operation requires."""
    return sorted({action for action, _ in _transaction(parameters)}) or [operation]


def tables(parameters: Mapping[str, Any], action: str | None = None) -> list[str]:
    """Names of the tables in a request; action: only those on which a transaction performs it."""
    found = [table for each, table in _transaction(parameters) if action in (None, each)]
    found += parameters.get("RequestItems") or ()
    if parameters.get("TableName"):
        found.append(parameters["TableName"])
    return list(dict.fromkeys(str(table).rsplit("/", 1)[-1] for table in found))


def _transaction(parameters: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for item in parameters.get("TransactItems") or ():
        for kind, content in item.items():
            yield _ACTIONS[kind], content["TableName"]
