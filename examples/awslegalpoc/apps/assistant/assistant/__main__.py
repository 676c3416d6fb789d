"""python -m assistant"""

from __future__ import annotations

import logging
import sys

import boto3
import uvicorn

from .answers import Answers
from .langfuse import Langfuse
from .main import create
from .settings import Settings, SettingsError


def main() -> int:
    try:
        settings = Settings.read()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(levelname)s %(message)s")
    session = boto3.Session(region_name=settings.region)
    tables = session.resource("dynamodb")
    secrets = session.client("secretsmanager")

    def langfuse() -> Langfuse:
        secret = secrets.get_secret_value(SecretId=settings.langfuse_secret_key_name)
        return Langfuse(
            settings.langfuse_host, settings.langfuse_public_key, secret["SecretString"]
        )

    answers = Answers(
        session.client("bedrock-runtime"),
        settings.model_id,
        tables.Table(settings.turns_table),
        tables.Table(settings.documents_table),
    )
    # Running requests are completed after SIGTERM.
    uvicorn.run(
        create(answers, langfuse),
        host="0.0.0.0",
        port=settings.port,
        log_config=None,
        access_log=False,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
