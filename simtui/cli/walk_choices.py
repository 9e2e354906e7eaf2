"""What can be bought in a walk, in sentences to be heard rather than seen in columns, and what is answered to it."""

from __future__ import annotations

import re

from simtui import typed as typing
from simtui import words
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.walk.fields import picked
from simtui.walk.scene import ChoiceLine, OptionLine, Scene
from simtui.walk.walk import Walk

_OTHER = re.compile(r"(?P<name>.*[^\s:：])\s*[:：]\s*(?P<amount>[^:：]+)", re.DOTALL)
"""A thing that is not listed, by its name and what it costs: `night pass: 5 EUR`."""


def choice_lines(scene: Scene, walk: Walk) -> list[str]:
    """Return each thing to buy with what it leads to, and how to answer."""
    found = [f"{at}. {sentence(choice)}" for at, choice in enumerate(scene.choices, start=1)]
    if not scene.choices:
        found.append(_("No price is known for this offer."))
    chosen = words.listed(_priced(each) or f"{each.name} {each.price}".strip() for each in _chosen(scene))
    if chosen:
        found.append(_("Chosen: {what}. Enter keeps it.").format(what=chosen))
    if scene.choices:
        found.append(_("Which? Numbers, several with commas between them."))
    example = f"15 {walk.some_offer.currency}"
    found.append(
        _("Something else: an amount such as {amount}, or a name and an amount, such as pass: {amount}.").format(
            amount=example
        )
    )
    if not scene.choices:
        found.append(_("Not known yet what it costs? skip goes on; the payment asks for the amount."))
    return found


def sentence(choice: ChoiceLine) -> str:
    """Return what buying something leads to, part by part."""
    parts = [
        _priced(choice) or words.joined(choice.name, choice.price or _("price not known")),
        choice.data,
        _("valid {length}").format(length=choice.valid) if choice.valid else "",
        _("number safe until {day}").format(day=choice.safe_until) if choice.safe_until else "",
        _("full service until {day}").format(day=choice.service_until) if choice.service_until else "",
        _("{money} a month").format(money=choice.per_month) if choice.per_month else "",
        _("counts time in which it only receives") if choice.receive_only and choice.per_month else "",
        choice.remark,
        _("the cheapest that suffices") if choice.cheapest else "",
        _("yours") if choice.yours else "",
        _("chosen") if choice.chosen else "",
    ]
    return words.joined(*(part for part in parts if part))


def _priced(choice: ChoiceLine) -> str:
    """Return a thing whose name has its price in it, the amount said once; empty where the price stands apart."""
    kind, _gap, amount = choice.name.rpartition(" ")
    if choice.id.startswith("top-up:") and kind and choice.price.endswith(f" {amount}"):
        return f"{kind} {choice.price}"
    return choice.name if choice.price and choice.price in choice.name else ""


def take_choice(walk: Walk, scene: Scene, answer: str) -> None:
    """Choose what was answered: numbers or names of the list, an amount, or a name with an amount.

    Raises:
        InputError: It is none of these.
    """
    options = tuple(OptionLine(each.id, _named(each)) for each in scene.choices)
    try:
        wanted = [picked(part, options, _("choice")) for part in _parts(answer)]
    except InputError:
        if not _take_other(walk, answer):
            raise
        return
    walk.choose_these(wanted)


def _take_other(walk: Walk, answer: str) -> bool:
    """Choose something that is not listed; False where the answer names no amount with its currency."""
    match = _OTHER.fullmatch(answer.strip())
    name, amount = (match["name"], match["amount"]) if match else ("", answer)
    if match is None and plain_keys(amount).strip().isdigit():
        return False
    try:
        typing.money(amount, walk.some_offer.currency)
    except InputError:
        return False
    walk.choose_other(amount, name, alone=True)
    return True


def _parts(answer: str) -> list[str]:
    return [part for part in plain_keys(answer).replace("和", ",").split(",") if part.strip()] or [answer]


def _named(choice: ChoiceLine) -> str:
    return choice.name if choice.price and choice.price in choice.name else f"{choice.name} {choice.price}".strip()


def _chosen(scene: Scene) -> list[ChoiceLine]:
    return [choice for choice in scene.choices if choice.chosen]
