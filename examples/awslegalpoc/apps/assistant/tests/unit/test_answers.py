"""Tests of what the model is asked."""

import pytest

from assistant.answers import INSTRUCTIONS, Answers, message
from assistant.settings import REQUIRED, Settings, SettingsError


class Model:
    """The last request, and an answer in two parts."""

    def converse(self, **request):
        self.request = request
        return {"output": {"message": {"content": [{"text": "An "}, {"text": "answer."}]}}}


class Table:
    def __init__(self, *items):
        self.items = items

    def query(self, **request):
        assert (request["ScanIndexForward"], request["Limit"]) == (False, 20)
        return {"Items": list(self.items)}

    def get_item(self, Key):
        return {"Item": item for item in self.items if item["document"] == Key["document"]}


@pytest.fixture
def model():
    return Model()


def test_a_question_alone(model):
    assert Answers(model, "model", Table(), Table()).answer("Why?", None, None) == "An answer."
    assert model.request == {
        "modelId": "model",
        "system": [{"text": INSTRUCTIONS}],
        "messages": [message("user", "Why?")],
    }


def test_the_conversation_so_far_is_in_order_and_begins_with_the_user(model):
    newest_first = [
        {"role": "assistant", "text": "Second answer."},
        {"role": "user", "text": "Second?"},
        {"role": "assistant", "text": "The end of an older turn."},
    ]
    Answers(model, "model", Table(*newest_first), Table()).answer("Third?", "c", None)
    assert model.request["messages"] == [
        message("user", "Second?"),
        message("assistant", "Second answer."),
        message("user", "Third?"),
    ]


def test_a_document_is_part_of_the_instructions(model):
    documents = Table({"document": "lease", "text": "The rent is 10."})
    Answers(model, "model", Table(), documents).answer("Rent?", None, "lease")
    assert model.request["system"][1] == {"text": "The document:\nThe rent is 10."}


def test_a_missing_document_is_named(model):
    with pytest.raises(LookupError, match="no document lease"):
        Answers(model, "model", Table(), Table()).answer("Rent?", None, "lease")


def test_missing_and_wrong_variables_are_named():
    variables = dict.fromkeys(REQUIRED.values(), "value")
    assert Settings.read(variables).port == 8080
    with pytest.raises(SettingsError, match="missing environment variables: AWS_REGION, MODEL_ID"):
        Settings.read({**variables, "AWS_REGION": "", "MODEL_ID": ""})
    with pytest.raises(SettingsError, match="PORT is '0'; it must be a number from 1 to 65535"):
        Settings.read({**variables, "PORT": "0"})
