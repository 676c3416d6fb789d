"""CodePipeline: timestamps in the format of its protocol."""

from __future__ import annotations

from typing import Any

from moto.codepipeline.models import CodePipeline
from moto.core.utils import unix_time

from .registry import patch

patch("codepipeline", "GetPipeline",
    "moto returns timestamps as strings where the protocol has numbers; the provider cannot read such a response")


def _metadata(self: Any) -> dict[str, Any]:
    return {"pipelineArn": self._arn, "created": unix_time(self._created), "updated": unix_time(self._updated)}


if not isinstance(getattr(CodePipeline, "metadata", None), property):
    raise LookupError("this moto has no CodePipeline.metadata, which the add-on patches")
CodePipeline.metadata = property(_metadata)  # type: ignore[assignment]
