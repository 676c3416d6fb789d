"""A program that runs in place of a task's container, for tests of applications.

INFRA_TASK_PROGRAM names it. It gets the image and the command as arguments, and the container's plain-text variables, region and
credentials of the task role, and the emulator's address as environment variables. Its output goes to the container's log stream, its exit
code is the container's.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from authorization import service_sessions
from moto.logs.models import logs_backends

VARIABLE = "INFRA_TASK_PROGRAM"
_SECONDS = 300


def configured() -> bool:
    """Whether tasks run a program; without one, they stop immediately."""
    return bool(os.environ.get(VARIABLE))


def start(task: Any, definition: Any, command: list[str], ended: Callable[[int], None]) -> None:
    """Starts the program of a task's first container, and calls `ended` with its exit code, in another thread."""
    container = definition.container_definitions[0]
    variables = _variables(task, definition, container)

    def run() -> None:
        try:
            result = subprocess.run(
                [os.environ[VARIABLE], container["image"], *command], env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True, timeout=_SECONDS, check=False)
            output, code = result.stdout, result.returncode
        except (OSError, subprocess.TimeoutExpired) as error:
            output, code = str(error), 1
        _log(task, container, output)
        ended(code)

    threading.Thread(target=run, daemon=True).start()


def _variables(task: Any, definition: Any, container: Mapping[str, Any]) -> dict[str, str]:
    _, _, _, region, account, _ = task.task_arn.split(":", 5)
    variables = {each["name"]: each["value"] for each in container.get("environment", [])}
    role = (task.overrides or {}).get("taskRoleArn") or getattr(definition, "task_role_arn", None)
    if role:
        source = f"arn:aws:ecs:{region}:{account}:*"
        session = service_sessions.issue({"service": "ecs-tasks.amazonaws.com", "role": role, "sourceArn": source, "region": region})
        variables |= {
            "AWS_ACCESS_KEY_ID": session["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
            "AWS_SESSION_TOKEN": session["Token"],
        }
    return {
        # What the program itself needs: the container's variables replace everything else.
        "PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""),
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['MOTO_PORT']}", "AWS_REGION": region, **variables,
    }


def _log(task: Any, container: Mapping[str, Any], output: str) -> None:
    """Writes to the stream `prefix/container/task`, as the awslogs driver does; ECS created the stream when the task started."""
    options = container.get("logConfiguration", {}).get("options", {})
    if not (options.get("awslogs-group") and output.strip()):
        return
    _, _, _, region, account, _ = task.task_arn.split(":", 5)
    logs = logs_backends[account][region]
    stream = f"{options.get('awslogs-stream-prefix', '')}/{container['name']}/{task.task_arn.rsplit('/', 1)[-1]}"
    group = logs.groups.get(options["awslogs-group"])
    if group is None:
        return
    if stream not in group.streams:
        logs.create_log_stream(options["awslogs-group"], stream)
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": line} for line in output.splitlines() if line.strip()]
    logs.put_log_events(options["awslogs-group"], stream, events)
