"""The golden table: cases that anybody can read and check, and what the engine makes of them.

    python -m tests.domain.golden

writes the engine's answers into the tables: golden.txt here, about hand-written operators of every shape, and those in
tests/catalogue/golden, about the bundled offers. Do that deliberately, and then check every changed date by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.money import shown_amount
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Reckoning, Remark, StageSpan, Step, StepKind
from simtui.domain.standing import Standing, standing
from simtui.domain.undoing import PAID_WAYS
from tests.domain.operators import operators

TABLE = Path(__file__).with_name("golden.txt")
BUNDLED_TABLES = Path(__file__).parents[1] / "catalogue" / "golden"
_GIVEN = ("offer", "line", "act", "today")
_WIDTH = 12


@dataclass(frozen=True)
class Case:
    """A paragraph of the table: its comment, what is given, and the answer as it stands there."""

    comment: tuple[str, ...]
    given: tuple[tuple[str, str], ...]
    answer: tuple[str, ...]

    @property
    def name(self) -> str:
        """What the case is about."""
        return self.comment[0].removeprefix("#").strip() if self.comment else self.given[0][1]

    @property
    def offer(self) -> str:
        """The id of the offer that it is about."""
        return dict(self.given)["offer"]

    def standing(self, offers: Mapping[str, Offer]) -> Standing:
        """Return what the engine makes of it."""
        given = dict(self.given)
        offer = offers[given["offer"]]
        acts = [_act(words.split(), order) for order, (key, words) in enumerate(self.given) if key == "act"]
        line = Line(label="a line", offer=offer.id, **_line(given.get("line", "")))
        return standing(line, acts, offer, Day.parse_iso(given["today"]))

    def text(self, answer: tuple[str, ...]) -> str:
        """Return the paragraph with that answer."""
        rows = [f"{key:{_WIDTH}}{words}" for key, words in self.given]
        return "\n".join([*self.comment, *rows, *answer])


def cases(table: Path = TABLE) -> list[Case]:
    """Return a table's cases; the first paragraph is an introduction."""
    paragraphs = table.read_text(encoding="utf-8").strip().split("\n\n")
    return [_case(paragraph.splitlines()) for paragraph in paragraphs[1:]]


def answer(found: Standing) -> tuple[str, ...]:
    """Return a standing in the words of the table."""
    return tuple(f"{key:{_WIDTH}}{words}".rstrip() for key, words in _rows(found))


def _case(rows: list[str]) -> Case:
    comment = tuple(row for row in rows if row.startswith("#"))
    plain = [row for row in rows if not row.startswith("#")]
    given = tuple((row[:_WIDTH].strip(), row[_WIDTH:].strip()) for row in plain if row.split()[0] in _GIVEN)
    return Case(comment, given, tuple(plain[len(given) :]))


def _line(words: str) -> dict[str, Any]:
    """Read `activated 2026-01-01, auto-renews, identified yes`."""
    fields: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in words.split(","))):
        match part.split():
            case ["activated", day]:
                fields["activated_on"] = day
            case ["opened", day]:
                fields["opened_on"] = day
            case ["renews", "itself"]:
                fields["auto_renew"] = "yes"
            case ["identified", answered]:
                fields["identity"] = {"state": answered}
            case ["variant", name]:
                fields["variant"] = name
            case _:
                raise ValueError(part)
    return fields


def _act(words: list[str], order: int) -> Act:
    """Read `2026-05-01 top-up EUR 10 plan month in shop mark wifi credit EUR 2 until 2026-12-01 of line`."""
    day, kind, *rest = words
    fields: dict[str, Any] = {"line": 1, "day": day, "kind": ActKind(kind.replace("-", "_")), "order": order}
    names = {"plan": "plan", "in": "channel", "mark": "mark", "until": "valid_until", "of": "clock"}
    while rest:
        word, value, *rest = rest
        if word == "credit":
            fields["balances"] = {"currency": value, "credit": rest.pop(0)}
        elif word in names:
            fields[names[word]] = value
        else:
            fields |= {"currency": word, "amount": Decimal(value)}
    return Act(**fields)


def _rows(found: Standing) -> Iterator[tuple[str, str]]:
    yield "phase", found.phase.value
    if found.next_day is not None and found.next_loses is not None:
        left = f"{found.days_left} days left" if found.days_left != 1 else "1 day left"
        yield "last day", f"{found.next_day}, {left}; then goes the {found.next_loses}; {found.certainty.name.lower()}"
    if found.stage is not None:
        works = ", ".join(found.stage.works) or "nothing"
        yield "now", f"{found.stage.name}: {works} works; undone by {_ways(found.stage)}"
    if found.final_day is not None:
        yield "final date", f"{found.final_day}; {found.final_certainty.name.lower()}"
    if found.full_service_until is not None:
        yield "service", f"full until {found.full_service_until}"
    if found.number_safe_until is not None:
        yield "number", f"safe until {found.number_safe_until}"
    for step in found.steps:
        yield "sum", _step(step)
    for clock in found.clocks:
        if clock.clock != found.next_clock:
            yield "also", _clock(clock)
    for remark in found.remarks:
        yield "left out", _remark(remark)


def _ways(stage: StageSpan) -> str:
    """Return `top_up of 15 or more`, `support_call, then top_up` or `payment, top_up`, of which one is enough."""
    least = "" if stage.undo_from is None else f" of {shown_amount(stage.undo_from)} or more"
    ways = [way.value + least * (way in PAID_WAYS) for way in stage.undo]
    return (", then " if stage.undo_all else ", ").join(ways) or "nothing"


def _step(step: Step) -> str:
    parts = [step.kind.value]
    if step.kind is StepKind.ACTED and step.act is not None:
        return " ".join([str(step.day), _act_words(step.act)])
    if step.kind is StepKind.STARTED:
        return f"{step.day} {step.anchor}"
    if step.kind is StepKind.STATED:
        return f"{step.day} the operator says: until {step.result}"
    if step.kind is StepKind.HAD and step.amount is not None:
        return f"{step.day} read; {step.currency} {shown_amount(step.amount)} left"
    if step.kind is StepKind.FEES and step.amount is not None:
        return f"pays {step.count} of {step.currency} {shown_amount(step.amount)}; the next on {step.result}"
    if step.period is not None and step.kind in (StepKind.LENGTH, StepKind.STAGE):
        name = step.stage.value if step.stage else step.name.en if step.name else ""
        return f"{step.day} + {step.period} {name} = {step.result}"
    parts += [str(step.period)] if step.period is not None else []
    parts += [step.why.value] if step.why is not None else []
    return " ".join([*parts, *([str(step.result)] if step.result is not None else [])])


def _act_words(act: Act) -> str:
    parts = [act.kind.value.replace("_", "-")]
    parts += [f"{act.currency} {shown_amount(act.amount)}"] if act.amount is not None else []
    parts += [act.plan] if act.plan is not None else []
    return " ".join(parts)


def _clock(clock: Reckoning) -> str:
    until = f" until {clock.ends_on}; {clock.certainty.name.lower()}" if clock.ends_on is not None else ""
    last = f", last known {clock.last_known}" if clock.last_known is not None else ""
    return f"{clock.clock}: {clock.state.value}{until}{last}"


def _remark(remark: Remark) -> str:
    reason = f": {remark.reason.en}" if remark.reason is not None else ""
    return f"{remark.act.day} {_act_words(remark.act)}: {remark.kind.value}{reason}"


def rewritten(table: Path, offers: Mapping[str, Offer]) -> str:
    """Return a table with the engine's answers in it."""
    introduction = table.read_text(encoding="utf-8").strip().split("\n\n")[0]
    paragraphs = [case.text(answer(case.standing(offers))) for case in cases(table)]
    return "\n\n".join([introduction, *paragraphs]) + "\n"


def main() -> None:
    """Write the engine's answers into the tables."""
    from simtui.catalogue import load
    from simtui.paths import bundled

    TABLE.write_text(rewritten(TABLE, operators()), encoding="utf-8")
    offers = load(bundled("carriers.json"), None).offers
    for table in sorted(BUNDLED_TABLES.glob("*.txt")):
        table.write_text(rewritten(table, offers), encoding="utf-8")


if __name__ == "__main__":
    main()
