"""`simtui carriers`: what offers are known, one of them in full, and whether the files are well."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from simtui import paths
from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import SimtuiError, UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.catalogue import Catalogue, Problem
    from simtui.catalogue.coverage import Cover, OldSource
    from simtui.catalogue.summary import Summary

_WHAT = ("list", "show", "check")
FAULTY = 1


def carriers_command(parser: Parser) -> Runner:
    """Declare `simtui carriers`."""
    parser.add_argument("what", nargs="?", default="list", metavar="list|show|check", help=_("list if not said"))
    parser.add_argument(
        "words",
        nargs="*",
        metavar="WORDS",
        help=_("what to look for in the list, the offer to show, or the file to check"),
    )
    parser.epilog = _(
        "check looks at every offer of the file named, else of the bundled file and yours, and says how much is known "
        "of them; exit 0 all is well, 1 something is not."
    )
    return _carriers


def _carriers(arguments: Namespace, start: Start, console: Console) -> int:
    if arguments.what not in _WHAT:
        hint = _("Choose one of: {choices}.").format(choices=", ".join(_WHAT))
        raise UsageError(_("no such thing to do: {name}").format(name=arguments.what[:40]), next_step=hint)
    start.watch(console)
    if arguments.what == "check":
        file = _one_file(arguments.words)
        if file is not None:
            start.refuse_path(str(file), _("Without a name those in use are checked."))
        return _check(file, start, console)
    found = _loaded(start)
    words = " ".join(arguments.words)
    tell = _show if arguments.what == "show" else _list
    tell(words, found, console)
    start.remember_offers(found, console)
    return 0


def _one_file(words: Sequence[str]) -> Path | None:
    """Return the file that is to be checked, None for those in use."""
    from simtui.cli.parser import file_path

    if len(words) > 1:
        raise UsageError(_("not understood: {names}").format(names=" ".join(words[1:])[:200]))
    return file_path(words[0]) if words and words[0] else None


def _list(words: str, found: Catalogue, console: Console) -> None:
    summaries = [summary for offer_id in found.search(words) if (summary := found.summary(offer_id)) is not None]
    if console.json:
        console.data({"schema_version": 1, "updated": found.updated, "offers": [_summary(one) for one in summaries]})
        return
    from simtui import words as say
    from simtui.report.plain import table

    heading = (_("Offer"), _("Carrier"), _("Name"), _("Country"), "")
    rows = [
        (one.id, say.text(one.carrier_name), say.text(one.name), one.country, _("yours") if one.own else "")
        for one in summaries
    ]
    console.lines(table([heading, *rows], width=console.width, shrink=(1, 2)))


def _summary(one: Summary) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": {"en": one.name.en, "zh": one.name.zh},
        "carrier": one.carrier,
        "carrier_name": {"en": one.carrier_name.en, "zh": one.carrier_name.zh},
        "kind": one.kind,
        "country": one.country,
        "currency": one.currency,
        "zone": one.zone,
        "yours": one.own,
    }


def _show(words: str, found: Catalogue, console: Console) -> None:
    from simtui.lookup import one_offer

    if not words:
        raise UsageError(_("which offer?"), next_step=_("simtui carriers list shows them all."))
    offer_id = one_offer(words, found)
    offer = found.offer(offer_id)
    if offer is None:
        faults = [f"{problem.place}: {problem.what}" for problem in found.problems if problem.offer == offer_id]
        raise SimtuiError("; ".join(faults[:3]) or _("is faulty"), place=offer_id)
    if console.json:
        fields = offer.model_dump(mode="json", by_alias=True, exclude_none=True)
        console.data({"schema_version": 1, "offer": fields})
        return
    from simtui.report.offers import offer_lines

    console.lines(offer_lines(offer, found))


class Checked(NamedTuple):
    """What a check has found, and which offers it was about."""

    offers: int
    problems: Sequence[Problem]
    english: Sequence[tuple[str, str]]
    aged: Sequence[OldSource]
    undated: int
    rows: Sequence[Cover]


def _check(file: Path | None, start: Start, console: Console) -> int:
    """Say what is wrong with a file, or with all that are in use, and how much is known of the offers in them."""
    found = _checked(file, start)
    if console.json:
        console.data(_check_data(found))
    else:
        console.lines(_check_lines(found))
    return FAULTY if found.problems else 0


def _checked(file: Path | None, start: Start) -> Checked:
    from simtui import catalogue
    from simtui.catalogue.coverage import cover, old_sources, undated_sources, untranslated

    found = catalogue.load_alone(paths.bundled("carriers.json"), file) if file is not None else _loaded(start)
    problems = found.check_all()
    ids = [offer_id for offer_id in found.ids if file is None or _is_in(file, offer_id, found)]
    offers = [offer for offer_id in ids if (offer := found.offer(offer_id)) is not None]
    carriers = [one for one in found.carriers.values() if not set(one.offers).isdisjoint(ids)]
    return Checked(
        offers=len(ids),
        problems=problems,
        english=untranslated(carriers, offers),
        aged=old_sources(offers, start.today()),
        undated=undated_sources(offers),
        rows=cover(offers),
    )


def _check_data(found: Checked) -> dict[str, Any]:
    from simtui.report.coverage import coverage_data

    return {
        "schema_version": 1,
        "offers": found.offers,
        "problems": [
            {"file": one.file, "offer": one.offer, "place": one.place, "problem": one.what} for one in found.problems
        ],
        "untranslated": [{"id": some_id, "place": place} for some_id, place in found.english],
        "old_sources": [{"offer": one.offer, "source": one.source.id, "as_of": one.source.as_of} for one in found.aged],
        "undated_sources": found.undated,
        "coverage": coverage_data(found.rows),
    }


def _check_lines(found: Checked) -> list[str]:
    from simtui import words
    from simtui.report.coverage import coverage_lines, old_source_lines
    from simtui.report.plain import part

    lines = [shown(one.told()) for one in found.problems]
    lines += part(_("Only in English:"), [shown(f"{some_id}: {place}") for some_id, place in found.english])
    lines += part(_("Sources older than a year:"), old_source_lines(found.aged))
    if found.undated:
        undated = ngettext("{n} source has no date.", "{n} sources have no date.", found.undated)
        lines.append(undated.format(n=found.undated))
    if found.offers:
        lines += ["", *coverage_lines(found.rows), ""]
    known = ngettext("{n} offer", "{n} offers", found.offers).format(n=found.offers)
    faults = len(found.problems)
    told = ngettext("{n} fault", "{n} faults", faults).format(n=faults) if faults else _("all well")
    return [*lines, words.joined(known, told)]


def _loaded(start: Start) -> Catalogue:
    """Return the catalogue that all commands use."""
    from simtui import catalogue

    options = start.options
    return catalogue.load(paths.bundled("carriers.json"), options.own_carriers_file, options.carriers)


def _is_in(file: Path, offer_id: str, found: Catalogue) -> bool:
    """Tell whether an offer stands in the file, or was added to there."""
    return found.file_of(offer_id) == str(file) or found.addition(offer_id) is not None
