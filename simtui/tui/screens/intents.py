"""What the keys of the dashboard do: each intent asks where it must, calls the desk once, and shows the new state."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar, cast

from textual import on, work

from simtui.errors import InputError, SimtuiError
from simtui.i18n import LANGUAGES, _, current, ngettext
from simtui.text import one_line, shown, told
from simtui.tui.lean import LeanScreen
from simtui.tui.views.layout import shown_name
from simtui.tui.widgets.rows import RowList

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.act import ActKind
    from simtui.domain.query import Query
    from simtui.exchange.incoming import Import
    from simtui.holding import HeldAct, Holding
    from simtui.tui.app import SimtuiApp
    from simtui.tui.board import Board
    from simtui.tui.screens.dashboard import DashboardScreen

Result = TypeVar("Result")
WITHOUT_DESK = frozenset({"quit", "move", "page", "edge", "pane", "sort", "sort_reverse", "zoom", "leave"})
"""What works from the first frame on."""
PANES_AFTER = ("lines", "standing", "plans", "year", "history")


class Intents(LeanScreen[None]):
    """The actions of the dashboard; `DashboardScreen` has the widgets and draws."""

    board: Board
    active: str
    side: str
    zoomed: bool
    saved: str
    _sought: Query | None = None
    lines: RowList
    plans: RowList
    history: RowList

    # What the dashboard provides ---------------------------------------------------------------------------------

    @property
    def simtui(self) -> SimtuiApp:
        """The app with its settings."""
        return cast("SimtuiApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk behind the board; keys that need it are ignored until it is there (`check_action`)."""
        assert self.board.desk is not None
        return self.board.desk

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys that need the desk wait until everything is loaded, a fraction of a second after the start."""
        if self.board.desk is None and action not in WITHOUT_DESK:
            return False
        return super().check_action(action, parameters)

    @property
    def holding(self) -> Holding | None:
        """The line under the cursor."""
        raise NotImplementedError

    def reload(self) -> None:
        """Ask the desk again and draw what changed."""
        raise NotImplementedError

    def show_board(self) -> None:
        """Give the list its rows and draw everything."""
        raise NotImplementedError

    def draw(self) -> None:
        """Draw everything to the present widths."""
        raise NotImplementedError

    def place_panes(self) -> None:
        """Show the panes that belong on the screen now."""
        raise NotImplementedError

    def go_to(self, pane: str) -> None:
        """Bring a pane to the screen and give it the focus."""
        raise NotImplementedError

    # Shared ------------------------------------------------------------------------------------------------------

    def say(self, message: str, *, wrong: bool = False) -> None:
        """Tell something in passing; the text is data, never markup."""
        severity = "error" if wrong else "information"
        self.notify(shown(message), severity=severity, markup=False, timeout=8 if wrong else 4)  # type: ignore[arg-type]

    def attempt(self, deed: Callable[[], Result]) -> Result | None:
        """Do something that may be refused; show why if it is."""
        try:
            return deed()
        except SimtuiError as refused:
            self.say(told(refused), wrong=True)
            return None

    def marked_or_current(self) -> list[Holding]:
        """Return the marked lines, else the one under the cursor."""
        marked = [held for each in self.lines.marked if (held := self.board.holding(each)) is not None]
        if marked:
            return sorted(marked, key=lambda held: held.id)
        return [] if self.holding is None else [self.holding]

    def called(self, holding: Holding) -> str:
        """Return what a line is called, masked where its number is its name and is not to be seen."""
        return one_line(shown_name(holding.line.name, holding.line.number, self.board.look))

    def changed(self, message: str = "") -> None:
        """Show the new state after a commit."""
        self.saved = _("saved {time}").format(time=self.simtui.time_of_day())
        self.reload()
        if message:
            self.say(message)

    def held_act(self) -> HeldAct | None:
        """Return the act under the cursor, while the history has the focus."""
        from simtui.tui import side

        return side.act_under_cursor(cast("DashboardScreen", self)) if self.active == "history" else None

    # Lines and acts ----------------------------------------------------------------------------------------------

    @work
    async def action_add(self) -> None:
        """Add a line; in the plans pane a plan of one's own."""
        from simtui.tui.screens.form import add_line_screen, own_plan_screen

        if self.active == "plans" and self.holding is not None:
            screen = own_plan_screen(self.desk, self.simtui.own_carriers_file, self.holding.offer)
            if await self.app.push_screen_wait(screen):
                self.simtui.reload_catalogue()
                self.changed()
            return
        added = await self.app.push_screen_wait(add_line_screen(self.desk))
        if added is not None:
            self.changed()
            self.lines.move_to_id(added)

    @work
    async def action_add_offer(self) -> None:
        """Add an offer of one's own to the user's own file."""
        from simtui.tui.screens.form import own_offer_screen

        screen = own_offer_screen(self.desk, self.simtui.own_carriers_file)
        if await self.app.push_screen_wait(screen):
            self.simtui.reload_catalogue()
            self.changed(_("The offer is yours now; a adds a line on it."))

    @work
    async def action_edit(self) -> None:
        """Edit the line, or in the history the act under the cursor."""
        from simtui.tui.screens.form import act_screen, edit_line_screen

        holding = self.holding
        if holding is None:
            return
        held = self.held_act()
        if held is not None:
            screen = act_screen(self.desk, [holding], held_act=held)
            if await self.app.push_screen_wait(screen):
                self.changed()
        elif await self.app.push_screen_wait(edit_line_screen(self.desk, holding)):
            self.changed()

    @work
    async def action_record(self) -> None:
        """Record what happened to the line or to the marked lines; in the plans pane, buying what is chosen there."""
        await self._record(None)

    @work
    async def action_told(self) -> None:
        """Enter the date that the operator told."""
        from simtui.domain.act import ActKind

        await self._record(ActKind.STATEMENT)

    @work
    async def action_reading(self) -> None:
        """Record a balance reading."""
        from simtui.domain.act import ActKind

        await self._record(ActKind.BALANCE_READING)

    async def _record(self, kind: ActKind | None) -> None:
        from simtui.tui import side
        from simtui.tui.screens.form import act_screen

        holdings = self.marked_or_current()
        if not holdings:
            return
        plan, amount = None, None
        chosen = side.outcome_under_cursor(cast("DashboardScreen", self))
        if kind is None and self.active == "plans" and chosen is not None:
            kind, amount, plan = chosen.act.kind, chosen.price, chosen.act.plan
        screen = act_screen(self.desk, holdings, kind=kind, plan=plan, amount=amount)
        if await self.app.push_screen_wait(screen):
            self.changed()

    @work
    async def action_delete(self) -> None:
        """Delete the line, the marked lines, or in the history the act; only `y` confirms."""
        from simtui import words
        from simtui.tui.screens.confirm import Confirm

        holding = self.holding
        held = self.held_act()
        if holding is not None and held is not None:
            title = words.act_title(held.act, holding.offer)
            question = _("Delete “{act}” of {day}?").format(act=title, day=held.act.day)
            detail = self._before_after(holding, held)
            if await self.app.push_screen_wait(Confirm(question, [detail])):
                self._done(lambda: self.desk.delete_act(holding.id, held))
            return
        chosen = self.marked_or_current()
        if not chosen:
            return
        names = ", ".join(self.called(each) for each in chosen[:5]) + (" …" if len(chosen) > 5 else "")
        question = ngettext("Delete this line?", "Delete {n} lines?", len(chosen)).format(n=len(chosen))
        acts = sum(len(each.acts) for each in chosen)
        detail = ngettext("{names}, with {n} act. u undoes it.", "{names}, with {n} acts. u undoes it.", acts)
        if await self.app.push_screen_wait(Confirm(question, [detail.format(names=names, n=acts)])):
            self._done(lambda: self.desk.delete_lines([each.id for each in chosen]))

    def _before_after(self, holding: Holding, held: HeldAct) -> str:
        after = holding.without_act(held.id)
        before_day = holding.standing.next_day or _("none")
        after_day = after.next_day or _("none")
        return _("last day: {before} → {after}").format(before=before_day, after=after_day)

    def _done(self, deed: Callable[[], object]) -> None:
        if self.attempt(deed) is not None:
            self.changed()

    @work
    async def action_state(self) -> None:
        """Archive lines, let them go, or make them active again."""
        from simtui import words
        from simtui.domain.line import LineState
        from simtui.tui.screens.choose import Choose, Option

        chosen = self.marked_or_current()
        if not chosen:
            return
        title = ngettext("This line is", "These {n} lines are", len(chosen)).format(n=len(chosen))
        state = await self.app.push_screen_wait(
            Choose(title, [Option(value, label) for value, label in words.choices(LineState)])
        )
        if state is not None:
            ids = [each.id for each in chosen]
            self._done(lambda: self.desk.set_state(ids, LineState(state)))

    def action_undo(self) -> None:
        """Take back the last change, by its name."""
        from simtui import words

        name = self.attempt(self.desk.undo)
        if name is None:
            self.say(_("Nothing to undo."))
        else:
            self.changed(_("Undone: {what}").format(what=words.change_name(name)))

    def action_redo(self) -> None:
        """Do again what was undone."""
        from simtui import words

        name = self.attempt(self.desk.redo)
        if name is None:
            self.say(_("Nothing to redo."))
        else:
            self.changed(_("Done again: {what}").format(what=words.change_name(name)))

    # Looking -----------------------------------------------------------------------------------------------------

    @work
    async def action_filter(self) -> None:
        """Filter the lines; in the history, only payments without proof."""
        if self.active == "history":
            self.board.without_proof = not self.board.without_proof
            self.draw()
            return
        from simtui.tui.screens.prompt import Prompt

        before = self.board.filter_text
        prompt = Prompt(
            _("Filter"),
            before,
            hint=_("words, due<14, phase:rescue, country:MC, tag:…, state:archived, !…"),
            check=self._filter_error,
            history=self.board.filters,
            changed=self._set_filter,
        )
        typed = await self.app.push_screen_wait(prompt)
        self._set_filter(before if typed is None else typed)
        self.board.keep_filter()

    def _filter_error(self, typed: str) -> str:
        from simtui.domain.query import parse

        try:
            parse(typed)
        except InputError as refused:
            return told(refused)
        return ""

    def _set_filter(self, typed: str) -> None:
        from simtui.domain.query import parse

        self.board.filter_text = typed.strip()
        self.board.query = parse(typed) if typed.strip() else None
        self.show_board()
        if self.board.query is not None:
            self._sought = self.board.query
            self.lines.search(self._is_hit)

    def _is_hit(self, index: int) -> bool:
        """Tell whether a row fits the last filter: after Esc has brought all rows back, n and N still go from hit to hit."""
        row = self.board.row(self.lines.rows.id_at(index))
        return row is not None and self._sought is not None and self._sought.matches(row)

    def action_sort(self) -> None:
        """Sort by the next column."""
        self.board.next_sort()
        self.show_board()

    def action_sort_reverse(self) -> None:
        """Reverse the order."""
        self.board.backwards = not self.board.backwards
        self.show_board()

    def action_pane(self, pane: str) -> None:
        """Go to a pane."""
        self.go_to(pane)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """Go to the previous pane."""
        self._step_pane(-1)

    def _step_pane(self, step: int) -> None:
        place = PANES_AFTER.index(self.active)
        self.go_to(PANES_AFTER[(place + step) % len(PANES_AFTER)])

    def action_zoom(self) -> None:
        """Give the pane the whole screen, or take it back."""
        self.zoomed = not self.zoomed
        self.place_panes()
        self.call_after_refresh(self.draw)

    def action_leave(self) -> None:
        """Leave one level: zoom, marks, filter, pane."""
        if self.zoomed:
            self.action_zoom()
        elif self.lines.marked:
            self.lines.mark(frozenset())
        elif self.board.filter_text:
            self._set_filter("")
        elif self.active != "lines":
            self.go_to("lines")

    def action_privacy(self) -> None:
        """Mask numbers and balances, or show them."""
        from dataclasses import replace

        self.board.look = replace(self.board.look, private=not self.board.look.private)
        self.reload()
        self.say(_("Numbers and balances are masked.") if self.board.look.private else _("Numbers are shown."))

    @on(RowList.Opened, "#lines")
    def open_line(self) -> None:
        """Enter on a line goes to its standing."""
        self.go_to("standing")

    @on(RowList.Opened, "#plans")
    def open_plan(self) -> None:
        """Enter on a plan records that it was bought."""
        self.action_record()

    @on(RowList.Opened, "#history")
    def open_act(self) -> None:
        """Enter on an act edits it."""
        self.action_edit()

    # Copying, export, language, theme ----------------------------------------------------------------------------

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
            self._copy(chosen)

    def action_copy_row(self) -> None:
        """Copy the row as text."""
        from simtui.tui.copying import row_text

        if self.holding is not None:
            self._copy(row_text(self.holding, self.board.look))

    def action_link(self) -> None:
        """Show the operator's link and copy it; nothing is started."""
        link = self.holding.offer.channels.site if self.holding is not None else None
        if link is None:
            self.say(_("No link known for this offer."))
        else:
            self._copy(link)

    def _copy(self, text: str) -> None:
        text = one_line(text)
        self.app.copy_to_clipboard(text)
        self.say(_("Sent to the terminal to copy: {text}").format(text=text))

    @work
    async def action_export(self) -> None:
        """Write the lines to a new file."""
        from simtui.transfer import export_to, typed_path
        from simtui.tui.screens.prompt import Prompt

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
            self._done(lambda: add_import(self.desk, kept))

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

        chosen = await self.app.push_screen_wait(Palette(self.simtui.keymap_of_user.palette_entries("dashboard")))
        if chosen is not None:
            await self.run_action(chosen)

    @work
    async def action_help(self) -> None:
        """The keys of this screen, from the live keymap."""
        from simtui.tui.screens.message import Message
        from simtui.tui.views.help import help_lines

        keymap, pane = self.simtui.keymap_of_user, self.active
        await self.app.push_screen_wait(Message(_("Help"), lambda width: help_lines(keymap, pane, width)))

    def action_quit(self) -> None:
        """Quit; everything is saved already."""
        self.app.exit(0)
