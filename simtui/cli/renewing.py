"""`simtui renew`: the walkthrough as plain prompts, for screen readers, simple terminals and pipes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import TYPE_CHECKING

from simtui.cli.console import Console
from simtui.cli.parser import Parser, Runner
from simtui.cli.start import Start, line_meant
from simtui.errors import InputError, NotFound, UsageError
from simtui.i18n import _

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.offer import Offer
    from simtui.holding import HeldRenewal, Holding
    from simtui.walk.walk import Walk

SOMETHING_IS_OPEN = 1


def renew_command(parser: Parser) -> Runner:
    """Declare `simtui renew`."""
    parser.epilog = _(
        "Asks one question after the other, in words; answers may be typed ahead or come from a pipe, a line each. "
        "Every answer is saved: after Ctrl+C the same command goes on. ? explains at every question."
    )
    parser.add_argument(
        "lines", nargs="*", metavar="LINE", help=_("ids, numbers or parts of labels; several: one payment for all")
    )
    parser.add_argument("--paid", action="store_true", help=_("it is paid already: go to the payment"))
    parser.add_argument("--buy", nargs="?", const="", metavar="OFFER", help=_("buy a travel eSIM; it becomes a line"))
    parser.add_argument("--new", action="store_true", help=_("with --buy: begin anew, beside a purchase that is open"))
    parser.add_argument("--status", action="store_true", help=_("only say where it stands; exit 1 where it is open"))
    parser.add_argument("--list", action="store_true", help=_("only list what is open"))
    parser.add_argument(
        "--support",
        nargs="?",
        const="",
        metavar="en|fr|zh",
        help=_("only write to the operator's support about it, in the language of its country or this one"),
    )
    parser.add_argument("--because", metavar="WHY", help=_("what went wrong, if the renewal does not tell itself"))
    parser.add_argument(
        "--card", action="store_true", help=_("only print what to say and show in the shop, or on the phone")
    )
    parser.add_argument("--give-up", action="store_true", help=_("end it without a result"))
    return _renew


def _renew(arguments: Namespace, start: Start, console: Console) -> int:
    _take_the_line_after_support(arguments)
    _refuse_unfit(arguments, console)
    with start.desk(console) as desk:
        from simtui.cli import renewals_told

        if arguments.list:
            return renewals_told.tell_list(desk, console)
        if arguments.status:
            return renewals_told.tell_status(desk, _meant(desk, arguments.lines), console, buying=_is_buying(arguments))
        if arguments.support is not None or arguments.card:
            told_of = _told_of(arguments, desk)
            for held in told_of:
                if arguments.card:
                    renewals_told.tell_card(desk, held, console)
                else:
                    renewals_told.tell_support(desk, held, arguments.support, arguments.because, console)
            return 0
        _refuse_read_only(desk)
        if arguments.give_up:
            return _give_up(arguments, desk, console)
        walk, came_back = _purchase(arguments, desk) if _is_buying(arguments) else _walk(arguments, desk)
        return _talk(walk, arguments, console, came_back=came_back)


def _take_the_line_after_support(arguments: Namespace) -> None:
    """Take what follows --support for the line, where no other is named and it is no language."""
    from simtui.walk.support import Tongue

    if arguments.support and not arguments.lines and arguments.support.lower() not in list(Tongue):
        arguments.lines, arguments.support = [arguments.support], ""


def _is_buying(arguments: Namespace) -> bool:
    return arguments.buy is not None


def _refuse_unfit(arguments: Namespace, console: Console) -> None:
    if arguments.list and (arguments.lines or _is_buying(arguments)):
        raise UsageError(_("--list goes without a line"))
    if _is_buying(arguments) and arguments.lines:
        raise UsageError(_("--buy goes without a line: it makes one"))
    if not (arguments.lines or arguments.list or _is_buying(arguments)):
        hint = _("simtui list shows the lines; simtui renew --list what is open.")
        raise UsageError(_("no line is named"), next_step=hint)
    tells = arguments.list or arguments.status or arguments.give_up or arguments.support is not None
    if console.json and not tells:
        hint = _("--json goes with --status, --list, --support and --give-up.")
        raise UsageError(_("questions cannot be asked in JSON"), next_step=hint)


def _refuse_read_only(desk: Desk) -> None:
    """Say before the first question that no answer could be saved."""
    from simtui.store.repository import ReadOnly

    if why := desk.repository.read_only_reason:
        hint = _("simtui renew LINE --status shows where it stands.")
        raise ReadOnly(_("a renewal saves every answer, which cannot be done: {why}").format(why=why), next_step=hint)


def _meant(desk: Desk, typed: Sequence[str]) -> list[Holding]:
    return [desk.holding(line_id) for line_id in dict.fromkeys(line_meant(desk, each) for each in typed)]


def _walk(arguments: Namespace, desk: Desk) -> tuple[Walk, bool]:
    """Return the walk over the lines, and whether it is come back to; one that was put off begins its payment anew."""
    from simtui.walk.walk import Walk

    holdings = _meant(desk, arguments.lines)
    begun = Walk.begun(holdings)
    return Walk.of(desk, holdings), _is_come_back_to(begun)


def _is_come_back_to(begun: HeldRenewal | None) -> bool:
    from simtui.domain.renewal import RenewalState

    return begun is not None and begun.renewal.state is not RenewalState.FAILED


def _purchase(arguments: Namespace, desk: Desk) -> tuple[Walk, bool]:
    """Return the walk of a first purchase: the one that is open, or a new one."""
    from simtui.walk.walk import Walk

    offer = _offer(arguments.buy, desk)
    begun = [] if arguments.new else _open_purchases(desk, offer)
    if len(begun) > 1:
        raise _several(begun)
    return (Walk.open(desk, begun[0].id), _is_come_back_to(begun[0])) if begun else (Walk.purchase(desk, offer), False)


def _open_purchases(desk: Desk, offer: Offer | None) -> list[HeldRenewal]:
    from simtui.renewals import Renewals

    found = [held for held in Renewals(desk).purchases() if held.renewal.is_open]
    return [held for held in found if offer is None or held.renewal.offer in (None, offer.id)]


def _several(begun: Sequence[HeldRenewal]) -> InputError:
    from simtui import words

    told = words.listed(held.renewal.answers.get("label") or held.renewal.offer or _("a new line") for held in begun)
    hint = _("Name its offer after --buy, or begin another with --new.")
    return InputError(_("several purchases are open: {names}").format(names=told), next_step=hint)


def _offer(typed: str, desk: Desk) -> Offer | None:
    """Return the offer that is to be bought; raises InputError for one that is no eSIM."""
    if not typed:
        return None
    from simtui.lookup import faulty_entry, one_offer
    from simtui.walk.fields import TRAVEL

    offer_id = one_offer(typed, desk.catalogue)
    offer = desk.catalogue.offer(offer_id)
    if offer is None:
        raise faulty_entry(offer_id)
    if offer.kind not in TRAVEL:
        raise InputError(_("{id} is no eSIM to be bought here").format(id=offer_id), place="--buy")
    return offer


def _told_of(arguments: Namespace, desk: Desk) -> list[HeldRenewal]:
    """Return the renewals that are meant, open ones before those that are over."""
    if _is_buying(arguments):
        found = _open_purchases(desk, _offer(arguments.buy, desk))
    else:
        from simtui.renewals import latest_open

        found = []
        for holding in _meant(desk, arguments.lines):
            held = latest_open(holding) or (holding.renewals[-1] if holding.renewals else None)
            found += [] if held is None else [held]
    if not found:
        raise NotFound(_("no renewal is open"), next_step=_("simtui renew --list shows what is open."))
    return found


def _give_up(arguments: Namespace, desk: Desk, console: Console) -> int:
    """End renewals without a result; a payment that was recorded stays."""
    from simtui.cli.renewals_told import tell_given_up
    from simtui.renewals import latest_open
    from simtui.walk.walk import Walk

    if _is_buying(arguments):
        begun = _open_purchases(desk, _offer(arguments.buy, desk))
        if len(begun) > 1:
            raise _several(begun)
    else:
        begun = [held for each in _meant(desk, arguments.lines) if (held := latest_open(each)) is not None]
    if not begun:
        raise NotFound(_("no renewal is open"), next_step=_("simtui renew --list shows what is open."))
    walks: dict[int, Walk] = {}
    for held in begun:
        if all(held.id != member.id for walk in walks.values() for member in walk.members):
            walks[held.id] = Walk.open(desk, held.id)
            walks[held.id].give_up()
    tell_given_up(list(walks.values()), console)
    return 0


def _talk(walk: Walk, arguments: Namespace, console: Console, *, came_back: bool) -> int:
    from simtui.cli.walk_dialogue import Dialogue

    if arguments.paid:
        was_at = walk.place
        walk.already_paid()
        came_back = came_back and walk.place == was_at
    return Dialogue(walk, console).run(came_back=came_back)
