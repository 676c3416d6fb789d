"""Several accounts and regions in one emulator."""

from __future__ import annotations

import unittest

from botocore.exceptions import ClientError
from testing import client, covers


class AccountTests(unittest.TestCase):
    @covers("*", "account of a request")
    def test_twelve_digits_are_the_account(self) -> None:
        for account in ("111111111111", "222222222222", "000000000001"):
            self.assertEqual(client("sts", account).get_caller_identity()["Account"], account)

    @covers("*", "account of a request")
    def test_arns_contain_the_account(self) -> None:
        for service, create in (
            ("sns", lambda c: c.create_topic(Name="acme-accounts")["TopicArn"]),
            ("ecs", lambda c: c.create_cluster(clusterName="acme-accounts")["cluster"]["clusterArn"]),
            ("iam", lambda c: c.create_role(RoleName="acme-accounts", AssumeRolePolicyDocument="{}")["Role"]["Arn"]),
        ):
            with self.subTest(service):
                self.assertIn(":333333333333:", create(client(service, "333333333333")))

    def test_accounts_do_not_see_each_other(self) -> None:
        client("ssm", "111111111111").put_parameter(Name="/accounts/own", Value="1", Type="String")
        with self.assertRaises(client("ssm").exceptions.ParameterNotFound):
            client("ssm", "222222222222").get_parameter(Name="/accounts/own")

    def test_regions_do_not_see_each_other(self) -> None:
        client("logs", region="us-east-1").create_log_group(logGroupName="/regions/one")
        found = client("logs", region="us-east-2").describe_log_groups(logGroupNamePrefix="/regions/one")
        self.assertEqual(found["logGroups"], [])

    def test_keys_that_were_not_issued_are_rejected(self) -> None:
        with self.assertRaisesRegex(ClientError, "InvalidClientTokenId"):
            client("sts", "AKIAIOSFODNN7EXAMPLE").get_caller_identity()


if __name__ == "__main__":
    unittest.main()
