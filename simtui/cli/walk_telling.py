"""What a walk says at plain prompts: every step in words, one after the other, for ears as much as for eyes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simtui import numbers, words
from simtui.cli.console import Console
from simtui.cli.walk_knowing import to_enter
from simtui.cli.walk_questions import MASK, fact_lines, told_items
from simtui.domain.procedure import Fact, StepKind
from simtui.domain.standing import Phase, Standing
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.plain import marked
from simtui.text import shown
from simtui.walk.scene import FactLine, QuestionLine, Scene, TrailLine
from simtui.walk.walk import Walk

_PRIVATE_FACTS = (Fact.BALANCES,)
_PRIVATE_STEPS = (StepKind.STATUS, StepKind.VERIFY)
_ROOM = 40
"""No line is broken on a terminal narrower than this."""


class Teller:
    """Says things of a walk on a console; `--private` hides numbers and balances in all that it says."""

    def __init__(self, console: Console, walk: Walk) -> None:
        self._console = console
        self._walk = walk
        self._has_said_how = False
        self._numbers = _shown_numbers(walk) if console.private else {}

    @property
    def private(self) -> bool:
        """Whether numbers and balances are hidden."""
        return self._console.private

    def say(self, *texts: str) -> None:
        """Say sentences, a line each; they need not be safe yet, and an empty one is an empty line."""
        self._console.lines(line for text in texts for line in self._broken(self._hidden(text)))

    def to_copy(self, text: str) -> None:
        """Say a text that is there to be copied: in one piece, so that no line break comes along."""
        self._console.line(shown(self._hidden(text)))

    def _hidden(self, text: str) -> str:
        for number, mask in self._numbers.items():
            text = text.replace(number, mask)
        return text

    def _broken(self, text: str) -> list[str]:
        """Return a sentence as lines that fit the terminal; for a pipe it stays whole."""
        width = self._console.width
        if width is None or width < _ROOM:
            return [shown(text)]
        from simtui.tui.views.layout import wrapped

        indent = len(text) - len(text.lstrip(" "))
        return ["".join(part for part, _ink in line) for line in wrapped(text, width - 1, indent=indent)]

    # Steps ---------------------------------------------------------------------------------------------------------

    def beginning(self, scene: Scene) -> None:
        """Say what this walk is about; of several lines each, with the day that counts for it."""
        lines = holdings_of(self._walk)
        if len(lines) > 1:
            self.say(_("Renewing {n} lines with one payment: {offer}").format(n=len(lines), offer=scene.offer))
            self.say(*(f"  {_line_words(held)}" for held in lines))
        else:
            self.say(self._about(scene))
        self.say(words.about(_("Way"), scene.procedure))

    def _about(self, scene: Scene) -> str:
        if self._walk.renewal.line is None:
            return _("First purchase: {what}").format(what=words.joined(scene.who, scene.offer))
        is_named = numbers.grouped(scene.who) != scene.number
        who = words.joined(scene.who, scene.number) if is_named else scene.number
        return _("Renewing {who}").format(who=words.joined(who, scene.offer))

    def return_to(self, scene: Scene) -> None:
        """Say where it was left, with the answers so far."""
        told = _("You were at step {at} of {of}: {title}. Begun {day}. What you answered is kept:")
        self.say(told.format(at=scene.at, of=scene.of, title=scene.title, day=scene.started or "?"))
        self.say(*self.trail(scene))

    def trail(self, scene: Scene, *, whole: bool = False) -> Iterator[str]:
        """Yield the steps that lie behind, or all, a line each."""
        state = {"done": _("done"), "skipped": _("skipped"), "here": _("now"), "ahead": _("to come")}
        for step in scene.trail:
            if whole or step.state in ("done", "skipped"):
                told = _("  step {n}, {state}: {title}").format(
                    n=step.number, state=state[step.state], title=step.title
                )
                yield words.about(told, summary) if (summary := self._summary(step)) else told

    def _summary(self, step: TrailLine) -> str:
        return MASK if self.private and step.summary and step.kind in _PRIVATE_STEPS else step.summary

    def step(self, scene: Scene) -> None:
        """Say the step: what it is about, what is known, what stands out, what may be asked."""
        self.say("", _("Step {at} of {of}: {title}").format(at=scene.at, of=scene.of, title=scene.title))
        if scene.branch is not None:
            return
        self.say(*([scene.text] if scene.text else []), *scene.remarks)
        self.say(*self._facts(scene.facts))
        for item in told_items(scene):
            self.say(item.text, *([f"  {item.hint}"] if item.hint else []))
            self.say(*(f"  {fact}" for fact in self._facts(item.facts)))
        self._say_how_to_enter(scene)
        if scene.note:
            self.say(words.about(_("Note"), scene.note.replace("\n", " · ")))
        if scene.questions:
            titles = _("; ").join(f"{at} {each.title}" for at, each in enumerate(scene.questions, start=1))
            self.say(_("? tells more: {titles}").format(titles=titles))

    def _say_how_to_enter(self, scene: Scene) -> None:
        """Say once how what nobody knows can be entered."""
        unknown = [fact for fact in to_enter(scene) if not fact.value]
        if unknown and not self._has_said_how:
            self._has_said_how = True
            self.say(
                _("Do you know it? know {what}: WORDS keeps it for all later times.").format(what=unknown[0].label)
            )

    def _facts(self, facts: Iterable[FactLine]) -> list[str]:
        return fact_lines(facts, hide=_PRIVATE_FACTS if self.private else ())

    def titles(self, found: Sequence[QuestionLine]) -> None:
        """Say which tips and questions there are, numbered, and how one of them is heard in full."""
        self.say("", *(f"{at}. {each.title}" for at, each in enumerate(found, start=1)))
        if found:
            self.say(_("? 1 reads the first in full."))

    def tip(self, found: QuestionLine) -> None:
        """Say a tip or question in full."""
        self.say("", found.title, *(f"  {line}" for line in [*found.lines, *self._facts(found.facts)]))


def last_day_words(found: Standing) -> str:
    """Return a line's last day in words, lost or unknown where it has none."""
    if found.next_day is not None:
        return _("last day {day}").format(day=marked(found.next_day, found.certainty))
    return words.word(found.phase) if found.phase is Phase.LOST else _("no date known")


def _line_words(held: Holding) -> str:
    number = "" if held.line.number is None else numbers.grouped(held.line.number)
    named = "" if held.line.name == number else number
    return words.joined(held.line.name, named, last_day_words(held.standing))


def holdings_of(walk: Walk) -> list[Holding]:
    """Return the lines of a walk as they stand now; a first purchase has none."""
    return [walk.desk.holding(line) for held in walk.members if (line := held.renewal.line) is not None]


def _shown_numbers(walk: Walk) -> dict[str, str]:
    """Return the walk's numbers as they may be said, each with its mask."""
    found: dict[str, str] = {}
    for held in walk.members:
        line = None if held.renewal.line is None else walk.desk.holding(held.renewal.line).line
        if line is not None and line.number is not None:
            mask = numbers.masked(line.number)
            found |= dict.fromkeys((line.number, numbers.grouped(line.number), numbers.local(line.number)), mask)
    return found
