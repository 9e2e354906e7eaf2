from __future__ import annotations

import random

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from simtui import numbers
from simtui.domain.line import Line
from simtui.errors import InputError


@pytest.mark.parametrize(
    ("text", "region", "number"),
    [
        ("+33 6 39 98 00 01", None, "+33639980001"),
        ("＋３３６３９９８０００１", None, "+33639980001"),
        ("06 39 98 00 01", "FR", "+33639980001"),
        ("0033639980001", "FR", "+33639980001"),
        ("+44 (0)7700 900123", None, "+447700900123"),
        ("+377 6 12 34 56 78", None, "+377612345678"),
        ("+1 202-555-0143", None, "+12025550143"),
        ("+33\u00a06\u202f39 98 00 01", None, "+33639980001"),
        ("\u202atel:+33639980001\u202c", None, "+33639980001"),
        ("33639980001", "FR", "+33639980001"),
    ],
)
def test_numbers_become_one_form(text: str, region: str | None, number: str) -> None:
    assert numbers.to_e164(text, region) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "06 39 98 00 01",
        "+33",
        "+999123456789",
        "+3363998000199999",
        "[/x]",
        "+33639980001x",
        "+33639980001 ext 5",
    ],
)
def test_what_is_no_number_is_refused_at_its_field(text: str) -> None:
    with pytest.raises(InputError) as refused:
        numbers.to_e164(text)
    assert refused.value.place == "number"
    assert refused.value.next_step


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("+37760", True),
        ("+33612345678x", True),
        ("33612345678", True),
        ("06 12 34 56 78", True),
        ("0033612345678", True),
        ("＋３３６１２", True),
        ("+ plus card", False),
        ("007 Bond", False),
        ("2026", False),
        ("Mum 2", False),
        ("妈妈的号码", False),
        ("", False),
    ],
)
def test_a_mistyped_number_is_told_from_a_name(text: str, is_one: bool) -> None:
    assert numbers.looks_like_number(text) is is_one


@pytest.mark.parametrize(
    ("number", "groups"),
    [("+33639980001", "+33 6 39 98 00 01"), ("+12025550143", "+1 202-555-0143"), ("nonsense", "nonsense"), ("", "")],
)
def test_numbers_are_shown_in_their_countrys_groups(number: str, groups: str) -> None:
    assert numbers.grouped(number) == groups


def grouped_by_the_library(number: str) -> str:
    try:
        return phonenumbers.format_number(phonenumbers.parse(number), PhoneNumberFormat.INTERNATIONAL)
    except phonenumbers.NumberParseException:
        return number


@pytest.mark.parametrize("kind", [PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE])
def test_numbers_of_every_country_are_grouped_as_the_library_does(kind: int) -> None:
    chance = random.Random(7)
    examples = (phonenumbers.example_number_for_type(region, kind) for region in sorted(phonenumbers.SUPPORTED_REGIONS))
    for example in filter(None, examples):
        first = phonenumbers.format_number(example, PhoneNumberFormat.E164)
        for kept in (len(first) - 2, len(first) - 5):
            number = first[:kept] + "".join(chance.choices("0123456789", k=len(first) - kept))
            assert numbers.grouped(number) == grouped_by_the_library(number)


def test_a_number_tells_its_country() -> None:
    assert numbers.region_of("+377612345678") == "MC"
    assert numbers.region_of("+33639980001") == "FR"
    assert numbers.region_of("nonsense") is None


@pytest.mark.parametrize(("number", "hidden"), [("+33639980001", "+33*******01"), ("+3312", "***"), ("", "***")])
def test_masked_numbers_show_country_and_last_two_digits(number: str, hidden: str) -> None:
    assert numbers.masked(number) == hidden


@given(st.text() | st.from_regex(r"\+?[0-9 ()-]{3,20}", fullmatch=True))
def test_whatever_passes_is_a_number_that_a_line_can_hold(text: str) -> None:
    try:
        number = numbers.to_e164(text, "FR")
    except InputError:
        return
    assert Line(number=number, offer="x").number == number
