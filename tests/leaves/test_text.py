from __future__ import annotations

import csv
import io
import json
import sys
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from simtui.errors import InputError
from simtui.text import (
    MOST_MARKS,
    cell_width,
    csv_cell,
    fit,
    from_csv_cell,
    json_shown,
    one_line,
    plain_keys,
    showable,
    shown,
    shown_lines,
    told,
)
from simtui.words import about

any_text = st.text(st.characters()) | st.text("ab \x1b\t\n\u202e\u200b\ufe0f\u0301中文👩🏽\u200d🇫🇷‥…")
ALL_CHARACTERS = [chr(code) for code in range(sys.maxunicode + 1)]


def dangerous(text: str) -> list[str]:
    return [char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp")]


def test_no_character_at_all_brings_a_control_bidi_or_zero_width_one_through() -> None:
    assert dangerous(shown("".join(ALL_CHARACTERS))) == []


def test_letters_signs_and_emoji_of_the_world_stay_as_they_are() -> None:
    touched = {char for char in ALL_CHARACTERS if unicodedata.category(char)[0] in "LNPS" and shown(char) != char}
    assert touched == set("\u115f\u1160\u3164\uffa0")  # the four letters that are drawn as nothing


@given(any_text)
def test_what_is_shown_can_be_sent_is_one_line_and_is_stable(text: str) -> None:
    safe = shown(text)
    safe.encode()
    assert dangerous(safe) == []
    assert len(safe.splitlines()) <= 1
    assert shown(safe) == safe


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Orange Paris", "Orange Paris"),
        ("妈妈的号码", "妈妈的号码"),
        ("plan [5GB] [/x]", "plan [5GB] [/x]"),
        ("\x1b[2J", r"\x1b[2J"),
        ("\x9b2J", r"\x9b2J"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("abc\u202etxt", r"abc\u202etxt"),
        ("zero\u200bwidth", r"zero\u200bwidth"),
        ("\U000e0041", r"\U000e0041"),
        ("half \ud83d", r"half \ud83d"),
        ("❤\ufe0f", "❤"),
        ("葛\U000e0100", "葛"),
        ("é e\u0301", "é e\u0301"),
    ],
)
def test_shown(text: str, safe: str) -> None:
    assert shown(text) == safe


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_json_on_a_terminal_is_the_same_json_and_shows_no_control_character(name: str, text: str) -> None:
    document = json.dumps({name: [text]}, indent=2, ensure_ascii=False)
    safe = json_shown(document)
    assert json.loads(safe) == {name: [text]}
    assert not dangerous(safe.replace("\n", ""))


def test_json_names_what_it_hides() -> None:
    assert json_shown('["a\u202eb\x9b\x7f\U000e0041保"]') == '["a\\u202eb\\u009b\\u007f\\udb40\\udc41保"]'


def test_what_is_being_typed_is_freed_of_what_cannot_be_shown() -> None:
    assert showable("a\x1b[2J\u202eb❤\ufe0f保\u3000c") == "a[2Jb❤保\u3000c"


def test_lines_break_at_line_feeds_only() -> None:
    assert shown_lines("one\r\ntwo\x1b\n\nthree\rstill\u2028three") == [
        "one",
        r"two\x1b",
        "",
        r"three\rstill\u2028three",
    ]


def test_one_line_joins_lines_and_blanks() -> None:
    assert one_line("  12 rue\n\tde la Paix\u2028 Paris\x1b ") == r"12 rue de la Paix Paris\x1b"


@given(any_text, st.integers(-3, 60))
@example("e\u0301" * 40, 7)
@example("中文" * 10, 5)
@example("👩🏽\u200d🦱👨\u200d👩\u200d👧" * 5, 9)
@example("\u0301\u0301", 1)
def test_fit_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) == max(width, 0)
    assert dangerous(fitted) == []


@given(any_text, st.integers(0, 60))
def test_fit_only_pads_what_has_room(text: str, width: int) -> None:
    if cell_width(shown(text)) <= width:
        assert fit(text, width).rstrip(" ") == shown(text).rstrip(" ")
    elif width:
        assert fit(text, width).rstrip(" ").endswith("…")


@pytest.mark.parametrize(
    ("text", "width", "fitted"),
    [
        ("Orange", 8, "Orange  "),
        ("Orange", 6, "Orange"),
        ("Orange", 4, "Ora…"),
        ("妈妈的号码", 10, "妈妈的号码"),
        ("妈妈的号码", 8, "妈妈的… "),
        ("妈妈的号码", 7, "妈妈的…"),
        ("Orange", 1, "…"),
        ("Orange", 0, ""),
    ],
)
def test_fit(text: str, width: int, fitted: str) -> None:
    assert fit(text, width) == fitted


@given(any_text | st.text("'=+-@ \t\r\n＝＋a", max_size=6))
def test_a_cell_comes_back_from_a_spreadsheet_file_as_it_was(text: str) -> None:
    assert from_csv_cell(csv_cell(text)) == text
    assert not csv_cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1))
def test_a_row_comes_back_through_a_csv_file(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file, quoting=csv.QUOTE_ALL).writerow(csv_cell(text) for text in row)
    file.seek(0)
    assert [[from_csv_cell(cell) for cell in line] for line in csv.reader(file)] == [row]


@pytest.mark.parametrize("cell", ["'hello", "plain", "", "'", "+33612345678", "=1+1"])
def test_cells_of_other_programs_stay_as_they_are(cell: str) -> None:
    assert from_csv_cell(cell) == cell


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("２０２６－１１－２０", "2026-11-20"),
        ("２０２６／１１／２０", "2026/11/20"),
        ("１０。５０", "10.50"),
        ("ｄｕｅ＜１４　ｃｏｕｎｔｒｙ：ＭＣ", "due<14 country:MC"),
        ("？【】", "?[]"),
        ("already plain", "already plain"),
        ("摩纳哥", "摩纳哥"),
    ],
)
def test_full_width_typing_means_its_plain_twin(typed: str, plain: str) -> None:
    assert plain_keys(typed) == plain


def test_accents_are_stacked_no_higher_than_any_language_needs() -> None:
    zalgo = "Z" + "\u0301" * 150 + "x"
    assert shown(zalgo) == "Z" + "\u0301" * MOST_MARKS + "x"
    assert showable(zalgo) == shown(zalgo)
    assert fit(zalgo, 4) == shown(zalgo) + "  "
    for living in ("Việt Nam", "Vie\u0323\u0302t", "שִׁבֹּ֖לֶת", "ที่นี่", "हिन्दी", "བརྒྱུད"):
        assert shown(living) == living


def test_no_combining_mark_of_unicode_can_be_stacked() -> None:
    marks = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) in ("Mn", "Me")]
    for mark in marks:
        stacked = shown("a" + mark * 20)
        assert len(stacked) <= 1 + MOST_MARKS or mark not in stacked, f"U+{ord(mark):04X}"


def test_a_question_takes_no_colon_before_what_is_said_to_it() -> None:
    assert told(InputError("no such day: 1", place="Until when?")) == "Until when? no such day: 1"
    assert told(InputError("没有这一天：1", place="用到哪一天？")) == "用到哪一天？没有这一天：1"
    assert told(InputError("no such day: 1", place="Paid on")) == "Paid on: no such day: 1"
    assert about("Does the device take an eSIM?", "3 of 3 ticked") == "Does the device take an eSIM? 3 of 3 ticked"
