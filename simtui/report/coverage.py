"""What is known of the offers, as a table for people, for the README and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from simtui.catalogue.coverage import Cover, Knownness, OldSource
from simtui.i18n import N_, _
from simtui.report.plain import table

_TITLES = {
    Knownness.OFFICIAL: N_("official"),
    Knownness.THIRD_PARTY: N_("third party"),
    Knownness.GUESS: N_("guess"),
    Knownness.UNKNOWN: N_("unknown"),
}


def coverage_lines(rows: Sequence[Cover]) -> list[str]:
    """Return the table in columns, with its heading."""
    return table([_heading(), *map(_cells, rows)])


def readme_table() -> str:
    """Return the table of the bundled offers as Markdown, for the README."""
    from simtui import catalogue, paths
    from simtui.catalogue.coverage import cover

    rows = cover(catalogue.load(paths.bundled("carriers.json"), None).offers.values())
    lines = [_heading(), ("---",) * len(_heading()), *map(_cells, rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def coverage_data(rows: Iterable[Cover]) -> list[dict[str, Any]]:
    """Return the table for programs; the row of all together has no country."""
    return [
        {
            "country": row.country or None,
            "offers": row.offers,
            **{known.value: row.known[known] for known in Knownness},
            "with_plans": row.with_plans,
            "without_plans": row.without_plans,
        }
        for row in rows
    ]


def old_source_lines(found: Sequence[OldSource]) -> list[str]:
    """Return a line an offer with the dates of its old sources, for the reader of a check."""
    by_offer: dict[str, list[str]] = {}
    for one in found:
        by_offer.setdefault(one.offer, []).append(one.source.as_of or "")
    return table([(offer, ", ".join(sorted(dates))) for offer, dates in by_offer.items()])


def _heading() -> tuple[str, ...]:
    kinds = (_(_TITLES[known]) for known in Knownness)
    return (_("Country"), _("offers"), *kinds, _("with plans"), _("without"))


def _cells(row: Cover) -> tuple[str, ...]:
    numbers = (row.offers, *(row.known[known] for known in Knownness), row.with_plans, row.without_plans)
    return (row.country or _("all"), *map(str, numbers))
