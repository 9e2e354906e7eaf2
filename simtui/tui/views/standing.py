"""The standing pane: phase, dates, the sum behind them, what is lost, the other clocks."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import numbers, sums, words
from simtui.domain.calendar import days_between
from simtui.domain.reckoning import ClockState, Reckoning
from simtui.domain.standing import Phase, Standing
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.plain import snoozed_words
from simtui.report.reminding import reminder_words
from simtui.text import cell_width, fit, shown
from simtui.tui.views.layout import Line, Look, labelled, phase_word, right, wrapped
from simtui.tui.views.marks import date_ink, marked_date

LABEL, DAY = 8, 11


def standing_lines(holding: Holding, carrier: str, look: Look, width: int, *, compact: bool = False) -> list[Line]:
    """Return the whole pane, to be scrolled where it is taller than the room; `compact` leaves no line empty."""
    found = holding.standing
    lines = [_title(holding, carrier, look, width), []]
    lines += headline(holding, found, width)
    lines += _quiet_and_reminders(holding, look, width)
    lines += why(holding, found, width)
    lines += _other_clocks(found, width)
    lines += _loss(holding, width)
    lines += _remarks(holding, found, width)
    lines += _warnings(holding, width)
    return [line for line in lines if line] if compact else lines


def _title(holding: Holding, carrier: str, look: Look, width: int) -> Line:
    number = holding.line.number
    shown_number = "" if number is None else numbers.masked(number) if look.private else numbers.grouped(number)
    offer = words.text(holding.offer.name)
    maker = carrier if carrier and carrier not in offer else ""
    name = " · ".join(part for part in (offer, maker) if part)
    left = f"{shown_number}  " if shown_number else ""
    return [(left, "bold"), (fit(name, max(4, width - cell_width(left))).rstrip(), "muted")]


def headline(holding: Holding, found: Standing, width: int) -> list[Line]:
    """Return the phase in words, and the lines that say what it means."""
    phase = found.phase.value
    word = fit(phase_word(phase), LABEL)
    sentences = _sentences(holding, found)
    first = wrapped(sentences[0], width - LABEL, f"{phase} bold")
    lines: list[Line] = [[(word, f"{phase} bold"), *first[0]], *([(" " * LABEL, ""), *rest] for rest in first[1:])]
    for sentence in sentences[1:]:
        lines += [[(" " * LABEL, ""), *line] for line in wrapped(sentence, width - LABEL)]
    return lines


def _sentences(holding: Holding, found: Standing) -> list[str]:
    if found.phase is Phase.LOST:
        return _lost(found)
    if found.phase is Phase.RESCUE:
        return _rescue(found, holding.offer.currency)
    if found.next_day is None:
        known = [clock for clock in found.clocks if clock.last_known is not None]
        hint = _("v enters the date that the operator told you.")
        if not holding.offer.rules:
            return [_("nobody has found out the rule of this offer"), hint]
        if known:
            last = max(known, key=lambda clock: clock.last_known or clock.ends_on or found.today)
            return [_("no date known; the last one was {day}").format(day=last.last_known), hint]
        return [_("no date known"), hint]
    return _running(found)


def _lost(found: Standing) -> list[str]:
    if found.final_day is None:
        ends = [clock.ends_on for clock in found.clocks if clock.ends_on is not None]
        day = max(ends, default=None)
        return [_("the plan ended on {day}").format(day=day) if day else _("over")]
    first = _("could be saved until {day}").format(day=marked_date(found.final_day, found.final_certainty))
    late = _("Acts were recorded after that: check with the operator, and enter its date with v.")
    if found.late_acts:
        return [first, late]
    asked = _("The date is a guess: check with the operator, and enter its date with v.")
    return [first, asked] if found.may_be_lost else [first]


def _rescue(found: Standing, currency: str) -> list[str]:
    leading = next((clock for clock in found.clocks if clock.clock == found.next_clock), None)
    sentences = []
    if leading is not None and leading.ends_on is not None:
        sentences.append(_("{clock} ended {day}").format(clock=words.in_sentence(leading.name), day=leading.ends_on))
    if found.final_day is not None:
        days = words.days_left(days_between(found.today, found.final_day))
        day = marked_date(found.final_day, found.final_certainty)
        sentences.append(_("number lost after {day}, {left}").format(day=day, left=days))
    else:
        sentences.append(_("the number may be taken any day: no final date is known"))
    if found.stage is not None and found.next_day is not None and found.next_day != found.final_day:
        stage = words.word(found.stage.name)
        sentences.append(_("{stage} until {day}").format(stage=stage, day=found.next_day))
    if found.works is not None:
        works = words.listed(words.word(item) for item in found.works)
        sentences.append(_("still works: {works}").format(works=works or _("nothing known")))
    if found.stage is not None:
        undo = sums.ways_back(found.stage, currency)
        sentences.append(_("brought back by: {ways}").format(ways=undo or _("nothing known")))
    return sentences


def _running(found: Standing) -> list[str]:
    assert found.next_day is not None
    left = words.days_left(found.days_left or 0)
    day = marked_date(found.next_day, found.certainty)
    if found.by_itself:
        sentences = [_("renews itself by {day}, {left}").format(day=day, left=left)]
    else:
        sentences = [_("last day {day}, {left}").format(day=day, left=left)]
    if found.next_loses is not None and not found.by_itself:
        sentences.append(_("after it goes: {loss}").format(loss=words.word(found.next_loses)))
    if found.number_safe_until is not None and found.number_safe_until != found.next_day:
        safe = marked_date(found.number_safe_until, found.safe_certainty)
        sentences.append(_("number safe until {day}").format(day=safe))
    full = found.full_service_until
    if full is not None and full not in (found.next_day, found.number_safe_until):
        marked = marked_date(full, found.full_service_certainty)
        sentences.append(_("full service until {day}").format(day=marked))
    sentences.append(_("how sure: {certainty}").format(certainty=words.certainty_word(found.certainty)))
    return sentences


def _quiet_and_reminders(holding: Holding, look: Look, width: int) -> list[Line]:
    """Return what was paid and not seen to work, until when the line is silent, and what one that renews itself asks for."""
    lines: list[Line] = []
    if holding.paid_not_verified is not None:
        told = _("paid, not verified: look whether it has taken effect")
        lines += labelled(_("mind"), LABEL, told, width, "paid")
    if holding.snoozed_until is not None:
        told = snoozed_words(holding.snoozed_until)
        lines += [[(" " * LABEL, ""), *line] for line in wrapped(told, width - LABEL, "muted")]
    for reminder in holding.reminders:
        ink = "due" if reminder.now else "soon"
        lines += labelled(_("mind"), LABEL, reminder_words(reminder, private=look.private), width, ink)
    return lines


def why(holding: Holding, found: Standing, width: int) -> list[Line]:
    """Return the sum: what, date, note in columns, the date flush with the one above."""
    parts = sums.sum_lines(found.steps, holding.offer)
    longest = max((cell_width(shown(part.what)) for part in parts), default=0)
    notes = max((cell_width(shown(part.note)) for part in parts), default=0)
    note_width = notes + 2 if LABEL + longest + DAY + notes + 2 <= width else 0
    lines: list[Line] = []
    for number, part in enumerate(parts):
        label = _("why") if number == 0 else ""
        day = "" if part.day is None else part.day.format_iso()
        lines.append(_sum_line(label, part.what, day, part.note, (width, note_width)))
    return [[], *lines] if lines else []


def _sum_line(label: str, what: str, day: str, note: str, widths: tuple[int, int]) -> Line:
    width, note_width = widths
    room = max(10, width - LABEL - DAY - note_width)
    return [
        (fit(label, LABEL), "muted"),
        (fit(what, room), ""),
        (right(day, DAY), "bold"),
        (fit(f"  {note}", note_width), "muted"),
    ]


def _other_clocks(found: Standing, width: int) -> list[Line]:
    others = [clock for clock in found.clocks if clock.clock != found.next_clock]
    lines: list[Line] = []
    for number, clock in enumerate(others):
        label = _("also") if number == 0 else ""
        name = words.text(clock.name)
        ink = date_ink(clock.certainty) if clock.state is ClockState.RUNNING else "muted"
        lines += labelled(label, LABEL, words.about(name, clock_text(clock)), width, ink)
    return [[], *lines] if lines else []


def clock_text(clock: Reckoning) -> str:
    """Return where one clock is, in a few words."""
    if clock.state is ClockState.RUNNING and clock.ends_on is not None:
        day = marked_date(clock.ends_on, clock.certainty)
        return _("until {day}, then goes {loss}").format(day=day, loss=words.word(clock.loses))
    if clock.state is ClockState.UNKNOWN:
        why_not = next((words.word(step.why) for step in reversed(clock.steps) if step.why is not None), "")
        if clock.last_known is not None:
            return _("unknown ({why}); last known {day}").format(why=why_not, day=clock.last_known)
        return _("unknown ({why})").format(why=why_not)
    if clock.ends_on is not None:
        return f"{words.word(clock.state)} {clock.ends_on}"
    return words.word(clock.state)


def _loss(holding: Holding, width: int) -> list[Line]:
    line = holding.line
    if not line.bound_services:
        return []
    names = words.listed(service.name for service in line.bound_services)
    backup = _("no backup channel") if line.backup is None else _("backup: {channel}").format(channel=_backup(holding))
    return [[], *labelled(_("loses"), LABEL, _("{first}; {then}").format(first=names, then=backup), width)]


def _backup(holding: Holding) -> str:
    backup = holding.line.backup
    if backup is None:
        return ""
    return backup.other or _("line {id}").format(id=backup.line)


def _remarks(holding: Holding, found: Standing, width: int) -> list[Line]:
    lines: list[Line] = []
    for number, remark in enumerate(found.remarks[-6:]):
        label = _("not") if number == 0 else ""
        lines += labelled(label, LABEL, sums.remark(remark, holding.offer), width, "muted")
    return [[], *lines] if lines else []


def _warnings(holding: Holding, width: int) -> list[Line]:
    lines: list[Line] = []
    texts: Sequence[str] = [words.text(warning) for warning in holding.offer.warnings]
    if not holding.known_offer:
        texts = [_("this offer is in no catalogue: e chooses another"), *texts]
    for number, warning in enumerate(texts):
        lines += labelled(_("note") if number == 0 else "", LABEL, warning, width, "soon")
    return [[], *lines] if lines else []
