"""What `simtui renew` only tells: what is open, where a renewal stands, and that one was given up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from simtui import words
from simtui.cli.console import Console
from simtui.cli.walk_telling import Teller
from simtui.desk import Desk
from simtui.errors import NotFound
from simtui.holding import HeldRenewal, Holding
from simtui.i18n import _
from simtui.renewals import Renewals
from simtui.report.data import document
from simtui.report.open_renewals import (
    OpenRenewal,
    open_purchases,
    open_renewal,
    place_words,
    renewal_data,
    what_it_waits_for,
)
from simtui.report.plain import table
from simtui.report.urgency import by_urgency
from simtui.text import shown
from simtui.walk.scene import Scene
from simtui.walk.staging import scene
from simtui.walk.walk import Walk

NOTHING_OPEN, SOMETHING_OPEN = 0, 1


def tell_list(desk: Desk, console: Console) -> int:
    """List the open renewals, most urgent line first, and the first purchases."""
    now = desk.now()
    found = [each for held in by_urgency(desk.holdings()) if (each := open_renewal(held, now)) is not None]
    found += open_purchases(desk)
    if console.json:
        console.data(document(renewals=[_data(each) for each in found]))
    elif found:
        rows = [(_line_id(each), each.name(private=console.private), *_told(each)) for each in found]
        console.lines(table(rows, width=console.width, shrink=(1,)))
    else:
        console.line(_("No renewal is open."))
    return NOTHING_OPEN


def tell_status(desk: Desk, holdings: Sequence[Holding], console: Console, *, buying: bool) -> int:
    """Say where the renewals of some lines stand, or all first purchases, step by step."""
    now = desk.now()
    found = open_purchases(desk) if buying else [open_renewal(held, now) for held in holdings]
    open_ones = [each for each in found if each is not None]
    if console.json:
        console.data(document(renewals=[{**_data(each), "trail": _trail(_scene(desk, each))} for each in open_ones]))
    else:
        for each in open_ones:
            _tell(desk, each, console)
        if not open_ones:
            console.line(_("No renewal is open."))
    return SOMETHING_OPEN if open_ones else NOTHING_OPEN


def tell_support(desk: Desk, held: HeldRenewal, language: str, because: str | None, console: Console) -> None:
    """Print the text for the operator's support, in the language that was named, else in that of the offer's country."""
    from simtui.cli.writing import affair_of, problem_meant, tongue_meant
    from simtui.walk.support import support_text, tongue_of

    affair = affair_of(held.renewal, desk, private=console.private)
    tongue = tongue_meant(language, "--support") if language else tongue_of(affair.offer.country)
    problem = problem_meant(because, held.renewal)
    text = console.hidden(support_text(affair, problem, tongue))
    if console.json:
        told = {"renewal": held.id, "language": tongue.value, "because": problem.value, "text": text}
        console.data(document(**told))
    else:
        console.line(shown(text))


def tell_card(desk: Desk, held: HeldRenewal, console: Console) -> None:
    """Print what to say and show in the shop or on the phone."""
    from simtui.cli.walk_asides import card_said

    if held.renewal.line is None:
        raise NotFound(_("a first purchase needs no words for a shop"))
    teller = Teller(console, Walk(desk, [held]))
    teller.say(*card_said(desk.holding(held.renewal.line), held.renewal, private=console.private))


def tell_given_up(walks: Sequence[Walk], console: Console) -> None:
    """Say that renewals were given up."""
    if console.json:
        ended = [held for walk in walks for held in walk.members]
        console.data(document(given_up=[{"id": held.id, "line": held.renewal.line} for held in ended]))
        return
    for walk in walks:
        teller = Teller(console, walk)
        teller.say(_("Given up: {who}. simtui undo takes it back.").format(who=scene(walk).who))
        if walk.renewal.paid_at is not None:
            teller.say(_("What was paid stays recorded."))


def _tell(desk: Desk, found: OpenRenewal, console: Console) -> None:
    walk = _looked_at(desk, found)
    now = scene(walk)
    teller = Teller(console, walk)
    teller.say(words.about(found.name(private=console.private), words.joined(place_words(found), now.procedure)))
    teller.say(what_it_waits_for(found), *now.remarks, *teller.trail(now, whole=True))


def _looked_at(desk: Desk, found: OpenRenewal) -> Walk:
    """Return the walk as it is stored; to open it would go on with it."""
    renewals = Renewals(desk)
    held = renewals.get(found.id)
    assert held is not None
    return Walk(desk, renewals.batch(held))


def _scene(desk: Desk, found: OpenRenewal) -> Scene:
    return scene(_looked_at(desk, found))


def _line_id(found: OpenRenewal) -> str:
    return "-" if found.holding is None else str(found.holding.id)


def _told(found: OpenRenewal) -> tuple[str, str]:
    return place_words(found), what_it_waits_for(found)


def _data(found: OpenRenewal) -> dict[str, Any]:
    line = None if found.holding is None else found.holding.id
    label = found.renewal.answers.get("label") if found.holding is None else found.holding.line.label
    return {
        "line": line,
        "name": label,
        "offer": found.renewal.offer if found.holding is None else found.offer.id,
        **(renewal_data(found) or {}),
    }


def _trail(now: Scene) -> list[dict[str, Any]]:
    return [{"step": step.kind.value, "name": step.title, "state": step.state} for step in now.trail]
