"""python -m data_pipeline [--prefix PREFIX]

Exit code 0: all objects were processed; 1: some are no games, or AWS denied access; 2: the configuration is wrong.
"""

from __future__ import annotations

import argparse
import sys
import time

from botocore.exceptions import BotoCoreError, ClientError
from hoopstat_shared import logs
from hoopstat_shared.aws import client
from hoopstat_shared.config import ConfigurationError, Settings
from hoopstat_shared.metrics import Metrics
from hoopstat_shared.objects import Objects

from . import pipeline


def main() -> int:
    parser = argparse.ArgumentParser(prog="data_pipeline", description="Writes the standings of all raw games.")
    parser.add_argument("--prefix", default="", help="only objects whose key begins with it; the result is below it, too")
    prefix = parser.parse_args().prefix
    try:
        settings = Settings.read()
        names = settings.bucket_of("raw-data"), settings.bucket_of("processed-data")
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 2
    log = logs.configure(settings)
    s3 = client("s3", settings)
    began = time.monotonic()
    try:
        result = pipeline.run(Objects(s3, names[0]), Objects(s3, names[1]), log, prefix)
    except (ClientError, BotoCoreError) as error:
        log.error("S3 failed: %s", error)
        return 1
    Metrics(settings).put(
        Games=(result.processed, "Count"), Invalid=(result.invalid, "Count"),
        Duration=(round((time.monotonic() - began) * 1000, 1), "Milliseconds"))
    return 1 if result.invalid else 0


if __name__ == "__main__":
    sys.exit(main())
