"""The dashboard's app: language, theme, keys, the two-second look at the file, and how a run begins and ends."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import App
from textual.events import Event, Key, Paste
from textual.screen import Screen

from simtui import i18n, paths
from simtui.config import Settings
from simtui.errors import SimtuiError
from simtui.glance import Glances
from simtui.i18n import _, current
from simtui.moments import time_of_day
from simtui.session import open_desk
from simtui.text import shown, told
from simtui.tui.board import Board
from simtui.tui.driver import Driver
from simtui.tui.intents.base import Acting
from simtui.tui.keys import OUTSIDE, Keymap
from simtui.tui.screens.dashboard import DashboardScreen
from simtui.tui.typeahead import TypeAhead
from simtui.tui.views.layout import Look
from simtui.tui.views.year import months_of

if TYPE_CHECKING:
    from pathlib import Path

    from simtui.desk import Desk
    from simtui.session import Options
    from simtui.tui.own_changes import OwnChanges
    from simtui.tui.remembered import Remembered

MOST_TOLD = 3
"""How many things that are wrong with a file are told in passing; `simtui doctor` and `carriers check` tell all."""
_THEME_NAME = re.compile(r"[\w-]{1,64}")
"""A theme is named, never a path: what `--theme` and the settings say leads to no other folder."""
LOOK_EVERY = 2.0
"""Seconds between two looks whether another session has changed the file, and whether a new day has begun."""


class SimtuiApp(App[int]):
    """The whole dashboard. It owns what all screens share; panes and forms get it from the board."""

    CSS_PATH = "styles/dashboard.tcss"
    TITLE = "simtui"
    ENABLE_COMMAND_PALETTE = False
    INLINE_PADDING = 0
    BINDINGS: ClassVar = []

    def __init__(self, options: Options, settings: Settings, remembered: Remembered) -> None:
        super().__init__(driver_class=Driver)
        self.animation_level = "basic" if settings.animations else "none"
        self.options = options
        self.settings = settings
        self.remembered = remembered
        self.keymap_of_user = Keymap(withheld=OUTSIDE if options.restricted else ())
        self._mouse_given_away = not settings.mouse
        self._notices_told: set[str] = set()
        self._broken = ""
        self._type_ahead = TypeAhead(self, lambda: self.board.complete or self.refused is not None)
        self.refused: SimtuiError | None = None
        self.board = Board(look=Look(private=options.private or settings.privacy))
        self._glances = Glances(options, settings.lead_days, paths.bundled("carriers.json"), current())

    # Start and end -----------------------------------------------------------------------------------------------

    def get_default_screen(self) -> Screen[None]:
        """The dashboard is the first screen, with the rows of the last run where they are still right."""
        glance = self._glances.read()
        if glance is not None:
            self.board.all_rows = glance.rows
            self.board.banner = "" if self.board.look.private else glance.banner
            self.board.today = next(iter(glance.days.values()), "")
            self.board.months = months_of(glance.rows)
        return DashboardScreen(self.board)

    async def on_event(self, event: Event) -> None:
        """Hand keys on one by one, each after the one before it has done its work."""
        typed = isinstance(event, (Key, Paste)) and not event.is_forwarded
        if typed and not self._type_ahead.admits(event):
            return
        await super().on_event(event)
        if typed:
            self._type_ahead.follow()

    def on_mount(self) -> None:
        """Dress, take the user's keys, and look at the file every two seconds."""
        self._dress(self.options.theme or self.remembered.theme or self._usual_theme())
        self.set_class(self.settings.borders == "ascii", "-ascii")
        self._take_keys()
        self.call_after_refresh(self._load)

    @work(group="loading")
    async def _load(self) -> None:
        """Open the desk behind the first frame, and reckon the lines without keeping the keys waiting."""
        try:
            self.board.desk = open_desk(self.options, self.settings)
            for _done in self.board.refresh_in_slices():
                await asyncio.sleep(0)
        except SimtuiError as refused:
            self.refused = refused
            self.exit(2)
            return
        self.show_all()
        if isinstance(self.screen, DashboardScreen):
            self.screen.offer_to_resume()
        self._tell_notices()
        await self._tell_rule_changes()
        self.set_interval(LOOK_EVERY, self.look_around)
        self._keep_glance()
        if isinstance(self.screen, DashboardScreen):
            await self.screen.warm_up()

    def _keep_glance(self) -> None:
        """Keep the rows for the next start, without a masked sentence: that start may show names."""
        banner = "" if self.board.look.private else self.board.banner
        self._glances.keep(self.board.all_rows, banner, self.board.days)

    def close_desk(self) -> None:
        """Let go of the store, and keep the rows for the next start, unless a line may have gone from them meanwhile."""
        if self.board.desk is None:
            return
        repository = self.board.desk.repository
        with suppress(SimtuiError):
            if self.board.complete and not repository.reload_if_changed():
                self._keep_glance()
        repository.close()

    def show_all(self) -> None:
        """Let every screen on the stack that shows the board show it as it is now."""
        for screen in self.screen_stack:
            if isinstance(screen, Acting):
                screen.show_board()

    @property
    def desk(self) -> Desk:
        """The desk, once it is open."""
        assert self.board.desk is not None
        return self.board.desk

    def _take_keys(self) -> None:
        if not self.settings.keys:
            return
        from simtui.tui.keycheck import check_overrides

        checked, problems = check_overrides(self.settings.keys)
        self.keymap_of_user = Keymap(checked.overrides, self.keymap_of_user.withheld)
        self.set_keymap(self.keymap_of_user.textual_keymap())
        for problem in problems[:MOST_TOLD]:
            text = f"[keys] {problem.action} = {problem.key}: {problem.problem} {problem.next_step}"
            self.notify(shown(text), severity="warning", markup=False, timeout=10)

    def _tell_notices(self) -> None:
        """Say what the store and the catalogue want a person to know, each once."""
        texts = [*self.desk.repository.notices]
        if self.desk.repository.read_only_reason:
            texts.append(self.desk.repository.read_only_reason)
        told_of = _("{what}: {state}")
        texts += [told_of.format(what=one.place, state=one.problem) for one in self.desk.problems[:MOST_TOLD]]
        texts += [one.told() for one in self.desk.catalogue.problems[:MOST_TOLD]]
        for text in texts:
            if text not in self._notices_told:
                self._notices_told.add(text)
                self.notify(shown(text), severity="warning", markup=False, timeout=10)

    async def _tell_rule_changes(self) -> None:
        """List the lines that the facts of another version have given other dates, where nobody touched them."""
        from simtui.changes import rule_changes

        found = rule_changes(self._glances.last_rows(), self.desk)
        if found:
            from simtui.tui.screens.message import Message
            from simtui.tui.views.changes import change_lines

            look = self.board.look
            title = _("Rules changed for your lines")
            await self.push_screen(Message(title, lambda width: change_lines(found, look, width)))

    # What screens ask for ----------------------------------------------------------------------------------------

    @property
    def own_carriers_file(self) -> Path:
        """The user's own offers."""
        return self.desk.own_carriers or self.options.own_carriers_file

    def action_help_quit(self) -> None:
        """Ctrl+C: say which key quits; Textual says it in English."""
        line = self.keymap_of_user.help_line("quit")
        self.notify(f"{line.keys}  {line.help}", markup=False)

    def time_of_day(self, moment: str = "") -> str:
        """Return the time in the user's home zone, `14:02`: now, or of a moment in ISO 8601."""
        return time_of_day(moment, self.settings.home_zone)

    def speak(self, language: str) -> None:
        """Switch the language, and remember it."""
        i18n.use(language)
        self.remembered.keep(language=language)

    def theme_choices(self) -> list[tuple[str, str]]:
        """Return all themes as (name, title)."""
        from simtui.tui.themes import load_themes

        themes, _problems = load_themes(paths.bundled("themes"))
        return [(name, loaded.title(current())) for name, loaded in themes.items()]

    def wear(self, name: str) -> None:
        """Switch the theme, and remember it."""
        self._dress(name)
        self.remembered.keep(theme=name)

    def _usual_theme(self) -> str:
        """Return the theme of the settings; with NO_COLOR the one without colours, where nobody set another."""
        without_colour = self.no_color and self.settings.theme == Settings().theme
        return "mono" if without_colour else self.settings.theme

    def _dress(self, name: str) -> None:
        from simtui.tui.themes import load_theme

        path = paths.bundled("themes") / f"{name}.toml"
        if not _THEME_NAME.fullmatch(name) or not path.exists():
            text = _("There is no theme “{name}”.").format(name=name[:40])
            self.notify(shown(text), severity="warning", markup=False)
            path = paths.bundled("themes") / "dark.toml"
        loaded, problems = load_theme(path, few_colours=self.console.color_system == "standard")
        self.register_theme(loaded.theme)
        self.theme = loaded.theme.name
        for problem in problems:
            text = f"{problem.file.name}: {problem.key} {problem.problem}"
            self.notify(shown(text), severity="warning", markup=False)

    def toggle_mouse(self) -> bool:
        """Give the mouse to the terminal or take it back; return whether the terminal has it now."""
        self._mouse_given_away = not self._mouse_given_away
        if self._mouse_given_away:
            self._give_mouse_away()
        else:
            self._driver_mouse(on=True)
        return self._mouse_given_away

    def _give_mouse_away(self) -> None:
        self._driver_mouse(on=False)

    def _driver_mouse(self, *, on: bool) -> None:
        """Switch the terminal's mouse reports; Textual can do so only as a whole run, so the codes are sent here."""
        if self._driver is not None:
            modes = (1000, 1003, 1015, 1006)
            self._driver.write("".join(f"\x1b[?{mode}{'h' if on else 'l'}" for mode in modes))
            self._driver.flush()

    @cached_property
    def own_changes(self) -> OwnChanges:
        """What was done to the user's own offers and plans in this session."""
        from simtui.tui.own_changes import OwnChanges

        return OwnChanges(self.own_carriers_file)

    def reload_catalogue(self) -> None:
        """Read the user's own offers again."""
        self.desk.reload_catalogue()

    # Other sessions, other days ----------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Show what another session has changed, and a new day; forms in progress are left alone."""
        try:
            changed = self.desk.repository.reload_if_changed()
        except SimtuiError as broken:
            text = told(broken)
            if text != self._broken:  # once, not every two seconds; what was read before stays on the screen
                self._broken = text
                self.notify(shown(text), severity="error", markup=False, timeout=10)
            return
        self._broken = ""
        if not changed and not self.desk.day_has_changed():
            return
        self._tell_notices()
        self.board.refresh()
        self.show_all()

    # Crashes -----------------------------------------------------------------------------------------------------

    def _fatal_error(self) -> None:
        """Say where a crash happened without any value: Textual would print the locals, numbers and all."""
        import sys
        import traceback

        error = sys.exc_info()[1] or self._exception
        if error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            where = "".join(
                f"\n  {frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]
            )
            missing = f" ({error.name})" if isinstance(error, ModuleNotFoundError) else ""
            self._exit_renderables.append(f"simtui: {type(error).__name__}{missing}{where}")
        self._close_messages_no_wait()


def run(options: Options) -> int:
    """Open the dashboard and return the exit status.

    Raises:
        SimtuiError: If settings or data cannot be used.
    """
    import os

    from simtui.config import load
    from simtui.session import choose_language
    from simtui.tui import lifecycle
    from simtui.tui.remembered import Remembered

    settings = load(paths.config_file())
    remembered = Remembered.read(paths.state_dir() / "dashboard.json")
    i18n.use(choose_language(options, settings, remembered.language, os.environ))
    app = SimtuiApp(options, settings, remembered)
    try:
        status = lifecycle.run(app, mouse=settings.mouse)
    finally:
        app.close_desk()
    if app.refused is not None:
        raise app.refused
    return status
