"""The plan ahead: what has to be done when, what it costs together, and what could not be planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from simtui import planning, words
from simtui.domain.planner import PlannedAct
from simtui.i18n import _, ngettext
from simtui.planning import Planned
from simtui.text import cell_width, fit
from simtui.tui.views.layout import Line, Look, columns, shown_name, wrapped
from simtui.tui.views.marks import date_ink, marked_date

DAY, KEEPS = 12, 12
WITH_NAMES_FROM = 60


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row: an act of a line, or the line alone where it asks for none or cannot be planned."""

    planned: Planned
    act: PlannedAct | None


@dataclass(frozen=True, slots=True)
class AheadRows:
    """The provider of the list: acts by day, then the lines that last anyway, then those that cannot be planned."""

    entries: Sequence[_Entry]
    look: Look
    two_lines: bool = False

    @classmethod
    def of(cls, planned: Sequence[Planned], look: Look, *, two_lines: bool = False) -> AheadRows:
        """Return the rows for some plans."""
        entries = [_Entry(each, act) for each, act in planning.by_day(planned)]
        entries += [_Entry(each, None) for each in (*planning.quiet(planned), *planning.unplanned(planned))]
        return cls(entries, look, two_lines)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.entries)

    def id_at(self, index: int) -> tuple[int, int]:
        """The line's id, and which of the rows it is."""
        return self.entries[index].planned.holding.id, index

    def line_at(self, index: int) -> int:
        """The id of the line that a row is about."""
        return self.entries[index].planned.holding.id

    def header(self, width: int) -> Line | None:
        """The names of the columns; none on a phone."""
        if self.two_lines:
            return None
        name, what, price = self._widths(width)
        names = ((_("Day"), DAY), (_("Line"), name), (_("To do"), what), (_("Price"), price), (_("Keeps until"), KEEPS))
        return columns([(text, cells, "muted") for text, cells in names])

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One act, in one line or two."""
        entry = self.entries[index]
        if entry.act is None:
            return self._without_act(entry.planned, width)
        act = entry.act
        keeps = (marked_date(act.kept_until, act.certainty), KEEPS, date_ink(act.certainty))
        ink = "muted" if act.by_itself else ""
        price = (planning.price(act), "" if act.price is not None else "muted")
        if self.two_lines:
            cost = cell_width(price[0]) + 2
            first = columns([(act.day.format_iso(), DAY, ink), (self._name(entry.planned), width - DAY, ink)])
            what = (" " + planning.what(act), max(8, width - cost - KEEPS - 2), ink)
            return [first, [*columns([what]), (fit(price[0], cost), price[1]), ("→ ", "muted"), *columns([keeps])]]
        name, what_width, price_width = self._widths(width)
        return [
            columns(
                [
                    (act.day.format_iso(), DAY, ink),
                    (self._name(entry.planned), name, ink),
                    (planning.what(act), what_width, ink),
                    (price[0], price_width, price[1]),
                    keeps,
                ]
            )
        ]

    def _without_act(self, planned: Planned, width: int) -> Sequence[Line]:
        plan = planned.plan
        if plan.problem is not None:
            day, text, ink = "?", planning.problem(plan), "unknown"
        elif plan.kept_until is None:
            day, text, ink = "-", _("renews itself"), "muted"
        else:
            day, text, ink = "-", _("lasts without an act"), "safe"
        keeps = "" if plan.kept_until is None else marked_date(plan.kept_until, plan.certainty)
        if self.two_lines:
            first = columns([(day, DAY, ink), (self._name(planned), width - DAY, "")])
            return [first, columns([(" " + text, width - len(keeps) - 2, ink), (keeps, len(keeps) + 1, "")])]
        name, what, price = self._widths(width)
        rest = what + price if keeps else width - DAY - name
        cells = [(day, DAY, ink), (self._name(planned), name, ""), (text, rest, ink), (keeps, KEEPS, "")]
        return [columns(cells if keeps else cells[:3])]

    def _name(self, planned: Planned) -> str:
        line = planned.holding.line
        return shown_name(line.name, line.number, self.look)

    def _widths(self, width: int) -> tuple[int, int, int]:
        """Return the cells for the name, what is to be done, and the price."""
        acts = [entry.act for entry in self.entries if entry.act is not None]
        price = min(18, max((cell_width(planning.price(act)) for act in acts), default=4) + 2)
        price = max(price, 7)
        names = max((cell_width(self._name(entry.planned)) for entry in self.entries), default=8) + 2
        rest = max(20, width - DAY - KEEPS - price)
        name = min(max(names, 8), rest // 2)
        # A wide screen keeps the price near what it is for.
        longest = max((cell_width(planning.what(act)) for act in acts), default=0) + 4
        return name, min(rest - name, max(longest, 24)), price


def ahead_title(planned: Sequence[Planned], done: int, expected: int) -> str:
    """Return what the list is about: how many lines, and until when."""
    if done < expected:
        return _("Plan ahead: {done} of {n} lines").format(done=done, n=expected)
    ends = {each.plan.until for each in planned}
    lines = ngettext("{n} line", "{n} lines", expected).format(n=expected)
    if len(ends) == 1:
        return _("Plan ahead: {lines}, until {day}").format(lines=lines, day=min(ends))
    if not ends:
        return _("Plan ahead")
    return _("Plan ahead: {lines}, until {first} to {last}").format(lines=lines, first=min(ends), last=max(ends))


def together(planned: Sequence[Planned], width: int, look: Look) -> list[Line]:
    """Return the totals per currency beside what was paid in the year before, and what they leave out."""
    rows = planning.total_lines(planned)
    cells = max((cell_width(cost) for cost, _before in rows), default=0) + 2
    lines: list[Line] = []
    for cost, before in rows:
        if cells + cell_width(before) <= width:
            lines.append([(fit(cost, cells), "bold"), (before, "muted")])
        else:
            lines += [[(cost, "bold")], [(f"  {before}", "muted")]]
    if not rows and planned:
        lines.append([(_("No price is known, or nothing has to be paid."), "muted")])
    for remark in planning.remarks(planned):
        lines += wrapped(remark, width, "muted")
    for each in planned:
        for clock in each.plan.unknown:
            text = _("{name}: left out, as no date is known: {clock}")
            name = shown_name(each.holding.line.name, each.holding.line.number, look)
            lines += wrapped(text.format(name=name, clock=words.text(clock)), width, "unknown")
    return lines
