"""JSON objects of a bucket: create, read, update, delete, list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError


class NotFound(Exception):
    """The object does not exist."""


class Objects:
    """JSON objects of one bucket."""

    def __init__(self, s3: Any, bucket: str) -> None:
        self._s3 = s3
        self.bucket = bucket

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Keys that begin with a prefix, in alphabetical order."""
        for page in self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=prefix):
            for each in page.get("Contents", []):
                yield each["Key"]

    def read(self, key: str) -> Any:
        try:
            body = self._s3.get_object(Bucket=self.bucket, Key=key)["Body"]
        except ClientError as error:
            if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
                raise NotFound(f"{self.bucket} has no object {key}") from error
            raise
        return json.loads(body.read())

    def write(self, key: str, content: Any) -> None:
        """Creates or replaces an object. Equal content is written as equal bytes, so writing twice changes nothing."""
        text = json.dumps(content, sort_keys=True, separators=(",", ":"))
        self._s3.put_object(Bucket=self.bucket, Key=key, Body=text.encode(), ContentType="application/json")

    def delete(self, key: str) -> None:
        """Deletes an object; deleting a missing one is not an error."""
        self._s3.delete_object(Bucket=self.bucket, Key=key)

    def check(self) -> str | None:
        """Why the bucket cannot be listed; None if it can."""
        try:
            self._s3.list_objects_v2(Bucket=self.bucket, MaxKeys=1)
            return None
        except ClientError as error:
            return f"{self.bucket}: {error.response['Error']['Code']}"
        except Exception as error:  # The endpoint is unreachable, a timeout: the SDK has many types for it.
            return f"{self.bucket}: {type(error).__name__}"
