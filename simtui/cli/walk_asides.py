"""What can be asked for beside the questions of a walk: words for the shop, a text for support, a line left out."""

from __future__ import annotations

from simtui import words
from simtui.cli.walk_telling import Teller, holdings_of
from simtui.domain.act import Act
from simtui.domain.procedure import Fact
from simtui.domain.renewal import Renewal
from simtui.domain.standing import Standing
from simtui.errors import InputError, NotFound
from simtui.holding import Holding
from simtui.i18n import _
from simtui.lookup import LineName, one_line
from simtui.report.explanation import change_by_ear
from simtui.report.open_renewals import OpenRenewal, support_words
from simtui.walk import of_each
from simtui.walk.facts import fact_line
from simtui.walk.phrases import card, card_text
from simtui.walk.staging import known_of
from simtui.walk.walk import Walk


def resume_command(walk: Walk) -> str:
    """Return the command that goes on with a walk."""
    if walk.renewal.line is None:
        return "simtui renew --buy"
    return "simtui renew " + " ".join(str(held.renewal.line) for held in walk.members)


def tell_card(walk: Walk, teller: Teller) -> None:
    """Say what to say and show in the shop or on the phone, of several lines for each."""
    if walk.holding is None:
        teller.say(_("a first purchase needs no words for a shop"))
    for holding, renewal in of_each.lines(walk):
        teller.say("", *card_said(holding, renewal, private=teller.private))


def card_said(holding: Holding, renewal: Renewal, *, private: bool) -> list[str]:
    """Return the card of a line as text; digit by digit in words is a number, too, and stays out of it in private."""
    found = card(holding, renewal)
    return card_text(found._replace(aloud="") if private else found)


def tell_support(walk: Walk, teller: Teller) -> None:
    """Say how support is reached, with the order number, and what to write where something went wrong: for each line."""
    found = OpenRenewal(walk.held.id, walk.renewal, walk.holding, walk.some_offer, walk.today, None, walk.follow_up)
    teller.say(words.about(_("Support"), support_words(found)))
    first = known_of(walk)
    texts = [text for known in (first, *first.others) if (text := fact_line(Fact.SUPPORT_TEXT, known)).value]
    for text in texts:
        teller.say("", text.label)
        teller.to_copy(text.value)
    if texts:
        hint = _("In another language: {command}")
        teller.say(hint.format(command=f"{resume_command(walk)} --support en|fr|zh"))


def leave_out(walk: Walk, teller: Teller, typed: str) -> None:
    """Let one line of several go its own way from here.

    Raises:
        InputError: Only one is renewed, or none of them is meant.
    """
    lines = [line for held in walk.members if (line := held.renewal.line) is not None]
    if len(lines) < 2:
        raise InputError(_("only one line is renewed here"))
    if not typed:
        raise InputError(_("the line comes after it: without LINE"))
    held = [walk.desk.holding(line).line for line in lines]
    names = [LineName(line, one.label or "", one.number or "") for line, one in zip(lines, held, strict=True)]
    try:
        meant = one_line(typed, names)
    except NotFound as error:
        hint = words.about(_("Renewed here"), words.listed(one.name for one in held))
        raise InputError(error.problem, next_step=f"{hint}.") from error
    walk.leave_out(meant)
    told = _("{name} goes its own way from here: {command} goes on with it.")
    teller.say(told.format(name=walk.desk.holding(meant).line.name, command=f"simtui renew {meant}"))


def tell_would_change(walk: Walk, teller: Teller) -> None:
    """Say for each line what paying for the choice would do to its dates."""
    for holding in holdings_of(walk):
        acts = [act.model_copy(update={"line": holding.id}) for act in walk.expected_acts()]
        teller.say(*_would_change(holding, acts, is_named=len(walk.members) > 1))


def _would_change(holding: Holding, acts: list[Act], *, is_named: bool) -> list[str]:
    before, after = holding.standing, holding.with_acts(acts)
    if dates(before) == dates(after):
        told, head = _("the dates would stay as they are"), _("The dates would stay as they are:")
    else:
        told, head = _("what this would change"), _("This would change:")
    return [words.about(holding.line.name, told) if is_named else head, *change_by_ear(before, after)]


def dates(found: Standing) -> tuple[object, ...]:
    """Return what of a standing is told as a change."""
    return found.phase, found.next_day, found.certainty, found.number_safe_until
