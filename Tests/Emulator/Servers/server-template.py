"""Starts the local AWS of each sandbox as a copy of this process, which has imported moto and loaded the models of the usual services.

    server-template.py      reads {"arguments": [...], "variables": {...}} a line: arguments of emulator/server.py and its environment
                            variables; writes the process id of the started server; ends when standard input ends

Importing and loading takes four to six seconds of processor time a server, more than the requests of most tests.
"""

from __future__ import annotations

import gc
import io
import json
import os
import random
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

sys.path.insert(0, str(Path(__file__).parents[3] / "emulator"))

import server

# The services that a deployment uses, and a read of each; others are loaded by the first request, as usual.
READS: dict[str, tuple[str, dict[str, Any]]] = {
    "acm": ("ListCertificates", {}),
    "application-autoscaling": ("DescribeScalableTargets", {"ServiceNamespace": "ecs"}),
    "backup": ("ListBackupVaults", {}),
    "cloudfront": ("ListDistributions", {}),
    "cloudwatch": ("DescribeAlarms", {}),
    "codebuild": ("ListProjects", {}),
    "cognito-idp": ("ListUserPools", {"MaxResults": 1}),
    "dynamodb": ("ListTables", {}),
    "ec2": ("DescribeVpcs", {}),
    "ecr": ("GetAuthorizationToken", {}),
    "ecs": ("ListClusters", {}),
    "elbv2": ("DescribeLoadBalancers", {}),
    "events": ("ListRules", {}),
    "iam": ("ListRoles", {}),
    "kms": ("ListKeys", {}),
    "lambda": ("ListFunctions", {}),
    "logs": ("DescribeLogGroups", {}),
    "rds": ("DescribeDBInstances", {}),
    "route53": ("ListHostedZones", {}),
    "s3": ("ListBuckets", {}),
    "scheduler": ("ListSchedules", {}),
    "secretsmanager": ("ListSecrets", {}),
    "sns": ("ListTopics", {}),
    "sqs": ("ListQueues", {}),
    "ssm": ("DescribeParameters", {}),
    "sts": ("GetCallerIdentity", {}),
    "wafv2": ("ListWebACLs", {"Scope": "REGIONAL"}),
}


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
    files = set(os.listdir("/dev/fd"))
    import addon
    import serving  # noqa: F401
    from addon.application import Application
    from authorization.enforcement import Enforcement
    from authorization.log import AuthorizationLog

    addon.load()
    with tempfile.TemporaryDirectory() as folder:
        application = Application(os.getpid(), Enforcement(AuthorizationLog(Path(folder) / "state.json")))
        # Standard output is for process ids; the application logs requests to it.
        output = os.dup(1)
        os.dup2(2, 1)
        for service, (operation, parameters) in READS.items():
            read(application, service, operation, parameters)
        os.dup2(output, 1)
        os.close(output)
    # What is there now is never collected: a collection would copy every page that the processes share.
    gc.collect()
    gc.freeze()
    # A server closes inherited files, and its socket gets the number of one of them: an object that has the number would close the socket.
    if inherited := set(os.listdir("/dev/fd")) - files:
        raise RuntimeError(f"files that servers would inherit: {sorted(inherited)}")


def read(application: Any, service: str, operation: str, parameters: dict[str, Any]) -> None:
    """One request, as the client of a service sends it."""
    from botocore.serialize import create_serializer

    from api.models import service_model

    model = service_model(service)
    protocol = model.resolved_protocol
    request = create_serializer(protocol).serialize_to_request(parameters, model.operation_model(operation))
    body = request["body"]
    body = urlencode(body).encode() if isinstance(body, dict) else body.encode() if isinstance(body, str) else body
    credential = f"111111111111/20260101/us-east-1/{model.signing_name}/aws4_request"
    signed = f"AWS4-HMAC-SHA256 Credential={credential}, SignedHeaders=host, Signature=0"
    path, _, query = request["url_path"].partition("?")
    headers = {"Authorization": signed, "Host": f"{model.endpoint_prefix}.us-east-1.amazonaws.com", **request["headers"]}
    environment = {
        "REQUEST_METHOD": request["method"], "PATH_INFO": path, "RAW_URI": request["url_path"], "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)),
        **{("" if name == "Content-Type" else "HTTP_") + name.upper().replace("-", "_"): value for name, value in headers.items()},
    }
    status = []
    application(environment, lambda line, _headers: status.append(line))
    if status != ["200 OK"]:
        raise RuntimeError(f"{service} {operation}: {status}")


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
