"""Tests of the conversations, with a connection in memory."""

import pytest

from legal.conversations import ADD, LIST, SCHEMA, Conversations


class Transaction:
    def __init__(self, log):
        self.log = log

    async def start(self):
        self.log.append("begin")

    async def rollback(self):
        self.log.append("rollback")


class Connection:
    def __init__(self, rows=()):
        self.log = []
        self.rows = rows

    async def execute(self, *statement):
        self.log.append(statement)

    async def fetch(self, *statement):
        self.log.append(statement)
        return self.rows

    def transaction(self):
        return Transaction(self.log)

    async def close(self):
        self.log.append("close")


def conversations(connection):
    async def connect(url, **options):
        assert (url, options["timeout"]) == ("postgresql://db", 10)
        return connection

    return Conversations("postgresql://db", connect)


def test_a_conversation_is_added_with_a_short_title():
    connection = Connection()
    conversations(connection).add("c", "ada@example.com", "x" * 200)
    assert connection.log == [(ADD, "c", "ada@example.com", "x" * 100), "close"]


def test_conversations_are_listed():
    connection = Connection([{"id": "c", "title": "Why?"}])
    assert conversations(connection).of("ada@example.com") == [("c", "Why?")]
    assert connection.log == [(LIST, "ada@example.com"), "close"]


def test_the_migration_creates_the_table():
    connection = Connection()
    conversations(connection).migrate()
    assert connection.log == [(SCHEMA,), "close"]


def test_the_check_leaves_nothing_behind():
    connection = Connection([{"id": "check", "title": "check"}])
    conversations(connection).check()
    assert connection.log[0] == "begin"
    assert connection.log[-2:] == ["rollback", "close"]


def test_the_check_fails_without_the_row_that_it_wrote():
    connection = Connection()
    with pytest.raises(LookupError):
        conversations(connection).check()
    assert connection.log[-2:] == ["rollback", "close"]
