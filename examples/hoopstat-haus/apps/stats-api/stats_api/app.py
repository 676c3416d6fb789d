"""The HTTP API: health, standings, one team."""

from __future__ import annotations

import logging
import time
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from hoopstat_shared.config import Settings
from hoopstat_shared.health import Readiness
from hoopstat_shared.metrics import Metrics
from hoopstat_shared.objects import NotFound, Objects

# Written by data-pipeline.
STANDINGS = "standings.json"


def create(settings: Settings, processed: Objects, metrics: Metrics, log: logging.Logger) -> FastAPI:
    """The application with the bucket that it reads."""
    app = FastAPI(title="stats-api", version="1.0.0", docs_url=None, redoc_url=None)
    readiness = Readiness({"processed-data": processed.check})

    @app.middleware("http")
    async def measure(request: Request, call_next: Any) -> Any:
        began = time.monotonic()
        response = await call_next(request)
        # Health checks every few seconds would hide the other requests.
        if not request.url.path.startswith("/health"):
            milliseconds = round((time.monotonic() - began) * 1000, 1)
            metrics.put(Requests=(1, "Count"), Latency=(milliseconds, "Milliseconds"))
            log.info(
                "%s %s: %d", request.method, request.url.path, response.status_code,
                extra={"status": response.status_code, "milliseconds": milliseconds})
        return response

    @app.exception_handler(ClientError)
    @app.exception_handler(BotoCoreError)
    async def bucket_failed(_: Request, error: Exception) -> JSONResponse:
        log.error("bucket %s failed: %s", processed.bucket, error)
        code = error.response["Error"]["Code"] if isinstance(error, ClientError) else "the bucket cannot be reached"
        return JSONResponse({"error": code}, status_code=502)

    @app.get("/health")
    @app.get("/health/live")
    def live() -> dict[str, bool]:
        return {"alive": True}

    # Handlers that call S3 are not async: FastAPI runs them in threads, so that one slow request does not delay the others.
    @app.get("/health/ready")
    def ready() -> JSONResponse:
        reasons = readiness.reasons()
        return JSONResponse({"ready": not reasons, "reasons": reasons}, status_code=503 if reasons else 200)

    @app.get("/")
    def about() -> dict[str, str]:
        return {
            "project": settings.project, "environment": settings.environment, "service": settings.service, "region": settings.region}

    @app.get("/standings")
    def standings() -> JSONResponse:
        try:
            return JSONResponse(processed.read(STANDINGS))
        except NotFound:
            return JSONResponse({"error": "no standings yet: data-pipeline has not run"}, status_code=404)

    @app.get("/teams/{team}")
    def team(team: str) -> JSONResponse:
        try:
            rows = {row["team"]: row for row in processed.read(STANDINGS)["teams"]}
        except NotFound:
            rows = {}
        return JSONResponse(rows[team]) if team in rows else JSONResponse({"error": f"no team {team}"}, status_code=404)

    return app
