"""What an offer asks for to keep its number, in a few facts: the clock that asks first, the grace, the papers."""

from __future__ import annotations

from typing import Any

import pytest

from simtui import catalogue, paths
from simtui.domain.calendar import Day, Period
from simtui.domain.keeping import By, Span, costs_more, esim_of, keeping_of, known_cost, papers_of
from simtui.domain.line import Knowledge
from simtui.domain.planner import yearly_cost
from simtui.domain.reckoning import Certainty
from tests.domain.build import clock, fee, offer, one_clock, stage

TODAY = Day(2026, 11, 21)


def test_the_clock_that_gives_the_least_time_counts() -> None:
    found = keeping_of(offer({"clocks": [clock("a", length="P1Y"), clock("b", length="P90D", on=("sms_out",))]}), TODAY)
    assert found.part is not None
    assert found.part.id == "b"
    assert found.span == Span(Period(days=90), Period(days=90))


def test_papers_that_are_shown_once_do_not_count_as_keeping() -> None:
    papers = clock("papers", length="P5D", on=("identification",), registration=True)
    found = keeping_of(offer({"clocks": [papers, clock(length="P6M")]}), TODAY)
    assert found.by == (By.TOP_UP,)


def test_a_fee_goes_before_a_clock_that_nobody_knows() -> None:
    unknown = clock(length={"by": "unknown"}, on=())
    found = keeping_of(offer({"clocks": [unknown], "fees": [fee()]}), TODAY)
    assert (found.by, found.span) == ((By.FEE,), Span(Period(days=30), Period(days=30)))
    assert keeping_of(offer({"clocks": [unknown]}), TODAY).span is None


def test_use_of_any_kind_is_one_way() -> None:
    found = keeping_of(one_clock(on=("sms_out", "data", "top_up", "call_in")), TODAY)
    assert found.by == (By.USE, By.TOP_UP)
    idle = keeping_of(offer({"fees": [fee(idle_after="P60D", reset_by=["call_out"])]}), TODAY)
    assert (idle.by, idle.span) == ((By.USE, By.FEE), Span(Period(days=60), Period(days=60)))


def test_a_table_gives_the_least_and_the_most() -> None:
    length = {"by": "amount", "tiers": [{"at": 20, "period": "P6M"}, {"at": 5, "period": "P30D"}, {"at": 50}]}
    assert keeping_of(one_clock(length=length), TODAY).span == Span(Period(days=30), Period(months=6))


def test_what_some_acts_give_instead_counts_for_the_least_and_the_most() -> None:
    packs = [{"id": "pack", "name": {"en": "pack"}, "kind": "validity", "price": 9, "validity": "P3Y"}]
    restarts = [
        {"acts": ["top_up"]},
        {"acts": ["plan_purchase"], "plans": ["pack"], "length": {"by": "plan"}},
        {"acts": ["payment"], "length": {"by": "unknown"}},
        {"acts": ["sms_out"], "length": {"by": "fixed", "period": "P10D"}},
    ]
    found = keeping_of(one_clock(length="P30D", on=restarts, plans=packs), TODAY)
    assert found.span == Span(Period(days=10), Period(years=3))


@pytest.mark.parametrize(
    ("after", "days"),
    [
        ("none", 0),
        ("unknown", None),
        ([stage("receive_only", "P40D", "top_up"), stage("sms_only", "P14D", "top_up")], 54),
        ([stage("receive_only", "P40D", "top_up"), stage("suspended", "P14D", "top_up")], 40),
        ([stage("suspended", "P14D", "top_up")], 0),
        ([stage("suspended", "P14D", "top_up", works=["sms_in"])], 14),
        ([stage("receive_only", None, "top_up")], None),
    ],
)
def test_grace_is_the_time_in_which_the_line_still_receives(after: Any, days: int | None) -> None:
    grace = keeping_of(one_clock(after=after), TODAY).grace
    assert (None if grace is None else grace.days) == days


def test_months_and_days_of_grace_are_not_turned_into_each_other() -> None:
    after = [stage("receive_only", "P1M", "top_up"), stage("receive_only", "P14D", "top_up")]
    grace = keeping_of(one_clock(after=after), TODAY).grace
    assert grace is not None
    assert grace.most == Period(months=1, days=14)


def test_without_a_rule_or_a_number_there_is_nothing_to_compare() -> None:
    assert keeping_of(offer(), TODAY) == keeping_of(offer({}), TODAY)
    assert not keeping_of(offer(), TODAY).data_only
    data = keeping_of(one_clock(kind="travel_esim", loses="data", after=None), TODAY)
    assert data.data_only
    assert data.part is None


def test_the_certainty_is_that_of_the_clock() -> None:
    assert keeping_of(one_clock(), TODAY).certainty is Certainty.OFFICIAL
    assert keeping_of(one_clock(certainty="guess"), TODAY).certainty is Certainty.GUESS


def test_esim_and_papers_are_what_the_catalogue_says() -> None:
    assert esim_of(one_clock(kind="travel_esim")) is Knowledge.YES
    assert esim_of(one_clock()) is Knowledge.UNKNOWN
    assert esim_of(offer(esim={"available": "no"})) is Knowledge.NO
    assert papers_of(offer()) is Knowledge.UNKNOWN
    assert papers_of(offer(papers={"en": "Passport at sign-up."})) is Knowledge.YES
    assert papers_of(offer(papers={"en": "No identity document is asked for."})) is Knowledge.NO


def test_every_bundled_no_about_papers_is_read_as_no() -> None:
    found = catalogue.load(paths.bundled("carriers.json"), None)
    offers = [each for each in found.offers.values() if each.papers is not None]
    doubtful = [each.id for each in offers if each.papers and each.papers.en.startswith("No ")]
    assert {each.id for each in offers if papers_of(each) is Knowledge.NO} == set(doubtful)


def test_costs_are_known_from_the_plan_of_a_year() -> None:
    known = yearly_cost(one_clock(top_ups=[{"amount": 10}]), TODAY)
    assert known_cost(known) == 20
    assert not costs_more(known)
    assert known_cost(yearly_cost(one_clock(on=("sms_out",)), TODAY)) == 0
    assert known_cost(yearly_cost(one_clock(), TODAY)) is None
    assert known_cost(yearly_cost(offer(), TODAY)) is None
