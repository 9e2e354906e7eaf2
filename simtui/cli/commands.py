"""The commands: which module holds each, and the sentence that the help shows.

A command's module has a function of the command's name that adds its arguments to a parser and returns what runs it.
"""

from __future__ import annotations

from typing import NamedTuple

from simtui.i18n import N_


class Command(NamedTuple):
    """One command: its module below `simtui.cli`, and its untranslated help."""

    module: str
    help: str


COMMANDS: dict[str, Command] = {
    "due": Command("look", N_("the lines that need an act; exit 0 none, 1 some")),
    "list": Command("look", N_("all lines with their last days")),
    "show": Command("look", N_("one line: standing, balances, what can be bought, acts")),
    "explain": Command("look", N_("the sum behind every date of a line, with its sources")),
    "plan": Command("planning", N_("the cheapest acts that keep lines for a year, with totals")),
    "add": Command("adding", N_("add a line in one go")),
    "edit": Command("editing", N_("change what is known of a line")),
    "record": Command("recording", N_("record that something happened to a line")),
    "snooze": Command("snoozing", N_("let a line raise no alarm until a day, at most its last")),
    "losses": Command("losing", N_("what hangs on a number, and goes with it")),
    "proofs": Command("proving", N_("what was paid, with order numbers and receipts")),
    "renew": Command("renewing", N_("renew a line step by step; exit 0 done or left, 1 to be gone on with")),
    "undo": Command("undoing", N_("take back the last change")),
    "import": Command("importing", N_("add lines from a CSV or JSON file")),
    "export": Command("exporting", N_("write lines to a CSV or JSON file")),
    "carriers": Command("offers", N_("what offers are known, and whether the files are well")),
    "backup": Command("care", N_("make a checked copy of the data now, or write it out")),
    "restore": Command("restoring", N_("go back to a backup, after a preview")),
    "purge": Command("purging", N_("remove a line for good, also from undo and backups")),
    "doctor": Command("doctor", N_("look whether everything is well; exit 0 it is, 1 it is not")),
    "locate": Command("places", N_("where simtui keeps things")),
}
