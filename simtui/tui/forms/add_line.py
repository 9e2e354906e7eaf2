"""Adding a line: number or name, offer, and one date that is known; the standing appears while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simtui import numbers, words
from simtui.desk import Desk, NewLine
from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day
from simtui.domain.line import Identity, Knowledge, Line
from simtui.domain.offer import Offer
from simtui.domain.rule import Rule
from simtui.holding import HeldAct, Holding, called
from simtui.i18n import _
from simtui.tui.forms import asking
from simtui.tui.forms.model import Checked, Field, Form, Values
from simtui.tui.forms.picks import day_hint, kind_options, knowledge_options, offer_field, or_none
from simtui.tui.forms.previews import standing_preview
from simtui.tui.forms.reader import Reader
from simtui.tui.views import layout
from simtui.tui.widgets.matching import Option


@dataclass(frozen=True, slots=True)
class _Known:
    """What the values tell so far. The line is always there, under a stand-in name while it has none."""

    offer: Offer | None
    rule: Rule
    today: Day
    line: Line
    acts: tuple[Act, ...]
    kind: ActKind


class AddLineForm(Form[NewLine, int]):
    """Under 30 seconds: a number or a name, the offer, and "valid until" or the last act that counts.

    Which act that is, and whether a plan, the credit or identity papers are asked for, follows from the offer's rule.
    """

    def __init__(
        self, desk: Desk, initial: str = "", lead_days: Mapping[str, int] | None = None, *, offer: str = ""
    ) -> None:
        self._desk = desk
        self._initial = initial
        self._first_offer = offer
        self._lead_days = lead_days or {}

    @property
    def title(self) -> str:
        """What the form does."""
        return _("Add a line")

    def initial(self) -> Values:
        """Nothing but what the caller knows of number and offer."""
        values = {"name": self._initial, "identified": Knowledge.UNKNOWN, "auto_renew": Knowledge.UNKNOWN}
        return values | ({"offer": self._first_offer} if self._first_offer else {})

    def fields(self, values: Values) -> Sequence[Field]:
        """Return name and offer, the dates that the offer's rule asks for, and what may be left out."""
        offer = self._offer(values)
        today = self._today(offer)
        rule = asking.rule_of(offer, self._stand_in(values), today) if offer is not None else Rule()
        name = Field("name", _("number or name"), _("+33 6 12 34 56 78, or a name of your own"))
        found = [name, offer_field(self._desk.catalogue, values.get("name", ""))]
        if offer is not None and (cohorts := asking.variants(offer)):
            options = or_none((Option(each, each) for each in cohorts), _("not known"))
            found.append(Field("variant", _("version"), _("the offer has several rules"), options=options))
        found += self._dates(values, offer, rule)
        found += self._rest(values, offer, rule)
        return found

    def _dates(self, values: Values, offer: Offer | None, rule: Rule) -> list[Field]:
        stated = asking.stated_countdown(rule)
        clock = _("{clock}: the last day that the operator gave").format(
            clock=words.text(stated.name) if stated is not None else _("valid until")
        )
        found = [Field("valid_until", _("valid until"), words.then(clock, day_hint()))]
        kinds = asking.restarting_kinds(rule)
        kind = self._kind(values, kinds)
        if len(kinds) > 1:
            options = kind_options(kinds)
            found.append(Field("kind", _("or last act"), _("what counts for this offer"), options=options))
        label = _("on") if len(kinds) > 1 else _("or last {act}").format(act=words.word(kind))
        found.append(Field("day", label, day_hint()))
        if asking.asks_amount(rule, kind):
            known = asking.known_amounts(offer) if offer is not None else ""
            hint = _("known amounts: {amounts}").format(amounts=known) if known else _("10, or 10 EUR")
            found.append(Field("amount", _("amount"), hint))
        if offer is not None and asking.asks_plan(offer, rule, kind):
            options = or_none(asking.plan_options(offer), _("not known"))
            found.append(Field("plan", _("plan"), _("which plan was bought"), options=options))
        if asking.asks_credit(rule):
            found.append(Field("credit", _("credit now"), _("dates hang on it; leave it empty if not known")))
        return found

    def _rest(self, values: Values, offer: Offer | None, rule: Rule) -> list[Field]:
        found = []
        if offer is not None and asking.asks_opening(offer, rule):
            found.append(
                Field("opened_on", _("opened on"), _("day of purchase or contract. {day}").format(day=day_hint()))
            )
        found.append(Field("activated_on", _("activated on"), _("may be left empty. {day}").format(day=day_hint())))
        if offer is not None and asking.asks_renewal(offer, rule):
            hint = _("whether it renews itself and you leave it on")
            found.append(Field("auto_renew", _("auto-renew"), hint, options=knowledge_options()))
        if asking.asks_identity(rule):
            hint = _("whether the operator has your identity papers")
            found.append(Field("identified", _("identified"), hint, options=knowledge_options()))
        if numbers.looks_like_number(values.get("name", "")) or values.get("label", ""):
            found.append(Field("label", _("name"), _("a name of your own; may be left empty")))
        return found

    def check(self, values: Values) -> Checked[NewLine]:
        """Return the line with the acts that were named."""
        reader = Reader(self.visible(values))
        reader.need("name", _("a number or a name is needed"))
        reader.need("offer", _("choose an offer"))
        if reader.raw("offer") and self._offer(values) is None:
            reader.refuse(
                "offer", _("this offer cannot be used"), _("simtui carriers check says what is wrong with it.")
            )
        known = self._known(reader)
        return reader.checked(
            lambda: NewLine(Line.model_validate(known.line.model_dump()), known.acts), {"number": "name"}
        )

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Return the standing and its sum, from what is right so far."""
        known = self._known(Reader(self.visible(values)))
        if known.offer is None:
            return layout.wrapped(_("The standing appears here once an offer is chosen."), width, "muted")
        held = tuple(HeldAct(number, 0, act) for number, act in enumerate(known.acts, start=1))
        holding = Holding(0, 0, known.line, held, (), known.offer, True, known.today, self._lead_days)
        return standing_preview(holding, holding.standing, width)

    def doubts(self, result: NewLine) -> Sequence[str]:
        """Ask before a second line with the same number."""
        number = result.line.number
        same = () if number is None else self._desk.repository.list("line", number=number)
        text = _("“{name}” has this number already. Add another line with it?")
        return [text.format(name=called(self._desk.holding(document.id).line)) for document in same[:1]]

    def save(self, result: NewLine) -> int:
        """Add the line; return its id."""
        return self._desk.add_line(result)

    # Reading the values ------------------------------------------------------------------------------------------

    def _known(self, reader: Reader) -> _Known:
        offer = self._offer(reader.values)
        today = self._today(offer)
        number, label = self._name(reader, offer)
        line = Line.model_construct(
            number=number,
            label=label,
            offer=offer.id if offer is not None else "",
            variant=reader.raw("variant") or None,
            opened_on=reader.day("opened_on", today),
            activated_on=reader.day("activated_on", today),
            auto_renew=Knowledge(reader.raw("auto_renew") or Knowledge.UNKNOWN),
            identity=Identity(state=Knowledge(reader.raw("identified") or Knowledge.UNKNOWN)),
        )
        rule = asking.rule_of(offer, line, today) if offer is not None else Rule()
        kind = self._kind(reader.values, asking.restarting_kinds(rule))
        acts = self._acts(reader, offer, rule, kind, today)
        return _Known(offer, rule, today, line, acts, kind)

    def _acts(self, reader: Reader, offer: Offer | None, rule: Rule, kind: ActKind, today: Day) -> tuple[Act, ...]:
        currency = offer.currency if offer is not None else None
        acts: list[Act] = []
        day = reader.day("day", today)
        amount, code = reader.money("amount", currency) or (None, None)
        plan = reader.raw("plan") or None
        if day is not None:
            acts.append(Act(line=1, kind=kind, day=day, amount=amount, currency=code, plan=plan))
        elif amount is not None or plan is not None:
            reader.need("day", _("the date is missing"))
        credit = reader.money("credit", currency)
        if credit is not None:
            balances = Balances(credit=credit[0], currency=credit[1])
            acts.append(Act(line=1, kind=ActKind.BALANCE_READING, day=today, balances=balances))
        until = reader.day("valid_until", today, ahead=True)
        if until is not None:
            # What is bought later on that day comes after it.
            acts.append(Act(line=1, kind=ActKind.STATEMENT, day=today, valid_until=until, in_turn=True))
        return tuple(acts)

    def _name(self, reader: Reader, offer: Offer | None) -> tuple[str | None, str | None]:
        """Return number and label: what looks like a phone number is one, anything else is a name."""
        typed = reader.raw("name")
        if not numbers.looks_like_number(typed):
            return None, reader.text("name") or reader.text("label")
        region = offer.country if offer is not None else None
        number = reader.read("name", lambda text: numbers.to_e164(text, region), numbers.grouped)
        return number, reader.text("label")

    def _kind(self, values: Values, kinds: Sequence[ActKind]) -> ActKind:
        """Return the act that is named, or the first that counts where the one picked before no longer does."""
        chosen = values.get("kind", "")
        return next((kind for kind in kinds if kind.value == chosen), kinds[0])

    def _offer(self, values: Values) -> Offer | None:
        return self._desk.catalogue.offer(values.get("offer", ""))

    def _today(self, offer: Offer | None) -> Day:
        return self._desk.today_in(offer.zone if offer is not None else "Etc/UTC")

    def _stand_in(self, values: Values) -> Line:
        """Return a line of the cohort that was picked."""
        return Line.model_construct(label="", offer=values.get("offer", ""), variant=values.get("variant") or None)
