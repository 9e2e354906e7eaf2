from __future__ import annotations

from simtui.text import shown
from simtui.tui.forms.editor import MOST, Editor
from simtui.tui.widgets.spans import line_width, plain


def pressed(text: str, *keys: str) -> Editor:
    editor = Editor.on(text)
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
    return editor


def test_types_where_the_cursor_is() -> None:
    assert pressed("ac", "left", "b").text == "abc"


def test_deletes_before_and_after_the_cursor() -> None:
    assert pressed("abc", "backspace").text == "ab"
    assert pressed("abc", "home", "delete").text == "bc"
    assert pressed("", "backspace", "delete").text == ""


def test_moves_and_deletes_by_words() -> None:
    assert pressed("top up 10", "ctrl+w").text == "top up "
    assert pressed("2026-11-20", "ctrl+left").at == 8
    assert pressed("top up", "home", "ctrl+right").at == 3
    assert pressed("top up", "home", "ctrl+right", "ctrl+right", "ctrl+right").at == 6


def test_deletes_to_either_end() -> None:
    assert pressed("top up", "left", "left", "ctrl+u").text == "up"
    assert pressed("top up", "left", "left", "ctrl+k").text == "top "


def test_an_accent_goes_with_its_letter() -> None:
    assert pressed("cafe\u0301", "backspace").text == "caf"


def test_a_marked_text_is_replaced_by_typing_and_kept_by_moving() -> None:
    editor = Editor.on("today", whole=True)
    editor.insert("-3d")
    assert editor.text == "-3d"
    editor = Editor.on("today", whole=True)
    editor.press("left")
    editor.insert("!")
    assert editor.text == "toda!y"
    editor = Editor.on("today", whole=True)
    editor.press("backspace")
    assert editor.text == ""


def test_a_pasted_text_is_one_line_and_has_an_end() -> None:
    editor = Editor()
    editor.insert("one\ntwo\r\nthree")
    assert editor.text == "one two three"
    editor.insert("x" * 10_000)
    assert len(editor.text) == MOST


def test_the_view_is_always_as_wide_as_it_should_be() -> None:
    for text in ("", "abc", "妈妈的号码" * 5, "\x1b[31m", "a" * 100):
        for width in (1, 5, 11, 40):
            assert line_width(Editor.on(text).view(width, "")) == width


def test_the_cursor_is_in_sight_and_at_its_cell() -> None:
    editor = Editor.on("妈妈的号码 in Paris")
    assert plain(editor.view(8, "")).rstrip() == "n Paris"
    assert editor.cursor_cell() == 7
    editor.press("home")
    assert plain(editor.view(8, "")) == "妈妈的号"
    assert editor.cursor_cell() == 0


def test_what_a_terminal_would_obey_is_shown_as_an_escape() -> None:
    assert plain(Editor.on("a\x1b[0m[/x]").view(20, "")).rstrip() == "a\\x1b[0m[/x]"


def test_a_stack_of_accents_covers_no_other_row_and_stays_in_the_text() -> None:
    text = "e" + "\u0301" * 150 + "x"
    editor = Editor.on(text)
    seen = "".join(part for part, _ink in editor.view(20, ""))
    assert shown(seen) == seen
    assert seen.strip() == "e" + "\u0301" * 4 + "x"
    assert editor.text == text
