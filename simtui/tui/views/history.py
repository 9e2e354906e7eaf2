"""The history pane: acts, readings and renewals, newest first, with what they brought and whether there is proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simtui import words
from simtui.domain.act import Act, ActKind
from simtui.domain.procedure import StepKind
from simtui.domain.reckoning import RemarkKind
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.walkthrough import is_untouched, paid_day
from simtui.holding import HeldAct, HeldRenewal, Holding
from simtui.i18n import _
from simtui.tui.views.balances import HIDDEN
from simtui.tui.views.layout import Line, Look, columns

_PAID = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD})

_SETTLED = frozenset({RenewalState.PAID, RenewalState.VERIFIED})
_INKS = {RenewalState.DRAFT: "title", RenewalState.PAID: "paid", RenewalState.FAILED: "due", RenewalState.VERIFIED: ""}


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """The provider of the history list. `left_out` tells why an act does not count, by the act's identity.

    `proven` are the ids of acts whose proof stands with their renewal: an order number may come after the payment.
    """

    entries: Sequence[HeldAct | HeldRenewal]
    holding: Holding
    look: Look
    left_out: Mapping[int, RemarkKind]
    proven: frozenset[int] = frozenset()

    @classmethod
    def of(cls, holding: Holding, look: Look, *, without_proof: bool = False) -> HistoryRows:
        """Return the rows for a line, newest first; `without_proof` keeps only what was paid and lacks it.

        A renewal in which nothing was answered leaves no trace here.
        """
        proofs = [held.renewal for held in holding.renewals if held.renewal.proof is not None]
        proven = frozenset(act for renewal in proofs for act in renewal.acts.get(StepKind.PAY.value, ()))
        acts = sorted(holding.acts, key=lambda held: (held.act.day, held.act.order), reverse=True)
        answered = (held for held in holding.renewals if not is_untouched(held.renewal))
        renewals = sorted(answered, key=lambda held: held.id, reverse=True)
        if without_proof:
            acts = [held for held in acts if held.act.kind in _PAID and not _is_proven(held, proven)]
            renewals = [held for held in renewals if held.renewal.state in _SETTLED and held.renewal.proof is None]
        zone = holding.line.zone or holding.offer.zone
        left_out = {id(remark.act): remark.kind for remark in holding.standing.remarks}
        # A renewal stands above the acts of its day, which it has recorded.
        entries: list[HeldAct | HeldRenewal] = [*renewals, *acts]
        return cls(sorted(entries, key=lambda each: _day(each, zone), reverse=True), holding, look, left_out, proven)

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.entries)

    def id_at(self, index: int) -> tuple[str, int]:
        """What it is, and its id."""
        entry = self.entries[index]
        return ("act" if isinstance(entry, HeldAct) else "renewal"), entry.id

    def header(self, width: int) -> Line | None:
        """No header: day, act and note explain themselves."""
        return None

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One act or renewal in a line."""
        entry = self.entries[index]
        proof_width = 10 if width >= 40 else 0
        room = max(10, width - 12 - proof_width)
        if isinstance(entry, HeldRenewal):
            text, ink = _renewal_text(entry.renewal), _INKS.get(entry.renewal.state, "muted")
            proof = _proof(entry.renewal.proof is not None) if entry.renewal.state in _SETTLED else ""
            has_proof = entry.renewal.proof is not None
        else:
            text, ink = self._act(entry.act)
            has_proof = _is_proven(entry, self.proven)
            proof = _proof(has_proof) if entry.act.kind in _PAID else ""
        return [
            columns(
                [
                    (_day(entry, self.holding.line.zone or self.holding.offer.zone), 12, "muted"),
                    (text, room, ink),
                    (proof, proof_width, "muted" if has_proof else "soon"),
                ]
            )
        ]

    def _act(self, act: Act) -> tuple[str, str]:
        reason = self.left_out.get(id(act))
        note = words.word(reason) if reason is not None else _about(act, self.look)
        title = words.act_title(act, self.holding.offer)
        return f"{title}  {note}" if note else title, "muted" if reason is not None else ""


def _is_proven(held: HeldAct, proven: frozenset[int]) -> bool:
    return held.act.proof is not None or held.id in proven


def _day(entry: HeldAct | HeldRenewal, zone: str) -> str:
    """Return the day of an act; of a renewal the day it was paid on, else the one it was begun on."""
    if isinstance(entry, HeldAct):
        return entry.act.day.format_iso()
    renewal = entry.renewal
    day = paid_day(renewal, zone) or renewal.started_on
    return "" if day is None else day.format_iso()


def _renewal_text(renewal: Renewal) -> str:
    """Return what a renewal has come to: its state, its order number, its note."""
    told = words.about(_("renewal"), words.word(renewal.state))
    order = "" if renewal.proof is None else renewal.proof.order_number or ""
    rest = words.joined(_("order {number}").format(number=order) if order else "", renewal.note or "")
    return f"{told}  {rest}" if rest else told


def _proof(has_it: bool) -> str:
    return _("proof") if has_it else _("no proof")


def no_history(*, without_proof: bool) -> list[Line]:
    """Return what an empty history shows."""
    text = _("Every payment has its proof.") if without_proof else _("Nothing recorded yet. m records an act.")
    return [[(text, "muted")]]


def _about(act: Act, look: Look) -> str:
    """Return the rest of an act in a few words: what was read, until when, through what, the note."""
    parts: list[str] = []
    if act.valid_until is not None:
        parts.append(_("until {day}").format(day=act.valid_until))
    if act.balances is not None:
        parts += [HIDDEN] if look.private else _read(act)
    if act.channel is not None:
        parts.append(words.word(act.channel))
    if act.note:
        parts.append(act.note)
    return words.joined(*parts)


def _read(act: Act) -> list[str]:
    balances = act.balances
    if balances is None:
        return []
    parts: list[str] = []
    if balances.credit is not None:
        parts.append(words.money(balances.credit, balances.currency))
    if balances.data_mb is not None:
        parts.append(words.data(balances.data_mb))
    if balances.minutes is not None:
        parts.append(_("{n} min").format(n=balances.minutes))
    if balances.sms is not None:
        parts.append(_("{n} SMS").format(n=balances.sms))
    return parts
