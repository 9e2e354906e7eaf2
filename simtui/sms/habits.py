"""How a country writes dates and numbers, and what its money is called."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simtui.domain.calendar import Day
from simtui.domain.offer import Offer

MONTH_FIRST = frozenset({"AS", "GU", "MH", "MP", "PR", "PW", "US", "VI"})
YEAR_FIRST = frozenset({"CN", "HU", "IR", "JP", "KP", "KR", "LT", "MN", "TW"})
MIXED = frozenset({"CA", "KE", "KY", "PA", "PH", "ZZ"})
"""Where both orders of day and month are in use, or nobody knows: such dates are asked about."""

POINT = frozenset(
    # Countries with a decimal point; anywhere else a comma parts the cents.
    """AS AU BD BN BW CN GB GG GH GU HK IE IL IM IN JE JP KE KR KY LK MH MM MO MP MT MX MY NG NP NZ PA PH PK PR PW SG
    TH TW TZ UG US VI ZW""".split()  # noqa: SIM905
)
_DECIMAL_UNKNOWN = frozenset({"CA", "CH", "LI", "ZA", "ZZ"})

DOLLARS = ("USD", "AUD", "CAD", "HKD", "NZD", "SGD")
_SHARED: dict[str, tuple[str, ...]] = {
    "$": DOLLARS,
    "dollar": DOLLARS,
    "dollars": DOLLARS,
    "¥": ("CNY", "JPY"),
    "元": ("CNY", "HKD", "TWD", "MOP"),
}
"""What several currencies are called; the offer's own is meant where it is one of them."""
_DOLLAR_LANDS = frozenset(
    "AUD BBD BMD BND BSD BZD CAD FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD XCD CLP COP ARS".split()  # noqa: SIM905
)
_CLEAR: dict[str, tuple[str, ...]] = {
    "AUD": ("aud", "au$", "a$"),
    "CAD": ("cad", "ca$"),
    "CHF": ("chf",),
    "CNY": ("cny", "rmb", "人民币", "块"),
    "EUR": ("€", "euros", "euro", "eur", "欧元"),
    "GBP": ("£", "gbp", "pounds", "pound", "英镑"),
    "HKD": ("hkd", "hk$", "港币", "港元", "港幣"),
    "INR": ("₹", "inr"),
    "JPY": ("jpy", "yen", "日元", "円"),
    "KZT": ("₸", "kzt"),
    "MOP": ("mop$", "mop", "澳门元", "澳門元"),
    "NZD": ("nzd", "nz$"),
    "PHP": ("₱", "php"),
    "PLN": ("pln", "zł"),
    "RUB": ("₽", "rub"),
    "SGD": ("sgd", "s$"),
    "THB": ("฿", "thb"),
    "TWD": ("twd", "ntd", "nt$", "新台币", "新臺幣"),
    "UAH": ("₴", "uah"),
    "USD": ("usd", "us$", "美元"),
}
_AT_HOME: dict[str, tuple[str, ...]] = {
    "BRL": ("r$",),
    "CHF": ("fr", "sfr"),
    "GEL": ("₾", "lari"),
    "IDR": ("rp",),
    "INR": ("rs",),
    "KES": ("ksh",),
    "MYR": ("rm",),
    "PHP": ("p",),
    "RUB": ("руб",),
    "UAH": ("грн",),
    "ZAR": ("r",),
}
"""Short names that only count where the offer's own money is meant."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What is expected of a message.

    `order` is `day`, `month` or `year`, whichever comes first in a date in figures; empty: ask. `decimal` is `.`, `,` or
    empty. `names` maps what money is called, folded, to the currencies it can mean. `day` is when the message came.
    """

    currency: str
    order: str
    decimal: str
    names: dict[str, tuple[str, ...]]
    day: Day

    def without_order(self) -> Habits:
        """Return these habits where the text contradicts the country's order of day and month."""
        return replace(self, order="")


def habits_of(offer: Offer, day: Day) -> Habits:
    """Return what to expect of a message about `offer` that came on `day`."""
    country = offer.country
    if country in MIXED:
        order = ""
    else:
        order = "month" if country in MONTH_FIRST else "year" if country in YEAR_FIRST else "day"
    decimal = "" if country in _DECIMAL_UNKNOWN else "." if country in POINT else ","
    return Habits(offer.currency, order, decimal, _names(offer.currency), day)


def _names(currency: str) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {name: (code,) for code, called in _CLEAR.items() for name in called}
    for name, codes in _SHARED.items():
        mine = currency in codes or (codes is DOLLARS and currency in _DOLLAR_LANDS)
        names[name] = (currency,) if mine else codes
    names[currency.lower()] = (currency,)
    names.update(dict.fromkeys(_AT_HOME.get(currency, ()), (currency,)))
    return names
