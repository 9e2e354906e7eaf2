"""Small carriers files to read, written where a test needs them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from simtui.catalogue import Catalogue, load

Raw = dict[str, Any]


def text(en: str, zh: str | None = None) -> Raw:
    return {"en": en} if zh is None else {"en": en, "zh": zh}


def clock(**changes: Any) -> Raw:
    """A clock that keeps the number for six months after a top-up."""
    return {
        "id": "number",
        "name": text("Number", "号码"),
        "loses": "number",
        "length": {"by": "fixed", "period": "P6M"},
        "restarts_on": [{"acts": ["top_up"]}],
        "after": "none",
    } | changes


def offer(offer_id: str = "demo", **changes: Any) -> Raw:
    return {
        "id": offer_id,
        "kind": "keep_number",
        "name": text(offer_id.capitalize()),
        "country": "FR",
        "zone": "Europe/Paris",
        "currency": "EUR",
        "rules": [{"clocks": [clock()]}],
    } | changes


def carrier(*offers: Raw, carrier_id: str = "telco", **changes: Any) -> Raw:
    return {"id": carrier_id, "name": text(carrier_id.capitalize()), "country": "FR", "offers": list(offers)} | changes


def file_of(*carriers: Raw, **changes: Any) -> Raw:
    return {"schema": 1, "updated": "2026-10-01", "carriers": list(carriers)} | changes


Loader = Callable[..., Catalogue]


@pytest.fixture
def loaded(tmp_path: Path) -> Loader:
    """Write the given contents as the bundled and the own file, and load them."""

    def load_both(bundled: object, own: object = None) -> Catalogue:
        paths = []
        for name, content in (("bundled.json", bundled), ("own.json", own)):
            path = tmp_path / name
            if content is not None:
                path.write_text(json.dumps(content), encoding="utf-8")
            paths.append(path)
        return load(paths[0], paths[1])

    return load_both
