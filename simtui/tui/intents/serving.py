"""What works on every screen that shows the board: undo, privacy, language, theme, mouse, palette, help, the way out."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from simtui.i18n import LANGUAGES, _, current
from simtui.tui.intents.undoing import Undoing
from simtui.tui.keys import Context


class Serving(Undoing):
    """The intents of the registry's "everywhere"; `context` says whose keys help and palette name."""

    context: ClassVar[Context] = "dashboard"

    def action_privacy(self) -> None:
        """Mask numbers and balances, or show them."""
        from dataclasses import replace

        self.board.look = replace(self.board.look, private=not self.board.look.private)
        self.reload()
        self.say(_("Numbers and balances are masked.") if self.board.look.private else _("Numbers are shown."))

    @work
    async def action_language(self) -> None:
        """Switch the language."""
        from simtui.tui.screens.choose import Choose, Option

        names = {"en": "English", "zh": "中文"}
        chosen = await self.app.push_screen_wait(
            Choose("Language / 语言", [Option(code, names[code]) for code in LANGUAGES], current())
        )
        if chosen is not None and chosen != current():
            self.simtui.speak(chosen)
            self.board.forget_words()
            self.show_board()

    @work
    async def action_theme(self) -> None:
        """Choose the colours."""
        from simtui.tui.screens.choose import Choose, Option

        chosen = await self.app.push_screen_wait(
            Choose(_("Theme"), [Option(*each) for each in self.simtui.theme_choices()], self.app.theme)
        )
        if chosen is not None:
            self.simtui.wear(chosen)

    def action_mouse(self) -> None:
        """Give the mouse to the terminal, so that it can select text, or take it back."""
        self.say(_("The mouse selects text now.") if self.simtui.toggle_mouse() else _("The mouse works here again."))

    @work
    async def action_palette(self) -> None:
        """Every action by name."""
        from simtui.tui.screens.palette import Palette

        chosen = await self.app.push_screen_wait(Palette(self.simtui.keymap_of_user.palette_entries(self.context)))
        if chosen is not None:
            await self.run_action(chosen)

    @work
    async def action_help(self) -> None:
        """The keys of this screen, from the live keymap."""
        from simtui.tui.screens.message import Message
        from simtui.tui.views.help import help_lines

        keymap, pane, context = self.simtui.keymap_of_user, self.active, self.context
        await self.app.push_screen_wait(Message(_("Help"), lambda width: help_lines(keymap, pane, width, context)))

    def action_quit(self) -> None:
        """Quit; everything is saved already."""
        self.app.exit(0)
