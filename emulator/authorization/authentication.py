"""Credentials that AWS does not accept, and the error that each service returns."""

from __future__ import annotations

from enum import Enum

# JSON: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
# Query: https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
# S3: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList
# EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
_INVALID = "The security token included in the request is invalid."
_EXPIRED = "The security token included in the request is expired"


class Failure(Enum):
    """What is wrong with the credentials."""

    # The key was never issued, or the session token does not belong to it, or its user or role was deleted.
    INVALID = "invalid"
    EXPIRED = "expired"


class AuthenticationError(Exception):
    """A request whose credentials are not accepted; nothing is authorized for it."""

    def __init__(self, failure: Failure, detail: str) -> None:
        """detail: for the log only, what exactly is wrong; AWS does not return it to the caller."""
        super().__init__(detail)
        self.failure = failure

    def answer(self, service: str, protocol: str) -> tuple[str, str, int]:
        """Error code, message and HTTP status. service: AWS's endpoint prefix; protocol: as botocore's model names it."""
        expired = self.failure is Failure.EXPIRED
        if service == "s3":
            if expired:
                return "ExpiredToken", "The provided token has expired.", 400
            return "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403
        if protocol == "ec2":
            if expired:
                return "RequestExpired", "Request has expired.", 400
            return "AuthFailure", "AWS was not able to validate the provided access credentials", 401
        if protocol in ("query", "rest-xml"):
            return ("ExpiredToken", _EXPIRED, 403) if expired else ("InvalidClientTokenId", _INVALID, 403)
        status = 403 if protocol == "rest-json" else 400
        return ("ExpiredTokenException", _EXPIRED, status) if expired else ("UnrecognizedClientException", _INVALID, status)
