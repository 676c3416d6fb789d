"""Tests of the settings, and of what Streamlit's sign-in gets from them."""

import pytest

from legal.settings import REQUIRED, Settings, SettingsError
from legal.sign_in import secrets_file

SETTINGS = Settings.read({name: f"of {name}" for name in REQUIRED.values()})


def test_missing_variables_are_named():
    with pytest.raises(SettingsError) as raised:
        Settings.read({})
    assert str(raised.value) == f"missing environment variables: {', '.join(REQUIRED.values())}"


def test_secrets_are_not_printed():
    for name in ("DATABASE_URL", "COGNITO_CLIENT_SECRET", "LANGFUSE_SECRET_KEY"):
        assert f"of {name}" not in repr(SETTINGS)


def test_the_sign_in_has_the_callback_url_of_the_environment_file():
    text = secrets_file(SETTINGS, "https://beta.legal.example.com/")
    assert text.startswith(
        '[auth]\nredirect_uri = "https://beta.legal.example.com/oauth2callback"\ncookie_secret = "'
    )
    assert text.endswith(
        "[auth.cognito]\n"
        'client_id = "of COGNITO_CLIENT_ID"\n'
        'client_secret = "of COGNITO_CLIENT_SECRET"\n'
        'server_metadata_url = "https://cognito-idp.of COGNITO_REGION.amazonaws.com/'
        'of COGNITO_USER_POOL_ID/.well-known/openid-configuration"\n'
    )


def test_all_tasks_sign_cookies_with_the_same_key_that_is_not_the_secret():
    url = "https://beta.legal.example.com"
    assert secrets_file(SETTINGS, url) == secrets_file(SETTINGS, url)
    key = secrets_file(SETTINGS, url).split('cookie_secret = "')[1].split('"')[0]
    assert (len(key), key != SETTINGS.client_secret) == (64, True)
