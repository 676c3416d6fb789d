"""What a request has to pass before moto answers it, in this order."""

from __future__ import annotations

from collections.abc import Callable

import rules
from api import ApiRequest
from api.errors import ApiError
from api.validation import validate

Check = Callable[[ApiRequest], "ApiError | None"]

rules.load()

# Authorization goes in front: AWS, too, says who may not ask before it says what is asked wrongly.
CHECKS: list[Check] = [validate, rules.check]


def refuse(request: ApiRequest) -> ApiError | None:
    """The first check's objection, if any."""
    for check in CHECKS:
        if (objection := check(request)) is not None:
            return objection
    return None
