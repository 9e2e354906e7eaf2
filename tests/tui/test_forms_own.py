from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from simtui import catalogue, paths
from simtui.desk import Desk
from simtui.domain.calendar import Period
from simtui.domain.offer import OfferKind, Plan, TopUp
from simtui.domain.rule import FixedLength
from simtui.errors import SimtuiError
from simtui.tui.forms.own import OwnOfferForm, OwnPlanForm
from tests.tui.filling import desk_in, preview


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own" / "carriers.json"


def test_an_own_plan_stands_beside_those_of_the_offer(desk: Desk, own: Path) -> None:
    form = OwnPlanForm(desk, own, desk.offer("monaco-telecom-prepaid"))
    values = {"kind": "combo", "name": "plan [5GB]", "price": "12,50", "validity": "30 days", "data": "5 GB"}
    result = form.check({**form.initial(), **values}).result
    assert isinstance(result, Plan)
    assert form.save(result)
    offer = catalogue.load(paths.bundled("carriers.json"), own).offer("monaco-telecom-prepaid")
    assert offer is not None
    plan = offer.plan(result.id)
    assert plan is not None
    assert (plan.name.en, plan.price, plan.validity, plan.data_mb) == (
        "plan [5GB]",
        Decimal("12.50"),
        Period(days=30),
        5120,
    )


def test_an_own_top_up_is_an_amount(desk: Desk, own: Path) -> None:
    form = OwnPlanForm(desk, own, desk.offer("monaco-telecom-prepaid"))
    assert {field.id for field in form.fields({"kind": "top_up"})} == {"kind", "price", "validity"}
    assert form.check({"kind": "top_up"}).missing
    result = form.check({"kind": "top_up", "price": "15"}).result
    assert isinstance(result, TopUp)
    form.save(result)
    offer = catalogue.load(paths.bundled("carriers.json"), own).offer("monaco-telecom-prepaid")
    assert offer is not None
    assert Decimal(15) in {each.amount for each in offer.top_ups}


@pytest.mark.parametrize(
    ("field", "value"),
    [("price", "12 USD"), ("validity", "a while"), ("data", "much"), ("name", "4111 1111 1111 1111")],
)
def test_what_is_wrong_with_a_plan_is_named_at_its_field(desk: Desk, own: Path, field: str, value: str) -> None:
    form = OwnPlanForm(desk, own, desk.offer("monaco-telecom-prepaid"))
    assert list(form.check({**form.initial(), "name": "Mine", field: value}).errors) == [field]


OFFER = {
    "carrier": "Acme",
    "name": "Acme Card",
    "country": "ｆｒ",
    "currency": "eur",
    "zone": "Europe/Paris",
    "lasts": "6 months",
    "then": "receive_only",
    "then_lasts": "30 days",
}


def test_an_own_offer_is_a_sentence(desk: Desk, own: Path) -> None:
    form = OwnOfferForm(desk, own)
    result = form.check({**form.initial(), **OFFER}).result
    assert result is not None
    offer_id = form.save(result)
    offer = catalogue.load(paths.bundled("carriers.json"), own).offer(offer_id)
    assert offer is not None
    [clock] = offer.rules[0].clocks
    assert (offer.country, offer.currency, offer.kind) == ("FR", "EUR", OfferKind.KEEP_NUMBER)
    assert clock.length == FixedLength(period=Period(months=6))
    assert isinstance(clock.after, tuple)
    assert clock.after[0].length == FixedLength(period=Period(days=30))


def test_the_sentence_is_shown_as_a_standing(desk: Desk, own: Path) -> None:
    form = OwnOfferForm(desk, own)
    assert "2027-05-21" in preview(form, **OFFER)
    assert "no dates" in preview(form, **{**OFFER, "lasts": ""})
    assert preview(form, lasts="6 months", currency="?", country="", zone="x")


def test_a_country_brings_its_zone_and_currency(desk: Desk, own: Path) -> None:
    form = OwnOfferForm(desk, own)
    values = form.adjusted({**form.initial(), "country": "mc"}, "country")
    assert (values["zone"], values["currency"]) == ("Europe/Monaco", "EUR")
    assert form.adjusted({"country": "zz"}, "country") == {"country": "zz"}


@pytest.mark.parametrize(
    ("field", "value"),
    [("country", "France"), ("currency", "XXX"), ("zone", "Paris Time"), ("lasts", "long"), ("then_lasts", "P")],
)
def test_what_is_wrong_with_an_offer_is_named_at_its_field(desk: Desk, own: Path, field: str, value: str) -> None:
    form = OwnOfferForm(desk, own)
    assert list(form.check({**form.initial(), **OFFER, field: value}).errors) == [field]


def test_what_is_missing_is_named(desk: Desk, own: Path) -> None:
    form = OwnOfferForm(desk, own)
    assert {"carrier", "name", "country"} <= set(form.check(form.initial()).missing)
    assert set(form.check({**form.initial(), **OFFER, "then_lasts": ""}).missing) == {"then_lasts"}


def test_an_own_file_that_cannot_be_used_is_left_as_it_is(desk: Desk, own: Path) -> None:
    own.parent.mkdir(mode=0o700)
    own.write_text("{broken")
    form = OwnOfferForm(desk, own)
    result = form.check({**form.initial(), **OFFER}).result
    assert result is not None
    with pytest.raises(SimtuiError):
        form.save(result)
    assert own.read_text() == "{broken"
