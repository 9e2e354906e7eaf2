"""What is left on a line, in words; a balance that nobody read is not shown as zero."""

from __future__ import annotations

from simtui import words
from simtui.domain.balance import last_reading
from simtui.holding import Holding
from simtui.i18n import _


def balance_lines(holding: Holding) -> list[tuple[str, str, str]]:
    """Return (what, how much, since when) for each balance that was read."""
    past = [act for act in holding.plain_acts if act.day <= holding.today]
    rows: list[tuple[str, str, str]] = []
    point = holding.credit.at(holding.today)
    if point is not None:
        since = _("read {day}").format(day=point.read_on)
        if point.day != point.read_on:
            since = _("read {day}, reckoned on since").format(day=point.read_on)
        rows.append((_("credit"), words.money(point.amount, holding.offer.currency), since))
    for field, name in (("data_mb", _("data")), ("minutes", _("minutes")), ("sms", _("SMS"))):
        reading = last_reading(past, field)
        if reading is not None:
            amount = words.data(reading.value) if field == "data_mb" else str(reading.value)
            rows.append((name, amount, _("read {day}").format(day=reading.act.day)))
    return rows
