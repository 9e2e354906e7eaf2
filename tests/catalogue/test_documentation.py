"""The format's page and JSON Schema say what the models say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simtui.catalogue import formats, schema
from simtui.domain import message, offer, rule
from simtui.domain.message import Message
from simtui.domain.offer import Channels
from simtui.domain.record import Record
from simtui.domain.rule import Clock, Fee, Length, Rule
from simtui.domain.wording import Slot

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "catalogue.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json (\w+)\n(.*?)```", PAGE, re.DOTALL)
SHAPES: dict[str, Any] = {
    "file": formats.CarriersFile,
    "rule": Rule,
    "clock": Clock,
    "fee": Fee,
    "length": Length,
    "channels": Channels,
    "message": Message,
}


def test_the_json_schema_is_current() -> None:
    assert (DOCS / "carriers.schema.json").read_text(encoding="utf-8") == schema.text(), (
        "python -m simtui.catalogue.schema > docs/carriers.schema.json"
    )


@pytest.mark.parametrize(("shape", "example"), EXAMPLES, ids=lambda value: value.split("\n")[0][:60])
def test_every_example_of_the_page_is_valid(shape: str, example: str) -> None:
    content = json.loads(example)

    assert TypeAdapter(SHAPES[shape]).validate_python(content)


def test_every_shape_of_a_length_has_an_example() -> None:
    shown = {json.loads(example)["by"] for shape, example in EXAMPLES if shape == "length"}

    assert shown == {"fixed", "amount", "unit", "balance", "plan", "unknown"}


def test_the_page_names_every_field_and_every_choice() -> None:
    models = [
        model
        for module in (formats, message, offer, rule)
        for model in vars(module).values()
        if isinstance(model, type) and issubclass(model, Record) and model is not Record
    ]
    fields = {field.alias or name for model in models for name, field in model.model_fields.items()} - {"by"}
    choices = set(re.findall(r'"(?:const|enum)": (?:"([^"]+)")', schema.text()))
    choices |= {
        word for words in re.findall(r'"enum": \[([^]]*)\]', schema.text()) for word in re.findall(r'"([^"]+)"', words)
    }
    missing = {name for name in fields | choices if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", PAGE)}

    assert len(fields) > 90
    assert missing == set()


def test_the_page_names_every_placeholder() -> None:
    assert [slot for slot in Slot if f"`{{{slot}}}`" not in PAGE] == []


def test_the_models_refuse_what_the_page_does_not_know() -> None:
    with pytest.raises(ValidationError):
        formats.CarriersFile.model_validate({"schema": 1, "carers": []})
