"""Amounts of money: a decimal number and an ISO 4217 currency, never one without the other."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from simtui.domain.record import Record
from simtui.errors import InputError

Amount = Annotated[Decimal, Field(ge=0, le=1_000_000_000, max_digits=14, decimal_places=4, allow_inf_nan=False)]
"""A sum that was paid, charged or read: not negative, at most a thousand million."""

# The active codes of ISO 4217 for money that people pay with (funds, metals and test codes left out).
CURRENCIES = frozenset(
    # One text reads better than a list of 150 quoted codes.
    """AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
    CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB
    RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
    UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG""".split()  # noqa: SIM905
)


def _known_currency(code: str) -> str:
    if code not in CURRENCIES:
        raise ValueError("an ISO 4217 currency code such as EUR is needed")
    return code


Currency = Annotated[str, AfterValidator(_known_currency)]


class Money(Record):
    """An amount in a currency; sums across currencies are refused, never converted."""

    amount: Amount
    currency: Currency

    def plus(self, other: Money) -> Money:
        """Return the sum; `InputError` where the currencies differ."""
        if other.currency != self.currency:
            raise InputError(f"{self.currency} and {other.currency} cannot be added")
        return Money(amount=self.amount + other.amount, currency=self.currency)


def totals(amounts: Iterable[Money]) -> tuple[Money, ...]:
    """Return one total per currency, sorted by its code."""
    sums: dict[str, Money] = {}
    for money in amounts:
        known = sums.get(money.currency)
        sums[money.currency] = money if known is None else known.plus(money)
    return tuple(sums[code] for code in sorted(sums))


def shown_amount(amount: Decimal) -> str:
    """Return an amount without needless zeros: 10, 2.99, 0.60 (cents are kept in pairs)."""
    if amount == amount.to_integral_value():
        return format(amount.to_integral_value(), "f")
    cents = amount.quantize(Decimal("0.01"))
    return format(cents if cents == amount else amount.normalize(), "f")
