"""python -m stats_api"""

from __future__ import annotations

import sys

import uvicorn
from hoopstat_shared import logs
from hoopstat_shared.aws import client
from hoopstat_shared.config import ConfigurationError, Settings
from hoopstat_shared.metrics import Metrics
from hoopstat_shared.objects import Objects

from .app import create


def main() -> int:
    try:
        settings = Settings.read()
        bucket = settings.bucket_of("processed-data")
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    log = logs.configure(settings)
    app = create(settings, Objects(client("s3", settings), bucket), Metrics(settings), log)
    log.info("listening on port %d", settings.port)
    # uvicorn completes running requests after SIGTERM; log_config would replace the JSON logs.
    uvicorn.run(app, host="0.0.0.0", port=settings.port, log_config=None, access_log=False, server_header=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
