"""What a message of the operator says, to be checked and recorded: a top-up, a reading and dates, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from simtui import typed, words
from simtui.desk import Desk
from simtui.domain.act import Act
from simtui.domain.calendar import Day
from simtui.domain.money import Money
from simtui.errors import InputError
from simtui.holding import Holding
from simtui.i18n import _
from simtui.sms import telling
from simtui.sms.acts import Settled, acts_of, read_for
from simtui.sms.matching import Value
from simtui.sms.reading import Choice, Finding, Part, Reading
from simtui.text import one_line
from simtui.tui.forms.model import Checked, Field, Form, Values
from simtui.tui.forms.picks import day_hint
from simtui.tui.forms.previews import together_preview
from simtui.tui.forms.reader import LONG, Reader
from simtui.tui.views import layout
from simtui.tui.widgets.matching import Option, matches

_ANYWHERE = frozenset({"kind", "day", "valid_until", "credit"})
"""The fields of the form for an act into which a message may be pasted."""
_LEFT_OUT = "-"
_SINGLE = (Part.AMOUNT, Part.CREDIT, Part.DATA, Part.MINUTES, Part.SMS)


def is_message(field: str, text: str) -> bool:
    """Tell whether a text that is pasted into a field of the form for an act is a message rather than a value.

    A message says a number in several words; Chinese has no blanks, so its length counts.
    """
    if field not in _ANYWHERE or not any(character.isdigit() for character in text):
        return False
    least = 2 if field == "kind" else 5
    return len(text.split()) >= least or "\n" in text.strip() or len(text.strip()) > 24


class MessageForm(Form[list[Act], list[int]]):
    """Everything that can be read in a message, filled in as far as it was read; what is in doubt has to be picked."""

    def __init__(self, desk: Desk, holding: Holding, text: str) -> None:
        self._desk = desk
        self._holding = holding
        self._text = text
        self._currency = holding.offer.currency
        self._readings: dict[Day, Reading] = {}
        found = _by_field(self._read_on(holding.today))
        self._initial = {"day": _("today"), "note": ""} | {field: _filled(each) for field, each in found.items()}

    @property
    def title(self) -> str:
        """Whose message it is."""
        return _("A message about {name}").format(name=self._holding.line.name)

    def initial(self) -> Values:
        """Return what was read."""
        return self._initial

    @property
    def begins_at(self) -> str:
        """What has to be picked comes first, else what was read."""
        found = self._found(self._initial)
        asked = (field for field, finding in found.items() if _is_asked(finding))
        read = (field for field, finding in found.items() if finding is not None)
        return next(asked, None) or next(read, Part.CREDIT.value)

    # Fields ------------------------------------------------------------------------------------------------------

    def fields(self, values: Values) -> Sequence[Field]:
        """Return the day, what was read, and what else a message can say."""
        reading, found = self._reading(values), self._found(values)
        understood = any(found.values())
        heading = _("read from the message") if understood else _("nothing was understood: fill in what it says")
        fields = [Field("day", _("received on"), day_hint(), overwrite=True)]
        for field, finding in found.items():
            made = self._field(field, finding, reading)
            fields.append(made if len(fields) > 1 else replace(made, heading=heading))
        return [*fields, Field("note", _("note"), _("never PINs, passwords or card numbers"))]

    def _field(self, field: str, finding: Finding | None, reading: Reading) -> Field:
        part = _part(field)
        if finding is None:
            return Field(field, telling.part_word(part), self._hint(part), overwrite=True)
        said = one_line(telling.quoted(reading, finding.choices[0]))
        if finding.why is not None:
            hint = _("{words}: {why}").format(words=said, why=telling.why_asked(finding.why))
            options = self._options(finding)
            return Field(
                field,
                telling.part_word(part),
                hint,
                search=lambda query: matches(query, options),
                named=lambda value: self._named(finding, value),
            )
        clock = finding.choices[0].clock
        label = telling.part_word(part) if clock is None else telling.clock_name(clock, self._holding.offer)
        return Field(field, label, _("read from {words}").format(words=said), overwrite=True)

    def _options(self, finding: Finding) -> tuple[Option, ...]:
        """Return what it can mean as options; a list even of a few, so that all of them are in sight."""
        offer = self._holding.offer
        picks = (
            Option(
                str(number),
                telling.value_text(finding.part, choice),
                "" if choice.clock is None else telling.clock_name(choice.clock, offer),
            )
            for number, choice in enumerate(finding.choices)
        )
        return (*picks, Option(_LEFT_OUT, _("leave it out")))

    def _named(self, finding: Finding, value: str) -> str:
        choice = _picked(value, finding)
        return _("leave it out") if choice is None else telling.choice_text(finding.part, choice, self._holding.offer)

    def _hint(self, part: Part) -> str:
        if part is Part.CREDIT:
            return _("what is left: {example}").format(example=words.money(Decimal("2.10"), self._currency))
        if part is Part.DATA:
            return _("3.1 GB or 500 MB")
        return _("the last day that the operator gave") if part is Part.VALID_UNTIL else _("a whole number")

    def adjusted(self, values: Values, changed: str) -> Values:
        """Count "in 30 days" from the day on which the message came, unless another date was typed."""
        if changed != "day":
            return values
        before = [_by_field(reading) for reading in self._readings.values()]
        moved = {
            field: _filled(finding)
            for field, finding in self._found(values).items()
            if _part(field) is Part.VALID_UNTIL and finding is not None
            if any(values.get(field, "") == _filled(known.get(field)) for known in before)
        }
        return {**values, **moved}

    # Reading -----------------------------------------------------------------------------------------------------

    def check(self, values: Values) -> Checked[list[Act]]:
        """Return the acts that record what stands in the fields."""
        reader = Reader(self.visible(values))
        reader.need("day", _("the date is missing"))
        day = reader.day("day", self._holding.today)
        note = reader.text("note", LONG)
        found = self._found(values)
        settled = self._settled(reader, found)
        for field, finding in found.items():
            if _is_asked(finding):
                reader.need(field, _("choose one, or leave it out"))
        if not settled and not reader.missing and not reader.errors:
            reader.missing[self.begins_at] = _("nothing is left to be recorded")
        return reader.checked(lambda: self._acts(day or self._holding.today, settled, note))

    def _acts(self, day: Day, settled: Sequence[Settled], note: str | None) -> list[Act]:
        first, *rest = acts_of(self._holding, day, settled)
        return [first if note is None else first.model_copy(update={"note": note}), *rest]

    def _settled(self, reader: Reader, found: Mapping[str, Finding | None]) -> list[Settled]:
        """Return what stands in the fields, without those that are empty, wrong or left out."""
        settled: list[Settled] = []
        for field, finding in found.items():
            part = _part(field)
            choice = _picked(reader.raw(field), finding) if _is_asked(finding) else None
            if choice is None and not _is_asked(finding):
                value = self._value(reader, field, part)
                clock = finding.choices[0].clock if finding is not None else None
                choice = None if value is None else Choice(value, 0, 0, clock)
            if choice is not None:
                settled.append((part, choice))
        return settled

    def _value(self, reader: Reader, field: str, part: Part) -> Value | None:
        if part is Part.VALID_UNTIL:
            return reader.day(field, self._holding.today, ahead=True)
        if part is Part.DATA:
            return reader.read(field, typed.data_mb, words.data)
        if part in (Part.MINUTES, Part.SMS):
            return reader.count(field)
        found = reader.money(field, self._currency)
        return None if found is None else Money.model_construct(amount=found[0], currency=found[1])

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Return the standing before and after."""
        reader = Reader(self.visible(values))
        settled = self._settled(reader, self._found(values))
        if reader.errors or not settled:
            return layout.wrapped(_("The standing before and after appears here."), width, "muted")
        acts = acts_of(self._holding, self._day(values) or self._holding.today, settled)
        return together_preview(self._holding, acts, width)

    def doubts(self, result: list[Act]) -> Sequence[str]:
        """Ask before what looks like something that is recorded already."""
        found = []
        for act in result:
            like = self._desk.like(self._holding.id, act)
            if like is not None:
                title = words.act_title(like.act, self._holding.offer)
                text = _("{name} has {act} on {day} already. Record it once more?")
                found.append(text.format(name=self._holding.line.name, act=title, day=like.act.day))
        return found

    def save(self, result: list[Act]) -> list[int]:
        """Record all of it in one step that can be undone; return the acts' ids."""
        return self._desk.record(result)

    # What was read -----------------------------------------------------------------------------------------------

    def _reading(self, values: Values) -> Reading:
        return self._read_on(self._day(values) or self._holding.today)

    def _found(self, values: Values) -> dict[str, Finding | None]:
        return _by_field(self._reading(values))

    def _read_on(self, day: Day) -> Reading:
        """Return what the message says if it came on that day; it is read once for each day that was typed."""
        if day not in self._readings:
            self._readings[day] = read_for(self._holding, self._text, day)
        return self._readings[day]

    def _day(self, values: Values) -> Day | None:
        try:
            return typed.day(values.get("day", ""), self._holding.today)
        except InputError:
            return None


def _by_field(reading: Reading) -> dict[str, Finding | None]:
    """Return the fields in their order, each with what was read for it."""
    found: dict[str, Finding | None] = {}
    for part in _SINGLE:
        finding = next((each for each in reading.findings if each.part is part), None)
        if finding is not None or part is not Part.AMOUNT:
            found[part.value] = finding
    dates = [each for each in reading.findings if each.part is Part.VALID_UNTIL]
    if not dates:
        found[Part.VALID_UNTIL.value] = None
    return found | {f"{Part.VALID_UNTIL.value}-{number}": each for number, each in enumerate(dates)}


def _filled(finding: Finding | None) -> str:
    """Return what a field begins with: what was read, nothing where it has to be picked or was not read."""
    if finding is None or finding.clear is None:
        return ""
    value = finding.clear.value
    if finding.part is Part.DATA and isinstance(value, int):
        return _data_text(value)
    return telling.value_text(finding.part, finding.clear)


def _is_asked(finding: Finding | None) -> bool:
    return finding is not None and finding.why is not None


def _picked(value: str, finding: Finding | None) -> Choice | None:
    """Return the choice behind an option, None where none was picked or it is left out."""
    if finding is None or value in ("", _LEFT_OUT) or int(value) >= len(finding.choices):
        return None
    return finding.choices[int(value)]


def _part(field: str) -> Part:
    return Part(field.partition("-")[0])


def _data_text(mebibytes: int) -> str:
    """Return an amount of data as words if they mean exactly as much, else in MB."""
    text = words.data(mebibytes)
    return text if typed.data_mb(text) == mebibytes else f"{mebibytes} MB"
