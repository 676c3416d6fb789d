"""Saved queries of CloudWatch Logs Insights: created, found by their prefix, changed and deleted."""

from __future__ import annotations

import unittest

from testing import client, covers


class QueryDefinitionTests(unittest.TestCase):
    @covers("logs", "PutQueryDefinition", "DescribeQueryDefinitions", "DeleteQueryDefinition")
    def test_a_saved_query_is_found_by_its_prefix_changed_and_deleted(self) -> None:
        logs = client("logs")
        groups = ["/ecs/acme-dev-api"]
        query = {"name": "acme-dev/errors", "logGroupNames": groups}
        created = logs.put_query_definition(queryString="fields @message", **query)["queryDefinitionId"]
        logs.put_query_definition(name="other/errors", queryString="fields @message")
        (found,) = logs.describe_query_definitions(queryDefinitionNamePrefix="acme-dev/")["queryDefinitions"]
        self.assertEqual((found["queryDefinitionId"], found["logGroupNames"]), (created, groups))
        logs.put_query_definition(queryDefinitionId=created, queryString="limit 1", **query)
        (found,) = logs.describe_query_definitions(queryDefinitionNamePrefix="acme-dev/")["queryDefinitions"]
        self.assertEqual(found["queryString"], "limit 1")
        self.assertTrue(logs.delete_query_definition(queryDefinitionId=created)["success"])
        with self.assertRaises(logs.exceptions.ResourceNotFoundException):
            logs.delete_query_definition(queryDefinitionId=created)


if __name__ == "__main__":
    unittest.main()
