"""The HTTP API."""

from __future__ import annotations

import json
import logging
import secrets
import time
from typing import Any

from fastapi import Depends, FastAPI, Header, HTTPException, Request
from fastapi.middleware.cors import CORSMiddleware
from pydantic import BaseModel, Field

from .settings import Settings

LOG = logging.getLogger("app")


class Text(BaseModel):
    """A text to count."""

    text: str = Field(max_length=100_000)


def create(settings: Settings) -> FastAPI:
    """The application."""
    app = FastAPI(title="durable-code-test", version="1.0.0", docs_url=None, redoc_url=None)
    app.add_middleware(
        CORSMiddleware, allow_origins=list(settings.cors_origins), allow_methods=["GET"]
    )

    @app.middleware("http")
    async def log(request: Request, call_next: Any) -> Any:
        began = time.monotonic()
        response = await call_next(request)
        # Health checks every few seconds would hide the other requests.
        if request.url.path != "/health":
            entry = {
                "method": request.method,
                "path": request.url.path,
                "status": response.status_code,
                "durationMs": round((time.monotonic() - began) * 1000, 1),
            }
            LOG.info(json.dumps(entry))
        return response

    def authorize(x_api_key: str = Header(default="")) -> None:
        # Takes the same time for each wrong key, so that the time does not reveal its beginning.
        if not secrets.compare_digest(x_api_key.encode(), settings.api_key.encode()):
            raise HTTPException(401, "the header X-API-Key must have the key of the API")

    @app.get("/health")
    async def health() -> dict[str, bool]:
        return {"alive": True}

    @app.get("/api/about")
    async def about() -> dict[str, str]:
        return {"environment": settings.environment, "version": app.version}

    @app.post("/api/count", dependencies=[Depends(authorize)])
    async def count(text: Text) -> dict[str, int]:
        return {
            "lines": len(text.text.splitlines()),
            "words": len(text.text.split()),
            "characters": len(text.text),
        }

    return app
