"""Phone numbers as people write them, in E.164 form and in groups for reading aloud.

The phonenumbers library is imported at the first use: the first frame can do without it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What copied numbers bring along: marks that choose a direction, and blanks of no width."""
_WRITTEN = re.compile(r"[0-9\s().\-/\u2010-\u2015\u2212]+")
_FEWEST_DIGITS = 6
_E164 = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)
_LAST_DIGITS = 3
_IN_TEXT = re.compile(r"\+[1-9](?: ?[0-9]){6,14}")


def looks_like_number(typed: str) -> bool:
    """Tell whether a person means a phone number and no name, be it right or mistyped.

    It begins with `+` and a digit, or with `00` and more digits, or there are only digits and what parts them.
    """
    cleaned = _cleaned(typed)
    many = sum(map(str.isdigit, cleaned)) >= _FEWEST_DIGITS
    begins = cleaned.startswith("+") and cleaned[1:].lstrip(" (")[:1].isdigit()
    return begins or (many and (cleaned.startswith("00") or _WRITTEN.fullmatch(cleaned) is not None))


def _cleaned(typed: str) -> str:
    return " ".join(plain_keys(_INVISIBLE.sub("", typed)).split()).removeprefix("tel:").strip()


def to_e164(typed: str, region: str | None = None) -> str:
    """Return the number in E.164 form (`+33612345678`); `region` (`FR`) helps where no country code was typed.

    Raises:
        InputError: If it is no possible number; a number that is merely unusual passes.
    """
    import phonenumbers

    cleaned = _cleaned(typed)
    if cleaned.startswith("00"):
        cleaned = f"+{cleaned[2:]}"
    if not _WRITTEN.fullmatch(cleaned.removeprefix("+")):
        # The library drops what follows the digits: a slip of the finger would go unseen.
        raise _no_number()
    try:
        parsed = phonenumbers.parse(cleaned, region)
    except phonenumbers.NumberParseException as refused:
        raise _no_number() from refused
    if not phonenumbers.is_possible_number(parsed):
        hint = _("Count the digits: the country code and the number go together.")
        raise InputError(_("too short or too long for a phone number"), place=_("number"), next_step=hint)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _no_number() -> InputError:
    hint = _("Write it with its country code, such as +33 6 12 34 56 78.")
    return InputError(_("this is no phone number"), place=_("number"), next_step=hint)


@lru_cache(maxsize=4096)
def grouped(number: str) -> str:
    """Return an E.164 number in its country's groups: `+33 6 12 34 56 78`; anything else unchanged.

    How the groups fall hangs on a number's first digits and its length, and to find out takes long: a reseller's numbers
    lie close together, so those that differ in the last digits alone are grouped alike.
    """
    groups = _groups(number[:-_LAST_DIGITS], len(number)) if _E164.fullmatch(number) else ""
    if not groups:
        return _grouped(number)
    digits = iter(number[1:])
    return "".join(next(digits) if sign == "0" else sign for sign in groups)


@lru_cache(maxsize=4096)
def _groups(first: str, length: int) -> str:
    """Return the groups of the numbers of that length that begin so, a `0` for each digit; empty where digits change."""
    number = first + "5" * (length - len(first))
    found = _grouped(number)
    return re.sub(r"[0-9]", "0", found) if re.sub(r"[^+0-9]", "", found) == number else ""


def _grouped(number: str) -> str:
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


@lru_cache(maxsize=4096)
def local(number: str) -> str:
    """Return an E.164 number as it is written and said inside its country: `06 12 34 56 78`."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)


def name_of(label: str | None, number: str | None, *, private: bool = False) -> str:
    """Return what a line is called: its label, else its number in groups, which may have to be masked."""
    if label or not number:
        return label or ""
    return masked(number) if private else grouped(number)


@lru_cache(maxsize=4096)
def region_of(number: str) -> str | None:
    """Return the country (`FR`) of an E.164 number, as far as its code tells."""
    import phonenumbers

    try:
        return phonenumbers.region_code_for_number(phonenumbers.parse(number))
    except phonenumbers.NumberParseException:
        return None


def short_iccid(iccid: str) -> str:
    """Return the two ends of an ICCID, which tell SIM cards apart: `8933…4410`."""
    return f"{iccid[:4]}…{iccid[-4:]}"


def masked(number: str) -> str:
    """Return a number with all but its country's first digits and its last two hidden."""
    return f"{number[:3]}{'*' * max(len(number) - 5, 0)}{number[-2:]}" if len(number) > 5 else "***"


def without_numbers(text: str) -> str:
    """Return a sentence with the phone numbers in it hidden, those in groups too."""
    return _IN_TEXT.sub(lambda found: masked(found[0].replace(" ", "")), text)
