"""S3 in memory, for unit tests of applications."""

from __future__ import annotations

import io
from typing import Any

from botocore.exceptions import ClientError


class MemoryS3:
    """The operations of S3 that `Objects` uses; `denied` lists operations that fail with AccessDenied."""

    def __init__(self, denied: tuple[str, ...] = ()) -> None:
        self.buckets: dict[str, dict[str, bytes]] = {}
        self.denied = denied
        self.puts = 0

    def put_object(self, Bucket: str, Key: str, Body: bytes, **_: Any) -> dict[str, Any]:
        self._check("PutObject")
        self.puts += 1
        self.buckets.setdefault(Bucket, {})[Key] = Body
        return {}

    def get_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        self._check("GetObject")
        try:
            return {"Body": io.BytesIO(self.buckets.get(Bucket, {})[Key])}
        except KeyError:
            raise ClientError({"Error": {"Code": "NoSuchKey", "Message": Key}}, "GetObject") from None

    def delete_object(self, Bucket: str, Key: str) -> dict[str, Any]:
        self._check("DeleteObject")
        self.buckets.get(Bucket, {}).pop(Key, None)
        return {}

    def list_objects_v2(self, Bucket: str, Prefix: str = "", **_: Any) -> dict[str, Any]:
        self._check("ListObjectsV2")
        return {"Contents": [{"Key": key} for key in sorted(self.buckets.get(Bucket, {})) if key.startswith(Prefix)]}

    def get_paginator(self, operation: str) -> Any:
        method = getattr(self, operation)

        class Pages:
            def paginate(self, **arguments: Any) -> Any:
                yield method(**arguments)

        return Pages()

    def _check(self, operation: str) -> None:
        if operation in self.denied:
            raise ClientError({"Error": {"Code": "AccessDenied", "Message": "denied"}}, operation)
