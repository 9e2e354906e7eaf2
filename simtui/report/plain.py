"""Plain text in columns: true with Chinese names, cut to the terminal, whole in a pipe."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from simtui import numbers, sums, words
from simtui.domain.calendar import Day, days_between
from simtui.domain.reckoning import Certainty
from simtui.domain.standing import Phase, Standing
from simtui.domain.whatif import cheapest
from simtui.holding import Holding
from simtui.i18n import _
from simtui.renewals import latest_open
from simtui.report.reminding import reminder_words
from simtui.report.urgency import is_pressing, phase_word
from simtui.text import cell_width, fit, shown

if TYPE_CHECKING:
    from whenever import Instant

    from simtui.report.open_renewals import OpenRenewal

INDENT = "  "
_GAP = "  "
_NARROWEST = 8
_TOLD_BESIDE_PAID = (Phase.RESCUE, Phase.DUE, Phase.UNKNOWN)
_LINE_AT, _NUMBER_AT, _OFFER_AT, _RENEWAL_AT = 1, 2, 3, 7
"""Where in the list the columns stand that give way."""


def table(
    rows: Sequence[Sequence[str]], *, width: int | None = None, shrink: Sequence[int] = (), most: int | None = None
) -> list[str]:
    """Return rows as lines with aligned columns; texts are made safe here.

    No column but the last is wider than `most`. `width` is that of the terminal, None for no limit; the columns numbered in `shrink` give way, widest first.
    """
    safe = [[shown(cell) for cell in row] for row in rows]
    if not safe:
        return []
    widths = [max(cell_width(row[at]) for row in safe) for at in range(len(safe[0]))]
    if most is not None:
        widths = [*(min(size, most) for size in widths[:-1]), widths[-1]]
    if width is not None:
        _shrink(widths, width, shrink)
    return [_GAP.join(fit(cell, size) for cell, size in zip(row, widths, strict=True)).rstrip() for row in safe]


def _shrink(widths: list[int], width: int, shrink: Sequence[int]) -> None:
    """Take cells from the widest of the columns that may give way, until the row fits or all are narrow."""
    over = sum(widths) + len(_GAP) * (len(widths) - 1) - width
    while over > 0:
        widest = max(shrink, key=lambda at: widths[at], default=None)
        if widest is None or widths[widest] <= _NARROWEST:
            return
        widths[widest] -= 1
        over -= 1


def indented(lines: Iterable[str]) -> list[str]:
    """Return lines moved two cells to the right."""
    return [f"{INDENT}{line}" if line else "" for line in lines]


def part(title: str, lines: Sequence[str]) -> list[str]:
    """Return a titled part of a page, nothing where there is nothing to tell."""
    return [title, *indented(lines)] if lines else []


def marked(day: Day, certainty: Certainty) -> str:
    """Return a day with the sign of how sure it is."""
    return f"{words.certainty_mark(certainty)}{day}"


def number_shown(holding: Holding, *, private: bool) -> str:
    """Return a line's number in groups, or masked."""
    return numbers.name_of(None, holding.line.number, private=private)


def name_shown(holding: Holding, *, private: bool) -> str:
    """Return what a line is called; one without a label is called by its number."""
    return numbers.name_of(holding.line.label, holding.line.number, private=private)


def list_lines(holdings: Sequence[Holding], *, private: bool, width: int | None) -> list[str]:
    """Return the list: a heading, then a line per held line; a narrow terminal has no room for number, offer, renewal."""
    heading = (_("ID"), _("Line"), _("Number"), _("Offer"), _("Phase"), _("Last day"), _("Left"), _("Renewal"))
    rows = [heading, *(_list_cells(held, private=private) for held in holdings)]
    nowhere = (_RENEWAL_AT,) if not any(row[_RENEWAL_AT] for row in rows[1:]) else ()
    for left_out in ((), (_NUMBER_AT,), (_NUMBER_AT, _OFFER_AT), (_NUMBER_AT, _OFFER_AT, _RENEWAL_AT)):
        kept = [at for at in range(len(heading)) if at not in (*left_out, *nowhere)]
        lines = table(
            [[row[at] for at in kept] for row in rows],
            width=width,
            shrink=[kept.index(at) for at in (_LINE_AT, _OFFER_AT) if at in kept],
        )
        if width is None or max(map(cell_width, lines)) <= width:
            break
    return lines


def _list_cells(holding: Holding, *, private: bool) -> tuple[str, ...]:
    found = holding.standing
    phase = phase_word(holding)
    snoozed = holding.snoozed_until
    if not holding.is_active:
        phase = words.detailed(phase, words.word(holding.line.state))
    elif snoozed is not None:
        phase = words.detailed(phase, snoozed_words(snoozed))
    return (
        str(holding.id),
        name_shown(holding, private=private),
        number_shown(holding, private=private) if holding.line.label else "",
        words.text(holding.offer.name),
        phase,
        "" if found.next_day is None else marked(found.next_day, found.certainty),
        "" if found.days_left is None else words.days_left(found.days_left),
        _renewal_cell(holding),
    )


def snoozed_words(until: Day) -> str:
    """Return that a line is silent, and until when."""
    return _("snoozed until {day}").format(day=until)


def _renewal_cell(holding: Holding) -> str:
    """Return where the open renewal is; procedures are read only where there is one."""
    if latest_open(holding) is None:
        return ""
    from simtui.report.open_renewals import place_of

    return place_of(holding)


def due_lines(
    holdings: Sequence[Holding],
    *,
    now: Instant,
    private: bool,
    width: int | None,
    purchases: Sequence[OpenRenewal] = (),
) -> list[str]:
    """Return a line for each thing that a line needs: phase, id, name, what to do; only the names give way."""
    rows = [
        (phase_word(held), str(held.id), name_shown(held, private=private), what)
        for held in holdings
        for what in _things_to_do(held, now, private=private)
    ]
    if purchases:
        from simtui.report.open_renewals import due_purchase

        rows += [due_purchase(each, private=private) for each in purchases]
    return table(rows, width=width, shrink=(2,))


def _things_to_do(holding: Holding, now: Instant, *, private: bool) -> list[str]:
    told = [reminder_words(each, private=private) for each in holding.reminders if each.now]
    return [_due(holding, now), *told] if is_pressing(holding) else told


def _due(holding: Holding, now: Instant) -> str:
    """Return what a line needs: of its standing, and of a renewal that waits for too long or until today."""
    if latest_open(holding) is None:
        return what_to_do(holding)
    from simtui.report.open_renewals import due_words

    asked = due_words(holding, now)
    if not asked:
        return what_to_do(holding)
    is_calm = holding.standing.phase in (Phase.SOON, Phase.SAFE)
    return asked if is_calm else words.joined(_of_standing(holding), asked)


def offer_missing(holding: Holding) -> str:
    """Return that nothing can be reckoned because the offer is in no file that can be used."""
    return _("its offer {offer} is in no carriers file that can be used").format(offer=holding.line.offer)


def what_to_do(holding: Holding) -> str:
    """Return what a line needs, in one sentence: of its standing, and of a payment that nobody saw work."""
    told, found = _of_standing(holding), holding.standing
    if holding.paid_not_verified is None or (found.may_be_lost and found.final_day is not None):
        return told
    look = _("paid, not verified: look whether it has taken effect")
    return words.joined(told, look) if found.phase in _TOLD_BESIDE_PAID else look


def _of_standing(holding: Holding) -> str:
    """Return what the standing asks for; what is paid already is not advised once more."""
    found = holding.standing
    if found.phase is Phase.UNKNOWN and not holding.known_offer:
        return _("{problem}: simtui carriers check says why").format(problem=offer_missing(holding))
    if found.phase is Phase.UNKNOWN and found.next_day is not None:
        return words.joined(_by_when(found), _("until when the number can be saved is not known"))
    if found.phase is Phase.UNKNOWN:
        return _("no date known: simtui record {id} statement --until DATE enters the operator's").format(id=holding.id)
    if found.may_be_lost and found.final_day is not None:
        day = marked(found.final_day, found.final_certainty)
        told = _("may be lost since {day}: check with the operator, and record its date or archive the line")
        return told.format(day=day)
    return _by_when(found) + ("" if holding.paid_not_verified is not None else _how(holding))


def _by_when(found: Standing) -> str:
    if found.phase is Phase.RESCUE:
        if found.final_day is None:
            return _("save it now: it may be ended any day")
        left = words.days_left(days_between(found.today, found.final_day))
        day = marked(found.final_day, found.final_certainty)
        return _("save it by {day}, {left}").format(day=day, left=left)
    left = words.days_left(found.days_left or 0)
    loss = words.word(found.next_loses) if found.next_loses is not None else ""
    day = "" if found.next_day is None else marked(found.next_day, found.certainty)
    return _("last day {day}, {left}, then goes {loss}").format(day=day, left=left, loss=loss)


def _how(holding: Holding) -> str:
    best = cheapest(holding.outcomes)
    if best is None or best.price is None or best.safe_until is None:
        stage = holding.standing.stage
        ways = sums.ways_back(stage, holding.offer.currency) if stage is not None else ""
        return _("; brought back by: {ways}").format(ways=ways) if ways else ""
    price = words.money(best.price, holding.offer.currency)
    what = f"{words.text(best.name)} {price}".strip()
    return _(": {what} keeps it to {until}").format(what=what, until=marked(best.safe_until, best.certainty))
