"""Tests of `python -m legal.migrate` where it cannot run: a reason, and no stack trace."""

import os
import subprocess
import sys
from pathlib import Path

from legal.settings import REQUIRED

APPLICATION = Path(__file__).resolve().parents[2]


def migrate(**variables):
    return subprocess.run(
        [sys.executable, "-m", "legal.migrate"],
        cwd=APPLICATION,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_missing_variables_are_named():
    run = migrate(DATABASE_URL="")
    assert run.returncode == 1
    assert run.stderr.startswith("missing environment variables: ")
    assert "Traceback" not in run.stderr


def test_a_database_that_does_not_answer_is_the_reason():
    variables = dict.fromkeys(REQUIRED.values(), "of-the-test")
    variables["DATABASE_URL"] = "postgresql://app:secret@127.0.0.1:1/app"
    run = migrate(**variables)
    assert run.returncode == 1
    assert run.stderr.startswith("the migration failed: ")
    assert "Traceback" not in run.stderr
    assert "secret" not in run.stderr
