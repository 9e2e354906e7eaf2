"""Walks over several lines: what is said of each of them, and what holds for all."""

from __future__ import annotations

from decimal import Decimal

from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.procedure import Fact, StepKind
from simtui.holding import Holding
from simtui.walk.differing import differences, stored
from simtui.walk.scene import ChoiceLine
from simtui.walk.searching import found
from simtui.walk.staging import known_of, scene
from simtui.walk.walk import Walk
from tests.walk.conftest import Hold, go_to

SFR = "sfr-la-carte"


def until(day: str) -> Act:
    return Act(line=1, kind=ActKind.STATEMENT, day=Day(2026, 11, 20), valid_until=Day.parse_iso(day))


def topped_up(day: str, amount: int = 10) -> Act:
    return Act(line=1, kind=ActKind.TOP_UP, day=Day.parse_iso(day), amount=Decimal(amount), currency="EUR")


def two(hold: Hold) -> list[Holding]:
    """Two lines of one offer that stand differently: one has run out, one still runs."""
    return [
        hold("Paris", SFR, (topped_up("2026-07-01"),), number="+33612345680"),
        hold("Nice", SFR, (until("2027-01-10"),), number="+33612345681"),
    ]


def at(desk: Desk, hold: Hold, kind: StepKind) -> Walk:
    walk = Walk.of(desk, two(hold))
    go_to(walk, kind)
    return walk


def test_every_number_is_told_where_the_number_is(desk: Desk, hold: Hold) -> None:
    now = scene(at(desk, hold, StepKind.DO))
    told = [(fact.label, fact.value) for item in now.items for fact in item.facts if fact.fact is Fact.NUMBER]
    assert told == [("Number · Paris", "+33 6 12 34 56 80"), ("Number · Nice", "+33 6 12 34 56 81")]
    assert now.number == ""


def test_every_standing_is_told(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, two(hold))
    walk.go_to("line")
    told = {fact.label: fact.value for fact in scene(walk).facts}
    assert told["Standing · Paris"].startswith("rescue")
    assert told["Standing · Nice"].startswith("safe")


def test_a_line_without_a_label_is_not_told_by_its_number(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold(None, SFR, number="+33612345680"), hold("Nice", SFR)])
    assert known_of(walk).called == "+33*******80"
    assert [each.called for each in known_of(walk).others] == ["Nice"]


def test_the_dates_of_a_choice_are_those_of_the_line_that_gets_least(desk: Desk, hold: Hold) -> None:
    """A month is added to what is left: of the line that has less left the date is the earlier one."""
    paid = [Act(line=1, kind=ActKind.PAYMENT, day=Day(2026, 11, day), plan="forfait-2-eur") for day in (15, 2)]
    lines = [hold(name, "free-mobile-2eur", (act,)) for name, act in zip(("Paris", "Nice"), paid, strict=True)]
    alone = [_choices_of(desk, each)["plan:forfait-2-eur"] for each in lines]
    walk = Walk.of(desk, [desk.holding(each.id) for each in lines])
    go_to(walk, StepKind.CHOOSE)
    both = {each.id: each for each in scene(walk).choices}["plan:forfait-2-eur"]
    assert (both.service_until, both.safe_until) == (alone[1].service_until, alone[1].safe_until)
    assert both.service_until < alone[0].service_until
    assert "each line" in " ".join(scene(walk).remarks)


def _choices_of(desk: Desk, holding: Holding) -> dict[str, ChoiceLine]:
    """What is offered where a line is renewed by itself."""
    walk = Walk.of(desk, [holding])
    go_to(walk, StepKind.CHOOSE)
    found = {each.id: each for each in scene(walk).choices}
    walk.give_up()
    return found


def test_nothing_is_said_of_differences_where_there_are_none(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Paris"), hold("Nice")])
    go_to(walk, StepKind.CHOOSE)
    assert scene(walk).remarks == ()
    assert [each.id for each in scene(walk).choices if each.cheapest] == ["top-up:10"]


def test_only_what_suffices_for_every_line_suffices(desk: Desk, hold: Hold) -> None:
    """For the line that still runs, a small top-up would even shorten the time that is left."""
    lines = two(hold)
    cheapest = [next(one for one, each in _choices_of(desk, line).items() if each.cheapest) for line in lines]
    assert cheapest == ["top-up:5", "top-up:25"]
    walk = Walk.of(desk, [desk.holding(each.id) for each in lines])
    go_to(walk, StepKind.CHOOSE)
    both = {each.id: each for each in scene(walk).choices}
    assert [one for one, each in both.items() if each.cheapest] == ["top-up:25"]
    assert not both["top-up:5"].suffices
    assert both["top-up:5"].safe_until == ""


def test_what_a_choice_does_is_told_of_each_line(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.choose("top-up:10")
    assert scene(walk).change == (
        "Paris: rescue → safe, last day ~2027-01-16 → ~2026-12-06, number safe until ~2027-01-16 → ~2027-06-06",
        "Nice: last day =2027-01-10 → ~2026-12-06, number safe until ~2027-07-10 → ~2027-06-06",
    )


def test_what_lasts_long_enough_is_advised_for_each_line_that_has_nothing(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.fill("needed-until", "2028-06-01")
    told = scene(walk).remarks
    assert [line for line in told if line.startswith("Paris: Nothing")]
    assert [line for line in told if line.startswith("Nice: Nothing")]


def test_what_the_operator_says_otherwise_is_told_of_its_line(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.choose("top-up:10")
    go_to(walk, StepKind.VERIFY)
    walk.fill("new-valid-until", "2027-09-09", line=2)
    told = [line for line in scene(walk).remarks if "2027-09-09" in line]
    assert [line.startswith("Nice: ") for line in told] == [True]


def test_a_reading_before_the_payment_is_asked_of_each_line(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, two(hold))
    walk.go_on()
    walk.back()
    assert [(each.id, each.line) for each in scene(walk).fields if each.id == "read-credit"] == [
        ("read-credit", 1),
        ("read-credit", 2),
    ]
    walk.fill("read-credit", "3 EUR", line=2)
    walk.go_on()
    assert [any(act.balances for act in desk.holding(line).plain_acts) for line in (1, 2)] == [False, True]


def test_the_amount_is_that_of_each_line(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.choose("top-up:10")
    go_to(walk, StepKind.PAY)
    amount = next(each for each in scene(walk).fields if each.id == "amount")
    assert (amount.label, amount.value) == ("Amount paid, for each line", "EUR 10")
    assert "2 lines × EUR 10 = EUR 20" in scene(walk).remarks


def test_a_date_that_is_both_the_last_day_and_that_of_the_number_is_told_once(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Paris"), hold("Nice")])
    go_to(walk, StepKind.CHOOSE)
    walk.choose("top-up:10")
    assert scene(walk).change[0] == "Paris: due → safe, last day 2026-11-24 → ~2027-05-21"


def test_a_finished_step_tells_what_each_line_has_of_its_own_and_once_what_they_share(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.PAY)
    first, second = (held.renewal.line for held in walk.members)
    walk.fill("method", "card")
    walk.fill("order-number", "A-1", line=first)
    walk.fill("order-number", "A-2", line=second)
    walk.go_on()
    told = next(each.summary for each in scene(walk).trail if each.kind is StepKind.PAY)
    assert told.count("A-1") == told.count("A-2") == told.count("card") == 1


def test_a_tip_that_is_true_for_one_of_the_lines_names_it(desk: Desk, hold: Hold) -> None:
    services = [{"name": "a bank"}]
    walk = Walk.of(desk, [hold("Paris", SFR), hold("Nice", SFR, bound_services=services)])
    tip = next(each for each in scene(walk).questions if each.id == "what-is-bound")
    assert [line.startswith("Nice: ") for line in tip.lines] == [False, True]
    assert "what-is-bound" in [each.id for each in found(walk, "bank")]


def test_a_tip_that_is_true_only_for_a_later_line_is_there(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, [hold("Paris", SFR, backup={"other": "VoIP"}), hold("Nice", SFR)])
    go_to(walk, StepKind.VERIFY)
    (tip,) = [each for each in scene(walk).questions if each.id == "backup-channel"]
    assert [line.split(":")[0] for line in tip.lines] == ["Nice"]


def test_a_tip_that_is_true_for_every_line_names_none(desk: Desk, hold: Hold) -> None:
    services = [{"name": "a bank"}]
    walk = Walk.of(desk, [hold(name, SFR, bound_services=services) for name in ("Paris", "Nice")])
    tip = next(each for each in scene(walk).questions if each.id == "what-is-bound")
    assert not any("Paris" in line or "Nice" in line for line in tip.lines)


def test_the_lines_are_told_from_the_first_step_on(desk: Desk, hold: Hold) -> None:
    walk = Walk.of(desk, two(hold))
    assert scene(walk).at == 1
    labels = [fact.label for fact in scene(walk).facts]
    assert {"Number · Paris", "Number · Nice", "Standing · Paris", "Standing · Nice"} <= set(labels)
    walk.go_on()
    assert scene(walk).kind is StepKind.CHANNEL


def test_two_sessions_are_told_of_every_lines_proof(desk: Desk, hold: Hold) -> None:
    mine = at(desk, hold, StepKind.PAY)
    theirs = Walk.open(desk, mine.held.id)
    theirs.fill("order-number", "A-2", line=2)
    told = differences(mine, stored(mine))
    assert [(each.what, each.mine, each.theirs) for each in told] == [("Order number · Nice", "-", "A-2")]


def test_two_sessions_are_told_of_a_line_that_goes_its_own_way(desk: Desk, hold: Hold) -> None:
    mine = at(desk, hold, StepKind.PAY)
    Walk.open(desk, mine.held.id).leave_out(2)
    assert [(each.what, each.mine, each.theirs) for each in differences(mine, stored(mine))] == [
        ("lines", "Nice, Paris", "Paris")
    ]


def test_a_late_proof_is_that_of_its_line_at_once(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.choose("top-up:10")
    go_to(walk, StepKind.VERIFY)
    walk.fill("order-number", "A-2", line=2)
    proofs = [[act.proof and act.proof.order_number for act in desk.holding(line).plain_acts] for line in (1, 2)]
    assert [each[-1] for each in proofs] == [None, "A-2"]


def test_a_walk_that_is_over_tells_every_lines_proof(desk: Desk, hold: Hold) -> None:
    walk = at(desk, hold, StepKind.CHOOSE)
    walk.choose("top-up:10")
    go_to(walk, StepKind.PAY)
    walk.fill("method", "card")
    walk.fill("order-number", "A-1", line=1)
    walk.fill("order-number", "A-2", line=2)
    go_to(walk, StepKind.VERIFY)
    walk.tick("seen-sms", on=True)
    walk.fill("new-credit", "42 EUR", line=2)
    walk.go_on()
    told = {each.id: each.summary for each in scene(walk).trail}
    assert told["pay"] == "card, EUR 10; Paris: A-1; Nice: A-2"
    assert told["verify"] == "SMS; Nice: EUR 42"
    assert Fact.EFFECTIVE_WITHIN not in [fact.fact for fact in scene(walk).facts]
