from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Static

from simtui import i18n
from simtui.tui.keycheck import MOST_UNKNOWN, check_overrides, is_key
from simtui.tui.keys import ACTIONS, CHAINS, Action, Keymap, bindings, key_label, readme_table, twins
from simtui.tui.screens.palette import found


def live(chain: str) -> list[Action]:
    return [action for action in ACTIONS if action.context in CHAINS[chain]]


def test_every_action_has_an_id_of_its_own_and_words() -> None:
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    assert all(action.name and action.help for action in ACTIONS)
    without_keys = [action.id for action in ACTIONS if not action.keys]
    assert without_keys == ["buy_esim", "add_offer", "read_sms", "losses", "walk_leave_out", "walk_give_up"]


def test_every_context_is_part_of_a_chain() -> None:
    assert {action.context for action in ACTIONS} == {part for chain in CHAINS.values() for part in chain}


@pytest.mark.parametrize("chain", CHAINS)
def test_no_key_does_two_things_on_one_screen(chain: str) -> None:
    keys = Counter(key for action in live(chain) for key in action.keys)
    assert [key for key, times in keys.items() if times > 1] == []


def test_d_stays_unbound() -> None:
    assert [action.id for action in ACTIONS if "d" in action.keys] == []


def test_no_key_that_browsers_screen_or_tmux_keep_is_needed() -> None:
    keys = {key for action in ACTIONS for key in action.keys}
    assert [key for key in keys if "alt+" in key or "ctrl+shift" in key or key in {"ctrl+a", "ctrl+b"}] == []


def test_another_key_confirms_than_the_one_that_asked() -> None:
    asks, confirms = (next(each for each in ACTIONS if each.id == id_) for id_ in ("delete", "confirm"))
    assert not set(asks.keys) & set(confirms.keys)


def test_every_default_key_is_a_valid_one() -> None:
    assert [key for action in ACTIONS for key in action.keys if not is_key(key)] == []


@pytest.mark.parametrize(
    ("key", "label"), [("ctrl+q", "Ctrl+Q"), ("f1", "F1"), ("pagedown", "PgDn"), ("?", "?"), ("shift+tab", "Shift+Tab")]
)
def test_labels_are_what_is_printed_on_keys(key: str, label: str) -> None:
    assert key_label(key) == label


@pytest.mark.parametrize(("width", "names"), [(45, ["renew", "record", "more"]), (20, ["renew", "record"])])
def test_a_narrow_footer_names_three_keys_at_most(width: int, names: list[str]) -> None:
    spans = Keymap().footer("dashboard", width)
    assert [text.strip() for text, ink in spans if ink == "footer"] == names


@pytest.mark.parametrize("width", [10, 45, 60, 80, 120])
@pytest.mark.parametrize("chain", CHAINS)
def test_the_footer_never_exceeds_its_width(chain: str, width: int) -> None:
    assert sum(len(text) for text, _ink in Keymap().footer(chain, width)) <= width


def test_of_very_many_unknown_actions_the_first_are_named() -> None:
    _keymap, problems = check_overrides({f"x{number}": "f9" for number in range(10_000)} | {"record": "nonsense"})
    assert [each.action for each in problems] == [*(f"x{number}" for number in range(MOST_UNKNOWN)), "record"]


def test_help_comes_from_the_live_keymap() -> None:
    keymap, problems = check_overrides({"record": "f9"})
    assert problems == []
    lines = {line.name: line.keys for line in keymap.help_lines("dashboard")}
    assert lines["record"] == "F9"
    assert lines["palette"] == ": Ctrl+P"
    assert "tick" not in lines


@pytest.mark.parametrize(
    ("language", "typed", "first"),
    [
        ("zh", "自己", "add_offer"),
        ("en", "own", "add_offer"),
        ("en", "copy", "copy"),
        ("en", "undo", "undo"),
        ("en", "", "renew"),
    ],
)
def test_the_palette_ranks_names_above_descriptions(language: str, typed: str, first: str) -> None:
    i18n.use(language)
    assert found(Keymap().palette_entries(), typed)[0].id == first


def test_the_palette_names_actions_but_no_cursor_movement() -> None:
    names = {entry.id: entry.action for entry in Keymap().palette_entries()}
    assert names["pane_plans"] == "pane('plans')"
    assert "quit" in names
    assert "page_down" not in names


def test_the_readme_table_has_a_row_for_every_key() -> None:
    assert len(readme_table().splitlines()) == len([action for action in ACTIONS if action.keys]) + 2
    assert "| `:` `Ctrl+P` |" in readme_table()


@pytest.mark.parametrize(
    ("overrides", "problem", "next_step"),
    [
        ({"recrod": "x"}, "no such action", "record"),
        ({"add": "esc"}, "no such key", "escape"),
        ({"add": "PgDn"}, "no such key", "pagedown"),
        ({"add": "shift+a"}, "no such key", "A"),
        ({"add": "ctrl+entr"}, "no such key", "ctrl+enter"),
        ({"add": ""}, "no such key", "one character"),
        ({"delete": "m"}, "m does “record” already", "record"),
        ({"delete": "slash"}, "does “filter” already", "filter"),
        ({"undo": "j"}, "j does “down” already", "down"),
    ],
)
def test_a_wrong_setting_is_reported_and_costs_only_itself(
    overrides: dict[str, str], problem: str, next_step: str
) -> None:
    keymap, problems = check_overrides({**overrides, "export": "f9"})
    assert len(problems) == 1
    assert problem in problems[0].problem
    assert next_step in problems[0].next_step
    assert keymap.overrides == {"export": ("f9",)}


def test_two_keys_can_be_exchanged() -> None:
    keymap, problems = check_overrides({"sort": "x", "export": "s"})
    assert problems == []
    assert keymap.textual_keymap()["sort"] == "x,ｘ"


def test_keys_of_screens_that_are_never_live_together_do_not_clash() -> None:
    assert check_overrides({"confirm": "x"})[1] == []


def test_every_sign_has_its_full_width_twin() -> None:
    assert twins("q") == ("ｑ",)
    assert twins("[") == ("［", "【")
    assert twins("f1") == ()
    for key in (key for action in ACTIONS for key in action.keys if len(key) == 1):
        assert unicodedata.normalize("NFKC", twins(key)[0]) == key


class Pressed(App[None]):
    BINDINGS = bindings("dashboard", "everywhere", "list")
    ENABLE_COMMAND_PALETTE = False  # or Textual's own one takes Ctrl+P

    def __init__(self, keymap: Keymap) -> None:
        super().__init__()
        self.keymap = keymap
        self.done: list[str] = []

    def compose(self) -> ComposeResult:
        yield Static()

    def on_mount(self) -> None:
        self.set_keymap(self.keymap.textual_keymap())

    async def run_action(self, action: str | object, *_args: object, **_kwargs: object) -> bool:
        self.done.append(str(action))
        return True


@pytest.mark.parametrize(
    ("keys", "actions"),
    [
        (["m", "ｍ"], ["record", "record"]),
        (["/", "／"], ["filter", "filter"]),
        ([":", "：", "ctrl+p"], ["palette", "palette", "palette"]),
        (["?", "？", "f1"], ["help", "help", "help"]),
        (["１", "Ｖ"], ["pane('lines')", "mark_all"]),
        (["space", "\u3000"], ["mark", "mark"]),
        (["d", "ｄ"], []),
    ],
)
async def test_full_width_keys_do_what_their_plain_twins_do(keys: list[str], actions: list[str]) -> None:
    app = Pressed(Keymap())
    async with app.run_test() as pilot:
        await pilot.press(*keys)
    assert app.done == actions


async def test_a_remapped_action_leaves_its_old_key_and_moves_with_its_twin() -> None:
    app = Pressed(check_overrides({"record": "W", "sort": "x", "export": "s"})[0])
    async with app.run_test() as pilot:
        await pilot.press("m", "ｍ", "W", "Ｗ", "x", "s")
    assert app.done == ["record", "record", "sort", "export"]
