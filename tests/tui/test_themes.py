from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from rich.color import ColorSystem
from textual.app import App, ComposeResult
from textual.color import Color, ColorParseError
from textual.widgets import Input

from simtui.tui.themes import INKS, PHASES, LoadedTheme, load_theme, load_themes, parse_ink
from simtui.tui.widgets.canvas import Canvas

FOLDER = Path(__file__).parents[2] / "themes"
NAMES = ["colour-blind", "dark", "high-contrast", "light", "mono"]
COLOURED = [name for name in NAMES if name != "mono"]

Linear = tuple[float, float, float]

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def load(name: str) -> LoadedTheme:
    theme, problems = load_theme(FOLDER / f"{name}.toml")
    assert problems == []
    return theme


def linear(colour: Color) -> Linear:
    red, green, blue = ((c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4) for c in colour.normalized)
    return red, green, blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(name: str) -> float:
        red, green, blue = linear(Color.parse(name))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: Linear) -> Linear:
    red, green, blue = (min(1.0, max(0.0, part)) for part in colour)

    def bent(part: float) -> float:
        return float(part ** (1 / 3)) if part > 0.008856 else 7.787 * part + 16 / 116

    x = bent((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    y = bent(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    z = bent((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def seen(name: str, vision: str) -> Linear:
    source = linear(Color.parse(name))
    red, green, blue = (sum(f * part for f, part in zip(row, source, strict=True)) for row in VISIONS[vision])
    return lab((red, green, blue))


def test_the_bundled_themes_are_without_fault_and_have_titles() -> None:
    themes, problems = load_themes(FOLDER)
    assert list(themes) == NAMES
    assert problems == []
    assert all(set(theme.titles) == {"en", "zh"} for theme in themes.values())


@pytest.mark.parametrize("name", COLOURED)
def test_every_text_can_be_read_on_every_background(name: str) -> None:
    theme = load(name).theme
    needed = 7.0 if name == "high-contrast" else 4.5
    backgrounds = [theme.background, theme.surface, theme.panel, theme.variables["paper-cursor"]]
    texts = {ink: theme.variables.get(f"ink-{ink}", theme.foreground) for ink in INKS}
    weak = [
        (ink, background, contrast(text or "", background or ""))
        for ink, text in texts.items()
        for background in backgrounds
        if contrast(text or "", background or "") < needed
    ]
    assert weak == []


@pytest.mark.parametrize("name", COLOURED)
def test_every_phase_has_a_colour_of_its_own(name: str) -> None:
    variables = load(name).theme.variables
    assert len({variables[f"ink-{phase}"] for phase in PHASES}) == len(PHASES)
    assert "bold" in variables["attr-rescue"]


@pytest.mark.parametrize("vision", VISIONS)
def test_phases_can_be_told_apart_with_every_colour_blindness(vision: str) -> None:
    variables = load("colour-blind").theme.variables
    for one, other in itertools.combinations(PHASES, 2):
        first, second = seen(variables[f"ink-{one}"], vision), seen(variables[f"ink-{other}"], vision)
        # CIE76: about 2 is just noticeable, 20 is plain.
        assert sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) ** 0.5 > 20, (one, other)


def test_mono_uses_no_colour() -> None:
    theme = load("mono").theme
    assert theme.ansi
    inks = {name: value for name, value in theme.variables.items() if name.startswith(("ink-", "paper-"))}
    assert inks == {}
    assert theme.variables["attr-cursor"] == "bold reverse"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("bold #ff0000 on #000000", ("bold", "#ff0000", "#000000")),
        ("on #000000", ("", "", "#000000")),
        ("bold italic", ("bold italic", "", "")),
        ("ansi_red", ("", "ansi_red", "")),
        ("", ("", "", "")),
    ],
)
def test_an_ink_is_attributes_colour_and_background(text: str, parts: tuple[str, str, str]) -> None:
    assert parse_ink(text) == parts


@pytest.mark.parametrize("text", ["#ff000", "blod #ff0000", "red on nothing", "transparent", "#ffffff 50%", "auto"])
def test_what_is_no_opaque_colour_is_refused(text: str) -> None:
    with pytest.raises(ColorParseError):
        parse_ink(text)


@pytest.mark.parametrize(
    ("content", "key", "problem"),
    [
        ('[colours]\nprimary = "blau"', "colours.primary", "“blau” is no colour"),
        ('[colours]\nprimery = "blue"', "colours.primery", "primary"),
        ('[inks]\ndue = "bold bleu"', "inks.due", "no colour"),
        ('[inks]\nresque = "red"', "inks.resque", "rescue"),
        ("[inks]\ndue = 7", "inks.due", "text in quotes"),
        ('inks = "red"', "inks", "table"),
        ('dark = "yes"', "dark", "true or false"),
        ('[colors]\nprimary = "red"', "colors", "colours"),
        ('[variables]\nborder = "rde"', "variables.border", "no colour"),
        ("[colours", "", "cannot be read"),
    ],
)
def test_a_fault_is_reported_with_file_and_key_and_costs_only_itself(
    tmp_path: Path, content: str, key: str, problem: str
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content + '\n[title]\nen = "Mine"\n', encoding="utf-8")
    loaded, problems = load_theme(path)
    assert [(each.file, each.key) for each in problems] == [(path, key)]
    assert problem in problems[0].problem
    assert loaded.name == "mine"
    loaded.theme.to_color_system().generate()


def test_a_file_that_is_not_there_gives_a_plain_theme(tmp_path: Path) -> None:
    loaded, problems = load_theme(tmp_path / "gone.toml")
    assert len(problems) == 1
    assert loaded.theme.variables == {}
    assert loaded.title("en") == "gone"


class Themed(App[None]):
    CSS = "Canvas { color: $foreground; background: $background; border: round $primary; }"

    def compose(self) -> ComposeResult:
        yield Canvas([[(phase, f"{phase} cursor")] for phase in PHASES])
        yield Input("what Textual draws itself")


@pytest.mark.parametrize("name", NAMES)
async def test_every_theme_can_be_drawn(name: str) -> None:
    app = Themed()
    async with app.run_test() as pilot:
        app.register_theme(load(name).theme)
        app.theme = name
        app.notify("a notice")
        await pilot.pause()
        assert app.query_one(Canvas).render_line(0).text.startswith("rescue")
        ink = app.query_one(Canvas).ink("rescue")
        assert ink.color is not None
        assert ink.color.is_default == (name == "mono")


def test_sixteen_colours_have_inks_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "t.toml"
    file.write_text('[inks]\ndue = "bold #ff0000 on #000000"\n[inks16]\ndue = "ansi_yellow"\n', "utf-8")
    many, few = (load_theme(file, few_colours=few)[0].theme.variables for few in (False, True))
    assert (many["ink-due"], many["paper-due"], many["attr-due"]) == ("#ff0000", "#000000", "bold")
    assert few["ink-due"] == "ansi_yellow"
    assert "paper-due" not in few
    assert "attr-due" not in few


@pytest.mark.parametrize("name", COLOURED)
def test_with_sixteen_colours_what_is_urgent_looks_different(name: str) -> None:
    variables = load_theme(FOLDER / f"{name}.toml", few_colours=True)[0].theme.variables
    looks = {
        phase: (
            Color.parse(variables[f"ink-{phase}"]).rich_color.downgrade(ColorSystem.STANDARD),
            variables.get(f"attr-{phase}"),
        )
        for phase in ("rescue", "due", "soon")
    }
    assert len(set(looks.values())) == 3
