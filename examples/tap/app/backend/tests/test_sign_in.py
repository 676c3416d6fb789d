"""Tests of the sign-in, with Cognito's token endpoint on loopback."""

import base64
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import jwt
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.settings import SettingsError
from app.sign_in import REQUIRED, SignIn, SignInSettings

SETTINGS = SignInSettings.read(
    {
        "COGNITO_DOMAIN": "tap.auth.us-east-1.amazoncognito.com",
        "COGNITO_REGION": "us-east-1",
        "COGNITO_USER_POOL_ID": "us-east-1_pool",
        "COGNITO_CLIENT_ID": "client",
        "COGNITO_CLIENT_SECRET": "client-secret",
        "COGNITO_REDIRECT_URI": "https://api.example.com/auth/callback",
        "JWT_SECRET_KEY": "a key of at least thirty-two bytes",
        "COOKIE_DOMAIN": ".example.com",
        "COOKIE_SECURE": "true",
    }
)
CLAIMS = {
    "sub": "1",
    "email": "ada@example.com",
    "token_use": "id",
    "aud": "client",
    "iss": "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_pool",
}


class Cognito:
    """The token endpoint: its next response, and the requests that it got."""

    def __init__(self, url):
        self.url = url
        self.requests = []
        self.answer(200, **CLAIMS)

    def answer(self, status, **claims):
        claims = {"exp": int(time.time()) + 3600, **claims}
        token = jwt.encode(claims, "a key of Cognito that nobody has", algorithm="HS256")
        self.response = status, {"id_token": token}


@pytest.fixture
def cognito():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.requests.append((self.path, self.headers["Authorization"], parse_qs(body)))
            status, content = found.response
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found = Cognito(f"http://127.0.0.1:{server.server_port}/oauth2/token")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.fixture
def client(cognito):
    app = FastAPI()
    app.include_router(SignIn(SETTINGS, "https://example.com", cognito.url).routes())
    client = TestClient(app, base_url="https://api.example.com")
    client.cookies.set("sign_in_state", "state of the browser", domain="example.com")
    return client


def callback(client, **query):
    query = {"code": "of-cognito", "state": "state of the browser", **query}
    # Otherwise the test's client follows the redirect.
    request = client.build_request("GET", "/auth/callback", params=query)
    return client.send(request, follow_redirects=False)


def test_the_code_is_exchanged_and_the_user_has_a_session(client, cognito):
    assert client.get("/auth/user").status_code == 401
    answer = callback(client)
    assert (answer.status_code, answer.headers["location"]) == (303, "https://example.com/")
    basic = f"Basic {base64.b64encode(b'client:client-secret').decode()}"
    exchange = {
        "grant_type": ["authorization_code"],
        "client_id": ["client"],
        "code": ["of-cognito"],
        "redirect_uri": ["https://api.example.com/auth/callback"],
    }
    assert cognito.requests == [("/oauth2/token", basic, exchange)]
    cookies = answer.headers.get_list("set-cookie")
    assert cookies[0].startswith('sign_in_state=""; Domain=.example.com;')
    for attribute in ("Domain=.example.com", "HttpOnly", "Max-Age=28800", "SameSite=lax", "Secure"):
        assert attribute in cookies[1].split("; ")
    client.cookies.set("session", cookies[1].split(";")[0].removeprefix("session="))
    assert client.get("/auth/user").json() == {"email": "ada@example.com"}


@pytest.mark.parametrize("state", ["", "another", "\xff"])
def test_a_sign_in_that_this_browser_has_not_started_is_rejected(client, cognito, state):
    answer = callback(client, state=state)
    assert answer.status_code == 400
    assert answer.json() == {"detail": "this sign-in was not started here; sign in again"}
    assert cognito.requests == []


def test_without_the_cookie_an_empty_state_is_rejected(client, cognito):
    client.cookies.clear()
    assert callback(client, state="").status_code == 400
    assert cognito.requests == []


def test_after_a_cancelled_sign_in_the_user_returns_to_the_login_page(client, cognito):
    answer = callback(client, code="", error="access_denied")
    assert answer.headers["location"] == "https://example.com/login"
    assert cognito.requests == []


def test_a_code_that_was_used_is_rejected(client, cognito):
    cognito.response = 400, {"error": "invalid_grant"}
    answer = callback(client)
    assert (answer.status_code, "set-cookie" in answer.headers) == (400, False)


@pytest.mark.parametrize(
    "claims",
    [
        {"aud": "another-client"},
        {"iss": "https://cognito-idp.us-east-1.amazonaws.com/another"},
        {"token_use": "access"},
        {"exp": 1},
        {"email": None},
    ],
)
def test_a_token_for_something_else_is_rejected(client, cognito, claims):
    cognito.answer(200, **{name: each for name, each in {**CLAIMS, **claims}.items() if each})
    answer = callback(client)
    assert (answer.status_code, "set-cookie" in answer.headers) == (502, False)


@pytest.mark.parametrize("response", [(500, {}), (200, {}), (200, []), (200, {"id_token": "x"})])
def test_without_a_token_the_sign_in_fails(client, cognito, response):
    cognito.response = response
    assert callback(client).status_code == 502


def test_without_cognito_the_sign_in_fails():
    app = FastAPI()
    app.include_router(SignIn(SETTINGS, "https://example.com", "http://127.0.0.1:1/").routes())
    client = TestClient(app, cookies={"sign_in_state": "state of the browser"})
    assert callback(client).status_code == 502


@pytest.mark.parametrize(
    "session",
    [
        jwt.encode({"email": "eve@example.com", "exp": 9999999999}, "another key", "HS256"),
        jwt.encode({"email": "ada@example.com", "exp": 1}, SETTINGS.session_key, "HS256"),
        jwt.encode({"email": "ada@example.com"}, SETTINGS.session_key, "HS256"),
        jwt.encode({"email": "eve@example.com", "exp": 9999999999}, None, "none"),
        "text",
    ],
)
def test_a_session_of_somebody_else_or_an_old_one_is_rejected(client, session):
    client.cookies.set("session", session)
    assert client.get("/auth/user").status_code == 401


def test_settings_are_those_of_the_environment_file():
    assert SETTINGS.token_url == "https://tap.auth.us-east-1.amazoncognito.com/oauth2/token"
    assert SETTINGS.cookie_secure
    assert "client-secret" not in repr(SETTINGS)
    assert SETTINGS.session_key not in repr(SETTINGS)


def test_missing_and_wrong_variables_are_named():
    with pytest.raises(SettingsError) as raised:
        SignInSettings.read({})
    assert str(raised.value) == f"missing environment variables: {', '.join(REQUIRED.values())}"
    variables = dict.fromkeys(REQUIRED.values(), "value")
    with pytest.raises(SettingsError, match="COOKIE_SECURE is 'yes'; available: true, false"):
        SignInSettings.read({**variables, "COOKIE_SECURE": "yes"})
