from __future__ import annotations

import json
from pathlib import Path

import pytest

from simtui.catalogue import is_own_id, load, stated_clock
from simtui.domain.offer import Offer
from tests.catalogue.conftest import Loader, carrier, clock, file_of, offer, text


def test_offers_are_found_by_id_with_their_carrier(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer("one"), offer("two"), note=text("a note")), carrier(carrier_id="empty")))

    found = catalogue.offer("two")

    assert found is not None
    assert found.name.en == "Two"
    assert catalogue.ids == ("one", "two")
    assert list(catalogue.carriers) == ["telco", "empty"]
    entry = catalogue.carrier_of("two")
    assert entry is not None
    assert (entry.id, entry.offers, entry.own) == ("telco", ("one", "two"), False)
    assert catalogue.updated == "2026-10-01"
    assert catalogue.problems == ()


def test_an_unknown_offer_is_none_everywhere(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer())))

    assert catalogue.offer("nothing") is None
    assert catalogue.carrier_of("nothing") is None
    assert catalogue.summary("nothing") is None
    assert catalogue.addition("nothing") is None
    assert "nothing" not in catalogue.offers
    assert not catalogue.is_own("my-nothing")


def test_loading_validates_no_offer(loaded: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    validate = Offer.model_validate

    def watched(raw: dict[str, object]) -> Offer:
        asked.append(raw["id"])
        return validate(raw)

    monkeypatch.setattr(Offer, "model_validate", watched)

    catalogue = loaded(file_of(carrier(offer("one"), offer("two"))))
    rows = [catalogue.summary(offer_id) for offer_id in catalogue.ids]
    catalogue.search("one")
    assert asked == []
    assert all(rows)

    first = catalogue.offers["two"]
    assert catalogue.offers["two"] is first
    assert asked == ["two"]


def test_the_offers_are_a_mapping_of_the_valid_ones(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer("good"), offer("bad", currency="EURO"))))

    assert "bad" not in catalogue.offers
    assert dict(catalogue.offers).keys() == {"good"}
    assert len(catalogue.offers) == 1
    with pytest.raises(KeyError):
        catalogue.offers["bad"]


def test_a_summary_copes_with_a_wrong_offer(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer("bad", name=7, zone=["x"]))))

    summary = catalogue.summary("bad")

    assert summary is not None
    assert (summary.name.en, summary.zone, summary.carrier_name.en) == ("bad", "", "Telco")


def test_the_users_own_offers_stand_beside_the_bundled_ones(loaded: Loader) -> None:
    own = file_of(carrier(offer("my-card"), carrier_id="my-telco"))

    catalogue = loaded(file_of(carrier(offer())), own)

    assert catalogue.check_all() == ()
    assert catalogue.is_own("my-card")
    assert not catalogue.is_own("demo")
    summary = catalogue.summary("my-card")
    assert summary is not None
    assert summary.own


def test_no_own_file_is_no_problem_but_a_missing_bundled_one_is(tmp_path: Path) -> None:
    catalogue = load(tmp_path / "none.json", tmp_path / "folder" / "none.json")

    assert [problem.file for problem in catalogue.problems] == [str(tmp_path / "none.json")]
    assert catalogue.ids == ()


def test_another_file_takes_the_place_of_the_bundled_one(tmp_path: Path) -> None:
    for name in ("bundled", "other"):
        (tmp_path / name).write_text(json.dumps(file_of(carrier(offer(name)))))

    assert load(tmp_path / "bundled", None, tmp_path / "other").ids == ("other",)


def test_additions_stand_beside_what_came_with_simtui(loaded: Loader) -> None:
    bundled = offer(
        plans=[{"id": "week", "name": text("Week"), "kind": "data"}],
        top_ups=[{"amount": 10}],
        channels={"site": "https://telco.example", "codes": [{"does": "balance", "code": "#123#"}]},
    )
    addition = {
        "plans": [{"id": "my-day", "name": text("Day"), "kind": "data", "source": "my-own"}],
        "top_ups": [{"amount": 5, "source": "my-own"}],
        "channels": {
            "site": "https://other.example",
            "app": "Telco app",
            "codes": [{"does": "top_up", "code": "*100#"}],
        },
        "rules": [{"clocks": [clock(length={"by": "fixed", "period": "P3M"}, source="my-own")]}],
        "sources": [{"id": "my-own", "what": text("Entered by you"), "certainty": "third_party"}],
    }

    catalogue = loaded(file_of(carrier(bundled)), file_of(additions={"demo": addition}))
    found = catalogue.offers["demo"]

    assert catalogue.problems == ()
    assert [plan.id for plan in found.plans] == ["week", "my-day"]
    assert [top_up.amount for top_up in found.top_ups] == [10, 5]
    assert found.channels.site == "https://telco.example"
    assert found.channels.app == "Telco app"
    assert [code.code for code in found.channels.codes] == ["#123#", "*100#"]
    assert len(found.rules) == 2
    assert [plan.id for plan in found.plans if is_own_id(plan.id)] == ["my-day"]
    own = catalogue.addition("demo")
    assert own is not None
    assert own.channels is not None
    assert own.channels.site == "https://other.example"
    assert not catalogue.is_own("demo")


def test_the_stated_clock_is_the_named_one_or_the_first(loaded: Loader) -> None:
    both = [clock(id="credit"), clock(id="line")]
    offers = [
        offer("first", rules=[{"clocks": both}]),
        offer("named", rules=[{"clocks": [clock(id="old")]}, {"clocks": both, "stated": "line"}]),
        offer("fee", rules=[{"fees": [{"id": "monthly", "name": text("Fee"), "amount": 2, "every": "P1M"}]}]),
        offer("unknown", rules=[]),
    ]

    catalogue = loaded(file_of(carrier(*offers)))

    stated = {offer_id: stated_clock(found) for offer_id, found in catalogue.offers.items()}
    assert {offer_id: part and part.id for offer_id, part in stated.items()} == {
        "first": "credit",
        "named": "line",
        "fee": "monthly",
        "unknown": None,
    }
