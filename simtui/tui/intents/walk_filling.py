"""Filling in the fields of a step: Enter, a digit or a paste begins, Enter takes it and goes to the next field."""

from __future__ import annotations

from textual import work
from textual.events import Key

from simtui.domain.procedure import FieldType
from simtui.errors import SimtuiError
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.tui.forms.editor import Editor
from simtui.tui.intents.walk_base import Walked
from simtui.tui.refusals import refusal
from simtui.tui.views.renewal_rows import Target, What, field_target
from simtui.tui.views.renewal_step import is_spread
from simtui.walk.of_each import called
from simtui.walk.scene import FieldLine

_TAKES = {"enter": 1, "tab": 1, "down": 1, "shift+tab": -1, "up": -1}
"""The keys that take what was typed, and in which direction they go on."""
_ASKED = (What.FIELD, What.OPTION, What.CHOICE)


class Filling(Walked):
    """Keys go to the field only while it is being filled in: all letters are keys of the walk otherwise."""

    editor: Editor | None = None
    complaint: str = ""
    _before: str = ""

    @property
    def is_writing(self) -> bool:
        """Whether a field is being filled in."""
        return self.editor is not None

    def forget_typed(self) -> None:
        """Take away what was typed."""
        self.editor, self.complaint = None, ""

    def stop_writing(self) -> None:
        """Leave the field as it was."""
        self.forget_typed()
        self.fresh()
        # What another session has changed in the meantime was not shown.
        self.show_board()

    def begin(self, target: Target, text: str | None = None) -> None:
        """Begin to fill in a field, with what stands there, or with a text that replaces it; a choice opens its list."""
        field = self.field_at(target)
        if field is None:
            return
        self.sheet.move_to(target)
        if field.type is FieldType.CHOICE:
            self.pick(field)
            return
        self._before = "" if field.type is FieldType.SECRET else field.value
        self.editor = Editor.on(self._before, whole=True) if text is None else Editor()
        if text is not None:
            self.editor.insert(text)
        self.complaint = ""
        self.draw()
        self.sheet.redraw()

    @work
    async def pick(self, field: FieldLine) -> None:
        """Choose one of a field's options from a list."""
        from simtui.tui.screens.choose import Choose, Option

        options = [Option(str(each.id), each.label, each.note) for each in field.options]
        if field.raw and not field.required:
            options.append(Option("", _("leave it empty")))
        chosen = await self.ask(Choose(field.label, options, field.raw or None))
        if chosen is None:
            return

        def to_next() -> None:
            self.to_next(field_target(field), 1, finish=True)

        if chosen == field.raw:
            self.forget_asked()
            to_next()
        else:
            self.answer(lambda: self.walk.fill(field.id, chosen, line=field.line), then=to_next)

    # Keys --------------------------------------------------------------------------------------------------------

    def takes_key(self, event: Key) -> bool:
        """Do what a key does to the field that is being filled in; a digit begins to fill in one."""
        editor = self.editor
        if editor is None:
            return self._begins(event)
        if event.is_printable and event.character is not None:
            editor.insert(event.character)
        elif event.key in _TAKES:
            self.take(_TAKES[event.key], finish=event.key == "enter")
            return True
        elif event.key == "escape":
            self.stop_writing()
            return True
        elif not editor.press(event.key):
            return False
        self.complaint = ""
        self.sheet.redraw()
        return True

    def takes_text(self, text: str) -> None:
        """Put what is pasted into the field that is being filled in, else into the one under the cursor or the first empty."""
        if self.editor is None:
            target = self._to_paste_into()
            if target is None:
                self.say(_("There is no field here to paste into."))
            else:
                self.begin(target, text.strip())
            return
        self.editor.insert(text.strip())
        self.sheet.redraw()

    def _begins(self, event: Key) -> bool:
        target = self.sheet.cursor
        digit = plain_keys(event.character or "").isdigit()
        if target is None or target.what is not What.FIELD or not digit or not self._is_text(target):
            return False
        self.begin(target, event.character)
        return True

    def _to_paste_into(self) -> Target | None:
        here = self.sheet.cursor
        if here is not None and here.what is What.FIELD and self._is_text(here):
            return here
        fields = [each for each in self.sheet.targets if each.what is What.FIELD and self._is_text(each)]
        empty = [each for each in fields if (field := self.field_at(each)) is not None and not field.value]
        return next(iter(empty), None)

    def _is_text(self, target: Target) -> bool:
        field = self.field_at(target)
        return field is not None and field.type is not FieldType.CHOICE

    # Taking ------------------------------------------------------------------------------------------------------

    def take(self, step: int, *, finish: bool) -> None:
        """Save what was typed, and go to the next field, or to the one before; `finish` ends the step after the last.

        It does not end where the operator's date turns out to be another than the sum's: that is to be read first.
        """
        field, editor = self.field_at(self.sheet.cursor), self.editor
        if field is None or editor is None:
            return
        text, before = editor.text, self.scene.differences

        def save() -> None:
            if text != self._before:
                self.walk.fill(field.id, text, line=field.line)
            self.forget_typed()

        def to_next() -> None:
            self.to_next(field_target(field), step, finish=finish and self.scene.differences in ((), before))

        told_of = _("You typed for {field}: {text}").format(field=self._named(field), text=text)
        typed = "" if field.type is FieldType.SECRET else told_of
        self.answer(save, typed=typed, then=to_next, refused=self._complain)

    def _complain(self, refused: SimtuiError) -> None:
        """Say beneath the field why it was not taken; what was typed stays there."""
        self.complaint = refusal(refused)
        self.sheet.redraw()

    def _named(self, field: FieldLine) -> str:
        line = None if field.line is None else called(self.desk.holding(field.line))
        return field.label if line is None else f"{field.label} · {line}"

    def to_next(self, target: Target, step: int, *, finish: bool) -> None:
        """Go to what is asked next: a text to fill in at once, a list, or what can be ticked; after the last, finish.

        While a list lay over the walk another session may have left the step: then nothing follows the field.
        """
        asked = [each for each in self.sheet.targets if each.what in _ASKED]
        if target not in asked:
            return
        after = asked[asked.index(target) + 1 :] if step > 0 else asked[: asked.index(target)][-1:]
        if not after:
            if finish:
                self.go_on()
            else:
                self.sheet.action_move(step)
            return
        self.open_field(after[0])

    def open_field(self, target: Target) -> None:
        """Begin to fill in a field; go to what is ticked or chosen."""
        if target.what is What.FIELD and not is_spread(self._sure(target), self.scene.kind):
            self.begin(target)
        else:
            self.sheet.move_to(self._best(target))

    def first_empty(self) -> Target | None:
        """Return the first field of the step in which nothing stands, None where all are filled in."""
        asked = [each for each in self.sheet.targets if each.what in (What.FIELD, What.OPTION)]
        return next((each for each in asked if not self._is_filled(each)), None)

    def empty_after(self, target: Target) -> Target | None:
        """Return the first field beneath a target to fill in, None where there is none."""
        found = self.sheet.targets
        after = found[found.index(target) + 1 :]
        return next((each for each in after if each.what is What.FIELD and not self._is_filled(each)), None)

    def _is_filled(self, target: Target) -> bool:
        field = self._sure(target)
        return bool(field.raw or field.value)

    def _sure(self, target: Target) -> FieldLine:
        field = self.field_at(target)
        assert field is not None
        return field

    def _best(self, target: Target) -> Target:
        """Return the choice that the cursor is to begin at, where it goes to the choices."""
        if target.what is not What.CHOICE:
            return target
        best = next((each.id for each in self.scene.choices if each.chosen or each.cheapest), target.id)
        return Target(What.CHOICE, best)

    def go_on(self) -> None:
        """Finish the step."""
        raise NotImplementedError
