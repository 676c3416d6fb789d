"""The turns of conversations, in DynamoDB, until they expire."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from boto3.dynamodb.conditions import Key

KEPT_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True)
class Turn:
    """role: `user` or `assistant`."""

    role: str
    text: str


class Turns:
    """table: the table `conversations` of the environment file."""

    def __init__(self, table: Any, clock: Callable[[], float] = time.time) -> None:
        self._table = table
        self._clock = clock

    def read(self, conversation: str) -> list[Turn]:
        """Turns in order. One page of DynamoDB, 1 MB, is more than a conversation has."""
        page = self._table.query(
            KeyConditionExpression=Key("conversation").eq(conversation), ConsistentRead=True
        )
        return [Turn(item["role"], item["text"]) for item in page["Items"]]

    def add(self, conversation: str, *turns: Turn) -> None:
        """Appends turns; their number is the time in milliseconds."""
        now = self._clock()
        for offset, turn in enumerate(turns):
            self._table.put_item(
                Item={
                    "conversation": conversation,
                    "turn": int(now * 1000) + offset,
                    "role": turn.role,
                    "text": turn.text,
                    "expiresAt": int(now) + KEPT_SECONDS,
                },
                # Never replaces a turn.
                ConditionExpression="attribute_not_exists(turn)",
            )
