"""The balances pane: what is left, since when it is known, what lapses, how long it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from simtui import words
from simtui.domain.act import Act, ActKind
from simtui.domain.balance import last_reading
from simtui.domain.calendar import Day, days_between
from simtui.domain.reckoning import ClockState, Reckoning
from simtui.domain.rule import Loses
from simtui.domain.whatif import cheapest
from simtui.holding import Holding
from simtui.i18n import _, ngettext
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line, Look, labelled, wrapped

LABEL = 9
HIDDEN = "***"
BAR = 12
WITH_BARS = 44


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one thing: `share` of what the plan brought, where that is known, and what becomes of it."""

    label: str
    amount: str
    share: float | None
    fate: str
    read_on: Day
    reckoned: bool = False


def balance_lines(holding: Holding, look: Look, width: int) -> list[Line]:
    """Return the pane; a balance that nobody read is not shown as zero."""
    found = [*_credit(holding, look), *_counted(holding, look)]
    if not found:
        hint = _("Nothing read yet. m records a reading: credit, data, minutes, SMS.")
        return wrapped(hint, width, "muted")
    same_day = len({each.read_on for each in found}) == 1
    amount = max(cell_width(each.amount) for each in found) + 2
    bar = BAR + 2 if width >= WITH_BARS and any(each.share is not None for each in found) else 0
    lines: list[Line] = []
    for each in found:
        fate = each.fate if same_day else "  ".join(filter(None, (each.fate, _read(each.read_on, holding.today))))
        first, *rest = wrapped(fate, max(8, width - LABEL - amount - bar))
        head = (fit(each.label, LABEL), "muted"), (fit(each.amount, amount), ""), (fit(_bar(each.share), bar), "muted")
        lines += [[*head, *first], *([(" " * (LABEL + amount + bar), ""), *line] for line in rest)]
    lines += _runway(holding, width)
    return [*lines, *_since(holding, found, width, same_day=same_day)]


def _credit(holding: Holding, look: Look) -> Iterator[Left]:
    point = holding.credit.at(holding.today)
    if point is not None:
        amount = HIDDEN if look.private else words.money(point.amount, holding.offer.currency)
        fate = _fate(holding, Loses.BALANCE)
        yield Left(_("credit"), amount, None, fate, point.read_on, reckoned=point.day != point.read_on)


def _counted(holding: Holding, look: Look) -> Iterator[Left]:
    past = [act for act in holding.plain_acts if act.day <= holding.today]
    for field, label in (("data_mb", _("data")), ("minutes", _("minutes")), ("sms", _("SMS"))):
        reading = last_reading(past, field)
        if reading is None:
            continue
        whole = _allowance(holding, past, field, reading.act.day)
        share = reading.value / whole if whole and reading.value <= whole else None
        amount = _amount(field, reading.value, whole if share is not None else None)
        fate = _fate(holding, Loses.DATA if field == "data_mb" else None)
        yield Left(label, HIDDEN if look.private else amount, None if look.private else share, fate, reading.act.day)


def _allowance(holding: Holding, past: list[Act], field: str, until: Day) -> int | None:
    """Return how much the last plan brought that was bought before the reading and says so."""
    bought = (act for act in reversed(past) if act.kind is ActKind.PLAN_PURCHASE and act.day <= until)
    plans = (holding.offer.plan(act.plan) for act in bought)
    return next((whole for plan in plans if plan is not None and (whole := getattr(plan, field)) is not None), None)


def _amount(field: str, value: int, whole: int | None) -> str:
    if field != "data_mb":
        return str(value) if whole is None else f"{value} / {whole}"
    if whole is None:
        return words.data(value)
    left, brought = words.data(value), words.data(whole)
    same_unit = left[-2:] == brought[-2:]
    return f"{left[:-3] if same_unit else left} / {brought}"


def _bar(share: float | None) -> str:
    if share is None:
        return ""
    full = round(share * BAR)
    return "█" * full + "░" * (BAR - full)


def _fate(holding: Holding, loses: Loses | None) -> str:
    """Return when a balance goes that a clock `loses`, or that it went; without one, whether it still can be used."""
    clocks = [clock for clock in holding.standing.clocks if clock.loses is loses or _takes_service(clock)]
    dated = [clock for clock in clocks if clock.ends_on is not None]
    if not dated:
        return ""
    first = min(dated, key=lambda clock: clock.ends_on or holding.today)
    assert first.ends_on is not None
    if first.state is ClockState.RUNNING:
        left = days_between(holding.today, first.ends_on)
        return _("lapses today") if left == 0 else _("lapses in {n} d").format(n=left)
    if first.loses is loses:
        return _("lapsed {day}").format(day=first.ends_on)
    return _("frozen since {day}").format(day=first.ends_on)


def _takes_service(clock: Reckoning) -> bool:
    return clock.loses in (Loses.SERVICE, Loses.NUMBER) and clock.state is not ClockState.RUNNING


def _since(holding: Holding, found: list[Left], width: int, *, same_day: bool) -> list[Line]:
    """Return when all this was read, if it was read on one day, and whether it was moved on since."""
    parts = [_read(found[0].read_on, holding.today)] if same_day else []
    if any(each.reckoned for each in found):
        parts.append(_("credit moved on since by what is recorded"))
    return wrapped(words.listed(parts), width, "muted") if parts else []


def _read(day: Day, today: Day) -> str:
    ago = days_between(day, today)
    if ago == 0:
        return _("read today")
    return ngettext("read {day}, {n} d ago", "read {day}, {n} d ago", ago).format(day=day, n=ago)


def _runway(holding: Holding, width: int) -> list[Line]:
    """Return how long the credit pays the fees, or the cheapest act that keeps the number."""
    point = holding.credit.at(holding.today)
    if point is None or point.amount <= 0:
        return []
    fee = next((step for clock in holding.standing.clocks for step in clock.steps if step.count), None)
    if fee is not None and fee.result is not None:
        text = ngettext("{n} fee, until {day}", "{n} fees, until {day}", fee.count or 0)
        return labelled(_("runway"), LABEL, text.format(n=fee.count, day=fee.result), width)
    best = cheapest([outcome for outcome in holding.outcomes if outcome.price and outcome.name is not None])
    if best is None or not best.price or best.price > point.amount:
        return []
    times = int(point.amount // (best.price or Decimal(1)))
    text = ngettext("pays {plan} {n} time", "pays {plan} {n} times", times)
    return labelled(_("runway"), LABEL, text.format(plan=words.text(best.name), n=times), width)
