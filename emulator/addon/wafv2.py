"""AWS WAF: lock tokens in AWS's format."""

from __future__ import annotations

from typing import Any

from moto.moto_api._internal import mock_random
from moto.wafv2.models import FakeIPSet

from .registry import after, patch

patch("wafv2", "CreateIPSet", "moto's lock tokens are six characters; AWS's model, against which requests are checked, requires a UUID")
patch("wafv2", "UpdateIPSet", "as CreateIPSet")


def _whole_token(ip_set: Any, _result: Any, *_: Any, **__: Any) -> None:
    ip_set.lock_token = str(mock_random.uuid4())


after(FakeIPSet, "__init__", _whole_token)
after(FakeIPSet, "update", _whole_token)
