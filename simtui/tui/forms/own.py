"""Plans, top-ups and offers of the user's own: they go into the user's own file, beside the bundled ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Final, Literal

from simtui import own_file, own_offers, typed, words
from simtui.desk import Desk
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Period
from simtui.domain.line import Line
from simtui.domain.money import CURRENCIES
from simtui.domain.offer import Offer, OfferKind, Plan, TopUp
from simtui.domain.rule import PlanKind, Rule
from simtui.errors import InputError
from simtui.holding import HeldAct, Holding
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.tui.forms.model import Checked, Field, Form, Values
from simtui.tui.forms.picks import kind_options, word_options
from simtui.tui.forms.previews import standing_preview
from simtui.tui.forms.reader import Reader
from simtui.tui.views import layout
from simtui.tui.widgets.matching import Option

TOP_UP = "top_up"
RECEIVE_ONLY: Final = "receive_only"
NOTHING: Final = "none"
UNKNOWN: Final = "unknown"
_KEEPING = (
    *(ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.CALL_OUT),
    *(ActKind.SMS_OUT, ActKind.DATA),
)


class OwnPlanForm(Form[Plan | TopUp, bool]):
    """A plan or a top-up amount that the bundled facts of an offer do not have."""

    def __init__(self, desk: Desk, file: Path, offer: Offer, edited: Plan | TopUp | None = None) -> None:
        self._file = file
        self._offer = offer
        self._edited = edited
        self._today = desk.today_in(offer.zone)

    @property
    def title(self) -> str:
        """Which offer it is for."""
        offer = words.text(self._offer.name)
        if self._edited is not None:
            return _("Edit your plan of {offer}").format(offer=offer)
        return _("Add a plan to {offer}").format(offer=offer)

    def initial(self) -> Values:
        """A plan with data, the most usual, or what is edited."""
        match self._edited:
            case None:
                return {"kind": PlanKind.DATA.value}
            case TopUp(amount=amount, validity=validity):
                return {"kind": TOP_UP, "price": str(amount), "validity": _iso(validity)}
            case plan:
                return {
                    "kind": plan.kind.value,
                    "name": words.text(plan.name),
                    "price": "" if plan.price is None else str(plan.price),
                    "validity": _iso(plan.validity),
                    "data": "" if plan.data_mb is None else words.data(plan.data_mb),
                    "minutes": "" if plan.minutes is None else str(plan.minutes),
                    "sms": "" if plan.sms is None else str(plan.sms),
                }

    def fields(self, values: Values) -> Sequence[Field]:
        """Return what a plan has, or the little that a top-up has."""
        kinds = (*word_options(PlanKind), Option(TOP_UP, words.word(ActKind.TOP_UP)))
        price = Field("price", _("price"), _("in {currency}").format(currency=self._offer.currency), overwrite=True)
        validity = Field("validity", _("valid for"), _("6 months, 180 days or P6M; empty: not known"), overwrite=True)
        found = [Field("kind", _("kind"), _("a plan, or an amount of credit"), options=kinds)]
        if values.get("kind") == TOP_UP:
            return [*found, price, validity]
        return [
            *found,
            Field("name", _("name"), _("as the operator calls it")),
            price,
            validity,
            Field("data", _("data"), _("3.1 GB or 500 MB; empty: not known"), overwrite=True),
            Field("minutes", _("minutes"), _("empty: not known"), overwrite=True),
            Field("sms", _("SMS"), _("empty: not known"), overwrite=True),
        ]

    def check(self, values: Values) -> Checked[Plan | TopUp]:
        """Return the plan or the top-up."""
        reader = Reader(self.visible(values))
        price = reader.read("price", self._price, lambda amount: words.money(amount, self._offer.currency))
        validity = reader.period("validity")
        if reader.raw("kind") == TOP_UP:
            reader.need("price", _("the amount is missing"))
            return reader.checked(lambda: own_offers.new_top_up(price or Decimal(0), validity), {"amount": "price"})
        reader.need("name", _("the name is missing"))
        form = own_offers.PlanForm(
            name=reader.text("name") or "",
            kind=PlanKind(reader.raw("kind")),
            price=price,
            validity=validity,
            data_mb=reader.read("data", typed.data_mb, words.data),
            minutes=reader.count("minutes"),
            sms=reader.count("sms"),
        )
        return reader.checked(lambda: self._plan(form))

    def _plan(self, form: own_offers.PlanForm) -> Plan:
        """Return the plan; one that is edited keeps its id, as acts name it."""
        plan = own_offers.new_plan(self._offer, form)
        return plan.model_copy(update={"id": self._edited.id}) if isinstance(self._edited, Plan) else plan

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Say where it goes."""
        text = _("It goes into your own file and stands among the plans of this offer, marked “yours”.")
        return layout.wrapped(text, width, "muted")

    def save(self, result: Plan | TopUp) -> bool:
        """Write it into the user's own file, in the place of what was edited."""

        def changed(content: own_file.Document) -> own_file.Document:
            if self._edited is not None:
                content = own_file.without_part(content, self._offer.id, self._edited)
            return own_file.with_part(content, self._offer, result, self._today)

        own_file.edit(self._file, changed, self._today)
        return True

    def _price(self, text: str) -> Decimal:
        amount, currency = typed.money(text, self._offer.currency)
        if currency != self._offer.currency:
            raise InputError(_("this offer's currency is {currency}").format(currency=self._offer.currency))
        return amount


@dataclass(frozen=True, slots=True)
class OwnOffer:
    """An offer with the name of its carrier, as the form makes it."""

    carrier: str
    offer: Offer


class OwnOfferForm(Form[OwnOffer, str]):
    """An offer in one sentence: the number lasts [6 months] after [top-up], then [nothing]."""

    def __init__(self, desk: Desk, file: Path) -> None:
        self._desk = desk
        self._file = file

    @property
    def title(self) -> str:
        """What the form does."""
        return _("Add an offer of your own")

    def initial(self) -> Values:
        """A prepaid card that a top-up keeps, as most do."""
        return {"kind": OfferKind.KEEP_NUMBER.value, "after": ActKind.TOP_UP.value, "then": UNKNOWN}

    def fields(self, values: Values) -> Sequence[Field]:
        """Return what names the offer, then the sentence about how long it lasts."""
        then = (
            Option(UNKNOWN, _("not known")),
            Option(NOTHING, _("nothing")),
            Option(RECEIVE_ONLY, _("receive only")),
        )
        found = [
            Field("carrier", _("operator"), _("who issues the number")),
            Field("name", _("name"), _("what the operator calls the offer")),
            Field("kind", _("kind"), options=word_options(OfferKind)),
            Field("country", _("country"), _("two letters: FR, MC, GB, HK"), overwrite=True),
            Field("currency", _("currency"), _("three letters: EUR, GBP, CNY"), overwrite=True),
            Field("zone", _("time zone"), _("Europe/Paris, Asia/Shanghai"), overwrite=True),
            Field("lasts", _("lasts"), _("6 months or 180 days; empty: not known"), _("The number"), overwrite=True),
            Field("after", _("after"), _("what keeps it"), options=kind_options(_KEEPING)),
            Field("then", _("then"), _("what follows when nobody did that"), options=then),
        ]
        if values.get("then") == RECEIVE_ONLY:
            found.append(Field("then_lasts", _("for"), _("6 months or 180 days"), overwrite=True))
        return found

    def adjusted(self, values: Values, changed: str) -> Values:
        """Fill in the usual time zone and currency of a country."""
        country = plain_keys(values.get("country", "")).strip().upper()
        usual = own_offers.usual_place(self._desk.catalogue, country) if changed == "country" else None
        if usual is None:
            return values
        zone, currency = usual
        return {**values, "zone": zone, "currency": currency}

    def check(self, values: Values) -> Checked[OwnOffer]:
        """Return the offer with its rule."""
        reader = Reader(self.visible(values))
        for name, words_ in (
            ("carrier", _("the operator's name is missing")),
            ("name", _("the name is missing")),
            ("country", _("the country is missing")),
            ("currency", _("the currency is missing")),
            ("zone", _("the time zone is missing")),
        ):
            reader.need(name, words_)
        form = self._form(reader)
        today = self._desk.today_in(form.zone or "Etc/UTC")
        return reader.checked(
            lambda: OwnOffer(form.carrier, own_offers.new_offer(form, self._desk.catalogue.ids, today)),
            {"id": "name", "rules": "lasts"},
        )

    def preview(self, values: Values, width: int) -> Sequence[layout.Line]:
        """Return what the sentence means for an act done today."""
        reader = Reader(self.visible(values))
        form = self._form(reader)
        if form.rule is None:
            text = _("Without “lasts” the offer has no dates: enter the operator's own with each line.")
            return layout.wrapped(text, width, "muted")
        today = self._desk.today_in(form.zone or "Etc/UTC")
        stand_in = replace(form, carrier="-", name="-", country="ZZ", zone="Etc/UTC", currency="EUR")
        offer = own_offers.new_offer(stand_in, (), today)
        act = Act(line=1, kind=ActKind(reader.raw("after")), day=today)
        line = Line.model_construct(label="-", offer=offer.id)
        holding = Holding(0, 0, line, (HeldAct(1, 0, act),), (), offer, known_offer=True, today=today)
        head = layout.wrapped(_("If that is done today:"), width, "muted")
        return [*head, *standing_preview(holding, holding.standing, width)]

    def save(self, result: OwnOffer) -> str:
        """Write it into the user's own file; return its id."""
        own_file.edit(
            self._file,
            lambda content: own_file.with_offer(content, result.carrier, result.offer),
            self._desk.today_in(result.offer.zone),
        )
        return result.offer.id

    def _form(self, reader: Reader) -> own_offers.OfferForm:
        return own_offers.OfferForm(
            carrier=reader.text("carrier") or "",
            name=reader.text("name") or "",
            country=reader.read("country", _country) or "",
            zone=reader.read("zone", typed.zone) or "",
            currency=reader.read("currency", _currency) or "",
            kind=OfferKind(reader.raw("kind")),
            rule=self._rule(reader),
        )

    def _rule(self, reader: Reader) -> Rule | None:
        lasts = reader.period("lasts")
        then_lasts = reader.period("then_lasts")
        chosen = reader.raw("then")
        if chosen == RECEIVE_ONLY and lasts is not None:
            reader.need("then_lasts", _("how long it can still receive is missing"))
        if lasts is None:
            return None
        then: Period | Literal["none", "unknown"] = NOTHING if chosen == NOTHING else UNKNOWN
        if chosen == RECEIVE_ONLY and then_lasts is not None:
            then = then_lasts
        return own_offers.keeping_rule(lasts, [ActKind(reader.raw("after"))], then=then)


def _iso(period: Period | None) -> str:
    return "" if period is None else period.format_iso()


def _country(text: str) -> str:
    code = plain_keys(text).strip().upper()
    if not re.fullmatch("[A-Z]{2}", code):
        raise InputError(_("this is no country code"), next_step=_("Write its two letters, such as FR."))
    return code


def _currency(text: str) -> str:
    code = plain_keys(text).strip().upper()
    if code not in CURRENCIES:
        raise InputError(_("there is no such currency"), next_step=_("Write its three letters, such as EUR."))
    return code
