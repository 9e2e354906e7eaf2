"""Clocks and their sums in words: where each is, how its date came out, what follows it, and who says so."""

from __future__ import annotations

from collections.abc import Sequence

from simtui import sums, words
from simtui.catalogue import shown_link
from simtui.domain.reckoning import ClockState, Reckoning, StageSpan, Step
from simtui.domain.standing import Standing
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.plain import INDENT, marked, part, table
from simtui.text import shown


def sum_table(steps: Sequence[Step], holding: Holding, *, private: bool) -> list[str]:
    """Return a sum, a line a step: what, the day that came out, a note."""
    told = sums.sum_lines(steps, holding.offer, private=private)
    return table([(line.what, "" if line.day is None else line.day.format_iso(), line.note) for line in told])


def clock_state(clock: Reckoning) -> str:
    """Return where one clock is, in a few words."""
    if clock.state is ClockState.UNKNOWN:
        why = next((words.word(step.why) for step in reversed(clock.steps) if step.why is not None), "")
        if clock.last_known is not None:
            return _("unknown ({why}); last known {day}").format(why=why, day=clock.last_known)
        return _("unknown ({why})").format(why=why)
    if clock.ends_on is None:
        return words.word(clock.state)
    day = marked(clock.ends_on, clock.certainty)
    if clock.state is ClockState.RUNNING:
        return _("until {day}, then goes {loss}").format(day=day, loss=words.word(clock.loses))
    return f"{words.word(clock.state)} {day}"


def other_clocks(found: Standing) -> list[str]:
    """Return the clocks that the next date does not come from, a line each."""
    others = [clock for clock in found.clocks if clock.clock != found.next_clock]
    return table([(words.text(clock.name), clock_state(clock)) for clock in others])


def clock_part(clock: Reckoning, holding: Holding, *, private: bool) -> list[str]:
    """Return one clock in full: its sum, how sure it is, what follows, where it is from."""
    lines = sum_table(clock.steps, holding, private=private)
    known = clock.ends_on is not None
    if known:
        certainty = words.certainty_word(clock.certainty)
        lines.append(_("how sure: {certainty}").format(certainty=certainty))
    lines += [shown(line) for line in _afterwards(clock, holding.offer.currency)] if known else []
    lines += [_("source: {source}").format(source=shown(source)) for source in _sources_of(clock, holding)]
    return part(shown(_("{what}: {state}").format(what=words.text(clock.name), state=clock_state(clock))), lines)


def _afterwards(clock: Reckoning, currency: str) -> list[str]:
    """Return what follows the end of a clock, stage by stage."""
    if clock.endless_after:
        return [_("afterwards: the number may be taken any day, nobody knows when")]
    told = [_stage(span, clock, currency) for span in clock.stages]
    if clock.leads_to_loss and not told:
        told.append(_("afterwards: the number is lost"))
    elif told and clock.stages[-1].ends_on is not None and clock.leads_to_loss:
        last = clock.final_day or clock.stages[-1].ends_on
        told.append(_("after {day} the number is lost").format(day=marked(last, clock.certainty_until(last))))
    return told


def _stage(span: StageSpan, clock: Reckoning, currency: str) -> str:
    """Return a stage with its first and last day, and the length between them."""
    until = _("nobody knows when")
    if span.ends_on is not None:
        until = marked(span.ends_on, clock.certainty_until(span.ends_on))
        if span.step.period is not None:
            until = _("{day} ({length})").format(day=until, length=words.period(span.step.period))
    works = words.listed(words.word(item) for item in span.works) or _("nothing known")
    ways = sums.ways_back(span, currency) or _("nothing known")
    return _("from {start} to {end}: {stage}; works: {works}; brought back by: {ways}").format(
        start=span.starts_on, end=until, stage=words.word(span.name), works=works, ways=ways
    )


def _sources_of(clock: Reckoning, holding: Holding) -> list[str]:
    steps = (*clock.steps, *(span.step for span in clock.stages))
    named = dict.fromkeys(step.source for step in steps if step.source is not None)
    found = (holding.offer.source(source_id) for source_id in named)
    return [words.source_text(source) for source in found if source is not None]


def sources(holding: Holding) -> list[str]:
    """Return the sources that the sums rest on, each with its link."""
    found = [
        source
        for source in holding.offer.sources
        if any(
            source.id == step.source
            for clock in holding.standing.clocks
            for step in (*clock.steps, *(span.step for span in clock.stages))
        )
    ]
    lines: list[str] = []
    for source in found:
        lines.append(shown(words.source_text(source)))
        lines += [f"{INDENT}{shown_link(source.url)}"] if source.url is not None else []
    return lines
