"""`simtui carriers`: what offers are known, one of them in full, and whether the files are well."""

from __future__ import annotations

from argparse import Namespace
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
        "words", nargs="*", metavar="WORDS", help=_("what to look for in the list, or the offer to show")
    )
    parser.epilog = _(
        "check looks at every offer of the bundled file and yours; exit 0 all is well, 1 something is not."
    )
    return _carriers


def _carriers(arguments: Namespace, start: Start, console: Console) -> int:
    from simtui import catalogue

    if arguments.what not in _WHAT:
        hint = _("Choose one of: {choices}.").format(choices=", ".join(_WHAT))
        raise UsageError(_("no such thing to do: {name}").format(name=arguments.what[:40]), next_step=hint)
    options = start.options
    start.watch(console)
    found = catalogue.load(paths.bundled("carriers.json"), options.own_carriers_file, options.carriers)
    words = " ".join(arguments.words)
    if arguments.what == "check":
        return _check(found, console)
    tell = _show if arguments.what == "show" else _list
    tell(words, found, console)
    start.remember_offers(found, console)
    return 0


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


def _check(found: Catalogue, console: Console) -> int:
    problems = found.check_all()
    if console.json:
        told = [{"file": one.file, "offer": one.offer, "place": one.place, "problem": one.what} for one in problems]
        console.data({"schema_version": 1, "offers": len(found.ids), "problems": told})
    else:
        for one in problems:
            console.line(shown(one.told()))
        count = len(found.ids)
        known = ngettext("{n} offer", "{n} offers", count).format(n=count)
        faults = ngettext("{n} fault", "{n} faults", len(problems)).format(n=len(problems))
        from simtui import words

        console.line(words.joined(known, faults if problems else _("all well")))
    return FAULTY if problems else 0
