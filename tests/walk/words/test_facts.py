"""The facts of a step: every one is told for every offer, what nobody knows says so, what does not apply stays away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from simtui.desk import Desk, NewLine
from simtui.domain.act import Act
from simtui.domain.line import Line
from simtui.domain.procedure import Fact
from simtui.domain.renewal import Renewal
from simtui.domain.savings import savings
from simtui.renewals import Renewals
from simtui.walk import facts
from simtui.walk.facts import LABELS, fact_line, told
from simtui.walk.scene import FactLine
from simtui.walk.staging import known_of
from simtui.walk.walk import Walk

MOBICARTE, MONACO, AIRALO = "orange-fr-mobicarte", "monaco-telecom-prepaid", "airalo-discover-global"


def walk(
    desk: Desk, offer: str = MOBICARTE, acts: Sequence[Act] = (), of: dict[str, Any] | None = None, **fields: Any
) -> Walk:
    """The walk of a new line; `fields` are the line's, `of` those of its renewal."""
    line = Line.model_validate({"label": "a line", "number": "+33639980001", "offer": offer, **fields})
    line_id = desk.add_line(NewLine(line, tuple(acts)))
    begun = Renewal.model_validate({"line": line_id, "procedure": "recharge-online", "step": "choose", **(of or {})})
    (held,) = Renewals(desk).start([begun])
    return Walk.open(desk, held.id)


def fact(of: Walk, which: Fact) -> FactLine:
    return fact_line(which, known_of(of))


def is_shown(of: Walk, which: Fact) -> bool:
    return bool(told([which], known_of(of)))


def test_every_fact_has_a_label_and_is_told() -> None:
    assert set(LABELS) == set(facts._TELL) == set(Fact)


def test_every_fact_of_every_offer_is_told_without_a_blank(desk: Desk) -> None:
    for offer_id in desk.catalogue.ids:
        known = known_of(walk(desk, offer_id, of={"state": "paid", "paid_at": "2026-11-20T10:00:00Z"}))
        for which in Fact:
            line = fact_line(which, known)
            assert "None" not in f"{line.value} {line.note}", (offer_id, which)
            assert line.is_known or not line.copies


@pytest.mark.parametrize("which", [Fact.APP, Fact.BALANCE_CODE, Fact.THIRD_PARTIES, Fact.ESIM, Fact.COVERAGE])
def test_what_nobody_knows_says_so(desk: Desk, which: Fact) -> None:
    line = fact(walk(desk, MONACO), which)
    assert (line.value, line.note.partition(",")[0]) == ("", "not known")
    assert is_shown(walk(desk, MONACO), which)


@pytest.mark.parametrize(
    "which", [Fact.TIMER, Fact.ORDER, Fact.SUPPORT_TEXT, Fact.LOSSES, Fact.SAVINGS, Fact.PROMOTIONS]
)
def test_what_does_not_apply_stays_away(desk: Desk, which: Fact) -> None:
    assert not is_shown(walk(desk, MONACO), which)


# When it was paid ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paid_at", "value"),
    [
        ("2026-11-21T11:59:40Z", "0 min ago, 2026-11-21 19:59 your time"),
        ("2026-11-21T11:15:00Z", "45 min ago, 2026-11-21 19:15 your time"),
        ("2026-11-20T17:00:00Z", "19 h ago, 2026-11-21 01:00 your time"),
        ("2026-11-18T12:00:00Z", "3 days ago, 2026-11-18 20:00 your time"),
        # Another session's clock may be ahead.
        ("2026-11-21T12:05:00Z", "0 min ago, 2026-11-21 20:05 your time"),
    ],
)
def test_the_timer_is_in_the_users_own_zone(desk: Desk, paid_at: str, value: str) -> None:
    assert fact(walk(desk, of={"state": "paid", "paid_at": paid_at}), Fact.TIMER).value == value


def test_after_a_day_the_timer_calls_for_support(desk: Desk) -> None:
    young, old = (
        walk(desk, of={"state": "paid", "paid_at": at}) for at in ("2026-11-21T10:00:00Z", "2026-11-20T10:00:00Z")
    )
    assert fact(young, Fact.TIMER).note == ""
    assert fact(old, Fact.TIMER).note == "too long: a case for support"


# Where to go ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offer", "search"),
    [(MOBICARTE, "Boutique Orange"), ("lebara-fr", "boutique Lebara"), ("aldi-talk", "ALDI TALK Shop"), (AIRALO, "")],
)
def test_a_shop_is_found_by_a_text_for_the_map(desk: Desk, offer: str, search: str) -> None:
    line = fact(walk(desk, offer), Fact.SHOP_SEARCH)
    assert (line.value, line.copies) == (line.copies, line.value)
    assert line.value.startswith(search)
    assert line.is_known is bool(search)


def test_third_parties_come_with_what_to_look_for_there(desk: Desk) -> None:
    line = fact(walk(desk), Fact.THIRD_PARTIES)
    assert "birdpass.fr" in line.value
    assert line.copies == "Orange France top-up"
    assert "Orange France top-up" in line.note


def test_that_there_are_no_shops_is_not_that_nobody_knows(desk: Desk) -> None:
    assert fact(walk(desk, AIRALO), Fact.SHOP).value == "Online only."
    assert fact(walk(desk, "povo2"), Fact.SHOP).note == "not known"


# The offer -----------------------------------------------------------------------------------------------------------


def test_coverage_of_plans_that_work_in_the_same_places_is_told_once(desk: Desk) -> None:
    assert fact(walk(desk, AIRALO), Fact.COVERAGE).value == "172 countries, Monaco and France included"


def test_coverage_names_the_plans_where_they_differ(desk: Desk) -> None:
    line = fact(walk(desk, "lycamobile-fr"), Fact.COVERAGE)
    assert "Lyca S (monthly, not prepaid): France; 11 GB in the EU. Lyca L" in line.value
    assert line.note.startswith("not known for: Pass National S")


def test_coverage_is_that_of_the_plan_that_is_chosen(desk: Desk) -> None:
    chosen = walk(desk, "lycamobile-fr", of={"items": [{"plan": "lyca-s"}]})
    assert fact(chosen, Fact.COVERAGE).value == "France; 11 GB in the EU"


def test_whether_there_is_an_esim(desk: Desk) -> None:
    assert fact(walk(desk, AIRALO), Fact.ESIM).value == "yes"
    assert fact(walk(desk, "csl-prepaid-711"), Fact.ESIM).value == "no"


# The line ------------------------------------------------------------------------------------------------------------

BOUND: dict[str, Any] = {"bound_services": [{"name": "Bank", "weight": "critical"}], "backup": {"other": "VoIP"}}


def test_what_goes_with_the_number(desk: Desk) -> None:
    line = fact(walk(desk, **BOUND), Fact.LOSSES)
    assert line.value == "Bank (critical); second way: VoIP"
    assert line.note == "unknown: until when the number can be saved is not known"


def test_a_second_line_is_named_with_how_it_stands(desk: Desk) -> None:
    other = desk.add_line(NewLine(Line(label="Mum", offer="giffgaff-payg")))
    held = walk(desk, bound_services=[{"name": "Bank"}], backup={"line": other})
    assert fact(held, Fact.LOSSES).value == "Bank; second way: Mum (line 1), unknown"
    desk.delete_lines([other])
    assert fact(held, Fact.LOSSES).value == "Bank; the second way, line 1, is not there any more"


def test_what_longer_renewals_save_is_told_with_the_lines_own_sums(desk: Desk) -> None:
    found = 0
    for offer_id in desk.catalogue.ids:
        of = walk(desk, offer_id)
        saved = savings(of.desk.holding(of.renewal.line or 0).line, (), of.some_offer, of.today)
        line = fact(of, Fact.SAVINGS)
        assert line.is_known is (saved is not None)
        if saved is not None:
            found += 1
            assert f"{saved.currency} " in line.value
            assert "less a year" in line.value
            assert line.note == ""
    assert found


def test_what_was_paid_last_year_stands_beside_it(desk: Desk) -> None:
    acts = [
        Act.model_validate({"line": 1, "kind": "top_up", "day": day, "amount": "5", "currency": "EUR"})
        for day in ("2026-10-01", "2026-11-01")
    ]
    assert fact(walk(desk, MOBICARTE, acts), Fact.SAVINGS).note == "you paid EUR 10 last year in 2 payments"


# Texts to copy -------------------------------------------------------------------------------------------------------


def test_support_is_written_to_in_the_language_of_the_country(desk: Desk) -> None:
    paid = {"state": "paid", "paid_at": "2026-11-20T10:00:00Z"}
    for offer, greeting in ((MOBICARTE, "Bonjour."), ("club-sim-hk", "您好。"), ("giffgaff-payg", "Hello.")):
        line = fact(walk(desk, offer, of=paid), Fact.SUPPORT_TEXT)
        assert line.value.startswith(greeting)
        assert line.copies == line.value


def test_what_to_say_is_ready_to_copy(desk: Desk) -> None:
    line = fact(walk(desk, of={"channel": "phone"}), Fact.PHRASE_CARD)
    assert line.copies.startswith("Je voudrais parler à un conseiller")
    assert line.note == "digit by digit: zéro six, trois neuf, neuf huit, zéro zéro, zéro un"


def test_of_an_offer_in_no_catalogue_nothing_can_be_entered_and_nothing_made_up_is_searched_for(desk: Desk) -> None:
    of = walk(desk, "gone-offer")
    assert fact(of, Fact.OFFER).note == "this offer is in no catalogue"
    lines = told(tuple(Fact), known_of(of))
    assert not [line.fact for line in lines if line.may_enter]
    assert not [line.copies for line in lines if line.fact in (Fact.SHOP_SEARCH, Fact.SEARCH_TEXT)]
    assert fact(of, Fact.SITE).note == "not known"
