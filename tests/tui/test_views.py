"""What the panes show, as lines, without an app."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from simtui import i18n
from simtui.desk import Desk
from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day
from simtui.domain.procedure import StepKind
from simtui.tui.arrangement import Layout, layout_for, shown_panes
from simtui.tui.board import Board
from simtui.tui.forms.own import OwnPlanForm
from simtui.tui.keys import Keymap
from simtui.tui.views.balances import balance_lines
from simtui.tui.views.empty import first_steps
from simtui.tui.views.layout import Line, Look, shown_name, wrapped
from simtui.tui.views.line_list import LineRows
from simtui.tui.views.plans import PlanRows, plan_detail
from simtui.tui.views.standing import standing_lines
from simtui.tui.views.year import Month, year_lines
from simtui.tui.widgets.spans import plain
from simtui.walk.walk import Walk
from tests.tui.filling import desk_in, held, top_up


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


def text(lines: Sequence[Line]) -> list[str]:
    return [plain(line).rstrip() for line in lines]


def reading(day: str, **left: object) -> Act:
    balances = Balances.model_validate(left)
    return Act(line=1, kind=ActKind.BALANCE_READING, day=Day.parse_iso(day), balances=balances)


@pytest.mark.parametrize(
    ("size", "kind"),
    [
        ((45, 20), Layout.PHONE),
        ((59, 60), Layout.PHONE),
        ((80, 24), Layout.SMALL),
        ((200, 29), Layout.SMALL),
        ((120, 40), Layout.WIDE),
        ((170, 44), Layout.WIDE),
        ((200, 60), Layout.HUGE),
    ],
)
def test_the_layout_follows_the_terminal(size: tuple[int, int], kind: Layout) -> None:
    assert layout_for(*size) is kind


def test_the_banner_asks_about_a_line_lost_by_a_guess_after_all_else(desk: Desk) -> None:
    stated = Act(line=1, kind=ActKind.STATEMENT, day=Day(2026, 4, 1), valid_until=Day(2026, 5, 1))
    held(desk, "monaco-telecom-prepaid", stated, label="MT")
    board = Board(desk)
    board.refresh()
    assert board.banner == "MT may be lost since ~2026-11-01: check with the operator. v enters its date."
    assert "lost? ~2026-11-01" in plain(LineRows(board.rows).row(0, 90)[0])
    held(desk, "orange-fr-mobicarte", top_up("2026-05-24"), label="Due")
    board.refresh()
    assert board.banner.startswith("Save Due by 2026-11-24")


def test_a_known_date_is_shown_although_the_number_has_none(desk: Desk) -> None:
    credit = Act(line=1, kind=ActKind.STATEMENT, day=Day(2026, 11, 21), valid_until=Day(2026, 12, 10))
    held(desk, "transatel-datasim", credit, label="Data")
    held(desk, "transatel-datasim", label="Nothing")
    board = Board(desk)
    board.refresh()
    known, unknown = (plain(LineRows(board.rows).row(number, 90)[0]) for number in (0, 1))
    assert "unknown" in known
    assert "=2026-12-10    19 d" in known
    assert "date missing" in unknown
    assert board.banner == "Data: last day =2026-12-10, until when the number can be saved is not known"


def test_what_is_paid_is_not_advised_once_more(desk: Desk) -> None:
    walk = Walk.of(desk, [held(desk, "orange-fr-mobicarte", top_up("2026-05-24"), label="Due")])
    while walk.renewal.paid_at is None:
        if walk.place.step.kind is StepKind.CHOOSE:
            walk.choose("plan:mini")
        walk.go_on()
    board = Board(desk)
    board.refresh()
    assert board.banner == "Due is paid, and its last day is still 2026-11-24: look whether it works. Press r."


def test_a_line_without_a_label_is_called_by_its_number_in_groups(desk: Desk) -> None:
    held(desk, "orange-fr-mobicarte", top_up("2026-05-24"), label=None, number="+33612345678")
    board = Board(desk)
    board.refresh()
    for two_lines in (False, True):
        row = "".join(plain(line) for line in LineRows(board.rows, two_lines=two_lines).row(0, 100))
        assert row.count("+33 6 12 34 56 78") == 1
        assert "…" not in row
    assert "+33 6 12 34 56 78" in board.banner
    assert "+33 6 12 34 56 78" in plain(LineRows(board.rows, Look()).row(0, 60)[0])
    masked = plain(LineRows(board.rows, Look(private=True)).row(0, 100)[0])
    assert "+33*******78" in masked
    assert "12 34" not in masked


def test_a_phone_and_a_zoomed_pane_have_the_screen_alone() -> None:
    for pane in ("lines", "standing", "plans", "year", "history"):
        assert shown_panes(Layout.PHONE, pane, "standing", zoomed=False) == {pane}
        assert shown_panes(Layout.HUGE, pane, "standing", zoomed=True) == {pane}


def test_history_and_plans_share_their_place() -> None:
    with_plans = shown_panes(Layout.WIDE, "lines", "standing", zoomed=False)
    with_history = shown_panes(Layout.WIDE, "lines", "history", zoomed=False)
    assert with_plans ^ with_history == {"plans", "history"}


def test_chinese_breaks_nowhere_before_a_closing_or_after_an_opening_sign() -> None:
    for width in range(6, 30):
        rows = text(wrapped("填写运营商告知的日期，按（例如）a 添加“自己”的套餐。", width))
        assert not [row for row in rows if row[0] in "，。）”" or row[-1] in "（“"], (width, rows)


def test_words_stay_whole_unless_they_are_wider_than_the_pane() -> None:
    assert text(wrapped("keeps the number alive", 10)) == ["keeps the", "number", "alive"]


def test_a_name_that_is_the_number_is_masked_with_it() -> None:
    number = "+33612345678"
    assert "345" not in shown_name(number, number, Look(private=True))
    assert shown_name("Mum", number, Look(private=True)) == "Mum"


def test_balances_of_one_day_say_once_when_they_were_read(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", reading("2026-11-20", credit="2.10", currency="EUR", minutes=48))
    assert text(balance_lines(line, Look(), 60)) == [
        "credit   EUR 2.10",
        "minutes  48",
        "read 2026-11-20, 1 d ago",
    ]


def test_balances_of_several_days_say_each_when_it_was_read(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", reading("2026-11-20", minutes=48), reading("2026-11-21", sms=3))
    assert text(balance_lines(line, Look(), 60)) == ["minutes  48  read 2026-11-20, 1 d ago", "SMS      3   read today"]


def test_data_left_of_a_plan_has_a_bar_and_a_mask_hides_both(desk: Desk) -> None:
    bought = Act(line=1, kind=ActKind.PLAN_PURCHASE, day=Day(2026, 11, 18), plan="data-1gb")
    line = held(desk, "povo2", bought, reading("2026-11-20", data_mb=512))
    first = text(balance_lines(line, Look(), 60))[0]
    assert first.startswith("data     512 MB / 1 GB  ██████░░░░░░")
    assert text(balance_lines(line, Look(private=True), 60))[0].startswith("data     ***")


def test_credit_moved_on_since_the_reading_says_so(desk: Desk) -> None:
    read = reading("2026-11-01", credit=Decimal(2), currency="EUR")
    line = held(desk, "orange-fr-mobicarte", read, top_up("2026-11-05"))
    lines = text(balance_lines(line, Look(), 70))
    assert lines[0] == "credit   EUR 12"
    assert lines[-1] == "read 2026-11-01, 20 d ago, credit moved on since by what is recorded"


def test_nothing_read_is_not_shown_as_zero(desk: Desk) -> None:
    lines = text(balance_lines(held(desk, "orange-fr-mobicarte"), Look(), 80))
    assert lines == ["Nothing read yet. m records a reading: credit, data, minutes, SMS."]


def test_plans_name_the_cheapest_and_what_the_one_under_the_cursor_holds(desk: Desk) -> None:
    line = held(desk, "orange-fr-mobicarte", top_up("2026-05-25"))
    rows = PlanRows.of(line)
    assert plain(rows.row(0, 60)[0]).split() == ["top-up", "10", "EUR", "10", "~2027-05-21", "1.68"]
    detail = text(plan_detail(line, rows.outcomes[0], 60))
    assert detail[0] == "if bought: due 2026-11-25 → safe ~2027-05-21"
    assert detail[1] == "cheapest: top-up 10, EUR 1.68 a month"
    assert len(detail) == 3


def test_a_plan_of_ones_own_is_marked_and_lengths_are_in_words(desk: Desk, tmp_path: Path) -> None:
    own = tmp_path / "own" / "carriers.json"
    form = OwnPlanForm(desk, own, desk.offer("monaco-telecom-prepaid"))
    values = {**form.initial(), "kind": "combo", "name": "My week", "price": "5", "validity": "P7D"}
    plan = form.check(values).result
    assert plan is not None
    form.save(plan)
    rows = PlanRows.of(held(desk_in(tmp_path / "other", own), "monaco-telecom-prepaid"))
    for width in (44, 60):
        row = plain(rows.row(0, width)[0])
        assert row.split() == ["My", "week", "yours", "EUR", "5", "7", "days", "no"]
        assert len(row) <= width
    i18n.use(i18n.CHINESE)
    assert "7 天" in plain(rows.row(0, 44)[0])


def test_a_column_that_nothing_fills_leaves_its_cells_to_the_name(desk: Desk) -> None:
    rows = PlanRows.of(held(desk, "orange-fr-mobicarte"))
    assert "Valid" not in plain(rows.header(60) or [])


def test_a_small_pane_has_no_empty_lines(desk: Desk) -> None:
    line = held(desk, "sfr-la-carte", top_up("2026-11-10"))
    whole = standing_lines(line, "SFR", Look(), 60)
    compact = standing_lines(line, "SFR", Look(), 60, compact=True)
    assert [line for line in whole if line] == compact
    assert len(whole) > len(compact)


def test_the_year_strip_begins_with_this_month_and_crosses_the_year() -> None:
    names, counted = text(year_lines({"2027-01": Month(2, "due", 2)}, "2026-11-21", "2027-01", 120))
    assert names.split()[:5] == ["Nov", "Dec", "[Jan", "2027]", "Feb"]
    assert counted.split()[:5] == ["·", "·", "2", "due", "·"]


def test_the_year_strip_says_the_loudest_phase_in_words_where_they_fit() -> None:
    held = {"2026-11": Month(3, "rescue", 1), "2026-12": Month(3, "due", 2)}
    wide, narrow = (text(year_lines(held, "2026-11-21", "", width))[1] for width in (140, 76))
    assert wide.split()[:5] == ["1", "rescue+2", "2", "due", "+1"]
    assert narrow.split()[:4] == ["3", "▪", "3", "▪"]


@pytest.mark.parametrize(("width", "pairs"), [(76, 1), (60, 1), (58, 2), (45, 2), (40, 2), (29, 3), (12, 6)])
def test_a_narrow_year_has_its_twelve_months_in_several_rows(width: int, pairs: int) -> None:
    lines = text(year_lines({"2027-10": Month(12, "due")}, "2026-11-21", "2027-10", width))
    assert len(lines) == pairs * 3 - 1
    assert len(" ".join(lines[0::3]).split()) == 12
    assert "[Oct]" in lines[-2]
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("width", [20, 43, 76])
def test_the_first_steps_fit_their_pane(width: int) -> None:
    assert max(len(row) for row in text(first_steps(width))) <= width


def test_the_footer_leaves_out_what_does_not_work_now() -> None:
    keymap = Keymap()
    names = [word.strip() for word, ink in keymap.footer("dashboard", 200, {"record", "edit"}) if ink == "footer"]
    assert "record" not in names
    assert {"add", "palette", "help", "undo", "quit"} <= set(names)
    assert len([ink for _word, ink in keymap.footer("dashboard", 45) if ink == "key"]) == 3
