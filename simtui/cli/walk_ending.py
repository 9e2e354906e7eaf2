"""What a walk leads to, said as it happens: dates that move, support that is to be asked, codes, a new line."""

from __future__ import annotations

from typing import NamedTuple

from simtui import words
from simtui.cli.walk_asides import dates
from simtui.cli.walk_telling import Teller, holdings_of, last_day_words
from simtui.domain.procedure import FieldType
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.standing import Phase, Standing, standing
from simtui.domain.walkthrough import value
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.explanation import change_by_ear
from simtui.walk import of_each
from simtui.walk.walk import Walk


class Before(NamedTuple):
    """Where the renewal and its lines were before a change."""

    state: RenewalState
    standings: dict[int, Standing]


class Ending:
    """Says what changes of a walk come to."""

    def __init__(self, walk: Walk, teller: Teller) -> None:
        self._walk = walk
        self._teller = teller

    def before(self) -> Before:
        """Return where everything is now."""
        return Before(self._walk.renewal.state, {held.id: held.standing for held in holdings_of(self._walk)})

    def tell_change(self, before: Before) -> None:
        """Say what a change did to the dates, and that it is paid now."""
        if before.state is not RenewalState.PAID and self._walk.renewal.state is RenewalState.PAID:
            self._teller.say(_("Marked as paid. It is renewed once somebody has seen that it worked."))
        for held in holdings_of(self._walk):
            was = before.standings.get(held.id)
            if was is not None and was != held.standing and dates(was) != dates(held.standing):
                self._teller.say(
                    words.about(held.line.name, _("what this changes")), *change_by_ear(was, held.standing)
                )

    def tell_end(self) -> None:
        """Say that it is done, and where the lines are now; what has no date can be given one."""
        self._teller.say("", _("Done: seen to work."))
        for held, renewal in of_each.lines(self._walk):
            named = _("{name} (line {id})").format(name=held.line.name, id=held.id)
            self._teller.say(words.about(named, last_day_words(held.standing)))
            if held.standing.next_day is None:
                hint = _("enter the operator's date: simtui record {id} statement --until DATE")
                self._teller.say(f"  {hint.format(id=held.id)}")
            elif _is_where_it_was(held, renewal):
                hint = _("no later date is known; enter the operator's: simtui record {id} statement --until DATE")
                self._teller.say(f"  {hint.format(id=held.id)}")

    # Codes ---------------------------------------------------------------------------------------------------------

    def has_codes(self) -> bool:
        """Tell whether an activation or confirmation code is kept."""
        return any(code for _label, code in self._codes())

    def tell_code(self) -> None:
        """Say the codes, because somebody asks for them; not where everything is to be hidden."""
        if self._teller.private:
            self._teller.say(_("--private hides codes as well."))
            return
        kept = [(label, code) for label, code in self._codes() if code]
        self._teller.say(*(words.about(label, code) for label, code in kept))
        if not kept:
            self._teller.say(_("No code is kept."))

    def _codes(self) -> list[tuple[str, str]]:
        fields = [each for step in self._walk.procedure.steps for each in step.fields]
        secret = [each for each in fields if each.type is FieldType.SECRET]
        return [(words.text(each.label), self._walk.secret(each.id)) for each in secret]


def _is_where_it_was(holding: Holding, renewal: Renewal) -> bool:
    """Tell whether a payment has not moved the last day of a line that is not safe, and nobody said what it is now."""
    now = holding.standing
    if now.phase is Phase.SAFE or value(renewal, "new-valid-until"):
        return False
    paid = renewal.acts.get("pay", ())
    kept = [held.act for held in holding.acts if held.id not in paid]
    return standing(holding.line, kept, holding.offer, holding.today, holding.lead_days).next_day == now.next_day
