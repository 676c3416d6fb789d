"""python -m app"""

from __future__ import annotations

import logging
import sys

import uvicorn

from .main import create
from .settings import Settings, SettingsError


def main() -> int:
    try:
        settings = Settings.read()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logging.basicConfig(level=settings.log_level, stream=sys.stdout, format="%(message)s")
    # Running requests are completed after SIGTERM; the middleware writes the access log.
    uvicorn.run(
        create(settings), host="0.0.0.0", port=settings.port, log_config=None, access_log=False
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
