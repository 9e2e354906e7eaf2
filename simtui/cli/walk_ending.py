"""What a walk leads to, said as it happens: dates that move, support that is to be asked, codes, a new line."""

from __future__ import annotations

from typing import NamedTuple

from simtui import words
from simtui.cli.walk_telling import Teller
from simtui.domain.procedure import FieldType
from simtui.domain.renewal import RenewalState
from simtui.domain.standing import Standing
from simtui.holding import Holding
from simtui.i18n import _
from simtui.report.explanation import change_lines
from simtui.report.open_renewals import OpenRenewal, support_words
from simtui.report.plain import marked
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
        return Before(self._walk.renewal.state, {held.id: held.standing for held in self._holdings()})

    def tell_change(self, before: Before) -> None:
        """Say what a change did to the dates, and that it is paid now."""
        if before.state is not RenewalState.PAID and self._walk.renewal.state is RenewalState.PAID:
            self._teller.say(_("Marked as paid. It is renewed once somebody has seen that it worked."))
        for held in self._holdings():
            was = before.standings.get(held.id)
            if was is not None and was != held.standing and _dates(was) != _dates(held.standing):
                self._teller.say(words.about(held.line.name, _("what this changes")), *change_lines(was, held.standing))

    def tell_end(self) -> None:
        """Say that it is done, and where the lines are now."""
        self._teller.say("", _("Done: seen to work."))
        for held in self._holdings():
            now = held.standing
            until = _("no date known")
            if now.next_day is not None:
                until = _("last day {day}").format(day=marked(now.next_day, now.certainty))
            named = _("{name} (line {id})").format(name=held.line.name, id=held.id)
            self._teller.say(words.about(named, until))

    def tell_support(self) -> None:
        """Say how support is reached, with the order number."""
        walk = self._walk
        found = OpenRenewal(walk.held.id, walk.renewal, walk.holding, walk.some_offer, walk.today, None, walk.follow_up)
        self._teller.say(words.about(_("Support"), support_words(found)))

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

    def _holdings(self) -> list[Holding]:
        lines = [held.renewal.line for held in self._walk.members]
        return [self._walk.desk.holding(line) for line in lines if line is not None]


def _dates(found: Standing) -> tuple[object, ...]:
    return found.phase, found.next_day, found.certainty, found.number_safe_until
