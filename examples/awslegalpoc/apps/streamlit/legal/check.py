"""check database, check langfuse: whether what the application depends on works. Exit code 0 if it does.

The smoke tests of the environment file run them as tasks of this image.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence

import asyncpg

from .conversations import Conversations
from .langfuse import Langfuse, LangfuseError
from .settings import Settings, SettingsError

# The smoke test gives the task 180 seconds, which contain its start.
ATTEMPTS = 30
PAUSE_SECONDS = 2


def database(settings: Settings, pause: Callable[[float], None]) -> str:
    """Whether the migration has run, and the application's user may write and read."""
    del pause
    Conversations(settings.database_url).check()
    return "database: a row was written and read"


def langfuse(settings: Settings, pause: Callable[[float], None]) -> str:
    """Whether a trace arrives: Langfuse stores it some seconds after it has accepted it."""
    project = Langfuse(
        settings.langfuse_host, settings.langfuse_public_key, settings.langfuse_secret_key
    )
    trace = project.send("check", "check langfuse", "sent", time.time())
    for _ in range(ATTEMPTS):
        if project.has(trace):
            return f"langfuse: trace {trace} arrived"
        pause(PAUSE_SECONDS)
    raise LangfuseError(f"trace {trace} was accepted but not found")


CHECKS = {"database": database, "langfuse": langfuse}


def main(arguments: Sequence[str], pause: Callable[[float], None] = time.sleep) -> int:
    """Runs one check."""
    if len(arguments) != 1 or arguments[0] not in CHECKS:
        print(f"usage: check NAME; available: {', '.join(CHECKS)}", file=sys.stderr)
        return 2
    try:
        print(CHECKS[arguments[0]](Settings.read(), pause))
        return 0
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except (LangfuseError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        print(f"{arguments[0]}: {error}", file=sys.stderr)
    except FileNotFoundError:
        print(
            f"{arguments[0]}: the file sslrootcert of DATABASE_URL does not exist", file=sys.stderr
        )
    except (OSError, LookupError, ValueError, TimeoutError) as error:
        # Some of these errors have no text.
        print(f"{arguments[0]}: {type(error).__name__}: {error}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
