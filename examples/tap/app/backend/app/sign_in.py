"""The end of a sign-in at Cognito: code for tokens, and the session cookie.

https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import jwt
from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse

from .settings import SettingsError

# The frontend writes it before it redirects to Cognito: frontend/src/signIn.ts.
STATE_COOKIE = "sign_in_state"
SESSION_COOKIE = "session"
SESSION_SECONDS = 8 * 3600

REQUIRED = {
    "domain": "COGNITO_DOMAIN",
    "region": "COGNITO_REGION",
    "user_pool_id": "COGNITO_USER_POOL_ID",
    "client_id": "COGNITO_CLIENT_ID",
    "client_secret": "COGNITO_CLIENT_SECRET",
    "redirect_uri": "COGNITO_REDIRECT_URI",
    "session_key": "JWT_SECRET_KEY",
    "cookie_domain": "COOKIE_DOMAIN",
}


@dataclass(frozen=True)
class SignInSettings:
    """One member for each variable of REQUIRED, and COOKIE_SECURE."""

    domain: str
    region: str
    user_pool_id: str
    client_id: str
    client_secret: str = field(repr=False)
    redirect_uri: str
    session_key: str = field(repr=False)
    cookie_domain: str
    cookie_secure: bool

    @classmethod
    def read(cls, variables: Mapping[str, str] = os.environ) -> SignInSettings:
        """Reads all variables; one error names everything that is missing."""
        if missing := [name for name in REQUIRED.values() if not variables.get(name)]:
            raise SettingsError(f"missing environment variables: {', '.join(missing)}")
        secure = variables.get("COOKIE_SECURE") or "true"
        if secure not in ("true", "false"):
            raise SettingsError(f"COOKIE_SECURE is '{secure}'; available: true, false")
        return cls(
            **{member: variables[name] for member, name in REQUIRED.items()},
            cookie_secure=secure == "true",
        )

    @property
    def issuer(self) -> str:
        """Issuer of the user pool's tokens."""
        return f"https://cognito-idp.{self.region}.amazonaws.com/{self.user_pool_id}"

    @property
    def token_url(self) -> str:
        """Cognito's token endpoint."""
        return f"https://{self.domain}/oauth2/token"


class SignIn:
    """frontend: URL to which the user returns; token_url: Cognito's endpoint."""

    def __init__(self, settings: SignInSettings, frontend: str, token_url: str) -> None:
        self._settings = settings
        self._frontend = frontend
        self._token_url = token_url

    def routes(self) -> APIRouter:
        """Routes below /auth."""
        router = APIRouter(prefix="/auth")
        router.get("/callback")(self.callback)
        router.get("/user")(self.user)
        return router

    async def callback(self, request: Request) -> RedirectResponse:
        """Cognito redirects here with a code, or with an error, for example after Cancel."""
        state = request.query_params.get("state", "")
        expected = request.cookies.get(STATE_COOKIE, "")
        # A code without the state of this browser could be the one of an attacker's sign-in.
        if not expected or not secrets.compare_digest(state.encode(), expected.encode()):
            raise HTTPException(400, "this sign-in was not started here; sign in again")
        code = request.query_params.get("code")
        if not code:
            return self._return_to("/login")
        claims = await self._claims(code)
        response = self._return_to("/")
        session = {
            "sub": claims["sub"],
            "email": claims["email"],
            "exp": int(time.time()) + SESSION_SECONDS,
        }
        response.set_cookie(
            SESSION_COOKIE,
            jwt.encode(session, self._settings.session_key, algorithm="HS256"),
            max_age=SESSION_SECONDS,
            domain=self._settings.cookie_domain,
            secure=self._settings.cookie_secure,
            httponly=True,
            samesite="lax",
        )
        return response

    async def user(self, request: Request) -> dict[str, str]:
        """The user of the session cookie."""
        try:
            session = jwt.decode(
                request.cookies.get(SESSION_COOKIE, ""),
                self._settings.session_key,
                algorithms=["HS256"],
                options={"require": ["exp", "email"]},
            )
        except jwt.InvalidTokenError as error:
            raise HTTPException(401, "nobody is signed in") from error
        return {"email": session["email"]}

    def _return_to(self, path: str) -> RedirectResponse:
        response = RedirectResponse(f"{self._frontend}{path}", status_code=303)
        response.delete_cookie(STATE_COOKIE, domain=self._settings.cookie_domain)
        return response

    async def _claims(self, code: str) -> dict[str, Any]:
        """Claims of the ID token that Cognito gives for the code."""
        settings = self._settings
        try:
            async with httpx.AsyncClient(timeout=10) as client:
                answer = await client.post(
                    self._token_url,
                    data={
                        "grant_type": "authorization_code",
                        "client_id": settings.client_id,
                        "code": code,
                        "redirect_uri": settings.redirect_uri,
                    },
                    auth=(settings.client_id, settings.client_secret),
                )
            if answer.status_code == 400:
                # invalid_grant: the code was used before, or has expired.
                raise HTTPException(400, "the code of this sign-in is not valid; sign in again")
            answer.raise_for_status()
            token = answer.json()["id_token"]
            # The token comes from Cognito itself over TLS, which OpenID Connect Core 3.1.3.7 allows
            # to verify in place of its signature. Its other claims are verified.
            claims = jwt.decode(
                token,
                audience=settings.client_id,
                issuer=settings.issuer,
                options={
                    "verify_signature": False,
                    "verify_exp": True,
                    "verify_aud": True,
                    "verify_iss": True,
                    "require": ["exp", "aud", "iss", "sub", "email"],
                },
            )
        except (httpx.HTTPError, jwt.InvalidTokenError, ValueError, KeyError, TypeError) as error:
            raise HTTPException(502, "Cognito did not give a valid token") from error
        if claims.get("token_use") != "id":
            raise HTTPException(502, "Cognito did not give a valid token")
        return claims
