from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.tui.widgets.spans import Line, cells, changed, fit, line_width, plain


def paper(words: str) -> str:
    return "blue" if "cursor" in words else ""


def runs(old: Line, new: Line, width: int = 20) -> list[tuple[int, int]]:
    return changed(cells(old, width, paper), cells(new, width, paper))


def test_equal_lines_have_no_changed_cells() -> None:
    assert runs([("due ", "due"), ("Orange", "")], [("due ", "due"), ("Orange", "")]) == []


def test_cutting_the_same_line_into_other_spans_changes_nothing() -> None:
    assert runs([("due Orange", "due")], [("due ", "due"), ("Orange", "due")]) == []


def test_only_the_cells_that_differ_are_changed() -> None:
    assert runs([("Orange 11-24", "")], [("Orange 11-25", "")]) == [(11, 12)]


def test_runs_close_to_each_other_are_sent_as_one() -> None:
    assert runs([("1 a 1 abcdefgh 1", "")], [("2 a 2 abcdefgh 2", "")]) == [(0, 5), (15, 16)]


def test_the_ink_of_a_blank_counts_only_if_it_shows() -> None:
    assert runs([("    ", "due")], [("    ", "")]) == []
    assert runs([("    ", "due")], [("    ", "due cursor")]) == [(0, 4)]


def test_a_run_never_ends_inside_a_wide_character() -> None:
    assert runs([("妈妈", "")], [("a妈b", "")]) == [(0, 4)]
    assert runs([("ab", "")], [("a妈", "")]) == [(1, 3)]
    assert runs([("a妈", "")], [("ab", "")]) == [(1, 3)]


def test_a_combining_mark_stays_with_its_letter() -> None:
    assert cells([("e\u0301a", "")], 3, paper) == [("e\u0301", ""), ("a", ""), (" ", "")]


def test_markup_is_text() -> None:
    assert plain(fit([("plan [5GB] [/x]", "")], 15)) == "plan [5GB] [/x]"


@pytest.mark.parametrize(("width", "text"), [(6, "号码  "), (4, "号码"), (3, "号 "), (0, "")])
def test_fitting_counts_cells(width: int, text: str) -> None:
    fitted = fit([("号", "due"), ("码", "")], width)
    assert plain(fitted) == text
    assert line_width(fitted) == width


@given(st.text("ab 号码", max_size=12), st.text("ab 号码", max_size=12))
def test_sending_the_changed_runs_turns_one_line_into_the_other(old: str, new: str) -> None:
    before, after = cells([(old, "")], 24, paper), cells([(new, "")], 24, paper)
    screen = list(before)
    for start, end in changed(before, after):
        screen[start:end] = after[start:end]
    assert screen == after
