"""The history pane: acts and readings, newest first, with what they brought and whether there is proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from simtui import words
from simtui.domain.act import Act, ActKind
from simtui.domain.reckoning import RemarkKind
from simtui.holding import HeldAct, Holding
from simtui.i18n import _
from simtui.tui.views.balances import HIDDEN
from simtui.tui.views.layout import Line, Look, columns

_PAID = frozenset({ActKind.TOP_UP, ActKind.PLAN_PURCHASE, ActKind.PAYMENT, ActKind.HOLD})


@dataclass(frozen=True, slots=True)
class HistoryRows:
    """The provider of the history list. `left_out` tells why an act does not count, by the act's identity."""

    acts: Sequence[HeldAct]
    holding: Holding
    look: Look
    left_out: Mapping[int, RemarkKind]

    @classmethod
    def of(cls, holding: Holding, look: Look, *, without_proof: bool = False) -> HistoryRows:
        """Return the rows for a line, newest first; `without_proof` keeps only payments that lack it."""
        acts = sorted(holding.acts, key=lambda held: (held.act.day, held.act.order), reverse=True)
        if without_proof:
            acts = [held for held in acts if held.act.kind in _PAID and held.act.proof is None]
        left_out = {id(remark.act): remark.kind for remark in holding.standing.remarks}
        return cls(acts, holding, look, left_out)

    @property
    def count(self) -> int:
        """How many acts there are."""
        return len(self.acts)

    def id_at(self, index: int) -> int:
        """The act's id."""
        return self.acts[index].id

    def header(self, width: int) -> Line | None:
        """No header: day, act and note explain themselves."""
        return None

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One act in a line."""
        act = self.acts[index].act
        reason = self.left_out.get(id(act))
        note = words.word(reason) if reason is not None else _about(act, self.look)
        proof = "" if act.kind not in _PAID else _("proof") if act.proof is not None else _("no proof")
        proof_width = 10 if width >= 40 else 0
        room = max(10, width - 12 - proof_width)
        title = words.act_title(act, self.holding.offer)
        text = f"{title}  {note}" if note else title
        return [
            columns(
                [
                    (act.day.format_iso(), 12, "muted"),
                    (text, room, "muted" if reason is not None else ""),
                    (proof, proof_width, "muted" if act.proof is not None else "soon"),
                ]
            )
        ]


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
