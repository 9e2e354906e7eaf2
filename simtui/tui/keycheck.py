"""Checks the user's own keys before Textual sees them: unknown ids, stolen keys and invalid names all pass there."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from textual.keys import KEY_NAME_REPLACEMENTS, Keys

from simtui.i18n import _
from simtui.tui.keys import ACTIONS, CHAINS, Action, Keymap, key_label

MOST_UNKNOWN = 20
"""How many actions that there are not are named."""
MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})


@dataclass(frozen=True)
class KeyProblem:
    """Why one setting of `[keys]` is not used; `problem` and `next_step` are in the current language."""

    action: str
    key: str
    problem: str
    next_step: str


def check_overrides(overrides: Mapping[str, str]) -> tuple[Keymap, list[KeyProblem]]:
    """Turn the settings (action id to key, or to several with commas) into a keymap, and say what was left out.

    A wrong setting costs only itself: its action keeps the usual key. Of actions that there are not, the first
    `MOST_UNKNOWN` are named: looking for the nearest name takes its time.
    """
    known = {action.id: action for action in ACTIONS}
    problems: list[KeyProblem] = []
    unknown = 0
    good: dict[str, tuple[str, ...]] = {}
    for id_, text in overrides.items():
        if id_ not in known:
            unknown += 1
            if unknown > MOST_UNKNOWN:
                continue
            problems.append(KeyProblem(id_, text, _("There is no such action."), _nearest(id_, list(known))))
            continue
        keys = tuple(part.strip() for part in text.split(",") if part.strip())
        wrong = next((key for key in keys or (text,) if not is_key(key)), None)
        if wrong is None:
            good[id_] = keys
        else:
            problems.append(KeyProblem(id_, wrong, _("There is no such key."), _nearest_key(wrong)))
    clashes = _clashes(good)
    return Keymap({id_: keys for id_, keys in good.items() if id_ not in {each.action for each in clashes}}), [
        *problems,
        *clashes,
    ]


def is_key(name: str) -> bool:
    """Whether a terminal can send a key of this name, as far as names tell."""
    *modifiers, key = name.split("+") if len(name) > 1 else [name]
    if len(modifiers) != len(set(modifiers)) or not MODIFIERS.issuperset(modifiers):
        return False
    if "shift" in modifiers and len(key) == 1:
        return False  # it arrives as the capital letter
    if len(key) == 1:
        return key.isprintable() and not key.isspace()
    return key in _names()


def _names() -> set[str]:
    """The names of keys without modifiers, and those of signs such as "slash"."""
    named = {key.value for key in Keys if not set("+<-") & set(key.value)}
    return (named | _signs().keys()) - {"return"}  # a terminal's Return arrives as "enter"


def _signs() -> dict[str, str]:
    """The ASCII signs by Textual's names for them."""
    signs = [chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum()]
    names = [unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_") for sign in signs]
    return {KEY_NAME_REPLACEMENTS.get(name, name): sign for name, sign in zip(names, signs, strict=True)}


def _clashes(good: Mapping[str, tuple[str, ...]]) -> list[KeyProblem]:
    """The overrides whose key does something else on a screen where both are live."""
    keymap = Keymap(good)
    problems: dict[str, KeyProblem] = {}
    for chain in CHAINS.values():
        live = [action for action in ACTIONS if action.context in chain]
        for action in live:
            if action.id not in good or action.id in problems:
                continue
            for key in good[action.id]:
                if owner := _owner(keymap, live, action, key):
                    problems[action.id] = KeyProblem(
                        action.id,
                        key,
                        _("{key} does “{action}” already.").format(key=key_label(key), action=_(owner.name)),
                        _("Choose another key, or give “{id}” one too.").format(id=owner.id),
                    )
    return list(problems.values())


def _owner(keymap: Keymap, live: list[Action], action: Action, key: str) -> Action | None:
    """Another live action that has the key."""
    return next((other for other in live if other is not action and _same(key, keymap.keys_of(other))), None)


def _same(key: str, keys: tuple[str, ...]) -> bool:
    """Whether a key is among others, "slash" and "/" being one."""
    signs = _signs()
    return signs.get(key, key) in {signs.get(other, other) for other in keys}


def _nearest(word: str, words: list[str]) -> str:
    found = get_close_matches(word, words, n=3, cutoff=0.5)
    return _("Did you mean: {names}?").format(names=", ".join(found)) if found else _("Help (?) lists the names.")


def _nearest_key(name: str) -> str:
    modifiers, _plus, key = name.rpartition("+")
    if "shift" in modifiers and len(key) == 1:
        return _("Did you mean: {names}?").format(names=key.upper())
    *_before, last = name.lower().split("+")
    aliases = {
        "esc": "escape",
        "return": "enter",
        "del": "delete",
        "ins": "insert",
        "pgup": "pageup",
        "pgdn": "pagedown",
    }
    nearest = [aliases[last]] if last in aliases else get_close_matches(last, sorted(_names()), n=3, cutoff=0.5)
    prefix = "".join(f"{each}+" for each in _before if each in MODIFIERS)
    if not nearest:
        return _("A key is one character or a name such as f5, pageup, ctrl+t.")
    return _("Did you mean: {names}?").format(names=", ".join(prefix + each for each in nearest))
