"""The whole dashboard for tests: on a real data file or on the demo, on a day that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from textual.events import Key, Paste
from textual.pilot import Pilot

from simtui import i18n, paths
from simtui.config import Settings
from simtui.desk import Desk, NewLine
from simtui.domain.calendar import Day
from simtui.quick import parse
from simtui.session import Options, open_desk
from simtui.tui.app import SimtuiApp
from simtui.tui.remembered import Remembered
from simtui.tui.screens.dashboard import DashboardScreen
from tests.tui.screens_text import screen_text

TODAY = Day(2026, 11, 21)
_KEYS = {
    " ": "space",
    "!": "exclamation_mark",
    "+": "plus",
    ",": "comma",
    "-": "minus",
    ".": "full_stop",
    "/": "slash",
    ":": "colon",
    "<": "less_than_sign",
    ">": "greater_than_sign",
    "_": "underscore",
    "}": "right_curly_bracket",
    "~": "tilde",
}
"""How keys are called that are no letters or digits."""


class Dashboard(NamedTuple):
    """A running dashboard; `text` is what stands on the screen."""

    app: SimtuiApp
    pilot: Pilot[int]

    @property
    def text(self) -> str:
        return screen_text(self.app)  # type: ignore[arg-type]

    @property
    def screen(self) -> DashboardScreen:
        found = self.app.screen_stack[0]
        assert isinstance(found, DashboardScreen)
        return found

    @property
    def desk(self) -> Desk:
        return self.app.desk

    @property
    def notices(self) -> list[str]:
        """What was told in passing, the last one last."""
        return [notice.message for notice in sorted(self.app._notifications, key=lambda each: each.raised_at)]

    def row_with(self, text: str) -> str:
        return next(row for row in self.text.split("\n") if text in row)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Type as fast as a terminal sends it; the last key is pressed as any other, so that all have been taken."""
        for char in text[:-1]:
            self.app.post_message(Key(_KEYS.get(char, char), char))
        await self.press(text[-1])

    async def paste(self, text: str) -> None:
        """Paste into what has the focus: a long path takes seconds to type."""
        focused = self.app.focused
        assert focused is not None
        focused.post_message(Paste(text))
        await self.pilot.pause()


def demo_app(theme: str = "dark", *, private: bool = False) -> SimtuiApp:
    """The dashboard on the made-up lines."""
    return app_on(Options(demo=True, today=TODAY, theme=theme, private=private))


def app_on(options: Options, settings: Settings | None = None) -> SimtuiApp:
    """A dashboard that remembers in the test's own home."""
    return SimtuiApp(options, settings or Settings(), Remembered.read(paths.state_dir() / "dashboard.json"))


@asynccontextmanager
async def running(app: SimtuiApp, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Dashboard]:
    """Run an app until its lines are loaded; it is closed as a real run is."""
    i18n.use(app.options.language or i18n.ENGLISH)
    async with app.run_test(size=size) as pilot:
        while not app.board.complete and app.refused is None:
            await pilot.pause(0.01)
        await pilot.pause()
        yield Dashboard(app, pilot)
    app.close_desk()


def on_file(file: Path, **options: object) -> Options:
    """Options for a dashboard on a data file on the day that stands still."""
    return Options(data=file, today=TODAY, **options)  # type: ignore[arg-type]


def filled(file: Path, lines: Mapping[str, str]) -> Path:
    """Write lines into a data file: label to what `simtui add` takes, such as `+33612345678 mobicarte 10EUR 2026-11-01`.

    An empty label leaves the line without one; several of them differ in their blanks.
    """
    desk = open_desk(on_file(file), Settings())
    found = [(label.strip(), parse(text, desk.catalogue, desk.today_in)) for label, text in lines.items()]
    named = [(quick.line.model_copy(update={"label": label} if label else {}), quick.acts) for label, quick in found]
    desk.add_lines([NewLine(line, acts) for line, acts in named])
    desk.repository.close()
    return file
