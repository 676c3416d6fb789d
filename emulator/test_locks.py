"""The two locks of Terraform's S3 backend: of several concurrent clients, exactly one gets the lock."""

from __future__ import annotations

import threading
import unittest
from collections.abc import Callable

from botocore.exceptions import ClientError
from testing import client, covers

CONTENDERS = 16


def race(attempt: Callable[[int], None]) -> list[str]:
    """Runs all attempts at once; returns per contender "won" or the error's code."""
    outcomes = [""] * CONTENDERS
    start = threading.Barrier(CONTENDERS)

    def run(number: int) -> None:
        start.wait()
        try:
            attempt(number)
            outcomes[number] = "won"
        except ClientError as error:
            outcomes[number] = error.response["Error"]["Code"]

    threads = [threading.Thread(target=run, args=(n,)) for n in range(CONTENDERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


class LockTests(unittest.TestCase):
    @covers("*", "two requests at once")
    def test_s3_lock_file_has_one_winner(self) -> None:
        clients = [client("s3") for _ in range(CONTENDERS)]
        clients[0].create_bucket(Bucket="acme-locks", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        for round in range(10):
            key = f"acme/{round}.tflock"
            outcomes = race(lambda n: clients[n].put_object(Bucket="acme-locks", Key=key, Body=str(n).encode(), IfNoneMatch="*"))
            self.assertEqual(outcomes.count("won"), 1, outcomes)
            self.assertEqual(outcomes.count("PreconditionFailed"), CONTENDERS - 1, outcomes)
            kept = clients[0].get_object(Bucket="acme-locks", Key=key)["Body"].read()
            self.assertEqual(int(kept), outcomes.index("won"))

    def test_s3_lock_file_can_be_taken_again_after_it_was_deleted(self) -> None:
        s3 = client("s3")
        s3.create_bucket(Bucket="acme-locks-again", CreateBucketConfiguration={"LocationConstraint": "us-east-2"})
        s3.put_bucket_versioning(Bucket="acme-locks-again", VersioningConfiguration={"Status": "Enabled"})
        for _ in range(2):
            s3.put_object(Bucket="acme-locks-again", Key="a.tflock", Body=b"x", IfNoneMatch="*")
            with self.assertRaises(ClientError):
                s3.put_object(Bucket="acme-locks-again", Key="a.tflock", Body=b"y", IfNoneMatch="*")
            s3.delete_object(Bucket="acme-locks-again", Key="a.tflock")

    @covers("*", "two requests at once")
    def test_dynamodb_lock_has_one_winner(self) -> None:
        clients = [client("dynamodb") for _ in range(CONTENDERS)]
        clients[0].create_table(
            TableName="acme-locks",
            KeySchema=[{"AttributeName": "LockID", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "LockID", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        for round in range(10):
            lock = f"acme-state/acme/{round}"
            outcomes = race(
                lambda n: clients[n].put_item(
                    TableName="acme-locks",
                    Item={"LockID": {"S": lock}, "Info": {"S": str(n)}},
                    ConditionExpression="attribute_not_exists(LockID)",
                )
            )
            self.assertEqual(outcomes.count("won"), 1, outcomes)
            self.assertEqual(outcomes.count("ConditionalCheckFailedException"), CONTENDERS - 1, outcomes)
            kept = clients[0].get_item(TableName="acme-locks", Key={"LockID": {"S": lock}})["Item"]["Info"]["S"]
            self.assertEqual(int(kept), outcomes.index("won"))


if __name__ == "__main__":
    unittest.main()
