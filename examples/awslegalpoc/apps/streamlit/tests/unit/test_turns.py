"""Tests of the turns, with a table in memory."""

from legal.turns import KEPT_SECONDS, Turn, Turns


class Table:
    def __init__(self):
        self.items = []

    def put_item(self, Item, ConditionExpression):
        assert ConditionExpression == "attribute_not_exists(turn)"
        self.items.append(Item)

    def query(self, **request):
        assert request["ConsistentRead"]
        return {"Items": self.items}


def test_turns_are_kept_in_order_until_they_expire():
    table = Table()
    turns = Turns(table, lambda: 1700000000.5)
    turns.add("c", Turn("user", "Why?"), Turn("assistant", "Because."))
    assert [item["turn"] for item in table.items] == [1700000000500, 1700000000501]
    assert {item["expiresAt"] for item in table.items} == {1700000000 + KEPT_SECONDS}
    assert turns.read("c") == [Turn("user", "Why?"), Turn("assistant", "Because.")]
