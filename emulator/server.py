"""The local AWS: moto's server with the add-on, on loopback, in memory only.

Started by emulator/run with the interpreter that has moto.
"""

from __future__ import annotations

import argparse
import datetime
import fcntl
import json
import os
import signal
import sys
from pathlib import Path
from typing import IO, Any

# moto's own settings; moto reads them when it is imported, so they are set before.
SETTINGS = {
    # A certificate is validated immediately; there is no DNS validation to wait for.
    "MOTO_ACM_VALIDATION_WAIT": "0",
    # AWS's managed policies are attached by ARN and read back.
    "MOTO_IAM_LOAD_MANAGED_POLICIES": "true",
    # moto creates boto3 clients to read their models; they would ask the instance metadata service for credentials, outside of loopback.
    "AWS_EC2_METADATA_DISABLED": "true",
}

ALREADY_RUNNING = 3


def main() -> int:
    """Serves until SIGTERM or SIGINT; returns the exit code."""
    arguments = parse_arguments()
    # The process that started this must not wait for its pipes to be closed.
    os.closerange(3, 1024)
    lock = take_lock(arguments.state)
    if lock is None:
        running = read(arguments.state)
        print(f"emulator: already running at {running.get('url', '?')} (process {running.get('pid', '?')})", file=sys.stderr)
        return ALREADY_RUNNING
    if arguments.log:
        log_to(arguments.log)
    os.environ.update(SETTINGS)
    serve(arguments)
    return 0


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="emulator/run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: loopback only)")
    parser.add_argument("--port", type=int, default=0, help="port to listen on; 0 (default) selects a free port")
    parser.add_argument(
        "--state", type=Path, required=True, help="file for address and process of the server, written when it accepts requests")
    parser.add_argument("--log", type=Path, help="file for requests and failures (default: standard error)")
    parser.add_argument("--pid", type=int, default=os.getpid(), help="process to stop, if it is not this one (the client of a container)")
    parser.add_argument("--way", default="path", help="how moto was installed, for the state file")
    parser.add_argument("--shown-log", help="the log's path on the host, if it differs (in a container)")
    return parser.parse_args()


def take_lock(state: Path) -> IO[str] | None:
    """A lock that is released when this process ends for any reason; None if another server holds it."""
    state.parent.mkdir(parents=True, exist_ok=True)
    lock = state.with_suffix(".lock").open("w", encoding="utf-8")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    return lock


def read(state: Path) -> dict[str, Any]:
    try:
        return json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def log_to(path: Path) -> None:
    """Standard output and error go to the log, so that no pipe of the caller is held open."""
    path.parent.mkdir(parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)


def serve(arguments: argparse.Namespace) -> None:
    import moto

    import addon
    import serving
    from addon.application import Application
    from authorization import passed_role_requests
    from authorization.enforcement import Enforcement
    from authorization.log import AuthorizationLog

    patches = addon.load()
    log = AuthorizationLog(arguments.state)
    passed_role_requests.record_in(log)
    server = serving.bind(arguments.host, arguments.port, Application(arguments.pid, Enforcement(log)))
    # moto calls itself in a few places and needs its own port for that.
    os.environ["MOTO_PORT"] = str(server.server_port)

    # The socket is listening by now: a client that reads the state file gets a response.
    write(arguments.state, {
        "pid": arguments.pid,
        "port": server.server_port,
        "url": f"http://127.0.0.1:{server.server_port}",
        "moto": moto.__version__,
        "way": arguments.way,
        "startedAt": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "log": arguments.shown_log or (str(arguments.log.resolve()) if arguments.log else None),
    })
    print(f"moto {moto.__version__} with {len(patches)} patched operations on port {server.server_port}", flush=True)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        server.serve_forever()
    finally:
        log.close()
        arguments.state.unlink(missing_ok=True)
        # There is nothing to save; freeing the heap would take longer than serving did.
        os._exit(0)


def write(state: Path, content: dict[str, Any]) -> None:
    """Writes the file atomically: a reader never sees half a file."""
    partial = state.with_suffix(".partial")
    partial.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    partial.replace(state)


def stop(_signal: int, _frame: Any) -> None:
    raise SystemExit(0)


if __name__ == "__main__":
    sys.exit(main())
