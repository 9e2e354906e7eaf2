"""Recording what happened to a line, or to several at once, and editing it: the standing before and after."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from simtui import words
from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.line import Knowledge
from simtui.domain.money import shown_amount
from simtui.errors import NotFound
from simtui.holding import HeldAct, Holding, called
from simtui.i18n import _, ngettext
from simtui.tui.forms import asking
from simtui.tui.forms.act_fields import (
    ONLY_FOR,
    act_values,
    balances,
    channel_field,
    from_credit_field,
    mark_field,
    proof,
    read_at_field,
)
from simtui.tui.forms.model import Checked, Field, Form, Values
from simtui.tui.forms.picks import also, day_hint, kind_options, or_none
from simtui.tui.forms.previews import act_preview, acts_preview
from simtui.tui.forms.reader import LONG, Reader
from simtui.tui.views import layout
from simtui.tui.widgets.matching import Option

if TYPE_CHECKING:
    from simtui.store.repository import Conflict


MOST_PREVIEWED = 20
"""For how many lines the standing before and after is reckoned at each key."""


@dataclass(frozen=True, slots=True)
class Start:
    """What an act form begins with, where the caller knows it: from the plans, or for a shortcut."""

    kind: ActKind | None = None
    plan: str | None = None
    amount: Decimal | None = None


class ActForm(Form[list[Act], list[int]]):
    """One act, recorded on each of the lines, or an act of one line that is edited.

    Only the fields that fit the kind are shown; what was typed into others is kept in case the kind changes back.
    """

    def __init__(
        self, desk: Desk, holdings: Sequence[Holding], start: Start | None = None, edited: HeldAct | None = None
    ) -> None:
        self._desk = desk
        self._holdings = holdings
        self._first = holdings[0]
        self._edited = edited
        self._rule = asking.rule_of(self._first.offer, self._first.line, self._first.today)
        self._one_offer = all(held.offer.id == self._first.offer.id for held in holdings)
        self._initial = self._start_values(start or Start()) if edited is None else act_values(edited.act)
        self._asked_for = start.kind if start is not None else None

    @property
    def title(self) -> str:
        """What is recorded, on which line."""
        if self._edited is not None:
            return _("Edit what happened to {name}").format(name=called(self._first.line))
        if len(self._holdings) > 1:
            count = len(self._holdings)
            return ngettext("What happened to {n} line", "What happened to {n} lines", count).format(n=count)
        return _("What happened to {name}").format(name=called(self._first.line))

    def initial(self) -> Values:
        """Return what is known of the act."""
        return self._initial

    @property
    def begins_at(self) -> str:
        """Whoever asked for a kind has chosen it: the date that the operator told, or else the day, comes first then."""
        if self._asked_for is None:
            return ""
        return "valid_until" if self._asked_for is ActKind.STATEMENT else "day"

    # Fields ------------------------------------------------------------------------------------------------------

    def fields(self, values: Values) -> Sequence[Field]:
        """Return kind and day, and what else fits the kind."""
        kind = self._kind(values)
        makers: dict[str, Callable[[], Field]] = {
            "plan": self._plan_field,
            "amount": self._amount_field,
            "from_credit": from_credit_field,
            "valid_until": self._until_field(kind),
            "clock": self._clock_field,
            "credit": self._credit_field,
            "data": lambda: Field("data", _("data"), _("3.1 GB or 500 MB"), overwrite=True),
            "minutes": lambda: Field("minutes", _("minutes"), _("a whole number"), overwrite=True),
            "sms": lambda: Field("sms", _("SMS"), _("a whole number"), overwrite=True),
            "read_at": read_at_field,
            "mark": mark_field,
            "channel": channel_field,
            "order_number": lambda: Field("order_number", _("order number"), _("it proves the payment")),
            "receipt": lambda: Field("receipt", _("receipt"), _("a path or a link, kept as text")),
            "confirmation": lambda: Field("confirmation", _("confirmation"), _("what the operator wrote back")),
        }
        kinds = kind_options(asking.all_kinds(self._rule))
        found = [
            Field("kind", _("what"), self._kind_hint(), options=kinds),
            Field("day", _("day"), day_hint(), overwrite=True),
        ]
        found += [make() for name, make in makers.items() if self._fits(name, kind)]
        return [*found, Field("note", _("note"), _("never PINs, passwords or card numbers"))]

    def _kind_hint(self) -> str:
        if self._edited is not None or len(self._holdings) > 1:
            return _("what counts for this offer comes first")
        return _("what counts comes first; or paste the operator's SMS")

    def _fits(self, field: str, kind: ActKind) -> bool:
        """Tell whether a field makes sense; one that is filled in from the start is never hidden."""
        if self._initial.get(field) and kind.value == self._initial["kind"]:
            return True
        if field == "amount":
            return asking.asks_amount(self._rule, kind)
        if field == "plan":
            return self._one_offer and asking.asks_plan(self._first.offer, self._rule, kind)
        if field == "clock":
            return kind is ActKind.STATEMENT and self._one_offer and len(self._rule.countdowns) > 1
        if field == "from_credit":
            return kind is ActKind.PLAN_PURCHASE and bool(self._first.offer.top_ups)
        return kind in ONLY_FOR[field]

    def _plan_field(self) -> Field:
        options = or_none(asking.plan_options(self._first.offer), _("not known"))
        kept = also(options, self._initial.get("plan", ""))
        return Field("plan", _("plan"), _("which plan was bought"), options=kept)

    def _amount_field(self) -> Field:
        known = asking.known_amounts(self._first.offer) if self._one_offer else ""
        hint = _("known amounts: {amounts}").format(amounts=known) if known else _("10, or 10 EUR")
        return Field("amount", _("amount"), hint, overwrite=True)

    def _until_field(self, kind: ActKind) -> Callable[[], Field]:
        hint = _("the last day that the operator gave") if kind is ActKind.STATEMENT else _("may be left empty")
        return lambda: Field("valid_until", _("valid until"), words.then(hint, day_hint()), overwrite=True)

    def _clock_field(self) -> Field:
        stated = asking.stated_countdown(self._rule)
        usual = words.text(stated.name) if stated is not None else _("as usual")
        clocks = (Option(each.id, words.text(each.name)) for each in self._rule.countdowns if each is not stated)
        options = also(or_none(clocks, usual), self._initial.get("clock", ""))
        return Field("clock", _("of what"), _("what the operator's date is about"), options=options)

    def _credit_field(self) -> Field:
        example = words.money(Decimal("2.10"), self._first.offer.currency)
        return Field("credit", _("credit"), _("what is left: {example}").format(example=example), overwrite=True)

    def adjusted(self, values: Values, changed: str) -> Values:
        """Fill in the price of a plan that was picked, where no amount stands yet."""
        if changed != "plan":
            return values
        prices = {plan.id: plan.price for plan in self._first.offer.plans}
        amount, price = values.get("amount", ""), prices.get(values["plan"])
        if amount and amount not in {shown_amount(each) for each in prices.values() if each is not None}:
            return values
        return {**values, "amount": "" if price is None else shown_amount(price)}

    def pasted(self, field: str, text: str) -> Form[list[Act], list[int]] | None:
        """Return the form that reads a message of the operator, where one was pasted; one message is about one line."""
        from simtui.tui.forms.message import MessageForm, is_message

        if self._edited is not None or len(self._holdings) > 1 or not is_message(field, text):
            return None
        return MessageForm(self._desk, self._first, text)

    # Reading -----------------------------------------------------------------------------------------------------

    def check(self, values: Values) -> Checked[list[Act]]:
        """Return an act for each line."""
        return self._checked(values, self._holdings)

    def _checked(self, values: Values, holdings: Sequence[Holding]) -> Checked[list[Act]]:
        """Return an act for each of the lines: what is read is the same for most of them, and is checked once."""
        reader = Reader(self.visible(values))
        kind = self._kind(values)
        reader.need("day", _("the date is missing"))
        if kind is ActKind.STATEMENT:
            reader.need("valid_until", _("the date that the operator gave is missing"))
        if kind is ActKind.BALANCE_READING and not any(map(reader.raw, ("credit", "data", "minutes", "sms"))):
            reader.missing["credit"] = _("a reading needs at least one balance")
        if kind is ActKind.NOTE:
            reader.need("note", _("the note is empty"))
        firsts = self._firsts(reader, holdings)
        contents = {like: self._content(reader, kind, held) for like, held in firsts.items()}
        places = {"currency": "amount", "balances": "credit", "proof": "order_number"}

        def made() -> list[Act]:
            acts = {like: Act.model_validate(content) for like, content in contents.items()}
            return [acts[self._like(reader, held)].model_copy(update={"line": held.id}) for held in holdings]

        return reader.checked(made, places)

    def _firsts(self, reader: Reader, holdings: Sequence[Holding]) -> dict[tuple[object, ...], Holding]:
        """Return the first line of each sort; on all lines of a sort the fields mean the same."""
        firsts: dict[tuple[object, ...], Holding] = {}
        for held in holdings:
            firsts.setdefault(self._like(reader, held), held)
        return firsts

    def _like(self, reader: Reader, held: Holding) -> tuple[object, ...]:
        return held.offer.currency, held.today, self._plan(reader, held)

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Return the standing before and after."""
        holdings = self._holdings[:MOST_PREVIEWED]
        found = self._checked(values, holdings)
        acts = found.result if found.result is not None else self._drafts(values, holdings)
        if not acts:
            return layout.wrapped(_("The standing before and after appears here."), width, "muted")
        if len(self._holdings) == 1:
            instead = self._edited.id if self._edited is not None else None
            return act_preview(self._first, acts[0], instead, width)
        lines = acts_preview(list(zip(holdings, acts, strict=True)), width)
        if (more := len(self._holdings) - len(holdings)) > 0:
            lines += layout.wrapped(_("and {n} more").format(n=f"{more:,}"), width, "muted")
        return lines

    def doubts(self, result: list[Act]) -> Sequence[str]:
        """Ask before an act that looks like one that is recorded already."""
        found = []
        for act, held in zip(result, self._holdings, strict=True):
            like = self._desk.like(held.id, act)
            if like is not None and (self._edited is None or like.id != self._edited.id):
                title = words.act_title(like.act, held.offer)
                text = _("“{act}” of {day} is recorded for {name} already. Record it once more?")
                found.append(text.format(name=called(held.line), act=title, day=like.act.day))
        return found

    def save(self, result: list[Act]) -> list[int]:
        """Record the acts, or save the edited one; return their ids."""
        if self._edited is None:
            return self._desk.record(result)
        self._desk.edit_act(self._edited.id, self._edited.rev, result[0])
        return [self._edited.id]

    def rival(self, conflict: Conflict) -> ActForm:
        """Return the form on the act as it is now."""
        if self._edited is None:
            raise conflict
        holding = self._desk.holding(self._first.id)
        edited = next((each for each in holding.acts if each.id == self._edited.id), None)
        if edited is None:
            raise NotFound(_("another session has deleted this meanwhile"))
        return ActForm(self._desk, [holding], edited=edited)

    def _drafts(self, values: Values, holdings: Sequence[Holding]) -> list[Act]:
        """Return the acts as far as they are right, today where their day is not, or nothing where too little is."""
        from pydantic import ValidationError

        reader, kind = Reader(self.visible(values)), self._kind(values)
        contents = [self._content(reader, kind, held) for held in holdings]
        days = [held.today for held in holdings]
        try:
            return [
                Act.model_validate({**content, "day": content["day"] or day})
                for content, day in zip(contents, days, strict=True)
            ]
        except ValidationError:
            return []

    def _content(self, reader: Reader, kind: ActKind, held: Holding) -> dict[str, Any]:
        """Return what the fields say, as the content of an act on a line."""
        amount, currency = reader.money("amount", held.offer.currency) or (None, None)
        from_credit = {Knowledge.YES: True, Knowledge.NO: False}.get(Knowledge(reader.raw("from_credit") or "unknown"))
        return {
            "line": held.id,
            "kind": kind,
            "day": reader.day("day", held.today),
            "order": self._edited.act.order if self._edited is not None else 0,
            "amount": amount,
            "currency": currency,
            "plan": self._plan(reader, held),
            "channel": reader.raw("channel") or None,
            "mark": reader.raw("mark") or None,
            "from_credit": from_credit,
            "balances": balances(reader, held.offer.currency),
            "read_at": reader.raw("read_at") or None,
            "clock": reader.raw("clock") or None,
            "valid_until": reader.day("valid_until", held.today, ahead=True),
            "proof": proof(reader),
            "note": reader.text("note", LONG),
        }

    def _plan(self, reader: Reader, held: Holding) -> str | None:
        """Return the plan, for lines on an offer that has it; one that stood there before is kept."""
        plan = reader.raw("plan")
        return plan if plan and (held.offer.plan(plan) is not None or self._edited is not None) else None

    def _kind(self, values: Values) -> ActKind:
        return ActKind(values.get("kind") or asking.restarting_kinds(self._rule)[0])

    def _start_values(self, start: Start) -> Values:
        kind = start.kind or asking.restarting_kinds(self._rule)[0]
        amount = "" if start.amount is None else shown_amount(start.amount)
        return {"kind": kind.value, "day": _("today"), "plan": start.plan or "", "amount": amount}
