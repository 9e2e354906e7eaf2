"""One line told in full: where it stands and why, every clock with its sum, what follows, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from whenever import Instant

from simtui import numbers, sums, words
from simtui.catalogue import Catalogue
from simtui.domain.calendar import Day, days_between
from simtui.domain.offer import Plan
from simtui.domain.reckoning import Certainty, StageSpan
from simtui.domain.standing import Phase, Standing
from simtui.domain.whatif import Outcome, cheapest
from simtui.holding import Holding
from simtui.i18n import _
from simtui.own_offers import is_yours
from simtui.report.balances import balance_lines
from simtui.report.clocks import clock_part, other_clocks, sources, sum_table
from simtui.report.plain import indented, marked, offer_missing, part, snoozed_words, table
from simtui.report.reminding import reminder_words
from simtui.report.urgency import phase_word
from simtui.text import shown, shown_lines

_MOST_ACTS = 12


def show(holding: Holding, catalogue: Catalogue, now: Instant, *, private: bool) -> list[str]:
    """Return where a line stands, why, its open renewal, what is left, what can be bought, and its last acts."""
    parts = [
        _head(holding, catalogue, private=private),
        indented(_sentences(holding)),
        part(_("To look after"), [shown(reminder_words(each, private=private)) for each in holding.reminders]),
        part(_("Why"), sum_table(holding.standing.steps, holding, private=private)),
        part(_("Renewal"), _renewal(holding, now)),
        part(_("Other clocks"), other_clocks(holding.standing)),
        part(_("Balances"), table([] if private else balance_lines(holding))),
        part(_("To buy"), _outcomes(holding)),
        part(_("Acts"), _acts(holding)),
        part(_("Notes"), [*shown_lines(holding.line.notes or "")] if holding.line.notes else []),
        part(_("Warnings"), _warnings(holding)),
    ]
    return _joined(parts)


def _renewal(holding: Holding, now: Instant) -> list[str]:
    from simtui.report.open_renewals import open_renewal, renewal_lines

    found = open_renewal(holding, now)
    return [] if found is None else renewal_lines(found)


def brief(holding: Holding, catalogue: Catalogue, *, private: bool) -> list[str]:
    """Return a line with its standing and the sum alone: after it was added or changed."""
    parts = [
        _head(holding, catalogue, private=private),
        indented(_sentences(holding)),
        part(_("Why"), sum_table(holding.standing.steps, holding, private=private)),
        part(_("Left out"), _left_out(holding)),
    ]
    return _joined(parts)


def _left_out(holding: Holding) -> list[str]:
    return [shown(sums.remark(remark, holding.offer)) for remark in holding.standing.remarks]


def change_lines(before: Standing, after: Standing) -> list[str]:
    """Return what an act does to the phase and the dates; what stays as it is, once."""
    rows = _changes(before, after)
    return indented(table([(name, old if old == new else f"{old} → {new}") for name, old, new in rows]))


def change_by_ear(before: Standing, after: Standing) -> list[str]:
    """Return the same without columns, which are no help to an ear."""
    return indented(
        [words.about(name, old if old == new else f"{old} → {new}") for name, old, new in _changes(before, after)]
    )


def change_sentence(before: Standing, after: Standing) -> str:
    """Return the same in a sentence, with what becomes another only, each date once; that nothing does is said."""
    (_phase, *phases), *dates = _changes(before, after)
    told = {"": " → ".join(phases)} if len(set(phases)) > 1 else {}
    for name, old, new in dates:
        if old != new:
            told.setdefault(f"{old} → {new}", f"{name} {old} → {new}")
    return words.joined(*told.values()) or _("nothing changes")


def _changes(before: Standing, after: Standing) -> list[tuple[str, str, str]]:
    return [
        (_("phase"), words.word(before.phase), words.word(after.phase)),
        (_("last day"), _last_day(before), _last_day(after)),
        (
            _("number safe until"),
            _day(before.number_safe_until, before.safe_certainty),
            _day(after.number_safe_until, after.safe_certainty),
        ),
    ]


def _last_day(found: Standing) -> str:
    return _("none") if found.phase is Phase.LOST else _day(found.next_day, found.certainty)


def _day(day: Day | None, certainty: Certainty) -> str:
    return _("not known") if day is None else marked(day, certainty)


def explain(holding: Holding, catalogue: Catalogue, *, private: bool) -> list[str]:
    """Return the sum of every clock in words, what follows each, what did not count and why, and the sources."""
    found = holding.standing
    parts = [_head(holding, catalogue, private=private), indented(_sentences(holding))]
    ordered = sorted(found.clocks, key=lambda clock: clock.clock != found.next_clock)
    parts += [clock_part(clock, holding, private=private) for clock in ordered]
    parts += [
        part(_("Left out"), _left_out(holding)),
        part(_("Sources"), sources(holding)),
        part(_("Warnings"), _warnings(holding)),
    ]
    return _joined(parts)


def _joined(parts: Iterable[Sequence[str]]) -> list[str]:
    """Return the parts with an empty line between them."""
    lines: list[str] = []
    for one in parts:
        if one:
            lines += [*([""] if lines else []), *one]
    return lines


def _head(holding: Holding, catalogue: Catalogue, *, private: bool) -> list[str]:
    line = holding.line
    number = line.number or ""
    told = numbers.masked(number) if private and number else numbers.grouped(number)
    carrier = catalogue.carrier_of(holding.offer.id)
    maker = "" if carrier is None else words.text(carrier.name)
    offer = words.text(holding.offer.name)
    names = (
        told if line.label else "",
        offer if maker in offer else words.joined(offer, maker),
        "" if holding.known_offer else _("unknown offer"),
        "" if holding.is_active else words.word(line.state),
    )
    title = _("{name} (line {id})").format(name=line.label or told, id=holding.id)
    return [shown(title), *indented([shown(" · ".join(name for name in names if name))])]


# The standing in sentences ------------------------------------------------------------------------------------------


def _sentences(holding: Holding) -> list[str]:
    found = holding.standing
    first, *others = _told(holding)
    told = [words.about(phase_word(holding), first), *others]
    if holding.snoozed_until is not None:
        told.append(snoozed_words(holding.snoozed_until))
    if holding.paid_not_verified is not None:
        told.append(_("paid, not verified: look whether it has taken effect"))
    if found.may_be_lost:
        told.append(_("the date is a guess: check with the operator, and record its date"))
    if found.late_acts:
        told.append(_("acts were recorded after it was lost: check with the operator, and record its date"))
    return [shown(sentence) for sentence in told]


def _told(holding: Holding) -> list[str]:
    found = holding.standing
    match found.phase:
        case Phase.LOST:
            return [_lost(found)]
        case Phase.RESCUE:
            return _rescue(found, holding.offer.currency)
        case _ if found.next_day is None:
            return _unknown(holding)
        case _:
            return _running(found)


def _lost(found: Standing) -> str:
    if found.final_day is not None:
        return _("could be saved until {day}").format(day=marked(found.final_day, found.final_certainty))
    ends = [clock.ends_on for clock in found.clocks if clock.ends_on is not None]
    return _("ended on {day}").format(day=max(ends)) if ends else _("over")


def _rescue(found: Standing, currency: str) -> list[str]:
    told: list[str] = []
    leading = next((clock for clock in found.clocks if clock.clock == found.next_clock), None)
    if leading is not None and leading.ends_on is not None:
        day = marked(leading.ends_on, leading.certainty)
        told.append(_("{clock} ended on {day}").format(clock=words.text(leading.name), day=day))
    if found.final_day is None:
        told.append(_("the number may be taken any day: no final date is known"))
    else:
        left = words.days_left(days_between(found.today, found.final_day))
        day = marked(found.final_day, found.final_certainty)
        told.append(_("the number can be saved until {day}, {left}").format(day=day, left=left))
    if found.stage is not None:
        told += _stage_sentences(found.stage, found.certainty, currency)
    told.append(_("how sure: {certainty}").format(certainty=words.certainty_word(found.certainty)))
    return told


def _stage_sentences(stage: StageSpan, certainty: Certainty, currency: str) -> list[str]:
    name = words.word(stage.name)
    until = _("for how long is not known")
    if stage.ends_on is not None:
        until = _("until {day}").format(day=marked(stage.ends_on, certainty))
    works = words.listed(words.word(item) for item in stage.works) or _("nothing known")
    ways = sums.ways_back(stage, currency) or _("nothing known")
    return [
        _("now: {stage}, {until}").format(stage=name, until=until),
        _("still works: {works}").format(works=works),
        _("brought back by: {ways}").format(ways=ways),
    ]


def _unknown(holding: Holding) -> list[str]:
    known = [clock for clock in holding.standing.clocks if clock.last_known is not None]
    hint = _("enter the operator's date: simtui record {id} statement --until DATE").format(id=holding.id)
    if not holding.known_offer:
        return [offer_missing(holding), hint]
    if not holding.offer.rules:
        return [_("nobody has found out the rule of this offer"), hint]
    if known:
        last = max(clock.last_known for clock in known if clock.last_known is not None)
        return [_("no date known; the last one was {day}").format(day=last), hint]
    return [_("no date known"), hint]


def _running(found: Standing) -> list[str]:
    assert found.next_day is not None
    day = marked(found.next_day, found.certainty)
    left = words.days_left(found.days_left or 0)
    if found.by_itself:
        told = [_("renews itself by {day}, {left}").format(day=day, left=left)]
    else:
        loss = words.word(found.next_loses) if found.next_loses is not None else ""
        told = [_("last day {day}, {left}, then goes {loss}").format(day=day, left=left, loss=loss)]
    if found.number_safe_until is not None:
        safe = marked(found.number_safe_until, found.safe_certainty)
        told.append(_("number safe until {day}").format(day=safe))
    if found.full_service_until is not None:
        full = marked(found.full_service_until, found.full_service_certainty)
        told.append(_("full service until {day}").format(day=full))
    told.append(_("how sure: {certainty}").format(certainty=words.certainty_word(found.certainty)))
    return told


def _warnings(holding: Holding) -> list[str]:
    return [shown(words.text(warning)) for warning in holding.offer.warnings]


# What can be bought, and what was done ------------------------------------------------------------------------------


def _outcomes(holding: Holding) -> list[str]:
    found = holding.outcomes
    if not found:
        hint = _("no price known for this offer; an operator's date helps: simtui record {id} statement --until DATE")
        return [hint.format(id=holding.id)]
    best = cheapest(found)
    heading = (_("Plan"), _("Price"), _("Valid"), _("Keeps until"), _("a month"), "")
    return table([heading, *(_outcome(outcome, holding, best) for outcome in found)])


def _outcome(outcome: Outcome, holding: Holding, best: Outcome | None) -> tuple[str, ...]:
    currency = holding.offer.currency
    name = words.text(outcome.item.name) if isinstance(outcome.item, Plan) else _("top-up")
    if outcome.safe_until is not None:
        keeps = marked(outcome.safe_until, outcome.certainty)
    else:
        keeps = _("not known") if outcome.unknown else "-"
    remarks = [*([_("cheapest")] if outcome is best else []), *([_("yours")] if is_yours(outcome.item) else [])]
    return (
        name,
        "?" if outcome.price is None else words.money(outcome.price, currency),
        "?" if outcome.validity is None else words.period(outcome.validity),
        keeps,
        "" if outcome.per_month is None else words.money(outcome.per_month, currency),
        words.listed(remarks),
    )


def _acts(holding: Holding) -> list[str]:
    newest_first = sorted(holding.acts, key=lambda held: (held.act.day, held.act.order), reverse=True)
    rows = [
        (f"#{held.id}", held.act.day.format_iso(), words.act_title(held.act, holding.offer)) for held in newest_first
    ]
    more = len(rows) - _MOST_ACTS
    lines = table(rows[:_MOST_ACTS])
    return [*lines, _("{n} older ones").format(n=more)] if more > 0 else lines
