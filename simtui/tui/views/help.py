"""The help: the keys of the screen from the live keymap, and what the signs mean."""

from __future__ import annotations

from simtui.i18n import _
from simtui.text import fit
from simtui.tui.keys import Context, Keymap
from simtui.tui.views.layout import Line, phase_word, wrapped

KEY_CELLS = 12


def help_lines(keymap: Keymap, pane: str, width: int, context: Context = "dashboard") -> list[Line]:
    """Return the help of a kind of screen; `pane` is the one with the focus."""
    lines = wrapped(_pane_help(pane), width)
    lines.append([])
    for line in keymap.help_lines(context):
        lines += _row(line.keys, line.help, width, "key")
    lines += [[], [(_("Signs"), "bold")]]
    lines += _row("=", _("a date that the operator stated"), width, "stated")
    lines += _row("~", _("a guess: old sources, or how acts add up is not known"), width, "guess")
    lines += [[], [(_("Phases"), "bold")]]
    for phase, meaning in _phases():
        lines += _row(phase_word(phase), meaning, width, phase)
    return lines


def planning_help(keymap: Keymap, width: int) -> list[Line]:
    """Return the help of the plan ahead: how it is made, and its keys."""
    lines = wrapped(_planning(), width)
    lines.append([])
    for line in keymap.help_lines("planning"):
        lines += _row(line.keys, line.help, width, "key")
    lines += [[]]
    lines += _row("=", _("a date that the operator stated"), width, "stated")
    lines += _row("~", _("a guess: old sources, or how acts add up is not known"), width, "guess")
    return lines


def walk_help(keymap: Keymap, width: int) -> list[Line]:
    """Return the help of the walkthrough: how answers are given, and its keys."""
    lines = wrapped(_walking(), width)
    lines.append([])
    for line in keymap.help_lines("walk"):
        lines += _row(line.keys, line.help, width, "key")
    return lines


def _walking() -> str:
    return _(
        "Every answer is saved as it is given: leave whenever you like, and go on here. Enter on a field, a digit or a "
        "paste begins to fill it in; Enter takes it and goes to the next, Esc leaves it as it was. Letters are keys only "
        "while no field is being filled in. Enter on a finished step goes back to it; the answers after it stay."
    )


def _planning() -> str:
    return _(
        "The cheapest acts that keep each number until the day above, from what its offer sells and its rule lets "
        "count. Each lies as many days before the last day as you are warned, at most a quarter of the time bought. "
        "An SMS or a call whose price is not known counts as cents. What buys less than two weeks is left out where "
        "there is something longer. Nothing counts on a visit to a shop, or on time in which nothing comes in. “from” "
        "is the least that the rule asks for, where the operator's amounts are not known. "
        "Enter goes to the line."
    )


def _pane_help(pane: str) -> str:
    return {
        "lines": _("Lines: the most urgent first. Enter goes to the standing."),
        "standing": _("Standing: where the line is, the sum behind its dates, and its balances."),
        "plans": _("Plans: what can be bought, until when it keeps the number. Enter records that you bought it."),
        "year": _("Year: how many last days fall into each month."),
        "timeline": _(
            "Timeline: what becomes of each line if nothing is done. Move today on, and see what dies. Esc brings it back."
        ),
        "offers": _(
            "Offers: what each asks for to keep a number, before you buy. A year is what keeping a new line costs, the "
            "cheapest way; an SMS or a call counts as cents. Grace is the time after the end in which it still receives. "
            "Filter: words, country:FR, kind:travel, esim:yes, pay:alipay, papers:no, by:use, cert:official, cost<20EUR, "
            "grace>90 (days), yours; ! turns a term round."
        ),
        "history": _(
            "History: acts and renewals, newest first. Enter edits an act and opens a renewal; / shows only payments "
            "without proof."
        ),
    }.get(pane, "")


def _phases() -> list[tuple[str, str]]:
    return [
        ("rescue", _("time has run out, and the number can still be saved")),
        ("due", _("act within days")),
        ("unknown", _("no date is known: look, and enter the operator's")),
        ("paid", _("paid, and nobody has seen yet that it took effect")),
        ("soon", _("within 30 days, less for short plans")),
        ("safe", _("nothing to do")),
        ("lost", _("over")),
    ]


def _row(head: str, text: str, width: int, ink: str) -> list[Line]:
    first, *rest = wrapped(text, max(10, width - KEY_CELLS))
    return [[(fit(head, KEY_CELLS), ink), *first], *([(" " * KEY_CELLS, ""), *line] for line in rest)]
