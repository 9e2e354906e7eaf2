"""The names of changes for undo, in the language of the moment; the store keeps them as `verb|subject`."""

from __future__ import annotations

import re

from simtui import numbers, words
from simtui.domain.act import ActKind
from simtui.domain.line import LineState
from simtui.domain.procedure import StepKind as WalkStep
from simtui.i18n import N_, _, ngettext

_NUMBER = re.compile(r"\+[1-9][0-9]{3,14}")
MANY = "_many"
"""How the verb of a change ends that was done to several lines: its subject is then how many."""


def change_name(name: str, *, private: bool = False) -> str:
    """Return the name of a change for undo, in the current language; the store keeps it as `verb|subject`.

    A line without a label is called by its number: in groups, or masked where it is `private`.
    """
    verb, _bar, subject = name.partition("|")
    if _NUMBER.fullmatch(subject):
        subject = numbers.name_of(None, subject, private=private)
    if verb.endswith(MANY) and subject.isascii() and subject.isdigit():
        verb, count = verb.removesuffix(MANY), int(subject)
        if (told := _change_of_many(verb, count)) is not None:
            return told
        subject = ngettext("{n} line", "{n} lines", count).format(n=count)
    if verb.startswith("record_") and verb.removeprefix("record_") in set(ActKind):
        what = words.word(ActKind(verb.removeprefix("record_")))
        return _("record {act}: {subject}").format(act=what, subject=subject)
    if verb.startswith("state_") and verb.removeprefix("state_") in set(LineState):
        state = words.word(LineState(verb.removeprefix("state_")))
        return _("set to {state}: {subject}").format(state=state, subject=subject)
    if verb.startswith("renew_") and verb.removeprefix("renew_") in set(WalkStep):
        step = words.word(WalkStep(verb.removeprefix("renew_")))
        return _("renewal, {step}: {subject}").format(step=step, subject=subject)
    told_of = {
        "renew_paid": N_("renewal, already paid: {subject}"),
        "renew_charged": N_("renewal, whether it was charged: {subject}"),
        "renew_try_again": N_("renewal, paying anew: {subject}"),
        "renew_later": N_("renewal put off: {subject}"),
        "renew_give_up": N_("renewal given up: {subject}"),
        "renew_new_line": N_("first purchase, new line: {subject}"),
        "renew_delete": N_("delete renewal: {subject}"),
        "add_line": N_("add line: {subject}"),
        "edit_line": N_("edit line: {subject}"),
        "delete_line": N_("delete line: {subject}"),
        "snooze": N_("snooze: {subject}"),
        "wake": N_("end the snooze: {subject}"),
        "edit_act": N_("edit act: {subject}"),
        "delete_act": N_("delete act: {subject}"),
        "import": N_("import: {subject}"),
        "restore": N_("go back to the backup of {subject}"),
    }
    return _(told_of[verb]).format(subject=subject) if verb in told_of else name


def _change_of_many(verb: str, count: int) -> str | None:
    """Return the name of a change of several lines, None where there is no sentence of its own for it."""
    match verb:
        case "add_line":
            told = ngettext("add {n} line", "add {n} lines", count)
        case "import":
            told = ngettext("import {n} line", "import {n} lines", count)
        case "delete_line":
            told = ngettext("delete {n} line", "delete {n} lines", count)
        case "state_archived":
            told = ngettext("archive {n} line", "archive {n} lines", count)
        case "state_letting_go":
            told = ngettext("let {n} line go", "let {n} lines go", count)
        case "state_active":
            told = ngettext("make {n} line active", "make {n} lines active", count)
        case "state_ported_out":
            told = ngettext("mark {n} line as ported out", "mark {n} lines as ported out", count)
        case _:
            return None
    return told.format(n=count)
