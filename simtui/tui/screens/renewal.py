"""The walkthrough on a screen of its own: which line, where in the walk, the step, the keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content

from simtui.domain.act import Channel
from simtui.domain.procedure import FieldType, StepKind
from simtui.domain.renewal import Branch
from simtui.domain.walkthrough import may_fail as may_have_failed
from simtui.i18n import _
from simtui.numbers import masked
from simtui.text import shown
from simtui.tui.arrangement import Layout, layout_for
from simtui.tui.board import Board
from simtui.tui.intents.walk_moves import Moving
from simtui.tui.keys import bindings
from simtui.tui.screens.dialog import hint
from simtui.tui.views import renewal as views
from simtui.tui.views.layout import Line, shown_name
from simtui.tui.views.renewal_rows import Picture, Row, Target
from simtui.tui.views.renewal_step import masked_editor
from simtui.tui.views.waiting import waits
from simtui.tui.widgets.canvas import Painted
from simtui.tui.widgets.sheet import Sheet
from simtui.walk.scene import FieldLine
from simtui.walk.staging import scene
from simtui.walk.walk import Walk

NOT_YET = frozenset({StepKind.LINE, StepKind.STATUS, StepKind.CHANNEL, StepKind.READY, StepKind.CHOOSE, StepKind.OFFER})
"""Steps at which no payment can have failed."""
TELL_EVERY = 30.0
"""Seconds after which it is told anew how long a payment waits."""


class WalkScreen(Moving):
    """One renewal, answer by answer; leaving it loses nothing."""

    AUTO_FOCUS = "#sheet"
    BINDINGS: ClassVar[list[BindingType]] = bindings("walk", "everywhere")
    DEFAULT_CSS = """
    WalkScreen {
        layout: vertical;
    }
    WalkScreen #walk {
        height: 1fr;
        layout: vertical;
        padding: 0 1;
    }
    WalkScreen #head {
        height: 2;
    }
    WalkScreen #keys {
        height: 1;
    }
    WalkScreen.-phone #walk {
        padding: 0;
    }
    """

    def __init__(self, board: Board, walk: Walk, *, fast: bool = False) -> None:
        """Take a walk; `fast` goes straight to its payment, which has been made already."""
        super().__init__()
        self.board = board
        self.walk = walk
        self.active = "walk"
        self.saved = ""
        self.scene = scene(walk)
        self.sheet = Sheet(self.rows, views.targets, self, id="sheet")
        self._begins_fast = fast
        self._head = Painted(id="head")
        self._box = Container(self._head, self.sheet, id="walk", classes="pane")
        self._keys = Painted(id="keys")

    def compose(self) -> ComposeResult:
        """Which line it is stays in sight above the step."""
        self.set_class(self.app.has_class("-ascii"), "-ascii")
        yield from (self._box, self._keys)

    def on_mount(self) -> None:
        """Draw, with the cursor at what is asked."""
        self.draw()
        self.call_after_refresh(self._begin)
        self.set_interval(TELL_EVERY, self.draw)

    def _begin(self) -> None:
        self.draw()
        self.sheet.redraw(first=self._first)
        if self._begins_fast:
            self.hurry()

    @on(events.Resize)
    def rearrange(self) -> None:
        """Lay everything out to the new size."""
        self.call_after_refresh(self._rearranged)

    def _rearranged(self) -> None:
        self.draw()
        self.sheet.redraw()

    # Drawing -----------------------------------------------------------------------------------------------------

    @property
    def _kind(self) -> Layout:
        return layout_for(self.size.width, self.size.height)

    def _line_name(self, field: FieldLine) -> str:
        line = None if field.line is None else self.desk.holding(field.line).line
        return "" if line is None else shown_name(line.name, line.number, self.board.look)

    def picture(self, cursor: Target | None) -> Picture:
        """Return all that the views are laid out from."""
        waiting = self.walk.follow_up
        holding, look = self.walk.holding, self.board.look
        number = None if holding is None else holding.line.number
        named = self.scene.who
        if holding is not None and number is not None and holding.line.name == number:
            named = self.scene.who.replace(number, shown_name(number, number, look))
        field = self.field_at(cursor)
        editor = self.editor
        if editor is not None and field is not None and field.type is FieldType.SECRET and look.private:
            editor = masked_editor(editor)
        names = [each._replace(line_name=self._line_name(each)) for each in self.scene.fields]
        return Picture(
            self.scene._replace(fields=tuple(names)),
            who=named,
            number=masked(number) if look.private and number is not None and self.scene.number else self.scene.number,
            look=look,
            whole=self.scene.is_over or self._kind in (Layout.WIDE, Layout.HUGE),
            cursor=cursor,
            editor=editor,
            complaint=self.complaint,
            paid="" if waiting is None else waits(waiting, self.walk.desk.now()),
            overdue=waiting is not None and waiting.overdue,
            may_enter=not self.walk.desk.repository.read_only_reason,
        )

    def rows(self, cursor: Target | None, width: int) -> Sequence[Row]:
        """Return the rows of the sheet."""
        picture = self.picture(cursor)
        found = views.rows(picture, width)
        if picture.whole and len(found) > self.sheet.size.height:
            return views.rows(replace(picture, tight=True), width)
        return found

    def draw(self) -> None:
        """Draw the title, the head and the keys."""
        picture = self.picture(self.sheet.cursor)
        phone = self._kind is Layout.PHONE
        self.set_class(phone, "-phone")
        title = views.title(self.scene, whole=picture.whole, buys=self.walk.procedure.makes_line)
        self._box.border_title = Content(shown(title))
        width = max(20, self.size.width - (0 if phone else 4))
        lines = views.head(picture, width)
        if not phone:
            lines.append([])
        self._head.styles.height = len(lines)
        self._head.paint(lines)
        self._keys.paint([self._footer()])

    def _footer(self) -> Line:
        if self.is_writing:
            keys = (("enter", _("take")), ("escape", _("leave it")), ("ctrl+u", _("empty it")), ("tab", _("next")))
            told = keys if self.size.width >= 60 else keys[:2]
            return [(" ", ""), *(part for key, name in told for part in (*hint(key, name), ("  ", "")))]
        return self.simtui.keymap_of_user.footer("walk", self.size.width, self._asleep())

    def _asleep(self) -> frozenset[str]:
        """Return the keys that do nothing now, and those that another is more wanted than."""
        scene = self.scene
        asleep = set[str]()
        if scene.is_over:
            asleep |= {"walk_next", "walk_tick", "walk_back", "walk_note", "walk_failed", "walk_paid", "walk_skip"}
        if scene.at == 1 and scene.branch is None:
            asleep.add("walk_back")
        may_fail = scene.kind not in NOT_YET and may_have_failed(self.walk.procedure, self.walk.renewal)
        if scene.branch is not None or not may_fail:
            asleep.add("walk_failed")
        if scene.is_paid or scene.kind is StepKind.PAY:
            asleep.add("walk_paid")
        asleep.add("walk_failed" if self._may_talk() else "walk_card")
        asleep.add("walk_failed" if self._needs_support() else "walk_support")
        if not scene.may_skip or scene.branch is not None:
            asleep.add("walk_skip")
        return frozenset(asleep)

    def _may_talk(self) -> bool:
        """Tell whether somebody is spoken to at this step: then there is a card that says it."""
        is_with_people = self.walk.procedure.channel in (Channel.SHOP, Channel.PHONE)
        is_about_it = self.scene.kind is StepKind.DO and self.scene.branch is None
        return is_with_people and is_about_it and self.walk.holding is not None and not self.board.look.private

    def _needs_support(self) -> bool:
        waiting = self.walk.follow_up
        return (waiting is not None and waiting.overdue) or self.walk.renewal.branch is Branch.GO_ON
