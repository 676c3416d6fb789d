"""CloudWatch Logs: valid retention periods."""

from __future__ import annotations

from api import ApiRequest
from api.errors import ApiError

from .registry import rule

# Days, https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
_RETENTION = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@rule(
    "logs", "PutRetentionPolicy", source="https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html")
def retention_is_offered(request: ApiRequest) -> ApiError | None:
    days = request.parameters["retentionInDays"]
    if days in _RETENTION:
        return None
    message = (
        f"1 validation error detected: Value '{days}' at 'retentionInDays' failed to satisfy constraint: "
        f"Member must satisfy enum value set: [{', '.join(map(str, _RETENTION))}]"
    )
    return ApiError("InvalidParameterException", message, 400)
