"""The plans pane: what can be bought for the line under the cursor, what it keeps, and what keeping costs a month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from simtui import words
from simtui.domain.money import shown_amount
from simtui.domain.offer import Plan
from simtui.domain.standing import Standing
from simtui.domain.whatif import Outcome, cheapest
from simtui.holding import Holding
from simtui.i18n import _
from simtui.own_offers import is_yours
from simtui.text import cell_width
from simtui.tui.views.layout import Line, columns, phase_word, right, wrapped
from simtui.tui.views.marks import date_ink, marked_date

KEEPS, MONTH = 12, 9
LEAST_NAME = 10
WITH_WORDS = 44
"""From how many cells on "if bought" stands before what buying would change."""
WIDEST_VALID = 14


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
        name, price, valid, month = self._widths(width)
        return columns(
            [
                (_("Plan"), name, "muted"),
                (_("Price"), price, "muted"),
                (_("Valid"), valid, "muted"),
                (_("Keeps until"), KEEPS, "muted"),
                (right(_("a month"), MONTH - 1), month, "muted"),
            ]
        )

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One plan in a line."""
        outcome = self.outcomes[index]
        keeps, ink = _keeps(outcome)
        name, price, valid, month = self._widths(width)
        each_month = "" if outcome.per_month is None else shown_amount(outcome.per_month)
        return [
            columns(
                [
                    *self._named(outcome, name),
                    (self._price(outcome), price, "" if outcome.price is not None else "muted"),
                    (_valid(outcome), valid, "muted"),
                    (keeps, KEEPS, ink),
                    (right(each_month, MONTH - 1), month, ""),
                ]
            )
        ]

    def _named(self, outcome: Outcome, width: int) -> list[tuple[str, int, str]]:
        """Return the name, and behind it that it is the user's own."""
        if not is_yours(outcome.item):
            return [(words.item_name(outcome.item), width, "")]
        tag = _("yours")
        cells = cell_width(tag) + 1
        name = min(cell_width(words.item_name(outcome.item)) + 1, width - cells)
        return [(words.item_name(outcome.item), name, ""), (tag, width - name, "key")]

    def _price(self, outcome: Outcome) -> str:
        return "?" if outcome.price is None else words.money(outcome.price, self.currency)

    def _widths(self, width: int) -> tuple[int, int, int, int]:
        """Return the cells for name, price, validity and cost a month; what nothing needs goes to the name."""
        price = max((cell_width(self._price(each)) for each in self.outcomes), default=4) + 1
        price = min(max(price, 7), 13)
        valid = max((cell_width(_valid(each)) for each in self.outcomes), default=0)
        valid = min(max(valid, cell_width(_("Valid"))) + 1, WIDEST_VALID) if valid else 0
        keeps = any(each.per_month is not None for each in self.outcomes)
        month = MONTH if keeps and width - price - valid - KEEPS - MONTH >= LEAST_NAME else 0
        return max(LEAST_NAME, width - price - valid - KEEPS - month), price, valid, month


def _valid(outcome: Outcome) -> str:
    return "" if outcome.validity is None else words.period(outcome.validity)


def _keeps(outcome: Outcome) -> tuple[str, str]:
    if outcome.keeps_number and outcome.safe_until is not None:
        return marked_date(outcome.safe_until, outcome.certainty), date_ink(outcome.certainty, "safe")
    if outcome.unknown:
        return _("not known"), "unknown"
    return _("no"), "muted"


def plan_detail(holding: Holding, outcome: Outcome | None, width: int) -> list[Line]:
    """Return the lines beneath the list: what the thing under the cursor leads to, the cheapest, what it holds."""
    lines: list[Line] = [] if outcome is None else [_what_if(holding, outcome, width)]
    best = cheapest(holding.outcomes)
    if best is not None and best.safe_until is not None and best.per_month is not None:
        price = words.money(best.per_month, holding.offer.currency)
        text = _("cheapest: {plan}, {price} a month").format(plan=words.item_name(best.item), price=price)
        if best.receive_only:
            text += " " + _("(counting time in which it only receives)")
        lines += wrapped(text, width, "safe")
    if outcome is not None:
        lines += wrapped(_contents(outcome), width, "muted")
    return lines


def _what_if(holding: Holding, outcome: Outcome, width: int) -> Line:
    """Return phase and last day now, and what they would be if the thing under the cursor were bought today."""
    after = holding.with_act(outcome.act)
    bought: Line = [(_("if bought:"), "muted"), (" ", "")] if width >= WITH_WORDS else []
    return [*bought, *_brief(holding.standing), (" → ", "muted"), *_brief(after)]


def _brief(found: Standing) -> Line:
    phase = found.phase.value
    if found.next_day is None:
        return [(phase_word(phase), phase)]
    return [(f"{phase_word(phase)} ", phase), (marked_date(found.next_day, found.certainty), date_ink(found.certainty))]


def no_plans(width: int) -> list[Line]:
    """Return what an offer without plans shows instead."""
    text = _("No price known for this offer. v enters the date that the operator told you, a adds a plan of your own.")
    return wrapped(text, width, "muted")


def _contents(outcome: Outcome) -> str:
    item = outcome.item
    parts: list[str] = [_("yours")] if is_yours(item) else []
    if isinstance(item, Plan):
        parts.append(words.word(item.kind))
        if item.data_mb is not None:
            parts.append(words.data(item.data_mb))
        if item.minutes is not None:
            parts.append(_("{n} min").format(n=item.minutes))
        if item.sms is not None:
            parts.append(_("{n} SMS").format(n=item.sms))
        parts += [words.text(part) for part in (item.coverage, item.note) if part is not None]
    elif item.note is not None:
        parts.append(words.text(item.note))
    return words.joined(*parts)
