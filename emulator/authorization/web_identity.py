"""Tokens of OpenID Connect providers: their claims, and which of them AWS turns into condition keys.

The signature is not verified: the provider's keys are not available here. Anyone who can reach the emulator can claim anything, as with
access keys.
"""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import StsError
from .principals import PARTITION

# Claims that AWS turns into condition keys, for any provider.
# https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
_OF_ANY = ("amr", "aud", "email", "oaud", "sub")

# Claims of specific providers. A claim that is not listed is not a condition key, and a condition on it is never true.
# https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html#awssecuritytokenservice-policy-keys
_OF_PROVIDER = {
    "token.actions.githubusercontent.com": (
        "actor", "actor_id", "enterprise_id", "environment", "job_workflow_ref", "ref", "repository", "repository_id",
        "repository_owner_id", "workflow",
    ),
}

_SESSION_TAGS = "https://aws.amazon.com/tags"


@dataclass(frozen=True)
class WebIdentity:
    """A token that was accepted: its provider's ARN and URL without scheme, its subject, and its condition keys."""

    provider_arn: str
    provider: str
    audience: str
    subject: str
    keys: Mapping[str, Any]


def read(token: str, account: str, now: datetime.datetime | None = None) -> WebIdentity:
    """Checks a token against the account's identity providers; raises StsError, with AWS's message, if it is not accepted."""
    claims = _claims(token)
    issuer = str(claims.get("iss", ""))
    provider = issuer.removeprefix("https://").rstrip("/")
    found = _provider(account, provider)
    if found is None:
        raise StsError("InvalidIdentityToken", f"No OpenIDConnect provider found in your account for {issuer}", 400)
    audiences = claims["aud"] if isinstance(claims.get("aud"), list) else [claims.get("aud")]
    # In a token for several audiences, azp names the one for which it was issued.
    audience = str(claims["azp"] if len(audiences) > 1 and "azp" in claims else audiences[0])
    if audience not in found.client_id_list:
        raise StsError("InvalidIdentityToken", "Incorrect token audience", 400)
    _in_time(claims, now or datetime.datetime.now(datetime.timezone.utc))
    if _SESSION_TAGS in claims:
        raise NotImplementedError("session tags in a token of a web identity")
    names = _OF_ANY + _OF_PROVIDER.get(provider, ())
    keys = {f"{provider}:{name}": claims[name] for name in names if name in claims}
    keys[f"{provider}:aud"] = audience
    return WebIdentity(found.arn, provider, audience, str(claims.get("sub", "")), keys)


def _claims(token: str) -> dict[str, Any]:
    parts = token.split(".")
    try:
        if len(parts) != 3:
            raise ValueError(f"{len(parts)} parts")
        claims = json.loads(base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4)))
        if not isinstance(claims, dict):
            raise ValueError("no object")
        return claims
    except (ValueError, binascii.Error) as wrong:
        text = "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)"
        raise StsError("InvalidIdentityToken", text, 400) from wrong


def _in_time(claims: Mapping[str, Any], now: datetime.datetime) -> None:
    for name in ("exp", "iat"):
        if not isinstance(claims.get(name), (int, float)):
            raise StsError("InvalidIdentityToken", f"Missing a required claim: {name}", 400)
    if claims["exp"] <= now.timestamp():
        text = f"Token expired: current date/time {int(now.timestamp())} must be before the expiration date/time {int(claims['exp'])}"
        raise StsError("ExpiredTokenException", text, 400)


def _provider(account: str, url: str) -> Any:
    from moto.iam.models import iam_backends

    if account not in iam_backends:
        return None
    providers = iam_backends[account][PARTITION].open_id_providers.values()
    return next((each for each in providers if each.url.rstrip("/") == url), None)
