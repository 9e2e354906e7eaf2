"""Carriers and offers: the bundled file, the user's own beside it, and everything that is wrong with either.

`load` reads both; `Catalogue` answers. What the files look like is told in docs/catalogue.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from simtui.catalogue.formats import Addition, is_own_id
from simtui.catalogue.gather import Gathered
from simtui.catalogue.index import Catalogue
from simtui.catalogue.links import shown_link
from simtui.catalogue.problems import Problem
from simtui.catalogue.reading import read_object
from simtui.catalogue.summary import CarrierEntry, Summary
from simtui.domain.offer import Offer
from simtui.domain.rule import Countdown

__all__ = [
    "Addition",
    "CarrierEntry",
    "Catalogue",
    "Problem",
    "Summary",
    "is_own_id",
    "load",
    "load_alone",
    "shown_link",
    "stated_clock",
]


def load(bundled: Path, own: Path | None, extra: Path | None = None) -> Catalogue:
    """Return the catalogue of the bundled carriers (or those of `extra` in their place) and the user's own.

    Never fails: what cannot be read is in `Catalogue.problems`. An own file that does not exist is no problem.
    """
    gathered = Gathered()
    if extra is None:
        gathered.add_file(bundled, own=False, trusted=True)
    else:
        gathered.add_file(extra, own=False, trusted=False)
    if own is not None and _is_there(own):
        gathered.add_file(own, own=True, trusted=False)
    return Catalogue(gathered)


def load_alone(bundled: Path, file: Path) -> Catalogue:
    """Return the catalogue of one file, to be checked: of an own one beside the bundled offers, which it may add to.

    A file is an own one if it has additions, or ids of carriers or offers that begin with `my-`.
    """
    document = read_object(file)
    if isinstance(document, dict) and _is_own(document):
        return load(bundled, file)
    return load(bundled, None, file)


def stated_clock(offer: Offer) -> Countdown | None:
    """Return the clock or fee that the operator's "valid until" speaks of: named by the newest rule, else its first."""
    if not offer.rules:
        return None
    rule = offer.rules[-1]
    named = (part for part in rule.countdowns if rule.stated in (None, part.id))
    return next(named, None)


def _is_own(document: dict[str, Any]) -> bool:
    carriers = document.get("carriers")
    heads = [one for one in carriers if isinstance(one, dict)] if isinstance(carriers, list) else []
    offers = [one for head in heads if isinstance(head.get("offers"), list) for one in head["offers"]]
    ids = [one.get("id") for one in (*heads, *offers) if isinstance(one, dict)]
    return "additions" in document or any(isinstance(some_id, str) and is_own_id(some_id) for some_id in ids)


def _is_there(path: Path) -> bool:
    """Tell whether anything lies at the path; what cannot even be looked at counts, so that it is reported."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True
