"""Copying through the terminal, export and import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from simtui.i18n import _, ngettext
from simtui.tui.intents.base import Acting

if TYPE_CHECKING:
    from simtui.exchange.incoming import Import


class Sharing(Acting):
    """The intents that take something out of simtui, or bring it in."""

    @work
    async def action_copy(self) -> None:
        """Choose what to copy: number, link, code, the sum."""
        from simtui.tui.copying import copyable
        from simtui.tui.screens.choose import Choose, Option

        if self.holding is None:
            return
        items = copyable(self.holding, self.board.look)
        chosen = await self.app.push_screen_wait(
            Choose(_("Copy"), [Option(text, label, text) for label, text in items])
        )
        if chosen is not None:
            self.copy_out(chosen)

    def action_copy_row(self) -> None:
        """Copy the row as text."""
        from simtui.tui.copying import row_text

        if self.holding is not None:
            self.copy_out(row_text(self.holding, self.board.look))

    def action_link(self) -> None:
        """Show the operator's link and copy it; nothing is started."""
        link = self.holding.offer.channels.site if self.holding is not None else None
        if link is None:
            self.say(_("No link known for this offer."))
        else:
            self.copy_out(link)

    def _is_restricted(self) -> bool:
        """In restricted mode, say that no other file can be reached."""
        if self.simtui.options.restricted:
            self.say(_("restricted mode opens no file but the data file"), wrong=True)
        return self.simtui.options.restricted

    @work
    async def action_export(self) -> None:
        """Write the lines to a new file."""
        from simtui.transfer import export_to, typed_path
        from simtui.tui.screens.prompt import Prompt

        if self._is_restricted():
            return
        title = _("Export to a new file")
        hint = _("name.json keeps everything; name.csv has a row a line, for spreadsheets")
        typed = await self.app.push_screen_wait(Prompt(title, hint=hint))
        path = typed_path(typed or "")
        if path is None:
            return
        count = self.attempt(lambda: export_to(self.desk, path))
        if count is not None:
            message = ngettext("{n} line written to {file}", "{n} lines written to {file}", count)
            self.say(message.format(n=count, file=path))

    @work
    async def action_import(self) -> None:
        """Read lines from a file, and add them after a preview."""
        from simtui.transfer import read_file, typed_path
        from simtui.tui.screens.prompt import Prompt

        if self._is_restricted():
            return
        hint = _("a CSV file with headings such as offer, number, valid_until; or an export of simtui")
        typed = await self.app.push_screen_wait(Prompt(_("Import lines from a file"), hint=hint))
        path = typed_path(typed or "")
        found = None if path is None else self.attempt(lambda: read_file(self.desk, path))
        if found is not None:
            await self._add_import(found)

    async def _add_import(self, found: Import) -> None:
        """Show what a file would add, with all that is wrong in it, and add the good rows if that is wanted."""
        from simtui.report.incoming import add_question, preview
        from simtui.transfer import add_import, usable
        from simtui.tui.screens.confirm import Confirm
        from simtui.tui.screens.message import Message

        kept = usable(found)
        shown_rows = preview(kept, found, private=self.board.look.private)
        if not kept.lines:
            await self.app.push_screen_wait(Message(_("There is nothing to add."), shown_rows))
            return
        question = add_question(len(kept.lines))
        if found.wrong:
            question += " " + _("What is wrong is left out.")
        if await self.app.push_screen_wait(Confirm(question, shown_rows)):
            await self.carry_out(lambda: add_import(self.desk, kept))
