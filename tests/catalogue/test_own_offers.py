"""What users add themselves: built from forms, written, read back, and never at the cost of what was there."""

from __future__ import annotations

import json
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from simtui.catalogue import Catalogue, load
from simtui.domain.act import ActKind
from simtui.domain.calendar import Day, Period
from simtui.domain.offer import Offer, Plan
from simtui.domain.record import Text
from simtui.domain.rule import FixedLength, PlanKind, Stage, Trigger, Undo
from simtui.errors import InputError, NotFound, SimtuiError
from simtui.own_file import Document, edit, read, with_offer, with_part, without_offer, without_part
from simtui.own_offers import (
    OWN_SOURCE,
    OfferForm,
    PlanForm,
    keeping_rule,
    new_offer,
    new_plan,
    new_top_up,
    own_id,
    usual_place,
)
from tests.catalogue.conftest import carrier, file_of, offer

TODAY = Day(2026, 11, 20)
SIX_MONTHS = Period(months=6)
FORM = OfferForm(
    carrier="Café Telecom",
    name="Été card",
    country="FR",
    zone="Europe/Paris",
    currency="EUR",
    rule=keeping_rule(SIX_MONTHS, [ActKind.TOP_UP]),
)


@pytest.fixture
def bundled(tmp_path: Path) -> Path:
    path = tmp_path / "bundled.json"
    path.write_text(json.dumps(file_of(carrier(offer()))))
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "data" / "simtui" / "carriers.json"


def add_offer(own: Path, form: OfferForm = FORM) -> Offer:
    made = new_offer(form, [], TODAY)
    edit(own, lambda document: with_offer(document, form.carrier, made), TODAY)
    return made


def test_the_form_becomes_a_rule() -> None:
    (clock,) = keeping_rule(SIX_MONTHS, [ActKind.TOP_UP, ActKind.DATA], then=Period(days=90)).clocks

    assert clock.length == FixedLength(period=SIX_MONTHS)
    assert clock.restarts_on == (Trigger(acts=(ActKind.TOP_UP, ActKind.DATA)),)
    assert (clock.certainty, clock.source) == ("guess", OWN_SOURCE)
    assert isinstance(clock.after, tuple)
    assert isinstance(clock.after[0], Stage)
    assert clock.after[0].undo == (Undo.TOP_UP, Undo.USE)
    assert keeping_rule(SIX_MONTHS, [ActKind.TOP_UP]).clocks[0].after == "unknown"
    assert keeping_rule(SIX_MONTHS, [ActKind.TOP_UP], then="none").clocks[0].after == "none"


def test_an_own_offer_survives_the_file(bundled: Path, own: Path) -> None:
    made = add_offer(own)

    catalogue = load(bundled, own)

    assert catalogue.check_all() == ()
    assert catalogue.offers[made.id] == made
    assert made.id == "my-ete-card"
    assert catalogue.is_own(made.id)
    entry = catalogue.carrier_of(made.id)
    assert entry is not None
    assert (entry.id, entry.name.en) == ("my-cafe-telecom", "Café Telecom")
    assert read(own)["updated"] == "2026-11-20"


def test_the_file_and_its_folder_are_private(own: Path) -> None:
    add_offer(own)

    assert own.stat().st_mode & 0o777 == 0o600
    assert own.parent.stat().st_mode & 0o777 == 0o700


def test_offers_of_one_carrier_stand_together_and_are_replaced_by_id(own: Path) -> None:
    made = add_offer(own)
    second = new_offer(FORM, [made.id], TODAY)
    edit(own, lambda document: with_offer(document, FORM.carrier, second), TODAY)
    changed = made.model_copy(update={"currency": "CHF"})
    edit(own, lambda document: with_offer(document, FORM.carrier, changed), TODAY)

    (only,) = read(own)["carriers"]
    assert [(raw["id"], raw["currency"]) for raw in only["offers"]] == [
        ("my-ete-card", "CHF"),
        ("my-ete-card-2", "EUR"),
    ]

    edit(own, lambda document: with_offer(document, "Other", changed), TODAY)
    assert [(raw["name"]["en"], len(raw["offers"])) for raw in read(own)["carriers"]] == [
        ("Café Telecom", 1),
        ("Other", 1),
    ]

    edit(own, lambda document: without_offer(without_offer(document, made.id), second.id), TODAY)
    assert read(own)["carriers"] == []


def test_parts_are_added_beside_a_bundled_offer(bundled: Path, own: Path) -> None:
    found = load(bundled, own).offers["demo"]
    plan = new_plan(found, PlanForm("Week 5 GB", PlanKind.DATA, price=Decimal("9.99"), validity=Period(days=7)))
    rule = keeping_rule(Period(months=3), [ActKind.TOP_UP])

    for part in (plan, new_top_up(Decimal(5), Period(days=15)), rule):
        edit(own, lambda document, part=part: with_part(document, found, part, TODAY), TODAY)  # type: ignore[misc]

    catalogue = load(bundled, own)
    now = catalogue.offers["demo"]
    assert catalogue.problems == ()
    assert now.plans == (plan,)
    assert plan.id == "my-week-5-gb"
    assert [(top_up.amount, top_up.validity) for top_up in now.top_ups] == [(Decimal(5), Period(days=15))]
    assert now.rules == (*found.rules, rule)
    source = now.source(OWN_SOURCE)
    assert source is not None
    assert source.as_of == "2026-11-20"


def test_the_same_part_twice_is_replaced_and_can_be_removed(bundled: Path) -> None:
    found = load(bundled, None).offers["demo"]
    document: Document = {"schema": 1}
    for validity in (Period(days=15), Period(days=30)):
        document = with_part(document, found, new_top_up(Decimal("5.00"), validity), TODAY)
    document = with_part(document, found, keeping_rule(SIX_MONTHS, [ActKind.TOP_UP]), TODAY)
    rule = keeping_rule(Period(months=9), [ActKind.TOP_UP])
    document = with_part(document, found, rule, TODAY)

    added = document["additions"]["demo"]
    assert [top_up["validity"] for top_up in added["top_ups"]] == ["P30D"]
    assert [one["clocks"][0]["length"]["period"] for one in added["rules"]] == ["P9M"]
    assert len(added["sources"]) == 1

    document = without_part(document, "demo", new_top_up(Decimal(5)))
    document = without_part(document, "demo", rule)
    assert (document["additions"]["demo"]["top_ups"], document["additions"]["demo"]["rules"]) == ([], [])


def test_a_part_of_an_own_offer_goes_into_the_offer(bundled: Path, own: Path) -> None:
    made = add_offer(own)
    plan = new_plan(made, PlanForm("日包", PlanKind.DATA))

    edit(own, lambda document: with_part(document, made, plan, TODAY), TODAY)

    assert "additions" not in read(own)
    assert load(bundled, own).offers[made.id].plans == (plan,)
    assert plan.id == "my-offer"
    with pytest.raises(NotFound):
        with_part({"schema": 1}, made, plan, TODAY)


def test_content_that_simtui_does_not_know_is_kept(own: Path) -> None:
    own.parent.mkdir(parents=True)
    mine = file_of(carrier(carrier_id="my-notes", comment="mine"), plans_of_mine=[1, 2.5, None])
    own.write_text(json.dumps(mine))

    made = add_offer(own)

    after = read(own)
    assert after["plans_of_mine"] == [1, 2.5, None]
    assert after["carriers"][0] == mine["carriers"][0]
    assert after["carriers"][1]["offers"][0]["id"] == made.id


def test_changes_leave_their_argument_alone(bundled: Path) -> None:
    document: Document = {"schema": 1, "carriers": []}
    made = new_offer(FORM, [], TODAY)

    with_offer(document, "Telco", made)
    with_part(document, load(bundled, None).offers["demo"], new_top_up(Decimal(5)), TODAY)
    without_offer(document, made.id)

    assert document == {"schema": 1, "carriers": []}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"schema": 1, "carriers": [',
        b'{"schema": 2}',
        b'{"carriers": []}',
        b'{"schema": 1, "carriers": {}}',
        b'{"schema": 1, "carriers": [1]}',
        b'{"schema": 1, "carriers": [{"offers": 1}]}',
        b'{"schema": 1, "carriers": [{"offers": [1]}]}',
        b'{"schema": 1, "carriers": [{"offers": [{"plans": 1}]}]}',
        b'{"schema": 1, "additions": []}',
        b'{"schema": 1, "additions": {"demo": 1}}',
        b'{"schema": 1, "additions": {"demo": {"top_ups": [1]}}}',
    ],
)
def test_a_file_that_cannot_be_understood_is_never_overwritten(own: Path, content: bytes) -> None:
    own.parent.mkdir(parents=True)
    own.write_bytes(content)

    with pytest.raises(InputError) as caught:
        add_offer(own)

    assert caught.value.place.startswith(str(own))
    assert caught.value.next_step
    assert own.read_bytes() == content


def test_a_link_in_the_files_place_is_not_followed(own: Path, tmp_path: Path) -> None:
    own.parent.mkdir(parents=True)
    (tmp_path / "elsewhere").write_text('{"schema": 1}')
    own.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError):
        add_offer(own)

    assert (tmp_path / "elsewhere").read_text() == '{"schema": 1}'


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(SimtuiError) as caught:
        add_offer(tmp_path / "file" / "simtui" / "carriers.json")

    assert str(tmp_path / "file") in caught.value.place


def test_what_would_be_refused_on_reading_is_refused_on_writing(bundled: Path) -> None:
    found = load(bundled, None).offers["demo"]
    made = new_offer(FORM, [], TODAY)
    plan = new_plan(found, PlanForm("x", PlanKind.DATA))

    with pytest.raises(InputError, match="call-forwarding"):
        with_offer({"schema": 1}, "Dial **21*0612345678#", made)
    with pytest.raises(InputError, match="my-"):
        with_offer({"schema": 1}, "Telco", made.model_copy(update={"id": "demo"}))
    with pytest.raises(InputError, match="my-"):
        with_part({"schema": 1}, found, Plan(id="x", name=Text.plain("x"), kind=PlanKind.DATA), TODAY)
    with pytest.raises(InputError, match="call-forwarding"):
        with_part({"schema": 1}, found, plan.model_copy(update={"note": Text.plain("*21*06#")}), TODAY)
    with pytest.raises(InputError, match="time zone"):
        with_offer({"schema": 1}, "Telco", made.model_copy(update={"zone": "Europe/Nowhere"}))


def test_two_sessions_lose_nothing(own: Path) -> None:
    def add(name: str) -> None:
        made = new_offer(OfferForm("Telco", name, "FR", "Europe/Paris", "EUR"), [], TODAY)
        edit(own, lambda document: with_offer(document, "Telco", made), TODAY)

    threads = [threading.Thread(target=add, args=(f"card {number}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(read(own)["carriers"][0]["offers"]) == 8


def test_ids_are_made_of_names() -> None:
    assert own_id("Free 2 €", []) == "my-free-2"
    assert own_id("号码", []) == "my-offer"
    assert own_id("own", []) == "my-own-2"
    assert own_id("A", ["my-a", "my-a-2"]) == "my-a-3"
    assert len(own_id("x" * 300, [])) <= 64


def test_the_usual_zone_and_currency_come_from_the_countrys_offers(bundled: Path) -> None:
    catalogue: Catalogue = load(bundled, None)

    assert usual_place(catalogue, "FR") == ("Europe/Paris", "EUR")
    assert usual_place(catalogue, "XX") is None
