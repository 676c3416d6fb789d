"""MFA of an IAM user who assumes a role: the device belongs to the user, and the code is the device's current one.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Mapping
from typing import Any

from .errors import StsError
from .principals import PARTITION, Principal

_SECONDS = 30
_INVALID = "MultiFactorAuthentication failed with invalid MFA one time pass code. "


def code(seed: str, at: float) -> str:
    """The six digits that a virtual device shows: RFC 6238 with SHA-1 and 30 seconds."""
    digest = hmac.new(base64.b32decode(seed), struct.pack(">Q", int(at) // _SECONDS), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def present(parameters: Mapping[str, Any], principal: Principal) -> bool:
    """Whether the request has a valid code; raises StsError if it has one that is not valid."""
    from moto.iam.models import iam_backends

    serial = parameters.get("SerialNumber")
    if not serial:
        return False
    iam = iam_backends[principal.caller.account][PARTITION]
    user = next((each for each in iam.users.values() if each.arn == principal.caller.principal_arn), None)
    device = iam.virtual_mfa_devices.get(str(serial))
    if user is None or device is None or serial not in user.mfa_devices:
        raise StsError("AccessDenied", _INVALID, 403)
    # A device's clock may be off by one interval.
    now = time.time()
    if str(parameters.get("TokenCode")) not in {code(device.base32_string_seed, now + seconds) for seconds in (-_SECONDS, 0, _SECONDS)}:
        raise StsError("AccessDenied", _INVALID, 403)
    return True
