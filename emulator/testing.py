"""Shared by the tests: one started server, boto3 clients for it, and the record of which patched operations a test covers."""

from __future__ import annotations

import atexit
import functools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import boto3
from botocore.config import Config

HERE = Path(__file__).resolve().parent
ACCOUNT = "111111111111"
REGION = "us-east-2"
# A server that hangs fails the tests; a slow machine does not.
PATIENCE_SECONDS = 600

COVERED: set[tuple[str, str]] = set()

_Test = TypeVar("_Test", bound=Callable[..., Any])


def covers(service: str, *operations: str) -> Callable[[_Test], _Test]:
    """Marks a test as covering these patched operations; test_registry.py requires all of them."""
    COVERED.update((service, operation) for operation in operations)
    return lambda test: test


class Server:
    """A server process of its own, with its state in a temporary folder."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="emulator-")
        self.state_file = Path(self._folder.name) / "state.json"
        self.log_file = Path(self._folder.name) / "server.log"
        self.process = self.start()
        self.state = self._wait()

    def start(self) -> subprocess.Popen[bytes]:
        """Starts one more process with the same state file."""
        command = [sys.executable, str(HERE / "server.py"), "--state", str(self.state_file), "--log", str(self.log_file)]
        return subprocess.Popen(command, stderr=subprocess.PIPE)

    def _wait(self) -> dict[str, Any]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.state_file.exists():
                return json.loads(self.state_file.read_text(encoding="utf-8"))
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        log = self.log_file.read_text(encoding="utf-8") if self.log_file.exists() else ""
        raise RuntimeError(f"the server did not start: {log[-2000:]}")

    def client(self, service: str, account: str = ACCOUNT, region: str = REGION, token: str | None = None) -> Any:
        """A boto3 client. account: 12 digits for its administrator, or an access key id with its session token."""
        return boto3.client(
            service,
            endpoint_url=self.state["url"],
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="emulator",
            aws_session_token=token,
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, inject_host_prefix=False),
        )

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE_SECONDS)
        self._folder.cleanup()


@functools.cache
def shared() -> Server:
    """The server of this test run; each test uses resource names of its own."""
    server = Server()
    atexit.register(server.stop)
    return server


@functools.cache
def role(name: str, service: str) -> str:
    """The ARN of a role that a service may assume."""
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}]}
    return client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]


def client(service: str, account: str = ACCOUNT, region: str = REGION) -> Any:
    return shared().client(service, account, region)
