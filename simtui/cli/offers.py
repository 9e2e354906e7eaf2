"""`simtui carriers`: what offers are known, one of them in full, and whether the files are well."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simtui import paths
from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start
from simtui.errors import SimtuiError, UsageError
from simtui.i18n import _, ngettext
from simtui.text import shown

if TYPE_CHECKING:
    from simtui.catalogue import Catalogue
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
        return _check(_one_file(arguments.words), start, console)
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


def _check(file: Path | None, start: Start, console: Console) -> int:
    """Say what is wrong with a file, or with all that are in use, and how much is known of the offers in them."""
    from simtui import catalogue
    from simtui.catalogue.coverage import cover, old_sources, undated_sources, untranslated

    found = catalogue.load_alone(paths.bundled("carriers.json"), file) if file is not None else _loaded(start)
    problems = found.check_all()
    offers = [offer for offer in found.offers.values() if file is None or _is_in(file, offer.id, found)]
    count = sum(file is None or _is_in(file, offer_id, found) for offer_id in found.ids)
    rows, english, aged = cover(offers), untranslated(offers), old_sources(offers, start.today())
    if console.json:
        from simtui.report.coverage import coverage_data

        told = [{"file": one.file, "offer": one.offer, "place": one.place, "problem": one.what} for one in problems]
        missing = [{"offer": offer, "place": place} for offer, place in english]
        old = [{"offer": one.offer, "source": one.source.id, "as_of": one.source.as_of} for one in aged]
        console.data(
            {
                "schema_version": 1,
                "offers": count,
                "problems": told,
                "untranslated": missing,
                "old_sources": old,
                "undated_sources": undated_sources(offers),
                "coverage": coverage_data(rows),
            }
        )
        return FAULTY if problems else 0
    from simtui import words
    from simtui.report.coverage import coverage_lines, old_source_lines
    from simtui.report.plain import part

    console.lines(shown(one.told()) for one in problems)
    console.lines(part(_("Only in English:"), [shown(f"{offer}: {place}") for offer, place in english]))
    console.lines(part(_("Sources older than a year:"), old_source_lines(aged)))
    if undated := undated_sources(offers):
        told_of = ngettext("{n} source has no date.", "{n} sources have no date.", undated)
        console.line(told_of.format(n=undated))
    if offers:
        console.lines(["", *coverage_lines(rows), ""])
    known = ngettext("{n} offer", "{n} offers", count).format(n=count)
    faults = ngettext("{n} fault", "{n} faults", len(problems)).format(n=len(problems))
    console.line(words.joined(known, faults if problems else _("all well")))
    return FAULTY if problems else 0


def _loaded(start: Start) -> Catalogue:
    """Return the catalogue that all commands use."""
    from simtui import catalogue

    options = start.options
    return catalogue.load(paths.bundled("carriers.json"), options.own_carriers_file, options.carriers)


def _is_in(file: Path, offer_id: str, found: Catalogue) -> bool:
    """Tell whether an offer stands in the file, or was added to there."""
    return found.file_of(offer_id) == str(file) or found.addition(offer_id) is not None
