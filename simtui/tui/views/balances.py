"""The balances pane: what is left, since when it is known, what lapses, how long it lasts."""

from __future__ import annotations

from decimal import Decimal

from simtui import words
from simtui.domain.act import Act
from simtui.domain.balance import last_reading
from simtui.domain.calendar import days_between
from simtui.domain.reckoning import ClockState, Reckoning
from simtui.domain.rule import Loses
from simtui.domain.whatif import cheapest
from simtui.holding import Holding
from simtui.i18n import _, ngettext
from simtui.tui.views.layout import Line, Look, labelled

LABEL = 9
HIDDEN = "***"


def balance_lines(holding: Holding, look: Look, width: int) -> list[Line]:
    """Return the pane; a balance that nobody read is not shown as zero."""
    lines: list[Line] = []
    lines += _credit(holding, look, width)
    lines += _data(holding, look, width)
    lines += _counted(holding, look, width, "minutes", _("minutes"))
    lines += _counted(holding, look, width, "sms", _("SMS"))
    if not lines:
        hint = _("Nothing read yet. m records a reading: credit, data, minutes, SMS.")
        return labelled("", 0, hint, width, "muted")
    lines += _runway(holding, width)
    return lines


def _credit(holding: Holding, look: Look, width: int) -> list[Line]:
    point = holding.credit.at(holding.today)
    if point is None:
        return []
    amount = HIDDEN if look.private else words.money(point.amount, holding.offer.currency)
    ago = days_between(point.read_on, holding.today)
    read = ngettext("read {day}, {n} d ago", "read {day}, {n} d ago", ago).format(day=point.read_on, n=ago)
    moved = _("moved on since by what is recorded") if point.day != point.read_on else ""
    lapse = _lapse(holding, Loses.BALANCE)
    text = "  ".join(part for part in (amount, lapse, read, moved) if part)
    return labelled(_("credit"), LABEL, text, width)


def _data(holding: Holding, look: Look, width: int) -> list[Line]:
    reading = last_reading(_past(holding), "data_mb")
    if reading is None:
        return []
    amount = HIDDEN if look.private else data_text(reading.value)
    ago = days_between(reading.act.day, holding.today)
    read = ngettext("read {day}, {n} d ago", "read {day}, {n} d ago", ago).format(day=reading.act.day, n=ago)
    lapse = _lapse(holding, Loses.DATA)
    text = "  ".join(part for part in (amount, lapse, read) if part)
    return labelled(_("data"), LABEL, text, width)


def _counted(holding: Holding, look: Look, width: int, field: str, name: str) -> list[Line]:
    reading = last_reading(_past(holding), field)
    if reading is None:
        return []
    ago = days_between(reading.act.day, holding.today)
    amount = HIDDEN if look.private else str(reading.value)
    read = ngettext("read {day}, {n} d ago", "read {day}, {n} d ago", ago).format(day=reading.act.day, n=ago)
    return labelled(name, LABEL, f"{amount}  {read}", width)


def _lapse(holding: Holding, loses: Loses) -> str:
    """Return when this balance goes, or that it went."""
    clocks = [clock for clock in holding.standing.clocks if clock.loses is loses or _takes_service(clock)]
    dated = [clock for clock in clocks if clock.ends_on is not None]
    if not dated:
        return ""
    first = min(dated, key=lambda clock: clock.ends_on or holding.today)
    assert first.ends_on is not None
    if first.state is ClockState.RUNNING:
        return _("lapses in {n} d").format(n=days_between(holding.today, first.ends_on))
    if first.loses is loses:
        return _("lapsed {day}").format(day=first.ends_on)
    return _("frozen since {day}").format(day=first.ends_on)


def _takes_service(clock: Reckoning) -> bool:
    return clock.loses in (Loses.SERVICE, Loses.NUMBER) and clock.state is not ClockState.RUNNING


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


def data_text(mebibytes: int) -> str:
    """Return an amount of data: 3.1 GB, 500 MB."""
    if mebibytes < 1024:
        return f"{mebibytes} MB"
    return f"{mebibytes / 1024:.1f}".removesuffix(".0") + " GB"


def _past(holding: Holding) -> list[Act]:
    return [act for act in holding.plain_acts if act.day <= holding.today]
