"""Starts the local AWS of each sandbox as a copy of this process, which has imported moto and loaded the models of the usual services.

    server-template.py      reads {"arguments": [...], "variables": {...}} a line: arguments of emulator/server.py and its environment
                            variables; writes the process id of the started server; ends when standard input ends

Importing and loading takes four to six seconds of processor time a server, more than the requests of most tests.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3] / "emulator"))

import server

# The services that a deployment uses; others are loaded by the first request, as usual.
SERVICES = (
    "acm", "application-autoscaling", "backup", "budgets", "cloudfront", "cloudwatch", "codebuild", "cognito-idp", "dynamodb", "ec2",
    "ecr", "ecs", "elbv2", "events", "iam", "kms", "lambda", "logs", "rds", "route53", "s3", "s3control", "scheduler", "secretsmanager",
    "sns", "sqs", "ssm", "sts", "wafv2",
)


def main() -> None:
    prepare()
    # Ended servers leave no zombies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := sys.stdin.readline():
        process = os.fork()
        if process == 0:
            start(**json.loads(line))
        print(process, flush=True)


def prepare() -> None:
    os.environ.update(server.SETTINGS)
    import moto.backends
    from moto.core.utils import get_service_model

    import addon
    import serving  # noqa: F401
    from addon import application  # noqa: F401
    from api.models import by_target, service_model

    addon.load()
    by_target("")
    for service in SERVICES:
        service_model(service)
        get_service_model(service)
        moto.backends.get_backend(service)
    # What is there now is never collected: a collection would copy every page that the processes share.
    gc.collect()
    gc.freeze()


def start(arguments: list[str], variables: dict[str, str]) -> None:
    os.setsid()
    os.environ.update(variables)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    # Otherwise all servers would give their resources the same ids.
    from moto.moto_api._internal import mock_random

    random.seed()
    mock_random.seed()
    sys.argv[1:] = arguments
    os._exit(server.main())


if __name__ == "__main__":
    main()
