"""The filter language: what each term finds, what is refused and how, and that no text breaks it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.domain.line import LineState
from simtui.domain.offer import OfferKind
from simtui.domain.query import MOST_CHARACTERS, Query, QueryError, QueryFault, Row, parse
from simtui.domain.reckoning import Certainty
from simtui.domain.standing import Phase
from simtui.errors import InputError


@dataclass(frozen=True)
class Shown:
    """A row of a list."""

    label: str | None = "Orange Paris"
    number: str | None = "+33612345678"
    offer_words: str = "Mobicarte Orange France 橙子 orange-fr-mobicarte"
    country: str = "FR"
    kind: OfferKind = OfferKind.KEEP_NUMBER
    tags: tuple[str, ...] = ("bank", "Old SIM")
    state: LineState = LineState.ACTIVE
    phase: Phase = Phase.SOON
    days_left: int | None = 14
    verified: bool = True
    holder: str | None = "妈妈 Wang"
    certainty: Certainty = Certainty.THIRD_PARTY


ROW = Shown()
MONACO = Shown("MT", "+37761234567", "Monaco Telecom prepaid", "MC", tags=(), phase=Phase.RESCUE, days_left=40)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "orange",
        "ORANGE",
        "paris",
        "mobicarte",
        "mbcrt",
        "橙子",
        "wang",
        "bank",
        "old",
        '"old sim"',
        "“old sim”",
        "+33612",
        "0612345678",
        "06-12-34",
        "345678",
        "country:FR",
        "country:fr",
        "country:mc,fr",
        "kind:keep_number",
        "kind:keep-number",
        "kind:keep",
        'kind:"keep number"',
        "phase:soon",
        "phase:due,soon",
        "PHASE:Soon",
        "state:active",
        "tag:bank",
        'tag:"old sim"',
        "tag:old",
        "holder:wang",
        "holder:妈妈",
        "offer:mobicarte",
        "offer:mbc",
        "cert:third",
        "cert:third_party",
        "due<15",
        "due>13",
        "due<=14",
        "due>=14",
        "due=14",
        "verified",
        "!country:MC",
        "!monaco",
        "!!orange",
        "!due<14",
        "due<15 country:FR verified tag:bank orange !monaco",
        "ｃｏｕｎｔｒｙ：ＦＲ",
        "ｄｕｅ＜１５　ｏｒａｎｇｅ",
        "！ｍｏｎａｃｏ",
    ],
)
def test_what_finds_the_row(text: str) -> None:
    assert parse(text).matches(ROW)


@pytest.mark.parametrize(
    "text",
    [
        "monaco",
        "!orange",
        '"orangeparis"',
        '"mbcrt"',
        '"orange france paris"',
        "due<14",
        "due>14",
        "due=13",
        "country:MC",
        "kind:esim",
        "phase:due",
        "state:archived",
        "tag:telecom",
        "holder:li",
        "offer:paris",
        "cert:guess",
        "!verified",
        "orange monaco",
        "99999",
    ],
)
def test_what_does_not_find_the_row(text: str) -> None:
    assert not parse(text).matches(ROW)


NAMES = {"phase": {"快到期": "soon", "抢救": "rescue", "paid?": "paid"}, "kind": {"保号卡": "keep_number"}}


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("phase:快到期", True),
        ("phase：快", True),
        ("phase:抢救,soon", True),
        ("phase:抢救", False),
        ("!phase:抢救", True),
        ("phase:paid", False),
        ("kind:保号卡", True),
        ("phase:soon", True),
    ],
)
def test_values_may_be_called_as_the_user_calls_them(text: str, fits: bool) -> None:
    assert parse(text, NAMES).matches(ROW) is fits


def test_a_word_that_names_no_value_is_refused_as_it_was_written() -> None:
    with pytest.raises(QueryError) as refused:
        parse("phase:安全", NAMES)
    assert (refused.value.fault, refused.value.term) == (QueryFault.UNKNOWN_VALUE, "phase:安全")


def test_the_example_of_the_help_page() -> None:
    paid = replace(MONACO, verified=False, days_left=3)

    assert parse("due<14 country:MC !verified").matches(paid)
    assert not parse("due<14 country:MC !verified").matches(MONACO)


def test_a_line_without_a_date_is_neither_early_nor_late() -> None:
    undated = replace(ROW, days_left=None)

    assert [parse(text).matches(undated) for text in ("due<99", "due>0", "due=0", "!due<99")] == [
        False,
        False,
        False,
        True,
    ]


def test_a_line_without_label_number_or_holder() -> None:
    bare = replace(ROW, label=None, number=None, holder=None, tags=())

    assert parse("mobicarte").matches(bare)
    assert not parse("0612345678").matches(bare)
    assert not parse("holder:wang").matches(bare)


@dataclass(frozen=True)
class Plain:
    """A row without any of the domain's lists, its tags in one text."""

    label: str | None = "Orange Paris"
    number: str | None = None
    offer_words: str = "Mobicarte"
    country: str = "FR"
    kind: str = "keep_number"
    tags: str = "bank, Old SIM"
    state: str = "active"
    phase: str = "paid"
    days_left: int | None = 3
    verified: bool = False
    holder: str | None = None
    certainty: int = 0


def test_a_row_may_hold_plain_text_only() -> None:
    found = ("phase:paid", "kind:keep", "state:active", "cert:guess", "tag:old", "bank", "!verified", "!phase:due")

    assert [text for text in found if not parse(text).matches(Plain())] == []
    assert not parse("tag:none").matches(Plain())
    assert not parse("cert:stated").matches(Plain())


def test_plain_words_are_kept_for_marking() -> None:
    assert parse('Orange due<3 !paris tag:bank "Old SIM"').words == ("orange", "old sim")


@pytest.mark.parametrize(
    ("text", "fault", "term", "column"),
    [
        ("orange colour:red", QueryFault.UNKNOWN_KEY, "colour:red", 8),
        ("orange<3", QueryFault.UNKNOWN_KEY, "orange<3", 1),
        ("country<3", QueryFault.UNKNOWN_KEY, "country<3", 1),
        ("due<soon", QueryFault.NO_NUMBER, "due<soon", 1),
        ("due<", QueryFault.NO_NUMBER, "due<", 1),
        ("due<-3", QueryFault.NO_NUMBER, "due<-3", 1),
        ("due<٣", QueryFault.NO_NUMBER, "due<٣", 1),
        ("due<" + "9" * 99, QueryFault.NO_NUMBER, "due<" + "9" * 99, 1),
        ("phase:dead", QueryFault.UNKNOWN_VALUE, "phase:dead", 1),
        ("  !kind:phone", QueryFault.UNKNOWN_VALUE, "!kind:phone", 3),
        ("phase:due,", QueryFault.UNKNOWN_VALUE, "phase:due,", 1),
        ("country:Monaco", QueryFault.UNKNOWN_VALUE, "country:Monaco", 1),
        ("tag:", QueryFault.NO_VALUE, "tag:", 1),
        ('tag:""', QueryFault.NO_VALUE, 'tag:""', 1),
        ("orange !", QueryFault.NOTHING_TO_TURN_ROUND, "!", 8),
        ('orange "old', QueryFault.OPEN_QUOTE, '"old', 8),
        ('tag:"old sim', QueryFault.OPEN_QUOTE, 'tag:"old sim', 1),
        ("x" * (MOST_CHARACTERS + 1), QueryFault.TOO_LONG, "x" * 40, MOST_CHARACTERS + 1),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, fault: QueryFault, term: str, column: int) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)

    assert isinstance(caught.value, QueryError)
    assert (caught.value.fault, caught.value.term, caught.value.column) == (fault, term, column)
    assert caught.value.place == term
    assert caught.value.problem


def test_what_would_do_is_offered() -> None:
    with pytest.raises(QueryError) as caught:
        parse("phase:dead")

    assert set(caught.value.choices) == {"paid", *Phase}


def test_a_quote_inside_a_word_is_a_letter() -> None:
    assert parse("l'or\"ange").matches(replace(ROW, label="L'or\"ange"))


SCRAPS = st.sampled_from(
    (
        "due<14",
        "country:",
        "!",
        '"',
        "“",
        ":",
        "<",
        ">=",
        "phase:due",
        "verified",
        " ",
        "\t",
        "　",
        "＂",
        "tag:",
        ",",
        "ß",
        "İ",
        "0",
    )
)
texts = st.one_of(st.text(max_size=60), st.lists(SCRAPS, max_size=12).map("".join))
rows = st.builds(
    Shown,
    label=st.one_of(st.none(), texts),
    number=st.one_of(st.none(), st.from_regex(r"\+[1-9][0-9]{3,14}", fullmatch=True)),
    offer_words=texts,
    country=st.sampled_from(("FR", "MC")),
    kind=st.sampled_from(OfferKind),
    tags=st.lists(texts, max_size=3).map(tuple),
    state=st.sampled_from(LineState),
    phase=st.sampled_from(Phase),
    days_left=st.one_of(st.none(), st.integers(-5, 4000)),
    verified=st.booleans(),
    holder=st.one_of(st.none(), texts),
    certainty=st.sampled_from(Certainty),
)


def understood(text: str) -> Query | None:
    try:
        return parse(text)
    except InputError:
        return None


@given(texts, rows)
def test_no_text_does_anything_but_filter_or_complain(text: str, row: Row) -> None:
    query = understood(text)

    assert query is None or query.matches(row) in (True, False)


@given(texts, rows)
def test_a_term_and_the_same_term_turned_round_never_agree(text: str, row: Row) -> None:
    word = text.strip().strip("!")
    query = understood(word)
    turned = understood(f"!{word}")
    if query is not None and turned is not None and len(query.tests) == 1:
        assert query.matches(row) != turned.matches(row)


@given(texts, texts, rows)
def test_more_terms_never_find_more(one: str, other: str, row: Row) -> None:
    first, both = understood(one), understood(f"{one} {other}")
    if first is not None and both is not None and both.matches(row):
        assert first.matches(row)


@given(st.text(st.characters(exclude_characters='"“”「」＂'), min_size=1, max_size=30), rows)
def test_a_label_in_quotes_finds_its_line(label: str, row: Shown) -> None:
    assert parse(f'"{label}"').matches(replace(row, label=label))
