"""Shows any form: one painted widget, however many fields; Enter goes on, Ctrl+S saves, Esc leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, cast

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.events import Click, Key, Paste, Resize
from textual.geometry import Offset, Size

from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.numbers import without_numbers
from simtui.store.repository import Conflict
from simtui.text import one_line
from simtui.tui.forms.drawing import Picture, Row, draw
from simtui.tui.forms.model import Form, Result, Saved
from simtui.tui.forms.state import FormState
from simtui.tui.keys import Keymap, bindings
from simtui.tui.lean import LeanModalScreen
from simtui.tui.refusals import why_not_saved
from simtui.tui.widgets import spans
from simtui.tui.widgets.canvas import Painted

if TYPE_CHECKING:
    from simtui.tui.app import SimtuiApp

WIDEST, TALLEST = 92, 30


class FormView(Painted, can_focus=True):
    """The form as it is drawn; keys that edit come here first."""

    def __init__(self, screen: FormScreen[Result, Saved]) -> None:
        super().__init__()
        self._form_screen = screen

    def on_key(self, event: Key) -> None:
        """Give printable characters and editing keys to the field with the cursor."""
        if self._form_screen.take_key(event):
            event.stop()
            event.prevent_default()

    def on_paste(self, event: Paste) -> None:
        """Put what is pasted into the field with the cursor."""
        event.stop()
        self._form_screen.take_text(event.text)

    def on_resize(self) -> None:
        """Lay the form out to the new size."""
        self._form_screen.redraw()


class FormScreen(LeanModalScreen[Saved | None], Generic[Result, Saved]):
    """A form above the screen that asked for it; dismissed with what saving gave, or with None.

    All fields are drawn by one widget: each widget that is mounted costs a millisecond or two, and a key press in a
    field should send that field's cells and no more.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("form"), ("ctrl+s", "save")]
    DEFAULT_CSS = """
    FormScreen {
        align: center middle;
        background: transparent;
        overflow: hidden hidden;
    }
    FormView {
        border: round $primary;
        background: $surface;
        padding: 0 1;
    }
    FormScreen.-ascii FormView {
        border: ascii $primary;
    }
    FormScreen.-phone FormView {
        border: none;
        border-top: solid $primary;
        padding: 0;
    }
    """

    def __init__(self, form: Form[Result, Saved]) -> None:
        super().__init__()
        self.state = FormState(form)
        self._view = FormView(self)
        self._picture = Picture([], None, 0)
        self._preview_top = 0

    def compose(self) -> ComposeResult:
        """The one widget, sized to the screen."""
        self.set_class(self.app.has_class("-ascii"), "-ascii")
        self._lay_out(self.app.size)
        self._name_it()
        yield self._view

    def _name_it(self) -> None:
        """Give the form its title, without a number that is not to be seen."""
        title = self.state.form.title
        if cast("SimtuiApp", self.app).board.look.private:
            title = without_numbers(title)
        self._view.border_title = Content(one_line(title))

    def on_mount(self) -> None:
        """Give the form the keys."""
        self._view.focus()

    def on_resize(self, event: Resize) -> None:
        """Fill a small screen, stand in the middle of a large one."""
        self._lay_out(event.size)

    def _lay_out(self, size: Size) -> None:
        self.set_class(size.width < 60, "-phone")
        self._view.styles.width = min(size.width, WIDEST)
        self._view.styles.height = min(size.height, TALLEST)

    def redraw(self) -> None:
        """Draw what differs."""
        width, height = self._view.size
        if not width or not height:
            return
        rule = "-" if self.has_class("-ascii") else "─"
        self._picture = draw(self.state, (width, height - 1), preview_top=self._preview_top, rule=rule)
        rows = self._picture.rows[: height - 1]
        blank = [Row([])] * (height - 1 - len(rows))
        self._view.paint([*(row.line for row in (*rows, *blank)), self._keys_line(width)])
        if self._picture.cursor is not None:
            self.app.cursor_position = self._view.content_region.offset + Offset(*self._picture.cursor)

    def _keys_line(self, width: int) -> spans.Line:
        save = [(" Ctrl+S", "key"), (" " + _("save") + " ", "footer")]
        return [*save, *self._keymap.footer("form", width - spans.line_width(save))]

    @property
    def _keymap(self) -> Keymap:
        return cast("SimtuiApp", self.app).keymap_of_user

    # Keys --------------------------------------------------------------------------------------------------------

    def take_key(self, event: Key) -> bool:
        """Do what a key does within the form; False for a key that is the screen's."""
        state = self.state
        if event.is_printable and event.character is not None:
            state.type(event.character)
        elif event.key == "tab":
            self._go_on(round_the_end=True)
        elif event.key in ("up", "down"):
            self._move(-1 if event.key == "up" else 1)
        elif event.key in ("pageup", "pagedown"):
            self._scroll_preview(-3 if event.key == "pageup" else 3)
        elif not state.press(event.key):
            return False
        self.redraw()
        return True

    def take_text(self, text: str) -> None:
        """Put pasted text into the field with the cursor, or go on with the form that can read it."""
        form = self.state.form.pasted(self.state.at, text)
        if form is None:
            self.state.type(text)
        else:
            self.state, self._preview_top = FormState(form), 0
            self._name_it()
        self.redraw()

    def _move(self, step: int) -> None:
        """Move in the list of the field with the cursor, or to the next field."""
        if not self.state.move_option(step):
            self.state.step(step)

    def _scroll_preview(self, lines: int) -> None:
        self._preview_top = max(0, min(self._preview_top + lines, self._picture.preview_hidden))

    def action_next_field(self) -> None:
        """Go to the next field; after the last, save."""
        if not self._go_on(round_the_end=False):
            self.action_save()

    def action_previous_field(self) -> None:
        """Go to the previous field."""
        self.state.step(-1)
        self.redraw()

    def _go_on(self, *, round_the_end: bool) -> bool:
        if not self.state.accept():
            self.redraw()
            return True
        moved = self.state.step(1)
        if not moved and round_the_end:
            self.state.focus(self.state.fields[0].id)
        self.redraw()
        return moved

    def action_help(self) -> None:
        """Say what the field wants, and which keys there are."""
        from simtui.tui.screens.message import Message

        field = self.state.field
        keys = "\n".join(f"{line.keys:<12} {line.name}: {line.help}" for line in self._keymap.help_lines("form"))
        about = [part for part in (self.state.complaint(field), field.hint) if part]
        text = "\n".join([*about, "", keys])
        _pushed = self.app.push_screen(Message(field.label, text))

    def on_click(self, event: Click) -> None:
        """Put the cursor on the field that was clicked, or pick the option."""
        at = event.get_content_offset(self._view)
        if at is None or not 0 <= at.y < len(self._picture.rows):
            return
        row = self._picture.rows[at.y]
        if row.option is not None:
            self.state.pick(row.option)
        elif row.field and row.field == self.state.at and self.state.field.is_switch:
            self.state.turn(1)
        elif row.field:
            self.state.focus(row.field)
        self.redraw()

    # Leaving and saving ------------------------------------------------------------------------------------------

    @work
    async def action_leave(self) -> None:
        """Leave without saving; ask first where something was typed."""
        from simtui.tui.screens.confirm import Confirm

        if self.state.is_changed:
            question = Confirm(_("Leave without saving?"), [_("What you typed is lost then.")], yes=_("leave"))
            if not await self.app.push_screen_wait(question):
                return
        _left = self.dismiss(None)

    @work(exclusive=True)
    async def action_save(self) -> None:
        """Save, if nothing is wrong; ask first where there is a doubt."""
        from simtui.tui.screens.waiting import patiently

        accepted = self.state.accept()
        checked = self.state.checked
        if not accepted:
            self.redraw()
            return
        if checked.result is None:
            self.state.to_first_fault()
            self.redraw()
            return
        try:
            if await self._is_meant(checked.result):
                form, result = self.state.form, checked.result
                _saved = self.dismiss(await patiently(cast("SimtuiApp", self.app), lambda: form.save(result)))
        except Conflict as conflict:
            await self._settle(conflict)
        except SimtuiError as refused:
            self._tell(refused)

    async def _is_meant(self, result: Result) -> bool:
        """Ask about every doubt; the first no ends it."""
        from simtui.tui.screens.confirm import Confirm

        for doubt in self.state.form.doubts(result):
            if not await self.app.push_screen_wait(Confirm(doubt, yes=_("save"))):
                return False
        return True

    def _tell(self, refused: SimtuiError) -> None:
        """Say in the form why nothing was saved."""
        self.state.problem = why_not_saved(refused)
        self.redraw()

    async def _settle(self, conflict: Conflict) -> None:
        """Show what another session has saved meanwhile, field by field, and save what was chosen."""
        from simtui.tui.screens.conflict import ConflictScreen, differences

        try:
            rival = self.state.form.rival(conflict)
        except SimtuiError as refused:
            self._tell(refused)
            return
        before = self.state.form.initial()
        found = differences(self.state.fields, before, self.state.values, rival.initial())
        chosen = await self.app.push_screen_wait(ConflictScreen(found)) if found else {}
        if chosen is None:
            self._tell(conflict)
        else:
            self.state.rebase(rival, chosen)
            self.action_save()
