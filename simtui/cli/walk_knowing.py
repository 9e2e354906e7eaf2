"""What nobody knows of an offer, entered at a plain prompt: `know call: +33 970 00 00 00`."""

from __future__ import annotations

from simtui.domain.procedure import Fact
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys
from simtui.walk.fields import picked
from simtui.walk.scene import FactLine, OptionLine, Scene
from simtui.walk.walk import Walk


def to_enter(scene: Scene) -> list[FactLine]:
    """Return the facts of the step that the user may enter or change, each once."""
    items = (fact for item in scene.items for fact in item.facts)
    return list({fact.fact: fact for fact in (*scene.facts, *items) if fact.may_enter}.values())


def enter(walk: Walk, scene: Scene, words: str) -> None:
    """Keep what the user knows: the name of a fact, a colon, the fact.

    Raises:
        SimtuiError: The step has no such fact to enter, or the text is not what it takes.
    """
    at = plain_keys(words).find(":")
    if at < 0 or not words[at + 1 :].strip():
        raise InputError(_("the name and a colon come before it: know NAME: WORDS"))
    options = tuple(OptionLine(each.fact, each.label) for each in to_enter(scene))
    if not options:
        raise InputError(_("at this step nothing is missing that you could enter"))
    walk.enter_fact(Fact(picked(words[:at], options, "")), words[at + 1 :].strip())
