"""Tips and questions: one in full, and the list in which they are searched."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from simtui.domain.procedure import Fact
from simtui.i18n import _
from simtui.numbers import masked
from simtui.text import cell_width, fit, plain_keys, shown
from simtui.tui.views.balances import HIDDEN
from simtui.tui.views.layout import Line, Look
from simtui.tui.views.renewal_rows import NARROW, folded
from simtui.tui.views.renewal_step import PRIVATE_FACTS
from simtui.walk.phrases import Card
from simtui.walk.scene import FactLine, QuestionLine

KEYS = "keys"
"""The id of the row that leads to the keys of the walk."""


def question_lines(question: QuestionLine, look: Look, width: int) -> list[Line]:
    """Return what to do or know, and the facts that belong to it."""
    lines: list[Line] = []
    for text in question.lines:
        lines += folded(text, width)
    for fact in question.facts:
        lines += [[], [(shown(fact.label), "muted")], *_value(fact, look, width)]
    return lines


def card_lines(found: Card, width: int) -> list[Line]:
    """Return a card to be shown or read aloud: what is said with room around it, what it means beneath."""
    lines: list[Line] = []
    for phrase in found.phrases:
        lines += [*folded(phrase.said, width, "bold"), *_beneath(phrase.means, width), []]
    if found.aloud:
        lines += [[(_("The number digit by digit:"), "muted")], *folded(found.aloud, width, "bold"), []]
    if found.listen_for:
        lines.append([(_("What the voice menu may say:"), "muted")])
    for phrase in found.listen_for:
        lines += [*folded(phrase.said, width, "bold"), *_beneath(phrase.means, width)]
    return lines


def _beneath(means: str, width: int) -> list[Line]:
    return [[("  ", ""), *line] for line in folded(means, width - 2, "muted")] if means else []


def _value(fact: FactLine, look: Look, width: int) -> list[Line]:
    # The note of what nobody knows says that already.
    parts = [*(fact.value.split("\n") if fact.value else []), *([fact.note] if fact.note else [])] or [_("not known")]
    if look.private and fact.fact in PRIVATE_FACTS and fact.value:
        parts = [masked(fact.copies) if fact.fact is Fact.NUMBER else HIDDEN]
    return [[("  ", ""), *line] for part in parts for line in folded(part, width - 2)]


class Entry(NamedTuple):
    """A row of the list: a tip or question, or without one the keys; `here` that it belongs to the present step."""

    question: QuestionLine | None
    here: bool


@dataclass(frozen=True, slots=True)
class QuestionRows:
    """The provider of the list: the present step's first, then all others, the keys last."""

    entries: Sequence[Entry]

    @classmethod
    def of(
        cls, here: Sequence[QuestionLine], others: Sequence[QuestionLine], also: Mapping[str, str], typed: str = ""
    ) -> QuestionRows:
        """Return those whose words hold all that was typed; `also` are more words by which each is found."""
        wanted = plain_keys(typed).casefold().split()
        entries = [*(Entry(each, here=True) for each in here), *(Entry(each, here=False) for each in others)]
        kept = [each for each in entries if each.question is not None and _fits(each.question, also, wanted)]
        keys = Entry(None, here=False)
        return cls([*kept, keys] if all(part in _keys_title().casefold() for part in wanted) else kept)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.entries)

    def header(self, _width: int) -> Line | None:
        """No header."""
        return None

    def id_at(self, index: int) -> Hashable:
        """The question's id."""
        question = self.entries[index].question
        return KEYS if question is None else question.id

    def row(self, index: int, width: int) -> Sequence[Line]:
        """Where it belongs, title, first line."""
        entry = self.entries[index]
        where = _("here") if entry.here else ""
        sign = max(cell_width(_("here")), 4) + 1
        title = _keys_title() if entry.question is None else entry.question.title
        first = "" if entry.question is None else entry.question.lines[0]
        if width < NARROW:
            return [[(fit(where, sign), "key"), (fit(title, width - sign), "")]]
        name = min(36, width // 2)
        return [
            [(fit(where, sign), "key"), (fit(title, name), ""), (f" {fit(first, width - sign - name - 1)}", "muted")]
        ]


def _keys_title() -> str:
    return _("The keys of the walkthrough")


def _fits(question: QuestionLine, also: Mapping[str, str], wanted: Sequence[str]) -> bool:
    said = " ".join([question.title, *question.lines, also.get(question.id, ""), question.id]).casefold()
    return all(part in said for part in wanted)
