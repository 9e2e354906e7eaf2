"""`simtui record LINE --sms`: what the operator wrote, read from standard input and recorded once somebody has agreed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from simtui.cli.console import Console
from simtui.errors import InputError, UsageError
from simtui.i18n import _
from simtui.text import cell_width, fit, one_line, plain_keys, shown

if TYPE_CHECKING:
    from simtui.cli.start import Start
    from simtui.desk import Desk
    from simtui.domain.act import Act
    from simtui.holding import Holding
    from simtui.sms.acts import Settled
    from simtui.sms.reading import Choice, Finding, Reading

_OPTIONS = {
    "amount": "--amount",
    "credit": "--credit-left",
    "data": "--data-left",
    "minutes": "--minutes-left",
    "sms": "--sms-left",
    "valid_until": "--until",
}
"""What settles a question without a terminal."""
_UNFIT = ("act", "plan", "channel", "mark", "from_credit", "source", "order_number", "receipt", "confirmation")


def record_message(arguments: Namespace, start: Start, console: Console) -> int:
    """Read a message, show what it says, and record it if that is right."""
    from simtui.cli.start import line_meant
    from simtui.sms.acts import acts_of, read_for

    _refuse_unfit(arguments)
    with start.desk(console) as desk:
        held = desk.holding(line_meant(desk, arguments.line))
        fields = _given(arguments, held)
        day = fields["day"]
        reading = _settled_by_options(read_for(held, _text(console), day), fields)
        if not reading.findings:
            hint = _("simtui record LINE statement --until DAY records by hand what it says.")
            raise InputError(_("no balance, date or top-up was found in the message"), next_step=hint)
        if not console.json:
            _show(reading, held, console)
        settled = _settle(reading, held, console)
        acts = [] if settled is None else acts_of(held, day, settled)
        if "note" in fields and acts:
            acts[0] = acts[0].model_copy(update={"note": fields["note"]})
        ids = _record(arguments, desk, held, acts, console) if acts else None
        _tell(reading, held, acts, ids, console)
        if settled is None:
            raise _undecided(reading, held)
        if not acts:
            raise UsageError(_("nothing was recorded"))
        if ids is None and not console.json and not arguments.dry_run:
            raise UsageError(_("nothing was recorded"), next_step=_("--yes records it without asking."))
    return 0


def _refuse_unfit(arguments: Namespace) -> None:
    """Refuse options that say what a message cannot."""
    for name in _UNFIT:
        if getattr(arguments, name) is not None:
            option = _("ACT") if name == "act" else f"--{name.replace('_', '-')}"
            raise UsageError(_("--sms does not go with {option}").format(option=option))


def _given(arguments: Namespace, held: Holding) -> dict[str, Any]:
    """Return what the options say: the day the message came, and answers to what it leaves open."""
    from simtui.cli.actfields import act_fields
    from simtui.domain.act import ActKind

    return act_fields(Namespace(**{**vars(arguments), "act": ActKind.NOTE.value}), held)


def _text(console: Console) -> str:
    from simtui.exchange.reading import as_text

    if console.asks():
        console.remark(_("Paste the operator's message, then press Enter and Ctrl+D."))
    text = as_text(console.input_bytes(), _("standard input"))
    if not text.strip():
        raise InputError(_("the message is empty"), next_step=_("--sms reads it from standard input."))
    return text


def _settled_by_options(reading: Reading, fields: dict[str, Any]) -> Reading:
    """Put what the options say in the place of what the message leaves open."""
    from dataclasses import replace

    from simtui.domain.money import Money
    from simtui.sms.reading import Choice, Finding, Part

    balances = fields.get("balances", {})
    said: dict[Part, Any] = {
        Part.DATA: balances.get("data_mb"),
        Part.MINUTES: balances.get("minutes"),
        Part.SMS: balances.get("sms"),
        Part.VALID_UNTIL: fields.get("valid_until"),
    }
    if "amount" in fields:
        said[Part.AMOUNT] = Money(amount=fields["amount"], currency=fields["currency"])
    if "credit" in balances:
        said[Part.CREDIT] = Money(amount=balances["credit"], currency=balances["currency"])
    clock = fields.get("clock")
    found = [each for each in reading.findings if said.get(each.part) is None]
    if clock is not None:
        found = [_about(each, clock) if each.part is Part.VALID_UNTIL else each for each in found]
    for part, value in said.items():
        if value is not None:
            about = clock if part is Part.VALID_UNTIL else None
            found.append(Finding(part, (Choice(value, 0, 0, about),), None, is_offers_own=False))
    order = tuple(Part)
    return replace(reading, findings=tuple(sorted(found, key=lambda each: order.index(each.part))))


def _about(finding: Finding, clock: str) -> Finding:
    """Return a finding about a date as being about that clock, where it is open what it is about."""
    from dataclasses import replace

    from simtui.sms.reading import Why

    if finding.why is None:
        return finding
    days = {choice.value: replace(choice, clock=clock) for choice in finding.choices}
    return replace(finding, choices=tuple(days.values()), why=None if len(days) == 1 else Why.DATE)


# Settling ----------------------------------------------------------------------------------------------------------


def _settle(reading: Reading, held: Holding, console: Console) -> list[Settled] | None:
    """Return what the message says after all questions, None where a question is open and nobody there to ask."""
    settled: list[Settled] = []
    for finding in reading.findings:
        choice = finding.clear
        if choice is None:
            if console.json or not console.asks():
                return None
            choice = _asked(finding, reading, held, console)
        if choice is not None:
            settled.append((finding.part, choice))
    return settled


def _asked(finding: Finding, reading: Reading, held: Holding, console: Console) -> Choice | None:
    """Let a person choose; None leaves it out."""
    from simtui.sms import telling

    assert finding.why is not None
    said = one_line(telling.quoted(reading, finding.choices[0]))
    console.lines(["", shown(f"{telling.part_word(finding.part)}: {telling.why_asked(finding.why)}"), f"  {said}"])
    for number, choice in enumerate(finding.choices, start=1):
        console.line(shown(f"  {number}  {telling.choice_text(finding.part, choice, held.offer)}"))
    console.line("  0  " + shown(_("leave it out")))
    while True:
        typed = plain_keys(console.answer(_("Which?"))).strip()
        if typed in ("0", ""):
            return None
        if typed.isascii() and typed.isdigit() and int(typed[:4]) <= len(finding.choices):
            return finding.choices[int(typed[:4]) - 1]


def _undecided(reading: Reading, held: Holding) -> InputError:
    from simtui.sms import telling

    finding = reading.asked[0]
    each = "; ".join(telling.choice_text(finding.part, choice, held.offer) for choice in finding.choices)
    problem = _("{what} must be chosen: {choices}").format(what=telling.part_word(finding.part), choices=each)
    hint = _("Say which with {option}.").format(option=_OPTIONS[finding.part.value])
    if len({choice.clock for choice in finding.choices}) > 1:
        ids = ", ".join(dict.fromkeys(choice.clock for choice in finding.choices if choice.clock is not None))
        hint = _("Say which with --until and --clock; its clocks: {ids}.").format(ids=ids)
    return InputError(problem, place=one_line(telling.quoted(reading, finding.choices[0])), next_step=hint)


# Telling and recording ---------------------------------------------------------------------------------------------


def _show(reading: Reading, held: Holding, console: Console) -> None:
    from simtui.report.plain import name_shown
    from simtui.sms import telling

    told = [each for each in reading.findings if each.why is None or not console.asks()]
    if not told:
        return
    console.line(shown(_("The message says of {line}:").format(line=name_shown(held, private=console.private))))
    width = max(cell_width(shown(telling.part_word(each.part))) for each in told)
    for finding in told:
        label = fit(telling.part_word(finding.part), width)
        console.line(f"  {label}  {one_line(telling.sentence(finding, reading, held.offer))}")


def _record(arguments: Namespace, desk: Desk, held: Holding, acts: Sequence[Act], console: Console) -> list[int] | None:
    """Record the acts if somebody agrees; return their ids."""
    if arguments.dry_run:
        return None
    if not arguments.yes:
        if console.json:
            return None
        _forecast(held, acts, console)
        if not console.confirm(_question(desk, held, acts)):
            return None
    return desk.record(acts)


def _question(desk: Desk, held: Holding, acts: Sequence[Act]) -> str:
    """Return the question before recording; it names what is recorded already."""
    from simtui import words

    doubles = [double for act in acts if (double := desk.like(held.id, act)) is not None]
    if not doubles:
        return _("Record this?")
    title = words.act_title(doubles[0].act, held.offer)
    problem = _("{act} of {day} is recorded already as #{id}").format(
        act=title, day=doubles[0].act.day, id=doubles[0].id
    )
    return _("{problem}. Record it once more?").format(problem=problem)


def _forecast(held: Holding, acts: Sequence[Act], console: Console) -> None:
    from simtui import words
    from simtui.report.explanation import change_lines
    from simtui.sms import telling

    titles = words.listed(telling.act_text(act, held.offer) for act in acts)
    console.lines(["", shown(_("To be recorded for {day}: {acts}").format(day=acts[0].day, acts=titles))])
    console.lines(change_lines(held.standing, held.with_acts(acts)))


def _tell(reading: Reading, held: Holding, acts: Sequence[Act], ids: Sequence[int] | None, console: Console) -> None:
    if console.json:
        console.data(_document(reading, held, acts, ids))
    elif ids is not None:
        from simtui import words
        from simtui.report.plain import name_shown
        from simtui.sms import telling

        titles = words.listed(telling.act_text(act, held.offer) for act in acts)
        said = _("Recorded {acts} on {line}.").format(acts=titles, line=name_shown(held, private=console.private))
        console.line(shown(said))


def _document(reading: Reading, held: Holding, acts: Sequence[Act], ids: Sequence[int] | None) -> dict[str, Any]:
    from simtui.report.data import act_data, dates, document

    known: Sequence[int | None] = ids or [None] * len(acts)
    return document(
        line=held.id,
        recorded=ids is not None,
        read=[_finding_data(finding, reading) for finding in reading.findings],
        acts=[act_data(act_id, act) for act_id, act in zip(known, acts, strict=True)],
        before=dates(held.standing),
        after=dates(held.with_acts(acts)) if acts else None,
    )


def _finding_data(finding: Finding, reading: Reading) -> dict[str, Any]:
    return {
        "what": finding.part.value,
        "ambiguous": None if finding.why is None else finding.why.value,
        "by_offer": finding.is_offers_own,
        "choices": [_choice_data(choice, reading) for choice in finding.choices],
    }


def _choice_data(choice: Choice, reading: Reading) -> dict[str, Any]:
    from simtui.domain.calendar import Day
    from simtui.domain.money import Money

    found = choice.value
    value = found.format_iso() if isinstance(found, Day) else found.amount if isinstance(found, Money) else found
    return {
        "value": str(value) if isinstance(found, Money) else value,
        "currency": found.currency if isinstance(found, Money) else None,
        "clock": choice.clock,
        "start": choice.start,
        "end": choice.end,
        "words": one_line(reading.quoted(choice)),
    }
