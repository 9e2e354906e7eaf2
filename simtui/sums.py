"""The lines of a sum in words, and what was left out of it, in the language of the moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui import words
from simtui.domain.calendar import Day
from simtui.domain.offer import Offer
from simtui.domain.reckoning import Certainty, Remark, RemarkKind, Step, StepKind
from simtui.domain.undoing import PAID_WAYS, Undone
from simtui.i18n import N_, _, ngettext

_ANCHORS = {
    "activation": N_("activation"),
    "first_use": N_("first use"),
    "purchase": N_("purchase"),
    "plan_end": N_("end of the plan"),
}


@dataclass(frozen=True, slots=True)
class SumLine:
    """One line of a sum in words: what, the date that came out, and a short note."""

    what: str
    day: Day | None = None
    note: str = ""


def sum_lines(steps: Sequence[Step], offer: Offer, *, private: bool = False) -> list[SumLine]:
    """Put the steps of a sum into words, a line each; `private` hides the balance that one starts from."""
    return [_sum_line(step, offer, private=private) for step in steps]


def _sum_line(step: Step, offer: Offer, *, private: bool) -> SumLine:  # noqa: C901, PLR0912 - one row per kind of step reads best as one table
    note = _note(step, offer)
    match step.kind:
        case StepKind.STARTED:
            return SumLine(_(_ANCHORS[step.anchor or "activation"]), step.day)
        case StepKind.ACTED:
            return SumLine(words.act_title(step.act, offer) if step.act else "", step.day)
        case StepKind.STATED:
            return SumLine(_("operator says valid until"), step.result, _("said {day}").format(day=step.day))
        case StepKind.HAD if step.amount is not None:
            credit = "***" if private else words.money(step.amount, step.currency)
            return SumLine(_("credit {money}").format(money=credit), step.day, _("read"))
        case StepKind.HAD:
            return SumLine(_("was valid until"), step.result)
        case StepKind.LENGTH:
            what = f"+ {words.period(step.period)}" if step.period else ""
            return SumLine(words.joined(what, words.in_sentence(step.name)), step.result, note)
        case StepKind.KEPT:
            return SumLine(_("the later end stands"), step.result)
        case StepKind.CAPPED:
            length = words.period(step.period) if step.period else ""
            return SumLine(_("at most {period} from the act").format(period=length), step.result)
        case StepKind.ASSUMED:
            return SumLine(
                _("how they add up is not stated: the earliest way"), step.result, words.certainty_mark(Certainty.GUESS)
            )
        case StepKind.HELD:
            return SumLine(_("paid hold until"), step.result)
        case StepKind.RENEWED:
            return SumLine(_("renews itself, assumed paid until"), step.result, words.certainty_mark(Certainty.GUESS))
        case StepKind.ENDED_EARLY:
            return SumLine(_("ended early: balance or plan used up"), step.result)
        case StepKind.STAGE:
            return SumLine(_stage(step), step.result, note)
        case StepKind.FEES:
            return SumLine(_fees(step), step.result, note)
        case StepKind.IDENTIFIED:
            return SumLine(_("identified"), step.day)
        case StepKind.ACTIVATED:
            return SumLine(_("activated"), step.day)
        case _:
            return SumLine(words.word(step.why) if step.why else _("unknown"))


def _note(step: Step, offer: Offer) -> str:
    source = offer.source(step.source)
    return "" if source is None else words.word(source.certainty)


def _stage(step: Step) -> str:
    name = words.word(step.stage) if step.stage else ""
    if step.period is None:
        return _("{stage}, for how long is not known").format(stage=name)
    return _("+ {length} {stage}").format(length=words.period(step.period), stage=name)


def _fees(step: Step) -> str:
    fee = words.money(step.amount, step.currency) if step.amount is not None else ""
    if step.count:
        told = ngettext("pays {n} fee of {money}", "pays {n} fees of {money}", step.count)
        told = told.format(n=step.count, money=fee)
    else:
        told = _("next fee {money}").format(money=fee)
    return _("{fees}, every {period}").format(fees=told, period=words.period(step.period)) if step.period else told


def ways_back(stage: Undone, currency: str) -> str:
    """Return what brings a line back from a stage, with the least that must be paid; empty where nothing does."""
    least = "" if stage.undo_from is None else _("from {money}").format(money=words.money(stage.undo_from, currency))
    ways = [words.word(way) for way in stage.undo]
    if least:
        paid = _("{acts} ({conditions})")
        ways = [
            paid.format(acts=told, conditions=least) if way in PAID_WAYS else told
            for way, told in zip(stage.undo, ways, strict=True)
        ]
    if stage.undo_all and len(ways) > 1:
        return _("all in turn: {ways}").format(ways=words.listed(ways))
    return words.listed(ways)


def remark(left_out: Remark, offer: Offer) -> str:
    """Return why an act was left out of the sum."""
    why = words.text(left_out.reason) or words.word(left_out.kind)
    if left_out.kind is RemarkKind.EXCLUDED and left_out.reason is not None:
        why = words.about(words.word(left_out.kind), why)
    return words.about(f"{left_out.act.day.format_iso()} {words.act_title(left_out.act, offer)}", why)
