"""The HTTP contract of Bedrock AgentCore: POST /invocations and GET /ping.

https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-http-protocol-contract.html
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

from .answers import Answers
from .langfuse import Langfuse, LangfuseError

LOG = logging.getLogger("assistant")


class Invocation(BaseModel):
    """A question; conversation and document are keys in DynamoDB."""

    prompt: str = Field(min_length=1, max_length=20_000)
    conversation: str | None = None
    document: str | None = None


def create(answers: Answers, langfuse: Callable[[], Langfuse]) -> FastAPI:
    """langfuse: returns the project, whose key may have been rotated since the last request."""
    app = FastAPI(title="assistant", version="1.0.0", docs_url=None, redoc_url=None)

    def trace(prompt: str, answer: str, began: float) -> None:
        try:
            langfuse().send("assistant", prompt, answer, began)
        except (LangfuseError, BotoCoreError, ClientError) as error:
            # An answer without a trace is better than none.
            LOG.error("no trace: %s", error)

    # Async, so that it is answered while all threads wait for the model.
    @app.get("/ping")
    async def ping() -> dict[str, str]:
        return {"status": "Healthy"}

    @app.post("/invocations")
    def invoke(invocation: Invocation) -> dict[str, Any]:
        began = time.time()
        try:
            answer = answers.answer(invocation.prompt, invocation.conversation, invocation.document)
        except LookupError as error:
            raise HTTPException(404, str(error)) from error
        except (BotoCoreError, ClientError) as error:
            LOG.error("no answer: %s", error)
            raise HTTPException(
                502, "AWS did not answer the request; the log has the reason"
            ) from error
        trace(invocation.prompt, answer, began)
        return {"answer": answer}

    return app
