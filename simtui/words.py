"""The words for the domain's closed lists and for the lines of a sum, in the language of the moment.

One place for each word: the dashboard, the command line, the calendar and the exports all ask here. What users and
operators wrote comes back unchanged; whoever shows it passes it through `simtui.text`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from simtui import numbers
from simtui.domain.act import Act, ActKind, Channel, Mark, ReadingSource
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Knowledge, LineState, SimForm, Weight
from simtui.domain.money import shown_amount
from simtui.domain.offer import Offer, OfferKind, PaymentMethod, Plan, Source, SourceCertainty, TopUp
from simtui.domain.procedure import StepKind as WalkStep
from simtui.domain.query_terms import QueryError, QueryFault
from simtui.domain.reckoning import Certainty, ClockState, Remark, RemarkKind, Step, StepKind, Why
from simtui.domain.record import Text
from simtui.domain.renewal import Check, RenewalState
from simtui.domain.rule import Loses, PlanKind, StageName, Undo, Works
from simtui.domain.standing import Phase
from simtui.domain.undoing import PAID_WAYS, Undone
from simtui.i18n import N_, _, current, ngettext
from simtui.text import answered

# Members of different lists may be equal as text ("unknown"), so each list has its own table.
_WORDS: dict[type[StrEnum], dict[str, str]] = {
    Phase: {
        Phase.RESCUE: N_("rescue"),
        Phase.DUE: N_("due"),
        Phase.UNKNOWN: N_("unknown"),
        Phase.SOON: N_("soon"),
        Phase.SAFE: N_("safe"),
        Phase.LOST: N_("lost"),
    },
    ActKind: {
        ActKind.ACTIVATION: N_("activation"),
        ActKind.TOP_UP: N_("top-up"),
        ActKind.PLAN_PURCHASE: N_("plan bought"),
        ActKind.PAYMENT: N_("payment"),
        ActKind.CALL_OUT: N_("call made"),
        ActKind.CALL_IN: N_("call received"),
        ActKind.SMS_OUT: N_("SMS sent"),
        ActKind.SMS_IN: N_("SMS received"),
        ActKind.DATA: N_("data used"),
        ActKind.BALANCE_READING: N_("balance reading"),
        ActKind.STATEMENT: N_("operator's date"),
        ActKind.IDENTIFICATION: N_("identification"),
        ActKind.HOLD: N_("paid hold"),
        ActKind.FEE: N_("fee taken"),
        ActKind.TRANSFER: N_("transfer"),
        ActKind.PROMO: N_("promotion"),
        ActKind.NOTE: N_("note"),
    },
    Channel: {
        Channel.ONLINE: N_("online"),
        Channel.APP: N_("app"),
        Channel.SHOP: N_("shop"),
        Channel.PHONE: N_("phone"),
        Channel.THIRD_PARTY: N_("third party"),
    },
    Mark: {
        Mark.FREE: N_("free use"),
        Mark.EMERGENCY: N_("emergency use"),
        Mark.WIFI: N_("Wi-Fi use"),
        Mark.ROAMING: N_("roaming"),
    },
    ReadingSource: {
        ReadingSource.SITE: N_("site"),
        ReadingSource.APP: N_("app"),
        ReadingSource.HOTLINE: N_("hotline"),
        ReadingSource.SMS: N_("SMS"),
        ReadingSource.MAIL: N_("mail"),
        ReadingSource.SHOP: N_("shop"),
        ReadingSource.DIAL_CODE: N_("dial code"),
    },
    LineState: {
        LineState.ACTIVE: N_("active"),
        LineState.LETTING_GO: N_("letting go"),
        LineState.ARCHIVED: N_("archived"),
        LineState.PORTED_OUT: N_("ported out"),
    },
    SimForm: {
        SimForm.SIM: N_("SIM card"),
        SimForm.ESIM: N_("eSIM"),
    },
    Weight: {
        Weight.LOW: N_("low"),
        Weight.NORMAL: N_("normal"),
        Weight.HIGH: N_("high"),
        Weight.CRITICAL: N_("critical"),
    },
    Knowledge: {
        Knowledge.YES: N_("yes"),
        Knowledge.NO: N_("no"),
        Knowledge.UNKNOWN: N_("not known"),
    },
    OfferKind: {
        OfferKind.KEEP_NUMBER: N_("keep-number card"),
        OfferKind.DATA: N_("data card"),
        OfferKind.ESIM: N_("eSIM plan"),
        OfferKind.TRAVEL_ESIM: N_("travel eSIM"),
    },
    PaymentMethod: {
        PaymentMethod.CARD: N_("card"),
        PaymentMethod.PAYPAL: N_("PayPal"),
        PaymentMethod.BANK_TRANSFER: N_("bank transfer"),
        PaymentMethod.SEPA: N_("SEPA direct debit"),
        PaymentMethod.ALIPAY: N_("Alipay"),
        PaymentMethod.WECHAT_PAY: N_("WeChat Pay"),
        PaymentMethod.E_WALLET: N_("e-wallet"),
        PaymentMethod.VOUCHER: N_("voucher"),
        PaymentMethod.CASH: N_("cash"),
        PaymentMethod.OTHER: N_("other"),
    },
    Check: {
        Check.SMS: N_("SMS"),
        Check.MAIL: N_("mail"),
        Check.SITE_OR_APP: N_("site or app"),
        Check.CALL: N_("call"),
    },
    RenewalState: {
        RenewalState.DRAFT: N_("begun"),
        RenewalState.PAID: N_("paid, not verified"),
        RenewalState.VERIFIED: N_("verified"),
        RenewalState.FAILED: N_("payment failed"),
        RenewalState.GIVEN_UP: N_("given up"),
    },
    WalkStep: {
        WalkStep.LINE: N_("line and offer"),
        WalkStep.OFFER: N_("offer"),
        WalkStep.STATUS: N_("status"),
        WalkStep.CHANNEL: N_("way of renewal"),
        WalkStep.READY: N_("have ready"),
        WalkStep.CHOOSE: N_("choice"),
        WalkStep.DO: N_("doing it"),
        WalkStep.PAY: N_("payment"),
        WalkStep.WAIT: N_("waiting for the code"),
        WalkStep.VERIFY: N_("check"),
    },
    SourceCertainty: {
        SourceCertainty.OFFICIAL: N_("official"),
        SourceCertainty.THIRD_PARTY: N_("third party's word"),
        SourceCertainty.OLD: N_("old"),
    },
    Loses: {
        Loses.NUMBER: N_("the number"),
        Loses.SERVICE: N_("the service"),
        Loses.BALANCE: N_("the credit"),
        Loses.DATA: N_("the data"),
    },
    PlanKind: {
        PlanKind.DATA: N_("data"),
        PlanKind.VOICE: N_("voice"),
        PlanKind.COMBO: N_("combo"),
        PlanKind.ROAMING: N_("roaming"),
        PlanKind.VALUE_ADDED: N_("value-added"),
        PlanKind.VALIDITY: N_("validity"),
    },
    StageName: {
        StageName.RECEIVE_ONLY: N_("receive only"),
        StageName.SMS_ONLY: N_("SMS only"),
        StageName.EMERGENCY_ONLY: N_("emergency calls only"),
        StageName.SUSPENDED: N_("suspended"),
        StageName.HIBERNATED: N_("hibernated"),
        StageName.MAY_END: N_("may end any day"),
        StageName.QUARANTINE: N_("quarantine"),
    },
    Works: {
        Works.CALLS_IN: N_("calls in"),
        Works.SMS_IN: N_("SMS in"),
        Works.CALLS_OUT: N_("calls out"),
        Works.SMS_OUT: N_("SMS out"),
        Works.DATA: N_("data"),
        Works.EMERGENCY: N_("emergency calls"),
        Works.SUPPORT: N_("support line"),
    },
    Undo: {
        Undo.TOP_UP: N_("top-up"),
        Undo.PLAN_PURCHASE: N_("buying a plan"),
        Undo.PAYMENT: N_("payment"),
        Undo.USE: N_("use"),
        Undo.IDENTIFICATION: N_("identification"),
        Undo.SUPPORT_CALL: N_("a call to support"),
        Undo.SHOP_VISIT: N_("a visit to a shop"),
    },
    ClockState: {
        ClockState.RUNNING: N_("running"),
        ClockState.SPENT: N_("spent"),
        ClockState.IN_STAGE: N_("run out"),
        ClockState.MAY_BE_TERMINATED: N_("run out, may be terminated"),
        ClockState.OVER: N_("over"),
        ClockState.UNKNOWN: N_("unknown"),
        ClockState.DROPPED: N_("done"),
    },
    Why: {
        Why.LENGTH_UNKNOWN: N_("how long it lasts is not known"),
        Why.AMOUNT_MISSING: N_("the amount is missing"),
        Why.AMOUNT_OUTSIDE_TIERS: N_("the operator's table does not name this amount"),
        Why.OTHER_CURRENCY: N_("the amount is in another currency"),
        Why.BALANCE_UNKNOWN: N_("the balance is not known"),
        Why.PLAN_UNKNOWN: N_("how long the plan lasts is not known"),
        Why.IDENTITY_UNKNOWN: N_("whether you are identified is not known"),
        Why.ACTIVATION_UNKNOWN: N_("whether the line was activated is not known"),
        Why.NOTHING_RECORDED: N_("nothing recorded yet that starts it"),
    },
    RemarkKind: {
        RemarkKind.EXCLUDED: N_("does not count"),
        RemarkKind.MARKED_USE: N_("does not count: free, emergency or Wi-Fi use"),
        RemarkKind.TOO_LITTLE: N_("does not count: too little"),
        RemarkKind.FUTURE: N_("lies ahead, not counted yet"),
        RemarkKind.BEFORE_ACTIVATION: N_("before the activation, not counted"),
        RemarkKind.DOES_NOT_UNDO: N_("does not bring the line back"),
        RemarkKind.PARTLY_UNDOES: N_("does not bring the line back alone: something more is needed"),
        RemarkKind.TOO_LATE: N_("after the line was lost: check with the operator"),
    },
}
_CERTAINTY = {
    Certainty.STATED: N_("stated by the operator"),
    Certainty.OFFICIAL: N_("official rule"),
    Certainty.THIRD_PARTY: N_("third party's rule"),
    Certainty.GUESS: N_("guess"),
}
_ANCHORS = {
    "activation": N_("activation"),
    "first_use": N_("first use"),
    "purchase": N_("purchase"),
    "plan_end": N_("end of the plan"),
}
_MARKS = {Certainty.STATED: "=", Certainty.GUESS: "~"}


_FILTER_FAULTS = {
    QueryFault.TOO_LONG: N_("the filter is too long"),
    QueryFault.OPEN_QUOTE: N_("the quote is not closed"),
    QueryFault.NOTHING_TO_TURN_ROUND: N_("nothing stands after !"),
    QueryFault.UNKNOWN_KEY: N_("there is no such key"),
    QueryFault.NO_VALUE: N_("a value is missing"),
    QueryFault.UNKNOWN_VALUE: N_("there is no such value"),
    QueryFault.NO_NUMBER: N_("a number of days is needed"),
}
_CODE_DOES = {
    "balance": N_("balance"),
    "top_up": N_("top-up"),
    "own_number": N_("own number"),
    "usage": N_("usage"),
    "voicemail": N_("voicemail"),
    "port_out": N_("port out"),
    "keep": N_("keep the number"),
    "other": N_("other"),
}


def word(member: StrEnum) -> str:
    """Return the word for a member of one of the domain's closed lists."""
    return _(_WORDS[type(member)][member])


def filter_names() -> dict[str, dict[str, str]]:
    """Return what the filter's values are called in the current language: by key, the word and its value."""
    phases = {word(phase): phase.value for phase in Phase} | {_("paid?"): "paid"}
    kinds = {word(kind): kind.value for kind in OfferKind}
    return {"phase": phases, "kind": kinds, "state": {word(state): state.value for state in LineState}}


def filter_fault(error: QueryError) -> str:
    """Return what is wrong with a filter: the term, what it is, and what would do."""
    told = about(error.place, _(_FILTER_FAULTS[error.fault])) if error.place else _(_FILTER_FAULTS[error.fault])
    key = error.place.lstrip("!！").partition(":")[0].partition("：")[0].lower()
    called = {value: name for name, value in filter_names().get(key, {}).items()}
    return then(told, listed(called.get(choice, choice) for choice in error.choices))


def code_does(does: str) -> str:
    """Return what a code to dial or to send does, by its name in a carriers file."""
    return _(_CODE_DOES[does])


def choices(members: type[StrEnum]) -> list[tuple[str, str]]:
    """Return a closed list as (value, word), for forms."""
    return [(member.value, word(member)) for member in members]


def certainty_word(certainty: Certainty) -> str:
    """Return how sure a date is, in words."""
    return _(_CERTAINTY[certainty])


def certainty_mark(certainty: Certainty) -> str:
    """Return the sign before a date: `=` stated by the operator, `~` a guess, nothing in between."""
    return _MARKS.get(certainty, "")


def text(fact: Text | None) -> str:
    """Return an operator's or user's words in the current language, English marked where Chinese is missing."""
    if fact is None:
        return ""
    if current() == "zh" and fact.zh is None:
        return _("{words} (English only)").format(words=fact.en)
    return fact.in_language(current())


def item_name(item: Plan | TopUp) -> str:
    """Return what can be bought, in a few words."""
    if isinstance(item, Plan):
        return text(item.name)
    return _("top-up {amount}").format(amount=shown_amount(item.amount))


def in_sentence(fact: Text | None) -> str:
    """Return a fact's words as they stand inside a sentence: "Line validity" begins small there, "SIM life" does not."""
    found = text(fact)
    return found[:1].lower() + found[1:] if found[1:2].islower() else found


def data(mebibytes: int) -> str:
    """Return an amount of data: 3.1 GB, 500 MB."""
    if mebibytes < 1024:
        return f"{mebibytes} MB"
    return f"{mebibytes / 1024:.1f}".removesuffix(".0") + " GB"


def listed(parts: Iterable[str]) -> str:
    """Return words one after the other, with the comma of the language between them."""
    return _(", ").join(parts)


def joined(*parts: str) -> str:
    """Return statements one after the other, with the comma between clauses; empty ones are left out."""
    told = [part for part in parts if part]
    sentence = told[0] if told else ""
    for part in told[1:]:
        sentence = _("{first}, {then}").format(first=sentence, then=part)
    return sentence


def then(first: str, second: str) -> str:
    """Return two sentences one after the other; the first has no full stop yet."""
    return _("{first}. {then}").format(first=first, then=second) if first and second else first or second


def about(what: str, state: str) -> str:
    """Return what is said of something, with the colon of the language."""
    return answered(what, state) or _("{what}: {state}").format(what=what, state=state)


def detailed(name: str, details: str) -> str:
    """Return a name with more about it in brackets."""
    return _("{name} ({details})").format(name=name, details=details)


def money(amount: Decimal, currency: str | None) -> str:
    """Return `EUR 10`: the code stands before the number and beside no symbol, as widths differ for those."""
    return f"{currency} {shown_amount(amount)}" if currency else shown_amount(amount)


def days_left(days: int) -> str:
    """Return how much time is left, in a few cells."""
    if days == 0:
        return _("today")
    return ngettext("{n} d left", "{n} d left", days).format(n=days)


def period(length: Period) -> str:
    """Return a period in words: 6 months, 180 days."""
    parts: list[str] = []
    for unit, count in length.items():
        match unit:
            case "years":
                parts.append(ngettext("{n} year", "{n} years", count).format(n=count))
            case "months":
                parts.append(ngettext("{n} month", "{n} months", count).format(n=count))
            case "weeks":
                parts.append(ngettext("{n} week", "{n} weeks", count).format(n=count))
            case _:
                parts.append(ngettext("{n} day", "{n} days", count).format(n=count))
    return " ".join(parts) or ngettext("{n} day", "{n} days", 0).format(n=0)


def act_title(act: Act, offer: Offer | None = None) -> str:
    """Return what happened in a few words: `top-up EUR 10`, `plan bought 1 GB`."""
    told = word(act.kind)
    if act.mark is not None:
        told = detailed(told, word(act.mark))
    plan = offer.plan(act.plan) if offer is not None else None
    name = (act.plan or "") if plan is None else text(plan.name)
    if name:
        told = _("{act} {what}").format(act=told, what=name)
    return told if act.amount is None else f"{told} {money(act.amount, act.currency)}"


def source_text(source: Source | None) -> str:
    """Return where a statement comes from, with its date and who says it."""
    if source is None:
        return ""
    return joined(text(source.what).rstrip(".。"), source_date(source))


def source_date(source: Source) -> str:
    """Return the date a source speaks for, and who speaks."""
    seen = _("as of {day}").format(day=source.as_of) if source.as_of else _("undated")
    return joined(seen, word(source.certainty))


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
            return SumLine(act_title(step.act, offer) if step.act else "", step.day)
        case StepKind.STATED:
            return SumLine(_("operator says valid until"), step.result, _("said {day}").format(day=step.day))
        case StepKind.HAD if step.amount is not None:
            credit = "***" if private else money(step.amount, step.currency)
            return SumLine(_("credit {money}").format(money=credit), step.day, _("read"))
        case StepKind.HAD:
            return SumLine(_("was valid until"), step.result)
        case StepKind.LENGTH:
            what = f"+ {period(step.period)}" if step.period else ""
            return SumLine(joined(what, in_sentence(step.name)), step.result, note)
        case StepKind.KEPT:
            return SumLine(_("the later end stands"), step.result)
        case StepKind.CAPPED:
            length = period(step.period) if step.period else ""
            return SumLine(_("at most {period} from the act").format(period=length), step.result)
        case StepKind.ASSUMED:
            return SumLine(
                _("how they add up is not stated: the earliest way"), step.result, certainty_mark(Certainty.GUESS)
            )
        case StepKind.HELD:
            return SumLine(_("paid hold until"), step.result)
        case StepKind.RENEWED:
            return SumLine(_("renews itself, assumed paid until"), step.result, certainty_mark(Certainty.GUESS))
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
            return SumLine(word(step.why) if step.why else _("unknown"))


def _note(step: Step, offer: Offer) -> str:
    source = offer.source(step.source)
    return "" if source is None else word(source.certainty)


def _stage(step: Step) -> str:
    name = word(step.stage) if step.stage else ""
    if step.period is None:
        return _("{stage}, for how long is not known").format(stage=name)
    return _("+ {length} {stage}").format(length=period(step.period), stage=name)


def _fees(step: Step) -> str:
    fee = money(step.amount, step.currency) if step.amount is not None else ""
    if step.count:
        told = ngettext("pays {n} fee of {money}", "pays {n} fees of {money}", step.count)
        told = told.format(n=step.count, money=fee)
    else:
        told = _("next fee {money}").format(money=fee)
    return _("{fees}, every {period}").format(fees=told, period=period(step.period)) if step.period else told


def ways_back(stage: Undone, currency: str) -> str:
    """Return what brings a line back from a stage, with the least that must be paid; empty where nothing does."""
    least = "" if stage.undo_from is None else _("from {money}").format(money=money(stage.undo_from, currency))
    ways = [word(way) for way in stage.undo]
    if least:
        paid = _("{acts} ({conditions})")
        ways = [
            paid.format(acts=told, conditions=least) if way in PAID_WAYS else told
            for way, told in zip(stage.undo, ways, strict=True)
        ]
    if stage.undo_all and len(ways) > 1:
        return _("all in turn: {ways}").format(ways=listed(ways))
    return listed(ways)


def remark(left_out: Remark, offer: Offer) -> str:
    """Return why an act was left out of the sum."""
    why = text(left_out.reason) or word(left_out.kind)
    if left_out.kind is RemarkKind.EXCLUDED and left_out.reason is not None:
        why = about(word(left_out.kind), why)
    return about(f"{left_out.act.day.format_iso()} {act_title(left_out.act, offer)}", why)


_NUMBER = re.compile(r"\+[1-9][0-9]{3,14}")
MANY = "_many"
"""How the verb of a change ends that was done to several lines: its subject is then how many."""


def change_name(name: str, *, private: bool = False) -> str:
    """Return the name of a change for undo, in the current language; the store keeps it as `verb|subject`.

    A line without a label is called by its number: in groups, or masked where it is `private`.
    """
    verb, _bar, subject = name.partition("|")
    if _NUMBER.fullmatch(subject):
        subject = numbers.name_of(None, subject, private=private)
    if verb.endswith(MANY) and subject.isascii() and subject.isdigit():
        verb, count = verb.removesuffix(MANY), int(subject)
        if (told := _change_of_many(verb, count)) is not None:
            return told
        subject = ngettext("{n} line", "{n} lines", count).format(n=count)
    if verb.startswith("record_") and verb.removeprefix("record_") in set(ActKind):
        what = word(ActKind(verb.removeprefix("record_")))
        return _("record {act}: {subject}").format(act=what, subject=subject)
    if verb.startswith("state_") and verb.removeprefix("state_") in set(LineState):
        state = word(LineState(verb.removeprefix("state_")))
        return _("set to {state}: {subject}").format(state=state, subject=subject)
    if verb.startswith("renew_") and verb.removeprefix("renew_") in set(WalkStep):
        step = word(WalkStep(verb.removeprefix("renew_")))
        return _("renewal, {step}: {subject}").format(step=step, subject=subject)
    told_of = {
        "renew_paid": N_("renewal, already paid: {subject}"),
        "renew_charged": N_("renewal, whether it was charged: {subject}"),
        "renew_try_again": N_("renewal, paying anew: {subject}"),
        "renew_later": N_("renewal put off: {subject}"),
        "renew_give_up": N_("renewal given up: {subject}"),
        "renew_new_line": N_("first purchase, new line: {subject}"),
        "renew_delete": N_("delete renewal: {subject}"),
        "add_line": N_("add line: {subject}"),
        "edit_line": N_("edit line: {subject}"),
        "delete_line": N_("delete line: {subject}"),
        "snooze": N_("snooze: {subject}"),
        "wake": N_("end the snooze: {subject}"),
        "edit_act": N_("edit act: {subject}"),
        "delete_act": N_("delete act: {subject}"),
        "import": N_("import: {subject}"),
        "restore": N_("go back to the backup of {subject}"),
    }
    return _(told_of[verb]).format(subject=subject) if verb in told_of else name


def _change_of_many(verb: str, count: int) -> str | None:
    """Return the name of a change of several lines, None where there is no sentence of its own for it."""
    match verb:
        case "add_line":
            told = ngettext("add {n} line", "add {n} lines", count)
        case "import":
            told = ngettext("import {n} line", "import {n} lines", count)
        case "delete_line":
            told = ngettext("delete {n} line", "delete {n} lines", count)
        case "state_archived":
            told = ngettext("archive {n} line", "archive {n} lines", count)
        case "state_letting_go":
            told = ngettext("let {n} line go", "let {n} lines go", count)
        case "state_active":
            told = ngettext("make {n} line active", "make {n} lines active", count)
        case "state_ported_out":
            told = ngettext("mark {n} line as ported out", "mark {n} lines as ported out", count)
        case _:
            return None
    return told.format(n=count)
