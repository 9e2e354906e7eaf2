"""Every key of the dashboard, once: bindings, help, footer, palette and the README's table all come from here.

`d` stays unbound: some tools read it as delete, others as done, and a false "done" costs a number. Nothing needs
Alt, Ctrl+Shift, Ctrl+A or Ctrl+B: browsers, screen and tmux keep those for themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from textual.binding import Binding, BindingType

from simtui.i18n import N_, _
from simtui.tui.arrangement import NARROW

Context = str
"""Where a key is live: "everywhere", "dashboard", "timeline", "planning", "offers", "walk", "list", "move", "form" or "question"."""

CHAINS: Mapping[Context, tuple[Context, ...]] = {
    "dashboard": ("dashboard", "list", "move", "everywhere"),
    "timeline": ("timeline", "move", "everywhere"),
    "planning": ("planning", "move", "everywhere"),
    "offers": ("offers", "move", "everywhere"),
    "walk": ("walk", "move", "everywhere"),
    "form": ("form",),
    "question": ("question",),
}
"""What is live on each kind of screen, nearest first; this is what help shows and where keys can clash."""


class Action(NamedTuple):
    """One thing a key does.

    `keys` are single characters or Textual's names, none for what only the palette offers; `name` and `help` are untranslated; `act` is the Textual action,
    `id` unless told otherwise; `footer` is its importance there, 1 first, 0 never.
    """

    context: Context
    id: str
    keys: tuple[str, ...]
    name: str
    help: str
    act: str = ""
    footer: int = 0

    @property
    def action(self) -> str:
        """What Textual is to run."""
        return self.act or self.id


class HelpLine(NamedTuple):
    """A line of help, in the current language."""

    keys: str
    name: str
    help: str


class PaletteEntry(NamedTuple):
    """An entry of the palette, in the current language; `action` is what Textual is to run."""

    id: str
    name: str
    keys: str
    help: str
    action: str


ACTIONS: tuple[Action, ...] = (
    Action(
        "dashboard", "renew", ("r",), N_("renew"), N_("Renew: open the walkthrough, or go on where it was"), footer=1
    ),
    Action("dashboard", "already_paid", ("P",), N_("already paid"), N_("I already paid: straight to the payment")),
    Action(
        "dashboard", "open_renewals", ("R",), N_("open renewals"), N_("Choose among renewals that are not finished")
    ),
    Action("dashboard", "buy_esim", (), N_("buy a travel eSIM"), N_("Buy a travel eSIM: it ends in a new line")),
    Action(
        "dashboard", "record", ("m",), N_("record"), N_("Record what happened to the line, with its date"), footer=2
    ),
    Action("dashboard", "add", ("a",), N_("add"), N_("Add a line; in the plans a plan of your own"), footer=4),
    Action("dashboard", "edit", ("e",), N_("edit"), N_("Edit what the cursor is on"), footer=5),
    Action(
        "dashboard", "filter", ("/",), N_("filter"), N_("Filter, for example: due<14 country:MC !verified"), footer=6
    ),
    Action(
        "dashboard", "told", ("v",), N_("operator's date"), N_("Enter the date that the operator told you"), footer=4
    ),
    Action(
        "dashboard",
        "plan_ahead",
        ("c",),
        N_("plan ahead"),
        N_("What keeping lines will take: acts, dates, totals"),
        footer=13,
    ),
    Action(
        "dashboard",
        "compare",
        ("C",),
        N_("compare offers"),
        N_("All offers side by side, before buying"),
    ),
    Action("dashboard", "delete", ("D",), N_("delete"), N_("Delete what the cursor is on, after y")),
    Action("dashboard", "sort", ("s",), N_("sort"), N_("Sort by the next column"), footer=10),
    Action("dashboard", "sort_reverse", ("S",), N_("reverse"), N_("Reverse the order")),
    Action(
        "dashboard", "copy", ("y",), N_("copy"), N_("Copy number, link, code or text through the terminal"), footer=9
    ),
    Action("dashboard", "copy_row", ("Y",), N_("copy row"), N_("Copy the row through the terminal")),
    Action("dashboard", "link", ("o",), N_("link"), N_("Show the link and copy it; nothing is started")),
    Action("dashboard", "zoom", ("z",), N_("zoom"), N_("Give the pane the whole screen, or take it back"), footer=12),
    Action(
        "dashboard",
        "timeline",
        ("t",),
        N_("timeline"),
        N_("The months ahead, a bar a line; today can be moved"),
        footer=8,
    ),
    Action("dashboard", "export", ("x",), N_("export"), N_("Export to a file")),
    Action(
        "dashboard",
        "import",
        ("i",),
        N_("import"),
        N_("Import lines from a CSV or JSON file, after a preview"),
        footer=13,
    ),
    Action("dashboard", "state", ("A",), N_("archive"), N_("Archive lines, let them go, or make them active again")),
    Action(
        "dashboard",
        "snooze",
        ("Z",),
        N_("snooze"),
        N_("No alarm until a day, at most the last; or alarm again"),
    ),
    Action("dashboard", "add_offer", (), N_("own offer"), N_("Add an offer of your own to the catalogue")),
    Action("dashboard", "read_sms", (), N_("read an SMS"), N_("Read what the operator's message says")),
    Action("dashboard", "losses", (), N_("what is lost"), N_("What hangs on this number, and goes with it")),
    Action("dashboard", "pane_lines", ("1",), N_("lines"), N_("Go to the lines"), "pane('lines')"),
    Action("dashboard", "pane_standing", ("2",), N_("standing"), N_("Go to standing and balances"), "pane('standing')"),
    Action("dashboard", "pane_plans", ("3",), N_("plans"), N_("Go to the plans"), "pane('plans')"),
    Action("dashboard", "pane_year", ("4",), N_("year"), N_("Go to the next twelve months"), "pane('year')"),
    Action("dashboard", "pane_history", ("5",), N_("history"), N_("Go to the history"), "pane('history')"),
    Action("dashboard", "next_pane", ("tab",), N_("next pane"), N_("Go to the next pane")),
    Action("dashboard", "previous_pane", ("shift+tab",), N_("previous pane"), N_("Go to the previous pane")),
    Action("dashboard", "leave", ("escape",), N_("leave"), N_("Leave one level: filter, zoom, marks")),
    Action("timeline", "week_back", ("[",), N_("week back"), N_("Move today a week back"), "shift_weeks(-1)", footer=3),
    Action("timeline", "week_on", ("]",), N_("week on"), N_("Move today on by a week"), "shift_weeks(1)", footer=1),
    Action(
        "timeline", "month_back", ("{",), N_("month back"), N_("Move today a month back"), "shift_months(-1)", footer=12
    ),
    Action("timeline", "month_on", ("}",), N_("month on"), N_("Move today on by a month"), "shift_months(1)", footer=5),
    Action("timeline", "real_today", ("0",), N_("today"), N_("Bring today back"), footer=4),
    Action("timeline", "zoom_in", ("+", "="), N_("fewer months"), N_("Show fewer months, wider"), "rescale(-1)"),
    Action("timeline", "zoom_out", ("-",), N_("more months"), N_("Show more months, narrower"), "rescale(1)"),
    Action(
        "timeline", "zoom_round", ("z",), N_("zoom"), N_("Show 3, 6, 12 or 24 months, one after the other"), footer=6
    ),
    Action("timeline", "open_line", ("enter",), N_("to the line"), N_("Back to the dashboard, on this line"), footer=4),
    Action(
        "timeline",
        "leave_timeline",
        ("escape", "t"),
        N_("leave"),
        N_("Bring today back, then leave"),
        "leave",
        footer=2,
    ),
    Action("planning", "plan_leave", ("escape", "c"), N_("leave"), N_("Back to the dashboard"), "leave", footer=1),
    Action("planning", "plan_all", ("a",), N_("all lines"), N_("All active lines, or only those chosen"), footer=2),
    Action("planning", "plan_until", ("e",), N_("until"), N_("Plan until another day"), footer=3),
    Action("offers", "open_offer", ("enter",), N_("in full"), N_("To the offer in full; Tab goes back"), footer=2),
    Action(
        "offers", "filter_offers", ("/",), N_("filter"), N_("Filter: country:FR esim:yes pay:alipay cost<20"), footer=1
    ),
    Action("offers", "sort_offers", ("s",), N_("sort"), N_("Sort by name, country, cost, grace"), footer=5),
    Action("offers", "reverse_offers", ("S",), N_("reverse"), N_("Reverse the order")),
    Action("offers", "add_on_offer", ("a",), N_("add a line"), N_("Add a line on this offer"), footer=6),
    Action(
        "offers", "copy_site", ("y",), N_("copy the site"), N_("Copy the carrier's site through the terminal"), footer=8
    ),
    Action("offers", "offer_pane", ("tab",), N_("next pane"), N_("To the offer in full, and back")),
    Action(
        "offers",
        "leave_offers",
        ("escape", "C"),
        N_("leave"),
        N_("Leave one level: offer, filter, screen"),
        "leave",
        footer=4,
    ),
    Action(
        "walk", "walk_next", ("enter",), N_("next"), N_("Take what the cursor is on; else finish the step"), footer=1
    ),
    Action("walk", "walk_tick", ("space",), N_("tick"), N_("Tick or choose what the cursor is on"), footer=4),
    Action("walk", "walk_back", ("b",), N_("back"), N_("One step back; all answers stay"), footer=2),
    Action("walk", "walk_skip", ("s",), N_("skip"), N_("Skip this step; it is marked as skipped"), footer=9),
    Action("walk", "walk_note", ("n",), N_("note"), N_("Write a note"), footer=8),
    Action(
        "walk",
        "walk_failed",
        ("F",),
        N_("failed"),
        N_("The payment failed: was it charged? How to go on?"),
        footer=4,
    ),
    Action("walk", "walk_paid", ("P",), N_("already paid"), N_("I already paid: straight to the payment"), footer=8),
    Action(
        "walk", "walk_copy", ("y",), N_("copy"), N_("Copy link, number, code or text through the terminal"), footer=5
    ),
    Action(
        "walk",
        "walk_card",
        ("c",),
        N_("phrase card"),
        N_("What to say in the shop or on the phone, your language beneath"),
        footer=4,
    ),
    Action(
        "walk",
        "walk_support",
        ("S",),
        N_("ask support"),
        N_("Write to the operator's support, in three languages"),
        footer=4,
    ),
    Action(
        "walk",
        "walk_leave_out",
        (),
        N_("leave a line out"),
        N_("Let one of several lines be renewed by itself from here"),
    ),
    Action("walk", "walk_give_up", (), N_("give up"), N_("End this renewal without a result; it stays in the history")),
    Action("walk", "walk_leave", ("escape",), N_("leave"), N_("Leave; it goes on here next time"), "leave", footer=5),
    Action("form", "next_field", ("enter", "tab"), N_("next"), N_("To the next field; after the last, save"), footer=1),
    Action("form", "previous_field", ("shift+tab",), N_("back"), N_("To the previous field")),
    Action("form", "form_help", ("f1",), N_("help"), N_("What the field wants"), "help", footer=3),
    Action("form", "leave_form", ("escape",), N_("leave"), N_("Leave without saving"), "leave", footer=2),
    Action("question", "confirm", ("y",), N_("yes"), N_("Do it"), footer=1),
    Action("question", "cancel", ("escape", "n"), N_("cancel"), N_("Leave everything as it is"), footer=2),
    Action("list", "open", ("enter",), N_("open"), N_("Open the row")),
    Action("list", "mark", ("space",), N_("mark"), N_("Mark the row, for an act on several")),
    Action("list", "mark_all", ("V",), N_("mark all"), N_("Mark all rows, or none")),
    Action("list", "next_hit", ("n",), N_("next hit"), N_("Go to the next hit"), "hit(1)"),
    Action("list", "previous_hit", ("N",), N_("previous hit"), N_("Go to the previous hit"), "hit(-1)"),
    Action("move", "down", ("j", "down"), N_("down"), N_("One row down"), "move(1)"),
    Action("move", "up", ("k", "up"), N_("up"), N_("One row up"), "move(-1)"),
    Action("move", "page_down", ("pagedown",), N_("page down"), N_("A page down"), "page(1)"),
    Action("move", "page_up", ("pageup",), N_("page up"), N_("A page up"), "page(-1)"),
    Action("move", "first", ("g", "home"), N_("first"), N_("To the first row"), "edge(-1)"),
    Action("move", "last", ("G", "end"), N_("last"), N_("To the last row"), "edge(1)"),
    Action("everywhere", "undo", ("u",), N_("undo"), N_("Undo the last change, by its name"), footer=8),
    Action("everywhere", "redo", ("U",), N_("redo"), N_("Redo what was undone")),
    Action("everywhere", "privacy", ("p",), N_("privacy"), N_("Mask numbers, balances and codes")),
    Action("everywhere", "mouse", ("M",), N_("mouse"), N_("Mouse off, so that the terminal can select text")),
    Action("everywhere", "language", ("L",), N_("language"), N_("Choose the language"), footer=14),
    Action("everywhere", "theme", ("T",), N_("theme"), N_("Choose the colours")),
    Action("everywhere", "palette", (":", "ctrl+p"), N_("palette"), N_("Every action by name, with its key"), footer=3),
    Action("everywhere", "help", ("?", "f1"), N_("help"), N_("The keys of this screen, questions and tips"), footer=7),
    Action("everywhere", "quit", ("q", "ctrl+q"), N_("quit"), N_("Quit; everything is saved already"), footer=11),
)

OUTSIDE = frozenset({"export", "import"})
"""What reaches for files beside the data file: restricted mode does not offer it."""

LABELS = {
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "up": "Up",
    "down": "Down",
    "left": "Left",
    "right": "Right",
    "shift": "Shift",
    "ctrl": "Ctrl",
}


class Keymap:
    """The registry with the user's own keys: action id to keys, already checked by `keycheck`.

    Actions whose ids are among `withheld` are named nowhere.
    """

    def __init__(
        self, overrides: Mapping[str, tuple[str, ...]] | None = None, withheld: Collection[str] = frozenset()
    ) -> None:
        self.overrides: Mapping[str, tuple[str, ...]] = overrides or {}
        self.withheld = withheld

    def keys_of(self, action: Action) -> tuple[str, ...]:
        """The keys of an action, the one to show first."""
        return self.overrides.get(action.id, action.keys)

    def textual_keymap(self) -> dict[str, str]:
        """What `App.set_keymap` takes: it moves the bindings of every screen and widget at once."""
        return {id_: key_string(keys) for id_, keys in self.overrides.items()}

    def help_lines(self, context: Context) -> list[HelpLine]:
        """All keys that are live on a kind of screen, nearest first."""
        return [self._help_line(action) for part in CHAINS[context] for action in self._offered(part) if action.keys]

    def help_line(self, id_: str) -> HelpLine:
        """The key of one action and what it does."""
        return next(self._help_line(action) for action in ACTIONS if action.id == id_)

    def _help_line(self, action: Action) -> HelpLine:
        return HelpLine(self._label(action), _(action.name), _(action.help))

    def footer(self, context: Context, width: int, asleep: Collection[str] = ()) -> list[tuple[str, str]]:
        """The most important keys in `width` cells, as spans in the inks "key" and "footer"; without those `asleep`.

        A narrow screen names three.
        """
        from rich.cells import cell_len

        shown = [action for part in CHAINS[context] for action in self._offered(part) if action.footer]
        shown = [action for action in shown if action.id not in asleep]
        narrow = width < NARROW
        chosen: dict[str, list[tuple[str, str]]] = {}
        left = width
        for action in sorted(shown, key=lambda each: each.footer):
            name = _("more") if narrow and action.id == "palette" else _(action.name)
            key = key_label(self.keys_of(action)[0])
            spans = [(f" {key}", "key"), (f" {name} ", "footer")]
            left -= sum(cell_len(text) for text, _words in spans)
            if left < 0 or (narrow and len(chosen) == 3):
                break
            chosen[action.id] = spans
        return [span for action in shown for span in chosen.get(action.id, ())]

    def palette_entries(self, context: Context = "dashboard") -> list[PaletteEntry]:
        """Every action of a kind of screen that can be called by name; moving the cursor cannot."""
        return [
            PaletteEntry(action.id, _(action.name), self._label(action), _(action.help), action.action)
            for part in CHAINS[context]
            if part != "move"
            for action in self._offered(part)
        ]

    def _offered(self, context: Context) -> Iterator[Action]:
        return (action for action in actions_in(context) if action.id not in self.withheld)

    def _label(self, action: Action) -> str:
        return " ".join(map(key_label, self.keys_of(action)))


def actions_in(context: Context) -> Iterator[Action]:
    """The actions of one context, in the order of the registry."""
    return (action for action in ACTIONS if action.context == context)


def bindings(*contexts: Context) -> list[BindingType]:
    """The bindings of some contexts, for `BINDINGS`; the user's own keys come by `App.set_keymap`."""
    return [
        Binding(key_string(each.keys), each.action, each.name, show=False, tooltip=each.help, id=each.id)
        for context in contexts
        for each in actions_in(context)
        if each.keys
    ]


def readme_table() -> str:
    """The keys as a Markdown table, in English, for the README: a test compares the two."""
    rows = ["| key | does |", "|---|---|"]
    for context in (
        "dashboard",
        "timeline",
        "planning",
        "offers",
        "walk",
        "list",
        "move",
        "everywhere",
        "form",
        "question",
    ):
        for action in (each for each in actions_in(context) if each.keys):
            keys = " ".join(f"`{key_label(key)}`" for key in action.keys)
            place = "" if context in CHAINS["dashboard"] else f" ({context})"
            rows.append(f"| {keys} | {action.help}{place} |")
    return "\n".join(rows) + "\n"


def key_label(key: str) -> str:
    """A key as people know it: "Ctrl+Q", "PgDn", "?"."""
    if len(key) == 1:
        return key
    return "+".join(LABELS.get(part, part.upper() if len(part) < 4 else part) for part in key.split("+"))


def key_string(keys: tuple[str, ...]) -> str:
    """Keys and their full-width twins as Textual's comma-separated list."""
    return ",".join(dict.fromkeys(twin for key in keys for twin in (key, *twins(key))))


def twins(key: str) -> tuple[str, ...]:
    """The keys that a Chinese input method sends for `key`: they must do the same."""
    if key == "space":
        return ("ideographic_space",)
    if len(key) != 1 or not "!" <= key <= "~":
        return ()
    wide = chr(ord(key) + 0xFEE0)
    return {"[": (wide, "【"), "]": (wide, "】")}.get(key, (wide,))
