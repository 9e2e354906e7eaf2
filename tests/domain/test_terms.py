"""Versions of a rule: dated, by cohort, by variant."""

from __future__ import annotations

from typing import Any

import pytest

from simtui.domain.calendar import Day
from simtui.domain.reckoning import Certainty
from simtui.domain.standing import Phase
from simtui.domain.terms import terms_for
from tests.domain.build import act, clock, end, fee, line, look, offer, only, stage

MONTH, YEAR = {"length": "P1M"}, {"length": "P1Y"}


def version(length: str, **fields: Any) -> dict[str, Any]:
    return {"clocks": [clock(length=length)], **fields}


def test_a_version_governs_the_acts_of_its_days() -> None:
    dated = offer(version("P1Y", valid_to="2026-03-31"), version("P1M", valid_from="2026-04-01"))

    assert end(dated, [act("2026-03-31", "top_up")], "2026-04-15") == "2027-03-31"
    assert end(dated, [act("2026-04-01", "top_up")], "2026-04-15") == "2026-05-01"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_order_of_versions_in_the_file_does_not_matter(order: tuple[int, int]) -> None:
    versions = [version("P1Y", valid_from="2020-01-01"), version("P1M", valid_from="2026-04-01")]
    dated = offer(*(versions[number] for number in order))

    assert end(dated, [act("2026-03-31", "top_up")], "2026-04-15") == "2027-03-31"
    assert end(dated, [act("2026-04-01", "top_up")], "2026-04-15") == "2026-05-01"


def test_what_follows_the_end_is_as_it_was_when_the_end_was_set() -> None:
    lenient = version("P1M", valid_to="2026-03-31")
    lenient["clocks"][0]["after"] = [stage("receive_only", "P6M", "top_up")]
    dated = offer(lenient, version("P1M", valid_from="2026-04-01"))

    assert look(dated, [act("2026-03-20", "top_up")], "2026-05-01").phase is Phase.RESCUE
    assert look(dated, [act("2026-04-01", "top_up")], "2026-05-02").phase is Phase.LOST


def test_an_end_that_is_kept_keeps_the_version_that_set_it() -> None:
    lenient = {
        "clocks": [clock(length="P6M", after=[stage("receive_only", "P6M", "top_up")])],
        "valid_to": "2026-03-31",
    }
    strict = {"clocks": [clock(length="P1M", stacking="keep_later")], "valid_from": "2026-04-01"}
    acts = [act("2026-03-20", "top_up"), act("2026-04-01", "top_up", order=1)]

    assert str(look(offer(lenient, strict), acts, "2026-04-02").final_day) == "2027-03-20"


@pytest.mark.parametrize("day", ["2019-06-01", "2026-03-15"])
def test_outside_all_versions_another_is_assumed_and_the_date_is_a_guess(day: str) -> None:
    gap = offer(version("P1Y", valid_from="2020-01-01", valid_to="2026-02-28"), version("P1M", valid_from="2026-04-01"))
    found = only(look(gap, [act(day, "top_up")], "2026-03-20"))

    assert str(found.ends_on) == {"2019-06-01": "2020-06-01", "2026-03-15": "2027-03-15"}[day]
    assert found.certainty is Certainty.GUESS


def test_inside_a_version_the_date_is_as_sure_as_its_source() -> None:
    dated = offer(version("P1Y", valid_from="2020-01-01"))

    assert only(look(dated, [act("2026-01-01", "top_up")], "2026-03-20")).certainty is Certainty.OFFICIAL


@pytest.mark.parametrize(
    ("fields", "until", "certainty"),
    [
        ({"opened_on": "2019-12-31"}, "2027-01-01", Certainty.OFFICIAL),
        ({"opened_on": "2020-01-01"}, "2026-02-01", Certainty.OFFICIAL),
        ({"activated_on": "2019-12-31"}, "2027-01-01", Certainty.OFFICIAL),
        ({}, "2026-02-01", Certainty.GUESS),
    ],
)
def test_cohorts_by_the_day_of_opening(fields: dict[str, Any], until: str, certainty: Certainty) -> None:
    cohorts = offer(version("P1Y", opened_to="2019-12-31"), version("P1M", opened_from="2020-01-01"))
    found = only(look(cohorts, [act("2026-01-01", "top_up")], "2026-01-02", **fields))

    assert (str(found.ends_on), found.certainty) == (until, certainty)


def test_where_a_cohort_has_a_rule_of_its_own_everybody_elses_is_a_guess_without_the_day_of_opening() -> None:
    mixed = offer(version("P1Y", opened_to="2019-12-31"), version("P1M"))
    acts = [act("2026-01-01", "top_up")]

    assert end(mixed, acts, "2026-01-02", opened_on="2018-01-01") == "2027-01-01"
    assert end(mixed, acts, "2026-01-02", opened_on="2021-01-01") == "2026-02-01"
    unknown = only(look(mixed, acts, "2026-01-02"))
    assert (str(unknown.ends_on), unknown.certainty) == ("2026-02-01", Certainty.GUESS)


def test_of_an_unknown_cohort_all_dated_versions_are_kept() -> None:
    cohorts = offer(
        version("P1Y", opened_from="2020-01-01", valid_to="2025-12-31"),
        version("P1M", opened_from="2020-01-01", valid_from="2026-01-01"),
    )

    assert len(terms_for(line(), cohorts).versions) == 2
    assert end(cohorts, [act("2025-06-01", "top_up")], "2026-01-02") == "2026-06-01"


def test_a_line_that_fits_no_cohort_has_no_rule() -> None:
    closed = offer(version("P1Y", opened_to="2019-12-31"))

    assert look(closed, [act("2026-01-01", "top_up")], "2026-01-02", opened_on="2024-01-01").phase is Phase.UNKNOWN


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize(
    ("variant", "until"), [(None, "2026-02-01"), ("legacy", "2027-01-01"), ("other", "2026-02-01")]
)
def test_a_variant_goes_before_the_rule_for_everybody(order: tuple[int, int], variant: str | None, until: str) -> None:
    versions = [version("P1M"), version("P1Y", variant="legacy")]
    varied = offer(*(versions[number] for number in order))

    assert end(varied, [act("2026-01-01", "top_up")], "2026-01-02", variant=variant) == until


def test_an_offer_of_variants_only_says_nothing_of_a_line_without_one() -> None:
    varied = offer(version("P1M", variant="a"), version("P1Y", variant="b"))

    assert look(varied, [act("2026-01-01", "top_up")], "2026-01-02").phase is Phase.UNKNOWN
    assert end(varied, [act("2026-01-01", "top_up")], "2026-01-02", variant="b") == "2027-01-01"


def test_a_start_counts_under_the_version_in_force_on_its_day() -> None:
    old, new = version("P1Y", valid_to="2026-03-31"), version("P1M", valid_from="2026-04-01")
    old["clocks"][0]["starts"] = [{"on": "activation"}]
    new["clocks"][0]["starts"] = [{"on": "activation", "length": {"by": "fixed", "period": "P5D"}}]
    dated = offer(old, new)

    assert end(dated, [], "2026-05-01", activated_on="2026-03-01") == "2027-03-01"
    assert end(dated, [], "2026-05-01", activated_on="2026-04-10") == "2026-04-15"


def test_a_clock_that_only_an_old_version_has_no_longer_ticks() -> None:
    old = {"clocks": [clock(), clock("credit", after=None, loses="balance")], "valid_to": "2026-03-31"}
    dated = offer(old, version("P6M", valid_from="2026-04-01"))
    acts = [act("2026-01-01", "top_up")]

    assert [part.clock for part in look(dated, acts, "2026-03-31").clocks] == ["line", "credit"]
    assert [part.clock for part in look(dated, acts, "2026-04-01").clocks] == ["line"]


def test_a_statement_speaks_of_what_the_version_of_its_day_says() -> None:
    parts = [clock(), clock("credit", after=None, loses="balance")]
    dated = offer(
        {"clocks": parts, "stated": "credit", "valid_to": "2026-03-31"},
        {"clocks": parts, "stated": "line", "valid_from": "2026-04-01"},
    )
    acts = [act("2026-03-01", "statement", valid_until="2026-12-01")]

    assert str(only(look(dated, acts, "2026-04-15"), "credit").ends_on) == "2026-12-01"
    assert only(look(dated, acts, "2026-04-15"), "line").ends_on is None


def test_fees_are_those_of_today() -> None:
    dated = offer({"fees": [fee()], "valid_to": "2026-03-31"}, {"clocks": [clock()], "valid_from": "2026-04-01"})

    assert terms_for(line(), dated).fees_on(Day(2026, 4, 1)) == ()
    assert len(terms_for(line(), dated).fees_on(Day(2026, 3, 31))) == 1
