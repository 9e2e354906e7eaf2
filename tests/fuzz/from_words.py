"""What is done with words that people type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from simtui import quick, typed
from simtui.catalogue import shown_link
from simtui.catalogue.links import refusal
from simtui.domain import offer_query, query
from simtui.domain.act import ActKind
from simtui.domain.line import Line
from simtui.domain.terms import terms_for
from simtui.fields import read_field
from simtui.holding import Holding
from simtui.sms.acts import acts_of, read_for
from simtui.store.tinydb_repository import open_repository
from simtui.text import shown
from tests.fuzz.bench import TODAY, Bench, said
from tests.fuzz.material import (
    HOSTILE_TEXTS,
    sentences,
    texts,
)

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
