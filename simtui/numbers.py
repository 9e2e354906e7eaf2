"""Phone numbers as people write them, in E.164 form and in groups for reading aloud.

The phonenumbers library is imported at the first use: the first frame can do without it.
"""

from __future__ import annotations

from functools import lru_cache

from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys


def to_e164(typed: str, region: str | None = None) -> str:
    """Return the number in E.164 form (`+33612345678`); `region` (`FR`) helps where no country code was typed.

    Raises:
        InputError: If it is no possible number; a number that is merely unusual passes.
    """
    import phonenumbers

    cleaned = plain_keys(typed).strip()
    if cleaned.startswith("00"):
        cleaned = f"+{cleaned[2:]}"
    try:
        parsed = phonenumbers.parse(cleaned, region)
    except phonenumbers.NumberParseException as refused:
        hint = _("Write it with its country code, such as +33 6 12 34 56 78.")
        raise InputError(_("this is no phone number"), place=_("number"), next_step=hint) from refused
    if not phonenumbers.is_possible_number(parsed):
        hint = _("Count the digits: the country code and the number go together.")
        raise InputError(_("too short or too long for a phone number"), place=_("number"), next_step=hint)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(maxsize=4096)
def grouped(number: str) -> str:
    """Return an E.164 number in its country's groups: `+33 6 12 34 56 78`; anything else unchanged."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


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
