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


def test_nothing_is_said_not_to_keep_a_number_whose_date_nobody_knows(desk: Desk, hold: Hold) -> None:
    of = Walk.of(desk, [hold("Lebara", "lebara-fr")])
    go_to(of, StepKind.CHOOSE)
    assert desk.holding(of.renewal.line or 0).standing.number_safe_until is None
    assert {choice.remark for choice in scene(of).choices} == {"whether it keeps the number is not known"}


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


def test_a_first_purchase_has_to_last_and_hold_what_is_needed(desk: Desk) -> None:
    """30 days from today hold USD 2.34's 200 MB; a gigabyte until the middle of January takes 60 days."""
    walk = Walk.purchase(desk, desk.offer("airalo-discover-global"))
    walk.fill("offer", "airalo-discover-global")
    walk.fill("label", "Rome")
    go_to(walk, StepKind.CHOOSE)
    found = scene(walk).choices
    assert [each.id for each in found if each.cheapest] == ["plan:discover-200mb"]
    assert {each.id: each.service_until for each in found}["plan:discover-200mb"] == "~2026-12-21"
    walk.fill("needed-until", "2027-01-15")
    walk.fill("gigabytes", "1")
    assert [each.id for each in scene(walk).choices if each.cheapest] == ["plan:discover-5gb"]


def test_whether_the_device_takes_an_esim_is_asked_before_an_offer_is_chosen(desk: Desk) -> None:
    assert "device-support" in [each.id for each in scene(Walk.purchase(desk)).questions]


def test_travel_esims_are_told_apart_by_who_sells_them(desk: Desk) -> None:
    walk = Walk.purchase(desk)
    walk.go_on()
    offers = {each.id: each.note for each in scene(walk).fields[0].options}
    assert offers["airalo-discover-global"] == "Airalo"


@pytest.mark.parametrize("read", [None, "2026-12-12"])
def test_a_travel_plan_lasts_as_if_it_were_used_from_today(desk: Desk, hold: Hold, read: str | None) -> None:
    """Its days count from a first use; neither that nor how it adds to what is left is known."""
    walk = Walk.of(desk, [hold("Trip", "airalo-discover-global", ())])
    if read is not None:
        go_to(walk, StepKind.STATUS)
        walk.fill("valid-until", read)
    go_to(walk, StepKind.CHOOSE)
    walk.fill("needed-until", "2027-01-15")
    found = {each.id: each for each in scene(walk).choices}
    assert found["plan:discover-1gb"].service_until == "~2026-11-28"
    assert not found["plan:discover-1gb"].suffices
    assert [one for one, each in found.items() if each.cheapest] == ["plan:discover-5gb"]


def test_how_data_is_used_says_how_much_is_needed(desk: Desk, hold: Hold) -> None:
    """The plan holds 5 GB: enough for light use, not for heavy; what is said in gigabytes goes before."""
    walk = Walk.of(desk, [hold("App", "lycamobile-us", number="+12025550143")])
    walk.fill("procedure", "esim-app")
    go_to(walk, StepKind.CHOOSE)
    enough = []
    for use, data in (("light", ""), ("heavy", ""), ("heavy", "4")):
        walk.fill("use", use)
        walk.fill("gigabytes", data)
        enough.append([each.suffices for each in scene(walk).choices])
    assert enough == [[True], [False], [True]]
