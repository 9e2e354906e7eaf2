"""The standing beneath a form, while it is being filled in."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import sums, words
from simtui.domain.act import Act
from simtui.domain.standing import Phase, Standing
from simtui.holding import Holding, called
from simtui.i18n import _
from simtui.text import cell_width, fit, one_line
from simtui.tui.views.layout import Line, phase_word, wrapped
from simtui.tui.views.marks import date_ink, marked_date
from simtui.tui.views.standing import LABEL, clock_text, headline, why
from simtui.tui.widgets.spans import line_width

_LONGEST_NAME = 24


def standing_preview(holding: Holding, found: Standing, width: int) -> list[Line]:
    """Return phase, dates and the sum; where no date follows yet, what each clock still lacks."""
    if found.phase is not Phase.UNKNOWN:
        return [*headline(holding, found, width), *why(holding, found, width)]
    if not holding.offer.rules:
        return _unknown(_("Nobody has found out the rule of this offer: it can be kept, without dates."), width)
    return [*_unknown(_("no date follows from this yet"), width), *_lacking(found, width)]


def act_preview(holding: Holding, act: Act, instead_of: int | None, width: int) -> list[Line]:
    """Return the standing before and after an act on one line, with the sum behind the new date."""
    return _before_and_after(holding, [act], holding.with_act(act, instead_of=instead_of), width)


def together_preview(holding: Holding, acts: Sequence[Act], width: int) -> list[Line]:
    """Return the standing before and after several acts on one line."""
    return _before_and_after(holding, acts, holding.with_acts(acts), width)


def _before_and_after(holding: Holding, acts: Sequence[Act], after: Standing, width: int) -> list[Line]:
    lines = [*_beside(_("now"), holding.standing, width), *_beside(_("then"), after, width)]
    ignored = next((remark for remark in after.remarks if any(remark.act is act for act in acts)), None)
    if ignored is not None:
        lines += wrapped(sums.remark(ignored, holding.offer), width, "soon")
    elif _gist(after) == _gist(holding.standing):
        lines += wrapped(_("This changes no date."), width, "muted")
    if after.phase is Phase.UNKNOWN:
        lines += _lacking(after, width)
    return [*lines, *why(holding, after, width)]


def acts_preview(pairs: Sequence[tuple[Holding, Act]], width: int) -> list[Line]:
    """Return for each line the last day before and after its act; beneath its name where they find no room beside."""
    changes = [(holding, _before_then(holding.standing, holding.with_act(act))) for holding, act in pairs]
    longest = max((cell_width(one_line(called(holding.line))) for holding, _told in changes), default=0)
    name = min(_LONGEST_NAME, longest)
    if all(name + 2 + line_width(change) <= width for _holding, change in changes):
        return [[(fit(called(holding.line), name), ""), ("  ", ""), *change] for holding, change in changes]
    return [
        line
        for holding, change in changes
        for line in ([(fit(called(holding.line), width).rstrip(), "")], [(" ", ""), *change])
    ]


def _before_then(before: Standing, after: Standing) -> Line:
    return [*_brief(before), (" → ", ""), *_brief(after)]


def _unknown(text: str, width: int) -> list[Line]:
    first, *rest = wrapped(text, width - LABEL)
    label = (fit(phase_word("unknown"), LABEL), "unknown bold")
    return [[label, *first], *([(" " * LABEL, ""), *line] for line in rest)]


def _lacking(found: Standing, width: int) -> list[Line]:
    """Return why each clock has no date, those that lose the number where there are any."""
    keeping = [clock for clock in found.clocks if clock.leads_to_loss] or found.clocks
    return [
        line
        for clock in keeping
        if clock.ends_on is None
        for line in wrapped(words.about(words.text(clock.name), clock_text(clock)), width, "muted")
    ]


def _beside(label: str, found: Standing, width: int) -> list[Line]:
    """Return a label with the phase, the last day and the days left."""
    days = "" if found.days_left is None else words.days_left(found.days_left)
    safe = ""
    if found.number_safe_until is not None and found.number_safe_until != found.next_day:
        day = marked_date(found.number_safe_until, found.safe_certainty)
        safe = _("number safe until {day}").format(day=day)
    line: Line = [(fit(label, LABEL), "muted"), *_brief(found), (f"  {days}", "")]
    rest = wrapped(safe, width - LABEL, "muted") if safe else []
    return [line, *([(" " * LABEL, ""), *part] for part in rest)]


def _brief(found: Standing) -> Line:
    """Return phase and last day in a few cells."""
    phase = found.phase.value
    if found.next_day is None:
        return [(phase_word(phase), f"{phase} bold")]
    day = marked_date(found.next_day, found.certainty)
    return [(f"{phase_word(phase)} ", f"{phase} bold"), (day, date_ink(found.certainty))]


def _gist(found: Standing) -> tuple[object, ...]:
    """Return what of a standing an act can change."""
    return found.phase, found.next_day, found.final_day, [(clock.state, clock.ends_on) for clock in found.clocks]
