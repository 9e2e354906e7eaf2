"""The use cases: one commit each, and records back out of documents."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from whenever import Instant

from simtui.catalogue import Catalogue, load
from simtui.desk import Damaged, Desk, NewLine
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line, LineState
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.standing import Phase
from simtui.errors import NotFound
from simtui.paths import bundled
from simtui.store.repository import Conflict
from simtui.store.tinydb_repository import open_repository

TODAY = Day(2026, 11, 21)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


@pytest.fixture
def desk(data_file: Path, catalogue: Catalogue) -> Iterator[Desk]:
    repository = open_repository(data_file)
    yield Desk(repository, catalogue, today=TODAY)
    repository.close()


def top_up(day: Day, amount: str = "10", line: int = 1) -> Act:
    return Act(line=line, kind=ActKind.TOP_UP, day=day, amount=Decimal(amount), currency="EUR")


PARIS = Line(label="Paris", offer="orange-fr-mobicarte")
MUM = Line(label="Mum", offer="giffgaff-payg")


def test_a_line_is_added_with_its_acts_in_one_commit(desk: Desk) -> None:
    line_id = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    held = desk.holding(line_id)
    assert held.line == PARIS
    assert [act.act.line for act in held.acts] == [line_id]
    assert (held.standing.phase, held.standing.next_day) == (Phase.DUE, Day(2026, 11, 24))
    assert desk.undo() == "add_line|Paris"
    assert desk.holdings() == []


def test_lines_that_belong_together_are_added_together(desk: Desk) -> None:
    renewal = Renewal(line=1, procedure="keep-number-online", state=RenewalState.PAID)
    first, second = desk.add_lines([NewLine(PARIS, backup=1, renewals=(renewal,)), NewLine(MUM)], verb="import")
    held = desk.holding(first)
    assert held.line.backup is not None
    assert held.line.backup.line == second
    assert held.paid_not_verified is not None
    assert held.paid_not_verified.renewal.line == first
    assert desk.repository.undo_name() == "import_many|2"


def test_unchanged_lines_are_the_same_objects(desk: Desk) -> None:
    first, second = desk.add_lines([NewLine(PARIS), NewLine(MUM)])
    before = {held.id: held for held in desk.holdings()}
    desk.record([top_up(TODAY, line=first)])
    after = {held.id: held for held in desk.holdings()}
    assert after[second] is before[second]
    assert after[first] is not before[first]


def test_today_is_the_day_in_the_lines_own_zone(data_file: Path, catalogue: Catalogue) -> None:
    midday_utc = Instant.from_utc(2026, 11, 20, 16, 30)
    repository = open_repository(data_file)
    desk = Desk(repository, catalogue, now=lambda: midday_utc)
    tokyo = desk.add_line(NewLine(Line(label="povo", offer="povo2")))
    paris = desk.add_line(NewLine(PARIS))
    moved = desk.add_line(NewLine(PARIS.model_copy(update={"zone": "Asia/Tokyo"})))
    assert [str(desk.holding(line).today) for line in (tokyo, paris, moved)] == [
        "2026-11-21",
        "2026-11-20",
        "2026-11-21",
    ]
    assert desk.midnight_in("Asia/Tokyo") == Instant.from_utc(2026, 11, 21, 15).timestamp()
    assert desk.midnight_in("No/Where") == Instant.from_utc(2026, 11, 21).timestamp()
    repository.close()


def test_a_new_day_makes_new_holdings(data_file: Path, catalogue: Catalogue) -> None:
    now = [Instant.from_utc(2026, 11, 20, 12)]
    repository = open_repository(data_file)
    desk = Desk(repository, catalogue, now=lambda: now[0])
    desk.add_line(NewLine(PARIS))
    (before,) = desk.holdings()
    assert not desk.day_has_changed()
    now[0] = Instant.from_utc(2026, 11, 21, 12)
    assert desk.day_has_changed()
    (after,) = desk.holdings()
    assert (str(before.today), str(after.today)) == ("2026-11-20", "2026-11-21")
    repository.close()


def test_acts_of_one_day_keep_the_order_they_were_recorded_in(data_file: Path, catalogue: Catalogue) -> None:
    now = [Instant.from_utc(2026, 11, 20, 12)]
    repository = open_repository(data_file)
    desk = Desk(repository, catalogue, now=lambda: now[0])
    line = desk.add_line(NewLine(PARIS))
    for seconds, amount in enumerate(("5", "10", "25")):
        now[0] = now[0].add(seconds=seconds)
        desk.record([top_up(Day(2026, 11, 20), amount, line)])
    assert [str(act.amount) for act in desk.holding(line).plain_acts] == ["5", "10", "25"]
    repository.close()


def test_a_likely_double_is_found(desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    assert desk.like(line, top_up(Day(2026, 5, 24), "10.00")) is not None
    assert desk.like(line, top_up(Day(2026, 5, 24), "5")) is None
    assert desk.like(line, top_up(Day(2026, 5, 25))) is None


def test_an_act_can_be_edited_and_deleted(desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    (act,) = desk.holding(line).acts
    desk.edit_act(act.id, act.rev, act.act.model_copy(update={"amount": Decimal(5)}))
    (edited,) = desk.holding(line).acts
    assert edited.act.amount == Decimal(5)
    with pytest.raises(Conflict):
        desk.edit_act(act.id, act.rev, act.act)
    desk.delete_act(line, edited)
    assert desk.holding(line).acts == ()


def test_a_line_edited_twice_from_the_same_version_is_a_conflict(desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS))
    held = desk.holding(line)
    desk.edit_line(line, held.rev, PARIS.model_copy(update={"holder": "A"}))
    with pytest.raises(Conflict):
        desk.edit_line(line, held.rev, PARIS.model_copy(update={"holder": "B"}))


def test_lines_are_let_go_and_deleted_together_and_come_back_together(desk: Desk) -> None:
    ids = desk.add_lines([NewLine(PARIS, (top_up(TODAY),)), NewLine(MUM)])
    desk.set_state(ids, LineState.LETTING_GO)
    assert not any(held.raises_alarms for held in desk.holdings())
    desk.delete_lines(ids)
    assert desk.holdings() == []
    desk.undo()
    assert [held.line.state for held in desk.holdings()] == [LineState.LETTING_GO, LineState.LETTING_GO]
    assert len(desk.holding(ids[0]).acts) == 1


def test_redo_does_again_what_undo_took_back(desk: Desk) -> None:
    desk.add_line(NewLine(PARIS))
    assert desk.redo() is None
    desk.undo()
    assert desk.undo() is None
    assert desk.redo() == "add_line|Paris"
    assert len(desk.holdings()) == 1


def test_a_line_of_an_unknown_offer_is_held_without_a_rule(desk: Desk) -> None:
    line = desk.add_line(NewLine(Line(label="x", offer="gone")))
    held = desk.holding(line)
    assert (held.known_offer, held.offer.id, held.standing.phase) == (False, "gone", Phase.UNKNOWN)


def test_no_such_line(desk: Desk) -> None:
    with pytest.raises(NotFound, match="there is no line 7"):
        desk.holding(7)


def test_a_damaged_line_is_named_and_the_others_are_there(data_file: Path, desk: Desk) -> None:
    first, second = desk.add_lines([NewLine(PARIS), NewLine(MUM)])
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace('"orange-fr-mobicarte"', '"NO ID"'), encoding="utf-8")
    assert [held.id for held in desk.holdings()] == [second]
    assert [problem.place for problem in desk.problems] == ["line 1: offer"]
    with pytest.raises(Damaged):
        desk.holding(first)
    data_file.write_text(content, encoding="utf-8")
    assert [held.id for held in desk.holdings()] == [first, second]
    assert desk.problems == ()


def test_a_damaged_act_is_left_out_and_named_as_long_as_it_is_there(data_file: Path, desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace('"2026-05-24"', '"2026-05-99"'), encoding="utf-8")
    for _look in range(2):
        (held,) = desk.holdings()
        assert held.acts == ()
        assert [problem.place for problem in desk.problems] == ["act 1: day"]
    data_file.write_text(content, encoding="utf-8")
    assert len(desk.holding(line).acts) == 1
    desk.holdings()
    assert desk.problems == ()


@pytest.mark.parametrize("named", ['"1"', "true", "[1]", "1.5", "-1"])
def test_an_act_that_names_its_line_by_no_number_is_told_of(data_file: Path, desk: Desk, named: str) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)), top_up(Day(2026, 6, 1)))))
    content = data_file.read_text(encoding="utf-8")
    data_file.write_text(content.replace('"line":1,"kind"', f'"line":{named},"kind"', 1), encoding="utf-8")
    assert [held.id for held in desk.holding(line).acts] == [2]
    (held,) = desk.holdings()
    assert [held.id for held in held.acts] == [2]
    assert [problem.place for problem in desk.problems] == ["act 1: line"]
    desk.record([top_up(Day(2026, 6, 2))])
    assert [held.id for held in desk.holding(line).acts] == [2, 3]


def test_what_if_saves_nothing(desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    held = desk.holding(line)
    assert held.with_act(top_up(TODAY)).next_day == Day(2027, 5, 21)
    assert held.with_act(top_up(TODAY), instead_of=held.acts[0].id).next_day == Day(2027, 5, 21)
    assert held.without_act(held.acts[0].id).phase is Phase.UNKNOWN
    assert desk.holding(line) is held


def test_the_year_ahead_begins_today_and_ends_with_the_loss(desk: Desk) -> None:
    line = desk.add_line(NewLine(PARIS, (top_up(Day(2026, 5, 24)),)))
    year = desk.holding(line).year_ahead
    assert year[0].day == TODAY
    assert (year[-1].day, year[-1].standing.phase) == (Day(2026, 11, 25), Phase.LOST)


def test_credit_and_outcomes_are_those_of_today(desk: Desk) -> None:
    reading = Act.model_validate(
        {"line": 1, "kind": "balance_reading", "day": "2026-11-01", "balances": {"credit": "2.10", "currency": "EUR"}}
    )
    ahead = top_up(Day(2026, 12, 1), "25")
    line = desk.add_line(NewLine(PARIS, (reading, top_up(Day(2026, 11, 10)), ahead)))
    held = desk.holding(line)
    point = held.credit.at(held.today)
    assert point is not None
    assert point.amount == Decimal("12.10")
    assert {outcome.price for outcome in held.outcomes} >= {Decimal(5), Decimal(10)}
