"""Everything that reads what others wrote: what it is fed, and what is done with it.

A deed may do nothing or raise one of our own errors. Anything else that it raises is a defect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

import orjson
from hypothesis import strategies as st

from simtui import catalogue, config, own_file, paths, quick, typed
from simtui.catalogue import shown_link
from simtui.catalogue.links import refusal
from simtui.config import Settings
from simtui.domain import offer_query, query
from simtui.domain.act import ActKind
from simtui.domain.line import Line
from simtui.domain.offer import Plan
from simtui.domain.record import Text
from simtui.domain.rule import PlanKind
from simtui.domain.terms import terms_for
from simtui.exchange.columns import _NAMES
from simtui.exchange.csv_in import read_csv
from simtui.exchange.json_lines import is_json, read_json
from simtui.exchange.reading import as_text, file_content
from simtui.fields import READERS, read_field
from simtui.glance import Glances
from simtui.holding import Holding
from simtui.outlook import counts, most_urgent
from simtui.session import Options
from simtui.sms.acts import acts_of, read_for
from simtui.store.tinydb_repository import open_repository
from simtui.text import shown
from simtui.tui.remembered import Remembered
from simtui.tui.views.line_list import LineRows
from simtui.tui.views.year import months_of, year_lines
from tests.fuzz.bench import FINGERPRINT, OWN, TODAY, Bench, said
from tests.fuzz.material import (
    HOSTILE_TEXTS,
    as_json,
    csv_files,
    damaged_bytes,
    damaged_json,
    sentences,
    texts,
    toml_files,
    words_of,
)

Deed = Callable[[Bench, Any], None]


@dataclass(frozen=True)
class Surface:
    """Something that reads: `fed` makes examples for a bench, `deed` hands one in. `short` examples in `make test`."""

    name: str
    fed: Callable[[Bench], st.SearchStrategy[Any]]
    deed: Deed
    short: int = 40


# Files to import ------------------------------------------------------------------------------------------------


def _import(bench: Bench, content: bytes) -> None:
    file = bench.home / "given"
    with bench.holding({file: content}):
        text = as_text(file_content(file), "given")
        if is_json(text):
            found = read_json(text, bench.book.ids, place="given")
        else:
            found = read_csv(text, bench.book, bench.today_in, place="given")
        for incoming in found.lines:
            Line.model_validate(incoming.line.model_dump(mode="json"))
        assert all(wrong.problem for wrong in found.wrong)


def _import_by_command(bench: Bench, content: bytes) -> None:
    file = bench.home / "given"
    with bench.holding({file: content, bench.data_file: bench.data}):
        said(["import", str(file)])


def _import_and_look(bench: Bench, content: bytes) -> None:
    """What is taken must be fit to be shown, explained and exported."""
    file, data = bench.home / "given", bench.home / "taken" / "simtui.json"
    file.write_bytes(content)
    data.unlink(missing_ok=True)
    said(["import", str(file), "--yes", "--skip-bad", "--data", str(data)])
    for command in (
        ["list", "--all"],
        ["due", "--json"],
        ["export", "--format=csv"],
        ["show", "1"],
        ["explain", "1"],
    ):
        said([*command, "--data", str(data)])


def _exports(bench: Bench) -> st.SearchStrategy[bytes]:
    return damaged_json(bench.export).map(as_json) | damaged_bytes(orjson.dumps(bench.export))


# The data file --------------------------------------------------------------------------------------------------

_LOOKS = (
    *(["list"], ["list", "--all", "--json"], ["due"], ["plan"], ["doctor"], ["export"], ["export", "--format=csv"]),
    *(["show", "1"], ["show", "5", "--json"], ["explain", "5"], ["explain", "1", "--json"], ["locate"], ["restore"]),
)
looks = st.sampled_from(_LOOKS)


def _data_file(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    with bench.holding({bench.data_file: content}):
        said([*command, "--read-only"])


# Carriers files -------------------------------------------------------------------------------------------------

_OFFER_LOOKS = (
    *(["carriers"], ["carriers", "check"], ["carriers", "show", "my-card"], ["carriers", "show", "my-card", "--json"]),
    *(["show", "5"], ["explain", "5"], ["plan", "5"], ["list"], ["plan", "--json"], ["show", "5", "--json"]),
)
offer_looks = st.sampled_from(_OFFER_LOOKS)


def _own_carriers(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    with bench.holding({bench.own_file: content, bench.data_file: bench.data}):
        said(command)


def _other_carriers(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    file = bench.home / "carriers-given.json"
    with bench.holding({file: content.replace(b'"my-', b'"'), bench.data_file: bench.data}):
        said([*(word.removeprefix("my-") for word in command), "--carriers", str(file)])


def _own_file_edit(bench: Bench, content: bytes) -> None:
    """A change of the own file: what cannot be understood stays as it is, to the byte."""
    file = bench.home / "own" / "carriers.json"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_bytes(content)
    offer = bench.book.offer("orange-fr-mobicarte")
    assert offer is not None
    plan = Plan(id="my-plan", name=Text.plain("Plan"), kind=PlanKind.DATA)
    try:
        own_file.edit(file, lambda document: own_file.with_part(document, offer, plan, TODAY), TODAY)
    except Exception:
        assert file.read_bytes() == content
        raise
    assert b"my-plan" in file.read_bytes()
    own_file.edit(file, lambda document: own_file.without_part(document, offer.id, plan), TODAY)
    catalogue.load(paths.bundled("carriers.json"), file).check_all()


# Settings, themes, keys, what is kept ---------------------------------------------------------------------------

_SETTINGS = {
    "home_zone": ('"Europe/Paris"', '"posixrules"', '"../x"', '"Europe"', '"UTC0"', '"localtime"', '"a\\u0000"'),
    "language": ('"zh"', '"fr"'),
    "theme": ('"light"', '"../../etc"', f'"{"x" * 300}"', '"a/b"', '"\\u0000"'),
    "lead_days": ("{keep_number = 3}", "{x = 1}", "{data = 1e400}"),
    "borders": ('"ascii"',),
    "animations": ("true",),
    "mouse": ("false",),
    "privacy": ("true",),
    "keys": ('{add = "f5"}', '{add = "ctrl+"}', '{add = ",,"}', '{add = "[/x]"}', '{"[/x]" = "a"}'),
}


def _settings(bench: Bench, content: bytes) -> None:
    with bench.holding({bench.config_file: content}):
        try:
            found = config.load(bench.config_file)
        finally:
            said(["list"])
        _use_zone(found)
        _use_keys(found.keys)
    bench.config_file.unlink()


def _use_zone(found: Settings) -> None:
    from whenever import SYSTEM_TZ, Instant

    Instant.now().to_tz(found.home_zone or SYSTEM_TZ)


def _use_keys(keys: Any) -> None:
    from textual.binding import Binding, BindingsMap

    from simtui.tui.keycheck import check_overrides
    from simtui.tui.keys import bindings

    keymap, problems = check_overrides(keys)
    assert len(problems) + len(keymap.overrides) >= len(keys)
    live = BindingsMap(bindings("dashboard", "list", "move", "everywhere"))
    live.apply_keymap(keymap.textual_keymap())
    assert all(isinstance(binding, Binding) for _key, binding in live)


def _keys(_bench: Bench) -> st.SearchStrategy[Any]:
    from simtui.tui.keys import ACTIONS

    name = st.sampled_from([action.id for action in ACTIONS]) | texts
    part = st.sampled_from(["ctrl", "shift", "alt", "f5", "a", "A", "+", "", "slash", "enter", "５", "escape"]) | texts
    key = st.lists(part, min_size=1, max_size=3).map("+".join)
    return st.dictionaries(name, st.lists(key, min_size=1, max_size=3).map(",".join), max_size=5)


_INKS = (
    '"bold #ff0000"',
    '"on"',
    '"on on on"',
    '"bold bold"',
    '"#12"',
    '"rgb(1,2"',
    '"auto"',
    '"ansi_red on ansi_blue"',
    '"#ff000080"',
    '"red 50%"',
)


def _theme(bench: Bench, content: bytes) -> None:
    from rich.style import Style
    from textual.color import Color

    from simtui.tui.themes import load_theme

    file = bench.home / "given.toml"
    with bench.holding({file: content}):
        loaded, problems = load_theme(file, few_colours=True)
    assert all(problem.problem for problem in problems)
    design = loaded.theme.to_color_system().generate()
    for name, value in {**design, **loaded.theme.variables}.items():
        if name.startswith(("ink-", "paper-")):
            Color.parse(value)
        if name.startswith("attr-"):
            Style.parse(value)


def _themes(_bench: Bench) -> st.SearchStrategy[bytes]:
    parts: dict[str, tuple[str, ...]] = {
        f"{table}.{name}": _INKS
        for table in ("colours", "inks", "inks16")
        for name in ("primary", "due", "cursor", "x")
    }
    parts |= {
        "variables.x": ('"$x"', '"red; }"', '"}"', *_INKS),
        "dark": ("true", "1"),
        "ansi": ("true",),
        "title.en": ('"x"',),
        "inks": _INKS,
    }
    return toml_files(parts) | damaged_bytes(paths.bundled("themes").joinpath("dark.toml").read_bytes())


def _glance(bench: Bench, content: bytes) -> None:
    """What was kept of the last run may be anything: then it is as if there were none."""
    file = bench.data_file.with_name("simtui.json.glance")
    file.write_bytes(content)
    glances = Glances(Options(data=bench.data_file, today=TODAY), {}, paths.bundled("carriers.json"), "en")
    with mock.patch.object(Glances, "_fingerprint", return_value=FINGERPRINT):
        kept = glances.read()
    file.unlink()
    rows = (*glances.last_rows(), *(() if kept is None else kept.rows))
    good = bench.glance["rows"][0]
    for row in rows:
        assert all(type(value) in (type(usual), type(None)) for value, usual in zip(row, good, strict=True))
        assert row.urgency
    most_urgent(rows)
    assert sum(counts(rows).values()) <= len(rows)
    shown_rows = LineRows(rows)
    assert all(shown_rows.row(index, width) for index in range(len(rows)) for width in (20, 80))
    if kept is not None:
        year_lines(months_of(rows), next(iter(kept.days.values()), "2026-11-21"), "", 80)


def _remembered(bench: Bench, content: bytes) -> None:
    file = bench.home / "state" / "simtui" / "dashboard.json"
    with bench.holding({file: content}):
        found = Remembered.read(file)
        assert found.language in (None, "en", "zh")
        said(["locate"])
    file.unlink()


# What people type -----------------------------------------------------------------------------------------------

_QUICK = (
    "+33612345678",
    "mobicarte",
    "giffgaff",
    "Mum:",
    "10EUR",
    "€5",
    "2026-11-20",
    "-3d",
    "until",
    "valid",
    "sms",
    "plan",
    "top-up",
    "充值",
    "有效期至",
    "：",
    "tel:",
    "(06)",
)
_QUERY = (
    "due<14",
    "due>=0",
    "country:MC",
    "kind:travel",
    "!",
    '"',
    "“",
    "”",
    "offer:",
    "tag:a,b",
    "phase:due",
    "verified",
    "cert:guess",
    "state:",
    "<",
    "=",
    "＜",
    "holder:x",
)
_OFFER_QUERY = (
    "country:FR",
    "esim:yes",
    "pay:alipay",
    "papers:no",
    "cost<20",
    "cost<20EUR",
    "grace>90",
    "yours",
    "by:top_up",
    "kind:data",
    "cert:official",
    "cost<EUR20EUR",
    "!",
    '"',
)
_SMS = (
    "solde",
    "crédit",
    "5,20 €",
    "1.000",
    "valable jusqu'au",
    "12/05/2026",
    "2026年5月12日",
    "余额",
    "元",
    "3,1 Go",
    "48 min",
    "expires",
    "99999999999",
    "00:00",
    "balance is",
    "$",
)


def _quick(bench: Bench, text: str) -> None:
    found = quick.parse(text, bench.book, bench.today_in)
    assert found.line.number or found.line.label


def _query(_bench: Bench, text: str) -> None:
    query.parse(text)


def _offer_query(_bench: Bench, text: str) -> None:
    offer_query.parse(text)


def _typed(_bench: Bench, example: tuple[str, str]) -> None:
    name, text = example
    readers: dict[str, Callable[[str], object]] = {
        "day": lambda given: typed.day(given, TODAY),
        "money": lambda given: typed.money(given, "EUR"),
        "currency": typed.currency,
        "count": typed.count,
        "data": typed.data_mb,
        "note": typed.note,
        "zone": typed.zone,
        "period": typed.period,
    }
    if name in readers:
        readers[name](text)
    else:
        read_field(name, text, TODAY)


_LINK = (
    "https://",
    "http://",
    "HTTPS://",
    "orange.fr",
    "оrange.fr",
    "@",
    ":",
    "443",
    "/",
    "\\",
    "?",
    "#",
    "xn--",
    ".",
    "[::1]",
    "user",
    "。",
)


def _link(_bench: Bench, link: str) -> None:
    """A link that is taken shows the site that it leads to, in plain letters."""
    told = shown(shown_link(link))
    if refusal(link, plain_http=True) is None:
        host = told.partition("//")[2].partition("/")[0].partition("?")[0].partition("#")[0]
        assert host
        assert host.isascii()
        assert "@" not in host


def _sms(bench: Bench, example: tuple[str, str, int]) -> None:
    text, offer_id, pick = example
    offer = bench.book.offer(offer_id)
    assert offer is not None
    line = Line(offer=offer_id, label="Mine")
    held = Holding(id=1, rev=1, line=line, acts=(), renewals=(), offer=offer, known_offer=True, today=TODAY)
    assert terms_for(line, offer) is not None
    found = read_for(held, text, TODAY)
    settled = [(each.part, each.choices[pick % len(each.choices)]) for each in found.findings]
    held.with_acts(acts_of(held, TODAY, settled))


_COMMAND_WORDS = (
    "1",
    "5",
    "Paris",
    "99",
    "--set",
    "notes=",
    "label=",
    "number=",
    "zone=",
    "tags=",
    "--amount",
    "--date",
    "--until",
    "--note",
    "--json",
    "--sms",
    "--dry-run",
    "--lang",
    "--today",
    "--credit-left",
    "--data-left",
    "--theme",
    "--private",
    "giffgaff",
)
_COMMANDS = (
    "add",
    "edit",
    "record",
    "show",
    "explain",
    "plan",
    "carriers",
    "list",
    "due",
    "undo",
    "doctor",
    "locate",
    "purge",
    "",
)


def _command(bench: Bench, example: tuple[str, list[str], bytes]) -> None:
    """Words after a command; it may change the data, which must then still be whole."""
    name, words, stdin = example
    bench.data_file.write_bytes(bench.data)
    said([*([name] if name else []), *words], stdin)
    repository = open_repository(bench.data_file)
    assert not repository.check()
    repository.close()


def _commands(_bench: Bench) -> st.SearchStrategy[Any]:
    acts = [kind.value for kind in ActKind]
    word = (
        st.sampled_from((*_COMMAND_WORDS, *acts, *HOSTILE_TEXTS))
        | texts
        | st.builds(str.__add__, st.sampled_from(("label=", "notes=", "zone=", "10", "--x=")), texts)
    )
    safe = word.filter(lambda each: not each.startswith(("--data", "--carriers")) and "\0" not in each)
    return st.tuples(
        st.sampled_from(_COMMANDS),
        st.lists(safe, max_size=6),
        sentences.map(
            lambda text: (
                text.encode("utf-8", "surrogateescape") if not any("\ud800" <= c <= "\udfff" for c in text) else b"\xff"
            )
        ),
    )


_OFFERS = ("orange-fr-mobicarte", "giffgaff-payg", "ultra-mobile-paygo", "china-unicom-keep", "my-card")

SURFACES = (
    Surface("import: bytes", lambda _bench: csv_files(list(_NAMES)) | st.binary(max_size=400), _import),
    Surface("import: export", _exports, _import),
    Surface("import: preview", lambda bench: csv_files(list(_NAMES)) | _exports(bench), _import_by_command, 20),
    Surface("import: taken", lambda bench: csv_files(list(_NAMES)) | _exports(bench), _import_and_look, 6),
    Surface(
        "data file",
        lambda bench: st.tuples(damaged_bytes(bench.data) | damaged_json(orjson.loads(bench.data)).map(as_json), looks),
        _data_file,
        15,
    ),
    Surface(
        "own carriers",
        lambda _bench: st.tuples(damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)), offer_looks),
        _own_carriers,
        25,
    ),
    Surface(
        "given carriers",
        lambda _bench: st.tuples(damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)), offer_looks),
        _other_carriers,
        20,
    ),
    Surface(
        "own carriers: change",
        lambda _bench: damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)),
        _own_file_edit,
        30,
    ),
    Surface("settings", lambda _bench: toml_files(_SETTINGS) | st.binary(max_size=200), _settings, 30),
    Surface("keys", _keys, lambda _bench, keys: _use_keys(keys)),
    Surface("themes", _themes, _theme, 40),
    Surface(
        "kept rows",
        lambda bench: damaged_bytes(orjson.dumps(bench.glance)) | damaged_json(bench.glance).map(as_json),
        _glance,
        40,
    ),
    Surface("kept choices", lambda _bench: damaged_bytes(b'{"language":"zh","theme":"light"}'), _remembered, 20),
    Surface("add line", lambda _bench: words_of(_QUICK, 10), _quick, 25),
    Surface("links", lambda _bench: words_of(_LINK, 8), _link, 100),
    Surface("filter", lambda _bench: words_of(_QUERY), _query),
    Surface("offers' filter", lambda _bench: words_of(_OFFER_QUERY), _offer_query),
    Surface(
        "typed",
        lambda _bench: st.tuples(
            st.sampled_from(["day", "money", "currency", "count", "data", "note", "zone", "period", *READERS]),
            sentences,
        ),
        _typed,
        150,
    ),
    Surface("SMS", lambda _bench: st.tuples(words_of(_SMS, 40), st.sampled_from(_OFFERS), st.integers(0, 3)), _sms),
    Surface("commands", _commands, _command, 20),
)
