"""Offers side by side: a row an offer, the orders they can stand in, and one of them in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from simtui import comparing, words
from simtui.catalogue import Catalogue
from simtui.comparing import Offering
from simtui.domain.offer import OfferKind
from simtui.domain.reckoning import Certainty
from simtui.i18n import _, ngettext
from simtui.report.offers import offer_lines
from simtui.text import cell_width
from simtui.tui.views.layout import Line, Span, columns, labelled, wrapped
from simtui.tui.views.marks import date_ink

SORTS = ("name", "country", "cost", "grace")
LEARNED = frozenset({"cost", "grace"})
"""The orders that need more than the summaries."""

PENDING = "…"
WIDER, WITH_OPERATOR, WITH_KIND, WITH_CERTAINTY = 84, 100, 116, 150
LABEL = 12
HANG = 2
IN_TABLE = 4
"""An indent deeper than this is a table's column that has been left empty."""

_LABELLED = re.compile(r"\S+(?: \S+)*  +")


def sort_name(sort: str) -> str:
    """Return the word for an order of the list."""
    return {
        "name": _("by name"),
        "country": _("by country"),
        "cost": _("by cost a year"),
        "grace": _("by grace"),
    }[sort]


def sort_offers(rows: Sequence[Offering], sort: str, *, backwards: bool = False) -> list[Offering]:
    """Return the offers in the order asked for, equal ones by name; what is not known stands last either way.

    Costs stand by currency, as nothing is converted, and before them what costs nothing. The longest grace stands first.
    """
    ordered = sorted(rows, key=_name_key, reverse=backwards and sort == "name")
    if sort == "name":
        return ordered
    key = _KEYS[sort]
    known = [row for row in ordered if key(row) is not None]
    unknown = [row for row in ordered if key(row) is None]
    return [*sorted(known, key=key, reverse=backwards), *unknown]  # type: ignore[arg-type]  # None is out


def _name_key(row: Offering) -> str:
    return words.text(row.summary.name).casefold()


def _cost_key(row: Offering) -> tuple[str, Decimal, bool] | None:
    cost = row.cost
    return None if cost is None else (row.currency if cost else "", cost, row.costs_more)


def _grace_key(row: Offering) -> int | None:
    return None if row.grace_days is None else -row.grace_days


_KEYS: dict[str, Callable[[Offering], object]] = {
    "country": lambda row: row.country,
    "cost": _cost_key,
    "grace": _grace_key,
}


def title(shown: int, total: int, sort: str, *, backwards: bool, filtered: str) -> str:
    """Return what the list is: how many offers, in which order, under which filter."""
    count = str(total) if shown == total else _("{n} of {total}").format(n=shown, total=total)
    order = sort_name(sort) + (" ↓" if backwards else "")
    told = "{} ({})  {}".format(_("Offers"), count, order)
    return f"{told}  / {filtered}" if filtered else told


def progress(done: int, total: int) -> str:
    """Return how many offers are reckoned, nothing once all are."""
    if done >= total:
        return ""
    return ngettext("{done} of {n} reckoned", "{done} of {n} reckoned", total).format(done=done, n=total)


class _Shape(NamedTuple):
    """The cells of each column; 0 leaves it out."""

    name: int
    operator: int
    country: int
    kind: int
    esim: int
    keeps: int
    by: int
    cost: int
    grace: int
    certainty: int

    @classmethod
    def of(cls, width: int) -> _Shape:
        wider = width >= WIDER
        keeps, by, cost, grace = (14, 16, 15, 12) if wider else (13, 11, 13, 9)
        kind = 18 if width >= WITH_KIND else 0
        certainty = 20 if width >= WITH_CERTAINTY else 0
        country, esim = 3, 5
        rest = max(8, width - country - esim - keeps - by - cost - grace - kind - certainty)
        operator = rest * 2 // 5 if width >= WITH_OPERATOR else 0
        return cls(rest - operator, operator, country, kind, esim, keeps, by, cost, grace, certainty)


@dataclass(frozen=True, slots=True)
class OfferRows:
    """The provider of the list."""

    rows: Sequence[Offering]
    two_lines: bool = False

    @property
    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def id_at(self, index: int) -> str:
        """The offer's id."""
        return self.rows[index].id

    def header(self, width: int) -> Line | None:
        """The names of the columns; none on a phone."""
        if self.two_lines:
            return None
        shape = _Shape.of(width)
        names = (
            (_("Offer"), shape.name),
            (_("Carrier"), shape.operator),
            (_("In"), shape.country),
            (_("Kind"), shape.kind),
            (_("eSIM"), shape.esim),
            (" " + _("Keeps for"), shape.keeps),
            (_("By"), shape.by),
            (" " + _("A year"), shape.cost),
            (_("Grace"), shape.grace),
            (_("How sure"), shape.certainty),
        )
        return columns([(name, cells, "muted") for name, cells in names])

    def row(self, index: int, width: int) -> Sequence[Line]:
        """One offer, in one line or two."""
        row = self.rows[index]
        return _tall(row, width) if self.two_lines else [_flat(row, _Shape.of(width))]


def _flat(row: Offering, shape: _Shape) -> Line:
    cells = (
        (words.text(row.summary.name), "stated" if row.own else ""),
        (words.text(row.summary.carrier_name), "muted"),
        (row.country, "muted"),
        (_kind(row), "muted"),
        _esim(row),
        _keeps(row),
        _by(row, shape.by - 1),
        _cost(row),
        _grace(row),
        (_certainty(row), "muted"),
    )
    return columns([(text, width, ink) for (text, ink), width in zip(cells, shape, strict=True)])


def _tall(row: Offering, width: int) -> list[Line]:
    """Return name and carrier, and beneath what it takes to keep the number."""
    name = words.joined(words.text(row.summary.name), words.text(row.summary.carrier_name))
    first = columns([(row.country, 4, "muted"), (name, width - 4, "stated bold" if row.own else "bold")])
    keeps, by, cost = _keeps(row), _by(row, 15), _cost(row)
    rest = max(0, width - 15 - 13)
    return [first, columns([(" " + keeps[0], 15, keeps[1]), (by[0], rest, by[1]), (cost[0], 13, cost[1])])]


def _kind(row: Offering) -> str:
    return words.word(OfferKind(row.kind)) if row.kind in set(OfferKind) else "?"


def _esim(row: Offering) -> Span:
    return _answer(PENDING if row.offer is None else comparing.knowledge_word(row.esim))


def _keeps(row: Offering) -> Span:
    if row.keeping is None:
        return " " + PENDING, "muted"
    told, ink = _answer(comparing.keeps_words(row.keeping, row.currency, short=True))
    return _marked(told, ink, row.keeping.certainty)


def _by(row: Offering, cells: int) -> Span:
    """Return what keeps the number: all ways where they fit, else the first and how many more."""
    if row.keeping is None:
        return PENDING, "muted"
    told = comparing.by_words(row.keeping)
    return _answer(told if cell_width(told) <= cells else comparing.by_words(row.keeping, short=True))


def _cost(row: Offering) -> Span:
    if row.plan is None:
        return " " + PENDING, "muted"
    told, ink = _answer(comparing.cost_words(row.plan, row.currency))
    return _marked(told, ink, row.plan.certainty)


def _grace(row: Offering) -> Span:
    return _answer(PENDING if row.keeping is None else comparing.grace_words(row.keeping, short=True))


def _certainty(row: Offering) -> str:
    return "" if row.certainty is None else words.certainty_word(Certainty(row.certainty))


def _answer(told: str) -> Span:
    """Return the text, muted where it says nothing."""
    return told, "muted" if told in ("?", "-", PENDING) else ""


def _marked(told: str, ink: str, certainty: Certainty) -> Span:
    """Return what is known with the sign of its certainty before it; what is not known needs none."""
    if ink:
        return f" {told}", ink
    return f"{words.certainty_mark(certainty) or ' '}{told}", date_ink(certainty)


def detail(row: Offering, catalogue: Catalogue, width: int) -> list[Line]:
    """Return an offer in full: what a year takes first, then all that the catalogue says, with its sources."""
    if row.offer is None:
        return []
    head, *rest = offer_lines(row.offer, catalogue)
    return [*wrapped(head, width, "bold"), [], *_year(row, width), [], *_page(rest, width)]


def _year(row: Offering, width: int) -> list[Line]:
    plan = row.plan
    if plan is None:
        return []
    cost, ink = _cost(row)
    lines = labelled(_("A year"), LABEL, cost.strip(), width, f"bold {ink}".strip())
    for told in comparing.year_words(row):
        lines += labelled("", LABEL, told, width)
    if plan.problem is None:
        lines += labelled(_("How sure"), LABEL, words.certainty_word(plan.certainty), width, "muted")
    if row.keeping is not None and row.keeping.part is not None:
        lines += labelled(_("Keeps for"), LABEL, comparing.keeps_words(row.keeping, row.currency), width)
        lines += labelled(_("Kept by"), LABEL, comparing.by_words(row.keeping), width)
        grace = _("{time} in which it still receives").format(time=comparing.grace_words(row.keeping))
        lines += labelled(_("Grace"), LABEL, grace if row.grace_days else comparing.grace_words(row.keeping), width)
    papers = comparing.knowledge_word(row.papers)
    return [*lines, *labelled(_("Papers"), LABEL, papers, width), *labelled(_("eSIM"), LABEL, _esim(row)[0], width)]


def _page(told: Sequence[str], width: int) -> list[Line]:
    """Lay a page of text out: headings stand out, what is indented stays so, and no link is cut off."""
    lines: list[Line] = []
    for text, following in zip(told, [*told[1:], ""], strict=True):
        inner = text.lstrip(" ")
        indent = len(text) - len(inner)
        if not inner:
            lines.append([])
            continue
        room = max(8, width - indent)
        # The rest of a table's row stays in its column, as far as that leaves room for it.
        label = _LABELLED.match(inner)
        hang = 0 if indent > IN_TABLE else HANG if label is None or len(label[0]) > room // 2 else len(label[0])
        broken = " ".join(_in_pieces(word, room - hang) for word in inner.split(" "))
        ink = "bold" if not indent and following.startswith(" ") else ""
        blank = " " * indent
        lines += [[(blank, ""), *line] for line in wrapped(broken, room, ink, indent=hang)]
    return lines


def _in_pieces(word: str, room: int) -> str:
    """Return a word without a blank, such as a link, in pieces that fit."""
    if len(word) <= room or not word.isascii():
        return word
    return " ".join(word[start : start + room] for start in range(0, len(word), room))
