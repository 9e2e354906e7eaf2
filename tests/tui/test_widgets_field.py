from __future__ import annotations

from collections.abc import Callable

import pytest
from textual.app import App, ComposeResult
from textual.events import Key, Paste
from textual.keys import _character_to_key
from textual.pilot import Pilot

from simtui.text import plain_keys
from simtui.tui.widgets.choice import Choice
from simtui.tui.widgets.field import Field
from simtui.tui.widgets.matching import Option


class Asking(App[None]):
    """One field, made while the app runs: Textual's input cannot take a value before."""

    animation_level = "none"

    def __init__(self, make: Callable[[], Field | Choice]) -> None:
        super().__init__()
        self._make = make
        self.told: list[str] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return {"ink-error": "#ff0000"}

    def compose(self) -> ComposeResult:
        yield self._make()
        yield Field("Next", id="next")

    @property
    def field(self) -> Field:
        return self.query(Field).first()

    @property
    def choice(self) -> Choice:
        return self.query_one(Choice)

    def on_input_changed(self, message: Field.Changed) -> None:
        self.told.append(f"changed {message.value}")

    def on_input_submitted(self, message: Field.Submitted) -> None:
        self.told.append(f"submitted {message.value}")

    def on_choice_changed(self, message: Choice.Changed) -> None:
        self.told.append(f"changed {message.choice.value}")

    def on_choice_taken(self, message: Choice.Taken) -> None:
        self.told.append(f"taken {message.choice.value}")


def drawn(field: Field | Choice) -> list[str]:
    return [field.render_line(y).text.rstrip() for y in range(field.size.height)]


async def type_in(pilot: Pilot[None], text: str) -> None:
    """Send characters as a terminal does; Pilot loses full-width signs."""
    focused = pilot.app.focused
    assert focused is not None
    for character in text:
        focused.post_message(Key(_character_to_key(character), character))
    await pilot.pause()


async def test_a_field_shows_label_hint_and_value() -> None:
    app = Asking(lambda: Field("Amount [EUR]", "10", hint="such as 10 or 9.99"))
    async with app.run_test(size=(40, 12)):
        assert str(app.field.border_title) == "Amount [EUR]"
        assert drawn(app.field) == ["10", "such as 10 or 9.99"]


async def test_an_error_has_a_word_and_a_colour_and_goes_again() -> None:
    app = Asking(lambda: Field("Date", hint="today, -3d, 11-20"))
    async with app.run_test(size=(60, 12)):
        app.field.show_error("there is no 31 [February]")
        assert drawn(app.field)[1] == "wrong: there is no 31 [February]"
        style = next(iter(app.field.render_line(1))).style
        assert style is not None
        assert style.color is not None
        assert style.color.name == "#ff0000"
        assert app.field.has_class("-error")
        app.field.show_error("")
        assert drawn(app.field)[1] == "today, -3d, 11-20"
        assert not app.field.has_class("-error")


async def test_full_width_input_is_normalised_as_it_is_typed() -> None:
    app = Asking(lambda: Field("Date", normalise=plain_keys))
    async with app.run_test(size=(60, 12)) as pilot:
        await type_in(pilot, "２０２６－１１")
        await pilot.press("left", "9", "enter")
        assert app.field.value == "2026-191"
        assert app.told[-1] == "submitted 2026-191"


async def test_a_name_keeps_its_characters() -> None:
    app = Asking(lambda: Field("Label"))
    async with app.run_test(size=(60, 12)) as pilot:
        await type_in(pilot, "妈妈：１")
        assert app.field.value == "妈妈：１"


async def test_pasted_control_characters_never_reach_the_terminal() -> None:
    app = Asking(lambda: Field("Label"))
    async with app.run_test(size=(60, 12)) as pilot:
        app.field.post_message(Paste("a\x1b[2Jb\u202ec\nd"))
        await pilot.pause()
        assert app.field.value == "a[2Jbc"
        assert drawn(app.field)[0] == "a[2Jbc"


async def test_what_disturbs_columns_is_taken_out_and_a_wide_blank_stays() -> None:
    app = Asking(lambda: Field("Filter"))
    async with app.run_test(size=(60, 12)) as pilot:
        app.field.post_message(Paste("a❤\ufe0f\u3164\u200bb\u3000c"))
        await pilot.pause()
        assert app.field.value == "a❤b\u3000c"
        await type_in(pilot, "\u3000")
        assert app.field.value == "a❤b\u3000c\u3000"


async def test_the_cursor_does_not_blink_and_the_value_is_not_selected() -> None:
    app = Asking(lambda: Field("Label", "abc"))
    async with app.run_test(size=(60, 12)) as pilot:
        assert not app.field.cursor_blink
        await pilot.press("d")
        assert app.field.value == "abcd"


OFFERS = [Option(f"o{at}", f"Offer {at}", "Orange" if at % 2 else "Free") for at in range(12)]


def offers(value: str | None = None) -> Choice:
    return Choice("Offer", OFFERS, value, hint="type a part of its name")


async def test_typing_narrows_and_the_best_five_are_shown() -> None:
    app = Asking(offers)
    async with app.run_test(size=(50, 20)) as pilot:
        lines = drawn(app.choice)
        assert lines[0] == "Offer  type a part of its name"
        assert lines[2] == "> Offer 0  Free"
        assert len(lines) == 8
        assert lines[7] == "  7 more"
        await pilot.press(*"or 7")
        assert drawn(app.choice)[1:] == ["/ or 7_", "> Offer 7  Orange", "", "", "", "", ""]
        assert app.choice.value == "o7"
        assert app.told[-1] == "changed o7"


async def test_arrows_choose_and_enter_takes() -> None:
    app = Asking(offers)
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.press("down", "down", "up", "enter")
        assert app.choice.value == "o1"
        assert app.told[-1] == "taken o1"


@pytest.mark.parametrize(("keys", "typed"), [("x y backspace", "x"), ("x y ctrl+u", ""), ("backspace", "")])
async def test_what_was_typed_can_be_taken_back(keys: str, typed: str) -> None:
    app = Asking(offers)
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.press(*keys.split())
        assert app.choice.typed == typed


async def test_when_nothing_fits_nothing_is_chosen() -> None:
    app = Asking(lambda: offers("o3"))
    async with app.run_test(size=(50, 20)) as pilot:
        await pilot.press("x", "x", "enter")
        assert app.choice.value is None
        assert "Nothing fits “xx”." in drawn(app.choice)[2]
        assert "taken" not in " ".join(app.told)


async def test_without_the_focus_only_the_answer_stands_there() -> None:
    app = Asking(lambda: offers("o3"))
    async with app.run_test(size=(50, 20)) as pilot:
        assert "> Offer 3  Orange" in drawn(app.choice)
        app.set_focus(app.query_one("#next"))
        await pilot.pause()
        assert drawn(app.choice) == ["Offer  type a part of its name", "  Offer 3"]


async def test_other_options_can_be_offered_and_an_error_shown() -> None:
    app = Asking(offers)
    async with app.run_test(size=(50, 20)) as pilot:
        app.choice.show_options([Option("mt", "MT prepaid")])
        app.choice.show_error("choose an offer")
        await pilot.pause()
        assert app.choice.value == "mt"
        assert drawn(app.choice)[0] == "Offer  wrong: choose an offer"
