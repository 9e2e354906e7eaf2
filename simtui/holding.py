"""A held line as the front ends see it: its record, its acts, its offer, and its standing when somebody asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from hashlib import blake2b
from typing import NamedTuple

from simtui.domain.act import LAST_PLACE, Act, ordered
from simtui.domain.balance import CreditHistory
from simtui.domain.calendar import Day
from simtui.domain.forecast import Transition, forecast
from simtui.domain.line import Knowledge, Line, LineState
from simtui.domain.offer import Offer
from simtui.domain.reminders import Reminder, reminders
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.snooze import snoozed_until
from simtui.domain.standing import Phase, Standing, standing
from simtui.domain.whatif import Outcome, outcomes
from simtui.memory import quick_dataclass
from simtui.numbers import grouped, name_of, short_iccid
from simtui.outlook import Outlook


class HeldAct(NamedTuple):
    """A stored act with the id and revision that the store gave it."""

    id: int
    rev: int
    act: Act


class HeldRenewal(NamedTuple):
    """A stored renewal with its id and revision."""

    id: int
    rev: int
    renewal: Renewal


@quick_dataclass
class Holding:
    """One line with all that belongs to it, on one day; a new day or a change makes a new one.

    `known_offer` is false where the line's offer is in no catalogue: `offer` then stands in for it without a rule.
    """

    id: int
    rev: int
    line: Line
    acts: tuple[HeldAct, ...]
    renewals: tuple[HeldRenewal, ...]
    offer: Offer
    known_offer: bool
    today: Day
    lead_days: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def standing(self) -> Standing:
        """Where the line stands today."""
        return standing(self.line, [held.act for held in self.acts], self.offer, self.today, self.lead_days)

    @cached_property
    def plain_acts(self) -> tuple[Act, ...]:
        """The acts alone, in their order."""
        return tuple(ordered(held.act for held in self.acts))

    @cached_property
    def outcomes(self) -> Sequence[Outcome]:
        """What each top-up and plan would lead to today."""
        return outcomes(self.line, self.plain_acts, self.offer, self.today)

    @cached_property
    def credit(self) -> CreditHistory:
        """The credit over time, up to today."""
        return CreditHistory([act for act in self.plain_acts if act.day <= self.today], self.offer)

    @cached_property
    def year_ahead(self) -> tuple[Transition, ...]:
        """Every change of the standing in the next twelve months."""
        until = self.today.add(months=12)
        return forecast(self.line, self.plain_acts, self.offer, self.today, until, self.lead_days)

    @property
    def revision(self) -> str:
        """A short text that is another one after any change of the line or its acts."""
        acts = [(held.id, held.rev) for held in self.acts]
        return blake2b(repr((self.id, self.rev, acts)).encode(), digest_size=8).hexdigest()

    @property
    def rule_digest(self) -> str:
        """A short text that is another one when the offer's rules say something else."""
        return self.offer.rule_digest

    @property
    def paid_not_verified(self) -> HeldRenewal | None:
        """The renewal that was paid and that nobody has seen take effect yet."""
        return next((held for held in self.renewals if held.renewal.state is RenewalState.PAID), None)

    @property
    def is_active(self) -> bool:
        """Whether the user wants to keep this line."""
        return self.line.state is LineState.ACTIVE

    @property
    def raises_alarms(self) -> bool:
        """Whether the user wants to hear about this line today."""
        return self.is_active and self.snoozed_until is None

    @property
    def snoozed_until(self) -> Day | None:
        """The day on which the alarms begin again, None where the line is not silent today."""
        return None if self.line.snoozed_until is None else snoozed_until(self.line, self.standing)

    @cached_property
    def reminders(self) -> Sequence[Reminder]:
        """What a line that renews itself asks for, the most urgent first."""
        if self.line.auto_renew is not Knowledge.YES:
            return ()
        return reminders(self.line, self.plain_acts, self.offer, self.standing, self.today, self.lead_days)

    @property
    def reminder(self) -> Reminder | None:
        """What of that is to be done now."""
        return next((reminder for reminder in self.reminders if reminder.now), None)

    def with_act(self, act: Act, *, instead_of: int | None = None) -> Standing:
        """Return the standing if `act` were recorded, perhaps in the place of the act of that id."""
        if instead_of is None:
            return self.with_acts([act])
        kept = [held.act for held in self.acts if held.id != instead_of]
        return standing(self.line, [*kept, act], self.offer, self.today, self.lead_days)

    def with_acts(self, acts: Sequence[Act]) -> Standing:
        """Return the standing if all of these were recorded now, after what is recorded of the same day.

        Remarks on them name the acts that were given, not the ones that have their place in the order.
        """
        new = [act if act.order else act.model_copy(update={"order": LAST_PLACE}) for act in acts]
        kept = [held.act for held in self.acts]
        found = standing(self.line, [*kept, *new], self.offer, self.today, self.lead_days)
        given = dict(zip(map(id, new), acts, strict=True))
        return found._replace(
            remarks=tuple(remark._replace(act=given.get(id(remark.act), remark.act)) for remark in found.remarks)
        )

    def without_act(self, act_id: int) -> Standing:
        """Return the standing if the act of that id were deleted."""
        kept = [held.act for held in self.acts if held.id != act_id]
        return standing(self.line, kept, self.offer, self.today, self.lead_days)


def standing_on(holding: Holding, day: Day) -> Holding:
    """Return the holding as it would stand on another day."""
    return replace(holding, today=day)


def called(line: Line) -> str:
    """Return what a line is called: its label, else its number in groups."""
    return name_of(line.label, line.number)


def _shown_number(line: Line) -> str:
    """Return the number in groups; a line without one, a data eSIM, is told by its ICCID."""
    if line.number is not None:
        return grouped(line.number)
    return "" if line.iccid is None else short_iccid(line.iccid)


def outlook_of(holding: Holding, carrier: str) -> Outlook:
    """Return the row of a line as it stands."""
    line, offer, standing = holding.line, holding.offer, holding.standing
    paid = holding.paid_not_verified
    phase = standing.phase.value
    if paid is not None and standing.phase in (Phase.SOON, Phase.SAFE):
        phase = "paid"
    snoozed, reminder = holding.snoozed_until, holding.reminder
    shown_day = standing.next_day or (standing.final_day if standing.phase is Phase.LOST else None)
    return Outlook(
        id=holding.id,
        phase=phase,
        name=line.name,
        number=line.number or "",
        grouped=_shown_number(line),
        offer_en=offer.name.en,
        offer_zh=offer.name.in_language("zh"),
        offer_id=offer.id,
        carrier=carrier,
        country=offer.country,
        kind=offer.kind.value,
        state=line.state.value,
        last_day="" if shown_day is None else shown_day.format_iso(),
        days_left=standing.days_left,
        final_day="" if standing.final_day is None else standing.final_day.format_iso(),
        loses=standing.next_loses.value if standing.next_loses is not None else "",
        certainty=int(standing.certainty),
        final_certainty=int(standing.final_certainty),
        by_itself=standing.by_itself,
        verified=paid is None,
        paid_at=(paid.renewal.paid_at or "") if paid is not None else "",
        holder=line.holder or "",
        tags=" ".join(line.tags),
        has_proof=any(held.act.proof is not None for held in holding.acts),
        today=holding.today.format_iso(),
        revision=holding.revision,
        rule=holding.rule_digest,
        may_be_lost=standing.may_be_lost,
        snoozed="" if snoozed is None else snoozed.format_iso(),
        reminder="" if reminder is None else reminder.kind.value,
    )
