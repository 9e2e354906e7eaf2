"""Makes the scene of a walk: the present step with its facts, fields, choices, questions, and the way there."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import words
from simtui.domain import hints
from simtui.domain.line import Knowledge
from simtui.domain.procedure import FieldType, ProcedureStep, Question, QuestionKind, StepField, StepKind
from simtui.domain.renewal import Branch, Renewal, RenewalState
from simtui.domain.walkthrough import value
from simtui.errors import SimtuiError
from simtui.holding import Holding
from simtui.i18n import _
from simtui.numbers import grouped
from simtui.walk import choices, facts, fields, of_each
from simtui.walk.known import Known
from simtui.walk.scene import (
    BranchLine,
    ChoiceLine,
    FieldLine,
    ItemLine,
    OptionLine,
    QuestionLine,
    Scene,
)
from simtui.walk.situation import situation, true_for
from simtui.walk.starting import was_taken_before
from simtui.walk.trail import trail
from simtui.walk.walk import PER_LINE, Walk


def scene(walk: Walk) -> Scene:
    """Return all that there is to see now."""
    place, renewal = walk.place, walk.renewal
    step = place.step
    known, differences = known_of(walk), of_each.differences(walk)
    return Scene(
        who=_who(walk),
        number=_number(walk),
        offer="" if walk.offer is None else words.joined(words.text(walk.offer.name), known.carrier),
        procedure=words.text(walk.procedure.name),
        started="" if renewal.started_on is None else renewal.started_on.format_iso(),
        kind=step.kind,
        step=step.id,
        title=words.text(step.title),
        text=_text(walk, step),
        at=place.number,
        of=place.of,
        facts=facts.told(step.facts, known),
        items=_items(walk, step, known),
        fields=_fields(walk, step),
        choices=_choices(walk) if step.kind is StepKind.CHOOSE else (),
        questions=_questions(walk, step, known),
        trail=trail(walk, known),
        branch=_branch(walk),
        remarks=tuple(_remarks(walk, differences)),
        differences=tuple(differences),
        change=of_each.change(walk),
        note=renewal.note or "",
        is_paid=renewal.state is RenewalState.PAID,
        is_over=not renewal.is_open,
        may_skip=step.kind not in (StepKind.PAY, StepKind.VERIFY, StepKind.OFFER),
        is_lost=renewal.is_open and any(of_each.is_gone(*each) for each in of_each.lines(walk)),
    )


def _text(walk: Walk, step: ProcedureStep) -> str:
    """Return what is said of the step; back at a payment that is made nothing is asked for any more."""
    if step.kind is StepKind.PAY and walk.renewal.state is RenewalState.PAID:
        return _("Paid already. What you still fill in here is kept with the payment.")
    return words.text(step.text)


def known_of(walk: Walk) -> Known:
    """Return what facts are told of: the line that is shown, and the others of a walk over several."""
    first = _known(walk, walk.renewal)
    if len(walk.members) < 2:
        return first
    known = [
        _known(walk, renewal)._replace(holding=holding, called=of_each.called(holding))
        for holding, renewal in of_each.lines(walk)
    ]
    return known[0]._replace(others=tuple(known[1:]))


def _known(walk: Walk, renewal: Renewal) -> Known:
    offer, desk = walk.some_offer, walk.desk
    carrier = desk.catalogue.carrier_of(offer.id)

    def find(line_id: int) -> Holding | None:
        try:
            return desk.holding(line_id)
        except SimtuiError:
            return None

    return Known(
        offer=offer,
        carrier="" if carrier is None else words.text(carrier.name),
        maker=None if carrier is None else carrier.name,
        holding=walk.holding,
        renewal=renewal,
        today=walk.today,
        follow_up=walk.follow_up,
        now=desk.now(),
        home_zone=desk.home_zone,
        own=walk.own_channels,
        find=find,
        in_catalogue=desk.catalogue.offer(offer.id) is not None,
    )


def _number(walk: Walk) -> str:
    """Return the number; several lines have none in common."""
    number = None if walk.holding is None or len(walk.members) > 1 else walk.holding.line.number
    return "" if number is None else grouped(number)


def _who(walk: Walk) -> str:
    if walk.holding is None:
        return walk.renewal.answers.get("label") or _("a new line")
    name = walk.holding.line.name
    more = len(walk.members) - 1
    return _("{name} and {n} more").format(name=name, n=more) if more else name


def _items(walk: Walk, step: ProcedureStep, known: Known) -> tuple[ItemLine, ...]:
    return tuple(
        ItemLine(
            item.id,
            words.text(item.text),
            words.text(item.hint),
            item.id in walk.renewal.ticked,
            facts.told(item.facts, known),
        )
        for item in hints.items_of(step, situation(walk))
    )


def _fields(walk: Walk, step: ProcedureStep) -> tuple[FieldLine, ...]:
    asked = walk.asked
    lines: list[FieldLine] = []
    for field in (*_proof_fields(walk, step), *step.fields):
        own = len(walk.members) > 1 and field.id in PER_LINE
        for held in walk.members if own else walk.members[:1]:
            raw = "" if field.type is FieldType.SECRET else value(held.renewal, field.id)
            if field.id == "procedure":
                # The way that is taken until another is chosen.
                raw = held.renewal.procedure
            shown_value = fields.readable(field, raw, asked)
            if field.type is FieldType.SECRET and walk.secret(field.id):
                shown_value = fields.MASK
            lines.append(
                FieldLine(
                    id=field.id,
                    type=field.type,
                    label=_label(walk, field),
                    hint=_hint(walk, field),
                    value=shown_value,
                    raw=raw,
                    required=field.required,
                    options=fields.options(field, asked),
                    line=held.renewal.line if own else None,
                    line_name=walk.desk.holding(held.renewal.line).line.name
                    if own and held.renewal.line is not None
                    else "",
                )
            )
    return tuple(lines)


def _label(walk: Walk, field: StepField) -> str:
    """Return what a field is called; the amount is that of one line, where several are paid for."""
    label = words.text(field.label)
    return (
        _("{amount}, for each line").format(amount=label) if field.id == "amount" and len(walk.members) > 1 else label
    )


def _hint(walk: Walk, field: StepField) -> str:
    """Return the hint of a field, with the offer's currency; of the way taken last time only where one was taken."""
    if field.id == "procedure" and (walk.holding is None or not was_taken_before(walk.holding, walk.procedures)):
        return ""
    return words.text(field.hint).replace("{currency}", walk.some_offer.currency)


def _proof_fields(walk: Walk, step: ProcedureStep) -> list[StepField]:
    """Return what a payment that seemed to fail and was charged was never asked for: it is asked for after it."""
    if walk.renewal.charged is not Knowledge.YES or step.kind not in (StepKind.WAIT, StepKind.VERIFY):
        return []
    found = (walk.procedure.field(each) for each in ("order-number", "receipt"))
    return [field for field in found if field is not None and field not in step.fields]


def _choices(walk: Walk) -> tuple[ChoiceLine, ...]:
    holding = walk.holding
    if holding is None:
        return tuple(choices.offered(walk.some_offer, walk.renewal, walk.today))
    found = choices.lines([each for each, _renewal in of_each.lines(walk)], walk.renewal)
    return tuple(found)


def _questions(walk: Walk, step: ProcedureStep, known: Known) -> tuple[QuestionLine, ...]:
    found = true_for(walk, lambda at: hints.applying(walk.procedures.questions, step, at))
    return tuple(question_line(each, known) for each in found)


def searchable(walk: Walk) -> tuple[QuestionLine, ...]:
    """Return every tip and question that is true for the line, at whatever step, for a search."""
    known, found = known_of(walk), true_for(walk, lambda at: hints.searchable(walk.procedures.questions, at))
    return tuple(question_line(each, known) for each in found)


def question_line(question: Question, known: Known) -> QuestionLine:
    """Return a tip or question in words."""
    return QuestionLine(
        question.id,
        words.text(question.title),
        question.kind is QuestionKind.TIP,
        tuple(map(words.text, question.lines)),
        facts.told(question.facts, known),
    )


# What stands out -----------------------------------------------------------------------------------------------------


def _branch(walk: Walk) -> BranchLine | None:
    match walk.renewal.branch:
        case Branch.CHARGED:
            lines = (_("Look at the account or the card before anything else: paying again may pay twice."),)
            names = (
                (Knowledge.YES, _("yes, charged")),
                (Knowledge.NO, _("no")),
                (Knowledge.UNKNOWN, _("not known yet")),
            )
            return BranchLine(
                _("The payment failed. Was the account charged?"),
                lines,
                tuple(OptionLine(each.value, label) for each, label in names),
            )
        case Branch.GO_ON:
            return BranchLine(_("How do you go on?"), tuple(_going_on(walk)), tuple(_ways_on(walk)))
        case _:
            return None


def _going_on(walk: Walk) -> list[str]:
    lines = []
    if walk.renewal.charged is Knowledge.UNKNOWN:
        lines.append(
            _("Nobody knows yet whether it was charged: wait for the statement, or ask support, before paying.")
        )
    if walk.renewal.tries > 1:
        lines.append(_("It has failed {n} times: ask support.").format(n=walk.renewal.tries))
    return lines


def _ways_on(walk: Walk) -> list[OptionLine]:
    support = OptionLine("support", _("ask support"), _("the text is ready to copy"))
    ways = [
        OptionLine("other-method", _("another means of payment")),
        OptionLine("same-method", _("the same once more")),
        OptionLine("later", _("later, with a reminder")),
    ]
    first = walk.renewal.charged is Knowledge.UNKNOWN or walk.renewal.tries > 1
    return [support, *ways] if first else [*ways, support]


def _remarks(walk: Walk, differences: Sequence[str]) -> list[str]:
    remarks = of_each.warnings(walk) if walk.renewal.is_open else []
    waiting = walk.follow_up
    if waiting is not None and waiting.overdue:
        remarks.append(_("Paid more than a day ago and not seen to work: ask support, with the order number."))
    if walk.place.step.kind is StepKind.CHOOSE:
        remarks += of_each.advice(walk)
    remarks += differences
    amount = walk.renewal.amount
    if len(walk.members) > 1 and amount is not None:
        each = words.money(amount, walk.renewal.currency)
        whole = words.money(amount * len(walk.members), walk.renewal.currency)
        remarks.append(_("{n} lines × {each} = {whole}").format(n=len(walk.members), each=each, whole=whole))
    return remarks
