"""The plans pane: what can be bought for the line under the cursor, what it keeps, and what keeping costs a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui import words
from simtui.domain.money import shown_amount
from simtui.domain.offer import Plan
from simtui.domain.whatif import Outcome, cheapest
from simtui.holding import Holding
from simtui.i18n import _
from simtui.tui.views.balances import data_text
from simtui.tui.views.layout import Line, columns, labelled, right
from simtui.tui.views.marks import date_ink, marked_date

PRICE, VALID, KEEPS, MONTH = 10, 7, 12, 8


@dataclass(frozen=True, slots=True)
class PlanRows:
    """The provider of the plan list: keepers first, cheapest month first, then the rest as the offer lists them."""

    outcomes: Sequence[Outcome]
    currency: str

    @classmethod
    def of(cls, holding: Holding) -> PlanRows:
        """Return the rows for a line."""
        keepers = [outcome for outcome in holding.outcomes if outcome.keeps_number]
        keepers.sort(key=lambda outcome: (outcome.per_month is None, outcome.per_month or Decimal(0)))
        others = [outcome for outcome in holding.outcomes if not outcome.keeps_number]
        return cls((*keepers, *others), holding.offer.currency)

    @property
    def count(self) -> int:
        """How many things can be bought."""
        return len(self.outcomes)

    def id_at(self, index: int) -> str:
        """A plan's id, or a top-up's amount."""
        item = self.outcomes[index].item
        return item.id if isinstance(item, Plan) else f"top-up {item.amount}"

    def header(self, width: int) -> Line | None:
        """The names of the columns."""
        if not self.outcomes:
            return None
        size = _name_width(width)
        return columns(
            [
                (_("Plan"), size, "muted"),
                (_("Price"), PRICE, "muted"),
                (_("Valid"), VALID, "muted"),
                (_("Keeps until"), KEEPS, "muted"),
                (right(_("a month"), MONTH - 1), MONTH if _has_month(width) else 0, "muted"),
            ]
        )

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One plan in a line."""
        outcome = self.outcomes[index]
        keeps, ink = _keeps(outcome)
        price = _("not known") if outcome.price is None else words.money(outcome.price, self.currency)
        month = "" if outcome.per_month is None else shown_amount(outcome.per_month)
        valid = "" if outcome.validity is None else outcome.validity.format_iso()
        return [
            columns(
                [
                    (item_name(outcome), _name_width(width), ""),
                    (price, PRICE, "" if outcome.price is not None else "muted"),
                    (valid, VALID, "muted"),
                    (keeps, KEEPS, ink),
                    (right(month, MONTH - 1), MONTH if _has_month(width) else 0, ""),
                ]
            )
        ]


def _has_month(width: int) -> bool:
    return width >= 47


def _name_width(width: int) -> int:
    return max(10, width - PRICE - VALID - KEEPS - (MONTH if _has_month(width) else 0))


def item_name(outcome: Outcome) -> str:
    """Return what is bought, in a few words."""
    if outcome.name is not None:
        return words.text(outcome.name)
    return _("top-up {amount}").format(amount=shown_amount(outcome.price or Decimal(0)))


def _keeps(outcome: Outcome) -> tuple[str, str]:
    if outcome.keeps_number and outcome.safe_until is not None:
        return marked_date(outcome.safe_until, outcome.certainty), date_ink(outcome.certainty, "safe")
    if outcome.unknown:
        return _("not known"), "unknown"
    return _("no"), "muted"


def plan_detail(holding: Holding, outcome: Outcome | None, width: int) -> list[Line]:
    """Return the lines beneath the list: the plan under the cursor, the cheapest, when it was checked."""
    lines: list[Line] = []
    if outcome is not None:
        lines += labelled("", 0, _contents(outcome), width, "muted")
    best = cheapest(holding.outcomes)
    if best is not None and best.safe_until is not None and best.per_month is not None:
        price = words.money(best.per_month, holding.offer.currency)
        text = _("cheapest: {plan}, {price} a month").format(plan=item_name(best), price=price)
        if best.receive_only:
            text += " " + _("(counting time in which it only receives)")
        lines += labelled("", 0, text, width, "safe")
    elif not any(outcome.price is not None for outcome in holding.outcomes):
        lines += labelled("", 0, _("No price known for this offer."), width, "muted")
    return lines


def no_plans(width: int) -> list[Line]:
    """Return what an offer without plans shows instead."""
    text = _("No price known for this offer. v enters the date that the operator told you, a adds a plan of your own.")
    return labelled("", 0, text, width, "muted")


def _contents(outcome: Outcome) -> str:
    item = outcome.item
    parts: list[str] = []
    if isinstance(item, Plan):
        parts.append(words.word(item.kind))
        if item.data_mb is not None:
            parts.append(data_text(item.data_mb))
        if item.minutes is not None:
            parts.append(_("{n} min").format(n=item.minutes))
        if item.sms is not None:
            parts.append(_("{n} SMS").format(n=item.sms))
        parts += [words.text(part) for part in (item.coverage, item.note) if part is not None]
    elif item.note is not None:
        parts.append(words.text(item.note))
    return ", ".join(parts)
