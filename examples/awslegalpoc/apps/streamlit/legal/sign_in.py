"""Settings of Streamlit's sign-in (st.login), which it reads from a TOML file."""

from __future__ import annotations

import hashlib
import hmac
import json

from .settings import Settings

PROVIDER = "cognito"


def secrets_file(settings: Settings, url: str) -> str:
    """Content of secrets.toml for the application at this URL.

    The key of the session cookie must be the same in all tasks: it is derived from the secret of
    the user pool's client, so that it is nowhere stored and changes with that secret.
    """
    issuer = f"https://cognito-idp.{settings.cognito_region}.amazonaws.com/{settings.user_pool_id}"
    cookie = hmac.new(settings.client_secret.encode(), b"session cookie", hashlib.sha256)
    # A string of JSON is one of TOML, too.
    auth = {
        "redirect_uri": f"{url.rstrip('/')}/oauth2callback",
        "cookie_secret": cookie.hexdigest(),
    }
    provider = {
        "client_id": settings.client_id,
        "client_secret": settings.client_secret,
        "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
    }
    return "".join(
        f"[{table}]\n" + "".join(f"{key} = {json.dumps(text)}\n" for key, text in values.items())
        for table, values in (("auth", auth), (f"auth.{PROVIDER}", provider))
    )
