"""ECR: a push is begun, as verification does to see whether a role may push."""

from __future__ import annotations

import json
import uuid
from typing import Any

from moto.ecr.responses import ECRResponse

from .registry import mend, replace

mend("ecr", "InitiateLayerUpload", "moto lacks it; verification begins a push with it, and nothing is uploaded")

_PART = 20 * 1024 * 1024


def _initiate(self: Any) -> str:
    # Refuses a repository that there is not.
    self.ecr_backend.describe_repositories(repository_names=[self._get_param("repositoryName")])
    return json.dumps({"uploadId": str(uuid.uuid4()), "partSize": _PART})


replace(ECRResponse, "initiate_layer_upload", lambda original: _initiate)
