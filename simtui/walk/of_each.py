"""What a walk says of each of its lines: what a choice does to it, what lasts long enough for it, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simtui import words
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.offer import OfferKind
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import Renewal
from simtui.domain.standing import Phase, Standing
from simtui.domain.walkthrough import value
from simtui.holding import Holding
from simtui.i18n import _
from simtui.numbers import name_of
from simtui.report.explanation import change_lines, change_sentence
from simtui.report.plain import marked
from simtui.walk import choices
from simtui.walk.walk import Walk


def called(holding: Holding) -> str:
    """Return what a line is called beside others; a number that stands in for a label is masked."""
    return name_of(holding.line.label, holding.line.number, private=True)


def lines(walk: Walk) -> Iterator[tuple[Holding, Renewal]]:
    """Yield the lines of a walk, each with its renewal; a first purchase has none."""
    for held in walk.members:
        if held.renewal.line is not None:
            yield walk.desk.holding(held.renewal.line), held.renewal


def change(walk: Walk) -> tuple[str, ...]:
    """Return what the choice does to the standing, before → after; nothing where it is in the standing already.

    Of several lines each is told in a sentence.
    """
    open_ones = [each for each in lines(walk) if each[1].paid_at is None and each[1].items]
    acts = walk.expected_acts() if open_ones else []
    both = [(holding, holding.with_acts(_for(holding, acts))) for holding, _renewal in open_ones]
    if both and all(_counts_from_use(holding, then) for holding, then in both):
        return (_("No date changes yet: the days count from the first use of what is bought."),)
    if len(walk.members) == 1:
        return tuple(line for holding, then in both for line in change_lines(holding.standing, then))
    return tuple(words.about(called(holding), change_sentence(holding.standing, then)) for holding, then in both)


def _counts_from_use(holding: Holding, then: Standing) -> bool:
    """Tell whether a travel plan moves nothing as long as nobody has used it; what it may lead to is a guess."""
    before = holding.standing
    return holding.offer.kind is OfferKind.TRAVEL_ESIM and (before.phase, before.next_day) == (
        then.phase,
        then.next_day,
    )


def _for(holding: Holding, acts: Sequence[Act]) -> list[Act]:
    return [act.model_copy(update={"line": holding.id}) for act in acts]


def advice(walk: Walk) -> list[str]:
    """Return what to do where nothing that is sold lasts long enough, and whose dates are shown where the lines differ."""
    both = list(lines(walk))
    told = [_said_of(walk, holding, choices.advice(holding, renewal)) for holding, renewal in both]
    if choices.differ([holding for holding, _renewal in both]):
        told.append(
            _("Dates and cost are those of the line that gets least; what is chosen is shown for each line beneath.")
        )
    return [each for each in told if each]


def warnings(walk: Walk) -> list[str]:
    """Return what is to be known before anything is paid: that the number is gone, that nothing will remind of it."""
    told = [_said_of(walk, holding, _gone(holding, renewal)) for holding, renewal in lines(walk)]
    if walk.place.step.kind in (StepKind.LINE, StepKind.VERIFY):
        told += [_said_of(walk, holding, _silent(holding)) for holding, _renewal in lines(walk)]
    return [each for each in told if each]


def is_gone(holding: Holding, renewal: Renewal) -> bool:
    """Tell whether a line that was not paid for yet is lost by its rule."""
    return holding.standing.phase is Phase.LOST and renewal.paid_at is None


def _gone(holding: Holding, renewal: Renewal) -> str:
    found = holding.standing
    if not is_gone(holding, renewal):
        return ""
    if found.final_day is None:
        return _("By its rule the number is gone: a payment may bring nothing back. Ask the operator before you pay.")
    told = (
        _("The number may be gone since {day}: a payment may bring nothing back. Ask the operator before you pay.")
        if found.may_be_lost
        else _(
            "By its rule the number is gone since {day}: a payment may bring nothing back. Ask the operator before you pay."
        )
    )
    return told.format(day=marked(found.final_day, found.final_certainty))


def _silent(holding: Holding) -> str:
    if holding.is_active:
        return ""
    told = _("This line is {state}: it stays so after the renewal, and nothing reminds you of it.")
    return told.format(state=words.word(holding.line.state))


def differences(walk: Walk) -> list[str]:
    """Return how the dates that the operator names after the payment differ from the sums'."""
    if walk.place.step.kind is not StepKind.VERIFY or not walk.renewal.is_open:
        return []
    told = [_said_of(walk, holding, _difference(holding, renewal)) for holding, renewal in lines(walk)]
    return [each for each in told if each]


def _difference(holding: Holding, renewal: Renewal) -> str:
    said = value(renewal, "new-valid-until")
    if not said:
        return ""
    day = Day.parse_iso(said)
    stated = holding.with_act(Act(line=holding.id, kind=ActKind.STATEMENT, day=holding.today, valid_until=day))
    before = {clock.clock: clock.ends_on for clock in holding.standing.clocks}
    # Where nobody knows a rule, the clock that ends on that day is the statement's own.
    reckoned = [before.get(clock.clock) for clock in stated.clocks if clock.ends_on == day]
    moved = [each for each in reckoned if each != day]
    if not moved or moved[0] is None:
        return ""
    told = _("The operator says {said}, the sum says {reckoned}: the operator's date counts from here on.")
    return told.format(said=said, reckoned=moved[0].format_iso())


def _said_of(walk: Walk, holding: Holding, told: str) -> str:
    return words.about(called(holding), told) if told and len(walk.members) > 1 else told
