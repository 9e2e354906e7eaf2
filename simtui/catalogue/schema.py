"""The JSON Schema of carriers files, made from the models so that it cannot lie.

`python -m simtui.catalogue.schema > docs/carriers.schema.json` renews the copy that editors use; a test compares it.
"""

from __future__ import annotations

import json
import sys

from simtui.catalogue.formats import CarriersFile
from simtui.domain.offer import Channels, EsimInfo

_NOISE = frozenset({"title", "default"})
"""What pydantic adds, differently from version to version, and no writer of a file needs."""
_AMOUNT = {"type": ["number", "string"], "description": 'An amount of money: 10, 9.99 or better "9.99".'}


def build() -> dict[str, object]:
    """Return the schema as a JSON object."""
    for default in (Channels, EsimInfo):  # their empty records are defaults of an offer's fields
        default.model_rebuild()
    schema = _plain(CarriersFile.model_json_schema(by_alias=True, mode="validation"))
    assert isinstance(schema, dict)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "simtui carriers file", **schema}


def text() -> str:
    """Return the schema as the file's content, newline included."""
    return json.dumps(build(), ensure_ascii=False, indent=2) + "\n"


def _plain(schema: object) -> object:
    """Return the schema without noise, amounts of money described as people write them."""
    if isinstance(schema, list):
        return [_plain(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _plain(part) for name, part in schema.items() if name not in _NOISE}
    options = kept.get("anyOf")
    if isinstance(options, list) and {"number", "string"} <= {option.get("type") for option in options}:
        others = [option for option in options if option.get("type") not in ("number", "string")]
        kept["anyOf"] = [_AMOUNT, *others]
    return kept


if __name__ == "__main__":
    sys.stdout.write(text())
