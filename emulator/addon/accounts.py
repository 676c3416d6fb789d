"""Accounts: a 12-digit access key id is the account, so that one emulator serves several accounts."""

from __future__ import annotations

import re
from typing import Any

import moto.iam.models as iam
from moto.core.responses import BaseResponse

from .registry import patch, replace

patch("*", "account of a request", "moto knows one account; a 12-digit access key id is taken as the account id (LocalStack's convention)")

# moto recognizes 20-character ids only; everything else would end up in its default account.
BaseResponse.access_key_regex = re.compile(r"AWS.*(?<![A-Z0-9])(?P<access_key>[A-Z0-9]{20}|\d{12})(?![A-Z0-9])[:/]")


def _digits_are_the_account(original: Any) -> Any:
    def get_account_id_from(access_key: str) -> str:
        return access_key if re.fullmatch(r"\d{12}", access_key) else original(access_key)

    return get_account_id_from


_original = iam.get_account_id_from
iam.get_account_id_from = _digits_are_the_account(_original)
