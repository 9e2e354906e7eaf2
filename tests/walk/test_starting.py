"""Which way to renew comes first, and when it is said that it was taken before."""

from __future__ import annotations

from simtui.desk import Desk
from simtui.domain.procedure import StepKind
from simtui.walk.scene import FieldLine
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.walk.conftest import Hold, go_to


def ways(walk: Walk) -> FieldLine:
    return next(each for each in scene(walk).fields if each.id == "procedure")


def test_the_list_of_ways_stays_as_it_is_while_one_is_chosen(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.CHANNEL)
    before = ways(walk).options
    walk.fill("procedure", before[2].id)
    assert ways(walk).raw == before[2].id
    assert ways(walk).options == before


def test_a_first_renewal_speaks_of_no_way_that_was_taken_last_time(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.CHANNEL)
    walk.fill("procedure", "keep-phone")
    assert not ways(walk).hint


def test_the_way_that_was_taken_last_time_comes_first_and_says_so(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold()])
    go_to(walk, StepKind.CHANNEL)
    walk.fill("procedure", "keep-phone")
    go_to(walk, StepKind.VERIFY)
    walk.fill("checks", "sms")
    walk.go_on()
    again = Walk.of(desk, [desk.holding(1)])
    go_to(again, StepKind.CHANNEL)
    assert ways(again).options[0].id == ways(again).raw == "keep-phone"
    assert ways(again).hint == "The way you took last time comes first."
