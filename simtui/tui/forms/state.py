"""A form being filled in: the values so far, which field has the cursor, and what a person does to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic

from simtui.i18n import _
from simtui.tui.forms.editor import Editor
from simtui.tui.forms.model import Checked, Field, Form, Result, Saved, Values
from simtui.tui.widgets.matching import Option


class FormState(Generic[Result, Saved]):
    """What the form screen shows and changes.

    A field that is typed into has its text in `editor`. In a field that is picked from a list, `editor` holds what was
    typed to find an option, `options` what fits it, and `option` the place of the one under the cursor.
    `problem` is why saving failed, in words; it goes away with the next change.
    """

    def __init__(self, form: Form[Result, Saved]) -> None:
        self.form = form
        self.values: dict[str, str] = dict(form.initial())
        self.tried = False
        self.problem = ""
        self.editor = Editor()
        self.options: Sequence[Option] = ()
        self.option: int | None = None
        self._left: set[str] = set()
        self._fields = form.fields(self.values)
        self._checked: Checked[Result] | None = None
        self.at = ""
        self.focus(form.begins_at or self._fields[0].id)

    # What it shows -----------------------------------------------------------------------------------------------

    @property
    def fields(self) -> Sequence[Field]:
        """The fields that fit the values so far."""
        return self._fields

    @property
    def field(self) -> Field:
        """The field with the cursor."""
        return next((each for each in self._fields if each.id == self.at), self._fields[0])

    @property
    def index(self) -> int:
        """The place of the field with the cursor."""
        return self._fields.index(self.field)

    @property
    def checked(self) -> Checked[Result]:
        """What the values come to."""
        if self._checked is None:
            self._checked = self.form.check(self.values)
        return self._checked

    @property
    def is_changed(self) -> bool:
        """Whether anything would be lost by leaving."""
        before = self.form.initial()
        return any(self.values.get(name, "") != before.get(name, "") for name in {*self.values, *before})

    def value(self, field: Field) -> str:
        """Return what a field holds."""
        return field.settled(self.values.get(field.id, ""))

    def complaint(self, field: Field) -> str:
        """Return what is wrong with a field, once the cursor has left it or saving was tried."""
        error = self.checked.errors.get(field.id)
        if error is not None and (self.tried or field.id in self._left):
            hint = error.next_step
            return _("{problem}. {hint}").format(problem=error.problem, hint=hint) if hint else error.problem
        return self.checked.missing.get(field.id, "") if self.tried else ""

    # Moving ------------------------------------------------------------------------------------------------------

    def focus(self, field_id: str) -> None:
        """Put the cursor on a field."""
        if self.at and self.at != field_id:
            self._left.add(self.at)
        self.at = field_id
        field = self.field
        if field.is_text:
            self.editor = Editor.on(self.value(field), whole=field.overwrite)
            self.options, self.option = (), None
        else:
            self.editor = Editor()
            self._look_for("")

    def step(self, fields: int) -> bool:
        """Move the cursor by fields; False where there is none."""
        index = self.index + fields
        if not 0 <= index < len(self._fields):
            return False
        self.focus(self._fields[index].id)
        return True

    def accept(self) -> bool:
        """Take the option under the cursor, before going on; False where something was typed that no option fits."""
        if self.option is not None and not self.value(self.field):
            self._put(self.options[self.option].value)
        return not self._fits_nothing

    @property
    def _fits_nothing(self) -> bool:
        """Whether what was typed is none of the options: going on would pick the first of them unseen."""
        chooses = not self.field.is_text and not self.field.is_switch
        return chooses and bool(self.editor.text.strip()) and not self.options

    def to_first_fault(self) -> None:
        """After a refused save: show all complaints and put the cursor on the first field that has one."""
        self.tried = True
        faulty = {*self.checked.errors, *self.checked.missing}
        first = next((each.id for each in self._fields if each.id in faulty), None)
        if first is not None and first != self.at:
            self.focus(first)

    # Changing ----------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Take text that was typed or pasted."""
        if self.field.is_switch:
            if text == " ":
                self.turn(1)
            return
        self.editor.insert(text)
        self._typed()

    def press(self, key: str) -> bool:
        """Take a key that edits or picks; False where it does nothing here."""
        field = self.field
        if field.is_switch:
            return key in ("left", "right") and self.turn(1 if key == "right" else -1)
        if not field.is_text and key == "backspace" and not self.editor.text:
            self.option = None
            self._put("")
            return True
        before = self.editor.text
        done = self.editor.press(key)
        if self.editor.text != before:
            self._typed()
        return done

    def turn(self, step: int) -> bool:
        """Pick the next or the previous of a few options, round the ends."""
        options = self.field.options
        at = next((at for at, option in enumerate(options) if option.value == self.value(self.field)), 0)
        self._put(options[(at + step) % len(options)].value)
        return True

    def move_option(self, step: int) -> bool:
        """Move in the list of options; False at its upper end, and in a field without a list."""
        if not self.options or self.field.is_switch:
            return False
        at = -1 if self.option is None else self.option
        if at + step < 0:
            return False
        self.pick(min(at + step, len(self.options) - 1))
        return True

    def pick(self, index: int) -> None:
        """Pick an option of the list."""
        self.option = index
        self._put(self.options[index].value)

    def rebase(self, form: Form[Result, Saved], values: Values) -> None:
        """Go on with the form as another session has left it, and with values chosen from both."""
        self.form = form
        self._take_in({**self.values, **values})
        self.focus(self.at)

    def _typed(self) -> None:
        if self.field.is_text:
            self._put(self.editor.text)
        else:
            self._look_for(self.editor.text)
            self._put(self.options[0].value if self.options and self.editor.text.strip() else "")

    def _look_for(self, query: str) -> None:
        field = self.field
        if field.is_switch:
            self.options, self.option = field.options, None
            return
        self.options = field.found(query)
        value = self.value(field)
        chosen = next((at for at, option in enumerate(self.options) if value and option.value == value), None)
        first = 0 if self.options and (query.strip() or (field.suggests and not value)) else None
        self.option = first if query.strip() or chosen is None else chosen

    def _put(self, value: str) -> None:
        """Change the field with the cursor, and take in what follows from it."""
        before = {**self.values, self.at: value}
        self._take_in(self.form.adjusted(before, self.at))

    def _take_in(self, values: Values) -> None:
        self.values = dict(values)
        self.problem = ""
        self._checked = None
        self._fields = self.form.fields(self.values)
