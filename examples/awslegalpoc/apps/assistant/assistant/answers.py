"""Answers of the model, with the conversation so far and, if one is named, a document."""

from __future__ import annotations

from typing import Any

from boto3.dynamodb.conditions import Key

INSTRUCTIONS = "You answer questions about legal documents. Say so if you do not know the answer."
TURNS = 20


class Answers:
    """turns and documents: tables of DynamoDB; model: client of bedrock-runtime."""

    def __init__(self, model: Any, model_id: str, turns: Any, documents: Any) -> None:
        self._model = model
        self._model_id = model_id
        self._turns = turns
        self._documents = documents

    def answer(self, prompt: str, conversation: str | None, document: str | None) -> str:
        """The model's answer to a question."""
        system = [{"text": INSTRUCTIONS}]
        if document is not None:
            found = self._documents.get_item(Key={"document": document}).get("Item")
            if found is None:
                raise LookupError(f"no document {document}")
            system.append({"text": f"The document:\n{found['text']}"})
        messages = [*self._earlier(conversation), message("user", prompt)]
        response = self._model.converse(modelId=self._model_id, system=system, messages=messages)
        return "".join(part.get("text", "") for part in response["output"]["message"]["content"])

    def _earlier(self, conversation: str | None) -> list[dict[str, Any]]:
        if conversation is None:
            return []
        newest = self._turns.query(
            KeyConditionExpression=Key("conversation").eq(conversation),
            ScanIndexForward=False,
            Limit=TURNS,
        )
        turns = [message(item["role"], item["text"]) for item in reversed(newest["Items"])]
        # The model accepts only conversations that the user begins.
        return turns if not turns or turns[0]["role"] == "user" else turns[1:]


def message(role: str, text: str) -> dict[str, Any]:
    return {"role": role, "content": [{"text": text}]}
