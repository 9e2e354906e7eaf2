"""Lines with their standing as CSV, a row a line: for spreadsheets and for other programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from simtui.domain.calendar import Day
from simtui.holding import Holding
from simtui.text import csv_cell

COLUMNS = (
    "id",
    "label",
    "number",
    "offer",
    "offer_name",
    "country",
    "kind",
    "state",
    "holder",
    "device",
    "sim",
    "opened_on",
    "activated_on",
    "identified",
    "auto_renew",
    "lead_days",
    "needed_until",
    "weight",
    "tags",
    "notes",
    "phase",
    "next_date",
    "days_left",
    "loses",
    "certainty",
    "final_date",
    "full_service_until",
    "number_safe_until",
    "stage",
)
"""The headings. An import reads those of the line itself, and works the others out again."""


def write_csv(holdings: Iterable[Holding], language: str) -> str:
    """Return the lines as CSV with a byte order mark, so that spreadsheets see UTF-8; cells cannot be formulas."""
    file = io.StringIO()
    file.write("\ufeff")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for holding in holdings:
        row = {**_line_cells(holding, language), **_standing_cells(holding)}
        writer.writerow(csv_cell(row[column]) for column in COLUMNS)
    return file.getvalue()


def _line_cells(holding: Holding, language: str) -> dict[str, str]:
    line, offer = holding.line, holding.offer
    return {
        "id": str(holding.id),
        "label": line.label or "",
        "number": line.number or "",
        "offer": line.offer,
        "offer_name": offer.name.in_language(language),
        "country": offer.country if holding.known_offer else "",
        "kind": offer.kind.value if holding.known_offer else "",
        "state": line.state.value,
        "holder": line.holder or "",
        "device": line.device or "",
        "sim": line.sim.value if line.sim is not None else "",
        "opened_on": _day(line.opened_on),
        "activated_on": _day(line.activated_on),
        "identified": line.identity.state.value,
        "auto_renew": line.auto_renew.value,
        "needed_until": _day(line.needed_until),
        "lead_days": "" if line.lead_days is None else str(line.lead_days),
        "weight": line.weight.value,
        "tags": ", ".join(line.tags),
        "notes": line.notes or "",
    }


def _standing_cells(holding: Holding) -> dict[str, str]:
    found = holding.standing
    return {
        "phase": found.phase.value,
        "next_date": _day(found.next_day),
        "days_left": "" if found.days_left is None else str(found.days_left),
        "loses": found.next_loses.value if found.next_loses is not None else "",
        "certainty": found.certainty.name.lower() if found.next_day is not None else "",
        "final_date": _day(found.final_day),
        "full_service_until": _day(found.full_service_until),
        "number_safe_until": _day(found.number_safe_until),
        "stage": found.stage.name.value if found.stage is not None else "",
    }


def _day(day: Day | None) -> str:
    return "" if day is None else day.format_iso()
