"""One row of a CSV file, turned into a line and its acts; everything that is wrong with it is named at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar

from pydantic import ValidationError

from simtui import numbers, typed
from simtui.domain.act import Act, ActKind, Balances
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.offer import Offer
from simtui.errors import SimtuiError
from simtui.exchange.complaints import complaints
from simtui.exchange.incoming import Incoming, TodayIn, Wrong
from simtui.fields import READERS, as_record_fields, read_field
from simtui.i18n import _
from simtui.lookup import OfferBook, faulty_entry, one_offer, one_plan
from simtui.text import plain_keys

_T = TypeVar("_T")

_USES = {
    "last_call_date": ActKind.CALL_OUT,
    "last_sms_date": ActKind.SMS_OUT,
    "last_data_date": ActKind.DATA,
    "first_use_date": ActKind.DATA,
}


class RowReader:
    """Reads rows one by one, with the same offers and today's date."""

    def __init__(self, book: OfferBook, today_in: TodayIn) -> None:
        self._book = book
        self._today_in = today_in

    def read(self, number: int, cells: Mapping[str, str]) -> tuple[Incoming | None, list[Wrong]]:
        """Return the line of row `number`, or None and what is wrong with it; `cells` are by column."""
        row = _Row(number, cells)
        is_international = plain_keys(row.text("number") or "").startswith(("+", "00"))
        phone = row.value("number", numbers.to_e164) if is_international else None
        offer = self._offer(row, phone)
        if offer is None:
            return None, row.wrong
        if not is_international:
            phone = row.value("number", partial(numbers.to_e164, region=offer.country))
        row.read_currency(offer)
        row.today = self._today_in(_zone(row) or offer.zone)
        line = row.record(Line, _line_fields(row, phone, offer))
        acts = _acts(row, offer)
        if row.wrong or line is None:
            return None, row.wrong
        return Incoming(number, line, tuple(acts)), []

    def _offer(self, row: _Row, phone: str | None) -> Offer | None:
        """Look the offer up by its column, together with the carrier's where that alone is not enough."""
        text = row.text("offer")
        if text is None:
            row.complain("offer", _("is missing"))
            return None
        region = numbers.region_of(phone) if phone is not None else None
        carrier = row.text("carrier")
        try:
            found = one_offer(text, self._book, region)
        except SimtuiError as error:
            try:
                if carrier is None:
                    raise
                found = one_offer(f"{carrier} {text}", self._book, region)
            except SimtuiError:
                row.complain("offer", error.problem, error.next_step)
                return None
        offer = self._book.offer(found)
        if offer is None:
            fault = faulty_entry(found)
            row.complain("offer", fault.problem, fault.next_step)
        return offer


class _Row:
    """The cells of one row, and what has been found wrong with them so far."""

    def __init__(self, number: int, cells: Mapping[str, str]) -> None:
        self.number = number
        self.wrong: list[Wrong] = []
        self.today = Day(1970, 1, 1)
        self.currency = ""
        self._cells = cells

    def text(self, column: str) -> str | None:
        """Return a cell without the blanks around it, None where it is empty."""
        return self._cells.get(column, "").strip() or None

    def complain(self, column: str, problem: str, next_step: str = "") -> None:
        """Note that a column is wrong."""
        self.wrong.append(Wrong(self.number, column, problem, next_step))

    def value(self, column: str, read: Callable[[str], _T]) -> _T | None:
        """Return what `read` makes of a cell; None where it is empty or wrong, which is noted."""
        text = self.text(column)
        if text is None:
            return None
        try:
            return read(text)
        except SimtuiError as error:
            self.complain(column, error.problem, error.next_step)
            return None

    def day(self, column: str, *, ahead: bool = False) -> Day | None:
        """Return a cell as a day; one without a year is the last such day or, `ahead`, the next."""
        return self.value(column, lambda text: typed.day(text, self.today, ahead=ahead))

    def read_currency(self, offer: Offer) -> None:
        """Take the row's own currency for its amounts, the offer's where it has none or a wrong one."""
        self.currency = self.value("currency", typed.currency) or offer.currency

    def money(self, column: str) -> tuple[Decimal, str] | None:
        """Return a cell as an amount, in the row's currency unless it names its own."""
        return self.value(column, lambda text: typed.money(text, self.currency))

    def record(self, model: Callable[..., _T], fields: dict[str, Any], column: str = "") -> _T | None:
        """Return a record of these fields; None where a field is refused, which is noted."""
        try:
            return model(**fields)
        except ValidationError as error:
            for path, problem in complaints(error):
                self.complain(column or path or "label", problem)
            return None


def _line_fields(row: _Row, phone: str | None, offer: Offer) -> dict[str, Any]:
    """Return the fields of the line record; what was left empty is left out."""
    if row.text("label") is None and row.text("number") is None:
        row.complain("label", _("a number or a label is needed"))
    values = {
        column: row.value(column, partial(_read, column, row.today))
        for column in READERS
        if column != "number" and row.text(column) is not None
    }
    given = {column: value for column, value in values.items() if value is not None}
    # What was refused is named already; a label stands in so that the other fields are checked too.
    named = {"number": phone} if phone is not None else {"label": values.get("label") or "?"}
    return {**as_record_fields(given), **named, "offer": offer.id}


def _zone(row: _Row) -> str | None:
    """Return the row's own time zone if there is such a one; that there is none is told with the other fields."""
    try:
        return typed.zone(row.text("zone") or "")
    except SimtuiError:
        return None


def _read(column: str, today: Day, text: str) -> Any:  # noqa: ANN401 - each field has its own type
    return read_field(column, text, today)


def _acts(row: _Row, offer: Offer) -> list[Act]:
    """Return the acts that the row tells of, in the order of what they are."""
    found = [
        _paid(row, ActKind.TOP_UP, "last_top_up"),
        _paid(row, ActKind.PAYMENT, "last_payment"),
        _plan(row, offer),
        *(_used(row, column, kind) for column, kind in _USES.items()),
        _reading(row),
        _statement(row),
    ]
    acts = [act for act in found if act is not None]
    # What was bought comes before what it was used for, on days that saw both.
    return [act.model_copy(update={"order": at}) for at, act in enumerate(acts, start=1)]


def _paid(row: _Row, kind: ActKind, stem: str) -> Act | None:
    day, paid = row.day(f"{stem}_date"), row.money(f"{stem}_amount")
    if row.text(f"{stem}_date") is None:
        if paid is not None:
            row.complain(f"{stem}_date", _("is missing: when was this paid?"))
        return None
    if day is None:
        return None
    amount, currency = paid if paid is not None else (None, None)
    return row.record(Act, {"line": 1, "kind": kind, "day": day, "amount": amount, "currency": currency}, stem)


def _plan(row: _Row, offer: Offer) -> Act | None:
    bought, until = row.day("plan_date"), row.day("plan_until", ahead=True)
    plan = row.value("plan", lambda text: one_plan(text, offer))
    price = row.money("plan_price")
    if row.text("plan_date") is None:
        if any(row.text(column) is not None for column in ("plan", "plan_price", "plan_until")):
            row.complain("plan_date", _("is missing: when was the plan bought?"))
        return None
    if bought is None:
        return None
    amount, currency = price if price is not None else (None, None)
    fields = {"plan": plan, "amount": amount, "currency": currency, "valid_until": until}
    return row.record(Act, {"line": 1, "kind": ActKind.PLAN_PURCHASE, "day": bought, **fields}, "plan")


def _used(row: _Row, column: str, kind: ActKind) -> Act | None:
    day = row.day(column)
    return None if day is None else row.record(Act, {"line": 1, "kind": kind, "day": day}, column)


def _reading(row: _Row) -> Act | None:
    balance = row.money("balance")
    if balance is None:
        return None
    read_on = row.day("balance_date") if row.text("balance_date") is not None else row.today
    if read_on is None:
        return None
    left = row.record(Balances, {"credit": balance[0], "currency": balance[1]}, "balance")
    fields = {"line": 1, "kind": ActKind.BALANCE_READING, "day": read_on, "balances": left}
    return None if left is None else row.record(Act, fields, "balance")


def _statement(row: _Row) -> Act | None:
    """Return the operator's own date; where it does not say when it was read, that was today.

    What is bought on that day, once the line is there, counts after it.
    """
    until = row.day("valid_until", ahead=True)
    read_on = row.day("valid_until_read_on") if row.text("valid_until_read_on") is not None else row.today
    if until is None or read_on is None:
        return None
    fields = {"line": 1, "kind": ActKind.STATEMENT, "day": read_on, "valid_until": until, "in_turn": True}
    return row.record(Act, fields, "valid_until")
