"""What a form is: fields, what was typed into them, what that means, and how it is saved."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from simtui.errors import InputError
from simtui.store.repository import Conflict
from simtui.tui.views.layout import Line
from simtui.tui.widgets.matching import Option, matches

Values = Mapping[str, str]
"""What was typed or picked, by the field's id; a pick holds the value of its option, nothing is an empty string."""

Result = TypeVar("Result")
Saved = TypeVar("Saved")


@dataclass(frozen=True, slots=True)
class Field:
    """One row of a form.

    Without options it takes text. With `options` one of them is picked; with `search` they are looked for by what is
    typed, and `named` gives the word for a picked value. `heading` stands above the row where a new part begins.
    `overwrite` marks short values that one rather types anew than amends, such as dates; `suggests` that the first
    option is likely the right one, though nothing was typed.
    """

    id: str
    label: str
    hint: str = ""
    heading: str = ""
    options: tuple[Option, ...] = ()
    search: Callable[[str], Sequence[Option]] | None = None
    named: Callable[[str], str] | None = None
    overwrite: bool = False
    suggests: bool = False

    @property
    def is_text(self) -> bool:
        """Whether anything can be typed."""
        return not self.options and self.search is None

    @property
    def is_switch(self) -> bool:
        """Whether the options are few enough to stand in the row itself."""
        return bool(self.options) and len(self.options) <= 4

    def settled(self, value: str) -> str:
        """Return a value as it counts: the first option where what was picked before is no longer among them."""
        if not self.options or any(option.value == value for option in self.options):
            return value
        return self.options[0].value

    def word(self, value: str) -> str:
        """Return the word for a picked value; an unknown value stands for itself."""
        if self.named is not None and value:
            return self.named(value)
        return next((option.label for option in self.options if option.value == value), value)

    def found(self, query: str) -> Sequence[Option]:
        """Return the options that fit what was typed, best first; all of them for nothing typed."""
        return self.search(query) if self.search is not None else matches(query, self.options)


@dataclass(frozen=True, slots=True)
class Checked(Generic[Result]):
    """What the values of a form come to.

    `errors` are by field and say what is wrong with it; `missing` are required fields that are still empty, with
    the words to show. `understood` says how a value was read where that is not obvious (`-3d` is a date). `result` is
    absent while anything is wrong or missing.
    """

    result: Result | None
    errors: Mapping[str, InputError] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    understood: Mapping[str, str] = field(default_factory=dict)


class Form(ABC, Generic[Result, Saved]):
    """A form. It holds what is edited and never changes; what is typed is the caller's and comes in as values."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What the form does, for its border."""

    @abstractmethod
    def initial(self) -> Values:
        """Return what stands in the fields at first."""

    @abstractmethod
    def fields(self, values: Values) -> Sequence[Field]:
        """Return the fields that fit the values so far, in their order."""

    @abstractmethod
    def check(self, values: Values) -> Checked[Result]:
        """Return what the values come to."""

    @abstractmethod
    def save(self, result: Result) -> Saved:
        """Save the result; raises SimtuiError where that fails, and nothing is changed then."""

    @property
    def begins_at(self) -> str:
        """The field that has the cursor at first, where that is not the first one."""
        return ""

    def visible(self, values: Values) -> dict[str, str]:
        """Return the values of the fields that fit; what was typed into others is kept by the caller, not used."""
        return {each.id: each.settled(values.get(each.id, "")) for each in self.fields(values)}

    def adjusted(self, values: Values, changed: str) -> Values:
        """Return the values after `changed` was changed, with what follows from it filled in."""
        return values

    def pasted(self, field: str, text: str) -> Form[Result, Saved] | None:
        """Return the form to go on with after a text was pasted into a field; None: the text belongs into the field."""
        return None

    def preview(self, values: Values, width: int) -> Sequence[Line]:
        """Return what saving would lead to, as far as the values tell."""
        return ()

    def doubts(self, result: Result) -> Sequence[str]:
        """Return what should be asked before saving, a question each."""
        return ()

    def rival(self, conflict: Conflict) -> Form[Result, Saved]:
        """Return this form on what another session has saved meanwhile; raises NotFound where that is gone."""
        raise conflict
