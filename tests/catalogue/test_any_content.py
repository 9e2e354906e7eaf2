"""No content makes the catalogue raise anything: what is not understood is a problem with a place."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simtui.catalogue import load
from simtui.paths import bundled
from tests.catalogue.conftest import carrier, clock, file_of, offer, text

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
RICH = offer(
    "rich",
    rules=[
        {
            "clocks": [
                clock(
                    length={"by": "amount", "tiers": [{"at": "5", "period": "P1M"}, {"from": 10}]},
                    after=[{"name": "receive_only", "length": {"by": "fixed", "period": "P6M"}, "undo": ["top_up"]}],
                    starts=[{"on": "activation", "length": {"by": "unknown"}}],
                    excludes=[{"acts": ["data"], "plans": ["week"], "reason": text("no", "否")}],
                    ends_early=[{"balance_at_most": 0}],
                )
            ],
            "fees": [{"id": "fee", "name": text("Fee"), "amount": 2, "every": "P1M"}],
            "stated": "number",
        }
    ],
    plans=[{"id": "week", "name": text("Week"), "kind": "data", "price": 5, "validity": "P7D"}],
    channels={"site": "https://telco.example", "support": {"url": "https://telco.example", "phone": "123"}},
    sources=[{"id": "page", "url": "https://telco.example", "what": text("page"), "certainty": "official"}],
)
ADDITION = {"plans": [{"id": "my-day", "name": text("Day"), "kind": "data"}], "channels": {"app": "App"}}


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The paths to every value inside a JSON value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for name, part in items for place in places(part, (*path, name)))]


def replaced(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    value = deepcopy(value)
    holder = value
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = new
    return value


BUNDLED = file_of(carrier(RICH, offer("plain")))
OWN = file_of(carrier(offer("my-card"), carrier_id="my-telco"), additions={"rich": ADDITION})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("carriers")


def use_everything(folder: Path, first: object, second: object) -> None:
    (folder / "bundled.json").write_text(json.dumps(first))
    (folder / "own.json").write_text(json.dumps(second))
    catalogue = load(folder / "bundled.json", folder / "own.json")
    for offer_id in catalogue.ids:
        assert catalogue.summary(offer_id) is not None
    catalogue.search("telco rich +33")
    before = len(catalogue.offers)
    problems = catalogue.check_all()
    assert before == len(catalogue.offers)
    assert all(problem.file and problem.what for problem in problems)


@settings(max_examples=60)
@given(place=st.sampled_from(places(BUNDLED)), new=JSON)
def test_any_value_anywhere_in_the_bundled_file(folder: Path, place: tuple[str | int, ...], new: object) -> None:
    use_everything(folder, replaced(BUNDLED, place, new), OWN)


@settings(max_examples=60)
@given(place=st.sampled_from(places(OWN)), new=JSON)
def test_any_value_anywhere_in_the_own_file(folder: Path, place: tuple[str | int, ...], new: object) -> None:
    use_everything(folder, BUNDLED, replaced(OWN, place, new))


@settings(max_examples=50)
@given(st.binary(max_size=200), st.integers(0, 400_000))
def test_any_bytes_and_any_cut(folder: Path, content: bytes, cut: int) -> None:
    path = folder / "bytes.json"
    for data in (content, bundled("carriers.json").read_bytes()[:cut]):
        path.write_bytes(data)
        catalogue = load(path, None)
        assert catalogue.problems or catalogue.ids
