"""What can be bought: what suffices, what is cheapest, what is chosen."""

from __future__ import annotations

from decimal import Decimal

import pytest

from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.procedure import StepKind
from simtui.errors import InputError
from simtui.walk import choices
from simtui.walk.scene import ChoiceLine
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.walk.conftest import Hold, go_to


@pytest.fixture
def walk(desk: Desk, hold: Hold) -> Walk:
    begun = Walk.of(desk, [hold()])
    go_to(begun, StepKind.CHOOSE)
    return begun


def by_id(walk: Walk) -> dict[str, ChoiceLine]:
    return {choice.id: choice for choice in scene(walk).choices}


def cheapest(walk: Walk) -> list[str]:
    return [choice.id for choice in scene(walk).choices if choice.cheapest]


def test_each_shows_where_it_leads_to_and_the_cheapest_month_is_first(walk: Walk) -> None:
    found = scene(walk).choices
    assert [choice.id for choice in found][:2] == ["top-up:10", "top-up:5"]
    assert found[0].safe_until == "~2027-05-21"
    assert found[0].per_month == "EUR 1.68"
    assert cheapest(walk) == ["top-up:10"]


def test_what_moves_no_date_of_the_number_shows_none(walk: Walk, desk: Desk, hold: Hold) -> None:
    pack = next(choice for choice in scene(walk).choices if choice.remark == "does not keep the number longer")
    assert (pack.service_until, pack.safe_until) == ("", "")
    late = Walk.of(
        desk,
        [
            hold(
                "SFR",
                "sfr-la-carte",
                acts=[Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 8, 1), amount=Decimal(10), currency="EUR")],
            )
        ],
    )
    go_to(late, StepKind.CHOOSE)
    days = [day for choice in scene(late).choices for day in (choice.service_until, choice.safe_until) if day]
    assert days
    assert all(day.strip("~=") >= "2026-11-21" for day in days)


def test_what_a_choice_does_counts_after_what_was_read_on_the_same_day(walk: Walk, desk: Desk) -> None:
    walk.go_to("status")
    walk.fill("valid-until", "2026-12-30")
    go_to(walk, StepKind.CHOOSE)
    walk.choose_these(["top-up:10"])
    promised = by_id(walk)["top-up:10"].safe_until
    assert promised.strip("~=") > "2027-01-01"
    told = scene(walk).change
    assert any(promised in line for line in told), told
    go_to(walk, StepKind.PAY)
    walk.go_on()
    assert desk.holding(1).standing.number_safe_until == Day.parse_iso(promised.strip("~="))


def test_needed_until_leaves_what_is_too_short_and_takes_the_cheapest_that_suffices(walk: Walk) -> None:
    walk.fill("needed-until", "2027-03-01")
    assert {each: choice.suffices for each, choice in by_id(walk).items() if each.startswith("top-up")} == {
        "top-up:10": True,
        "top-up:5": False,
    }
    walk.fill("needed-until", "2026-12-20")
    assert by_id(walk)["top-up:5"].suffices
    assert cheapest(walk) == ["top-up:10"]


def test_what_nothing_reaches_alone_is_told_with_the_cheapest_way_there(walk: Walk) -> None:
    walk.fill("needed-until", "2028-11-01")
    assert cheapest(walk) == []
    (advice,) = scene(walk).remarks
    assert advice.startswith("Nothing lasts until 2028-11-01 alone. Cheapest: 5 acts")


def test_gigabytes_ask_for_data_and_for_nothing_else(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Trip", "airalo-discover-global", acts=())])
    go_to(walk, StepKind.CHOOSE)
    walk.fill("gigabytes", "2")
    assert walk.renewal.answers["gigabytes"] == "2048"
    enough = {f"plan:{plan.id}" for plan in walk.some_offer.plans if (plan.data_mb or 0) >= 2048}
    assert {each for each, choice in by_id(walk).items() if choice.suffices} == enough
    assert cheapest(walk) == ["plan:discover-2gb"]
    walk.fill("gigabytes", "900 GB")
    assert cheapest(walk) == []


def test_one_top_up_at_most_and_plans_beside_it(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Lyca", "lycamobile-fr")])
    go_to(walk, StepKind.CHOOSE)
    for choice in ("top-up:5", "plan:lyca-s", "top-up:10"):
        walk.choose(choice)
    assert [choices.id_of(item) for item in walk.renewal.items] == ["plan:lyca-s", "top-up:10"]
    walk.choose("plan:lyca-s")
    assert [choices.id_of(item) for item in walk.renewal.items] == ["top-up:10"]
    with pytest.raises(InputError, match="nothing of that kind"):
        walk.choose("plan:of-the-moon")


def test_just_these_are_chosen_in_one_go(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Lyca", "lycamobile-fr")])
    go_to(walk, StepKind.CHOOSE)
    walk.choose("top-up:5")
    seq = desk.repository.seq
    walk.choose_these(["plan:lyca-s", "top-up:10"])
    assert desk.repository.seq == seq + 1
    assert [choices.id_of(item) for item in walk.renewal.items] == ["plan:lyca-s", "top-up:10"]
    walk.choose_these(["plan:lyca-s", "top-up:10"])
    assert desk.repository.seq == seq + 1
    walk.choose_these([])
    assert walk.renewal.items == ()


def test_what_no_list_names_can_be_chosen_by_amount_or_name(walk: Walk) -> None:
    walk.choose_other("15 EUR")
    walk.choose_other("3 EUR", "night pass")
    assert {choice.name for choice in scene(walk).choices if choice.chosen} == {"top-up", "night pass"}
    assert str(walk.renewal.amount) == "18"
    walk.choose_other("7 EUR", alone=True)
    assert [str(item.amount) for item in walk.renewal.items] == ["7"]


def test_a_first_purchase_shows_plans_without_dates(desk: Desk) -> None:
    offer = desk.catalogue.offer("airalo-discover-global")
    walk = Walk.purchase(desk, offer)
    walk.fill("label", "Trip")
    walk.fill("gigabytes", "1")
    go_to(walk, StepKind.CHOOSE)
    assert cheapest(walk) == ["plan:discover-1gb"]
    assert all(choice.safe_until == "" for choice in scene(walk).choices)


def test_a_data_esim_is_told_how_long_the_data_last_and_nothing_of_a_number(desk: Desk, hold: Hold) -> None:
    used = Act(line=1, kind=ActKind.DATA, day=Day(2026, 11, 20))
    walk = Walk.of(desk, [hold("Trip", "airalo-discover-global", acts=(used,))])
    go_to(walk, StepKind.CHOOSE)
    found = by_id(walk)
    assert {each.remark for each in found.values()} == {""}
    assert found["plan:discover-3gb"].service_until.lstrip("~=") == "2026-12-21"
    walk.fill("needed-until", "2027-01-10")
    assert not by_id(walk)["plan:discover-1gb"].suffices
    assert cheapest(walk) == ["plan:discover-5gb"]
