"""python -m legal.start: writes the settings of the sign-in, then becomes Streamlit."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import boto3

from . import discovery
from .settings import Settings, SettingsError
from .sign_in import secrets_file

# The only folder to which the task may write, in memory.
FOLDER = Path("/tmp")


def main() -> None:
    try:
        settings = Settings.read()
    except SettingsError as error:
        sys.exit(str(error))
    ssm = boto3.client("ssm", region_name=settings.region)
    url = discovery.read(ssm, settings.discovery_path, f"services/{settings.service}/url")
    file = FOLDER / ".streamlit" / "secrets.toml"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600)
    file.write_text(secrets_file(settings, url), encoding="utf-8")
    # Streamlit reads ~/.streamlit/secrets.toml. Its process replaces this one, and gets SIGTERM.
    environment = {**os.environ, "HOME": str(FOLDER)}
    os.execvpe("streamlit", ["streamlit", "run", "app.py"], environment)


if __name__ == "__main__":
    main()
