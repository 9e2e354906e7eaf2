"""What a user fills in once where the catalogue knows nothing: from the text of a fact to the offer's channels.

All that carriers files must keep holds here as well: links are https, call-forwarding codes are refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from simtui import typed
from simtui.catalogue.checks import check_channels, check_words
from simtui.domain.line import Knowledge
from simtui.domain.offer import Channels
from simtui.domain.procedure import Fact
from simtui.errors import InputError
from simtui.exchange.complaints import complaints
from simtui.i18n import _
from simtui.text import one_line, plain_keys

_CODE = re.compile(r"(?=.*[0-9])[0-9+*#][0-9+*# ]{1,39}")
_WRITTEN_OUT = re.compile(r"(?![0-9]{4}-[0-9]{2}-[0-9]{2}$)(?=(?:[^0-9]*[0-9]){6})[0-9+(][0-9 ().\-/]{5,39}")
"""A phone number with dots or dashes between its groups: long enough to be neither an amount nor a day."""
_MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LONGEST = 200


def channels_of(fact: Fact, text: str, label: str) -> Channels:
    """Return the channels that hold one fact and nothing else.

    Raises:
        InputError: The text is not what the fact takes; the place is the label.
    """
    words = one_line(typed.note(text, field=label))
    if fact not in _CHANNELS:
        raise InputError(_("this is not for you to fill in"), place=label)
    if not 0 < len(words) <= _LONGEST:
        raise InputError(_("must be 1 to 200 characters long"), place=label)
    try:
        found = Channels.model_validate(_CHANNELS[fact](words, label))
    except ValidationError as error:
        raise InputError(complaints(error)[0][1], place=label) from error
    faults = [*check_channels(found, ""), *check_words(words)]
    if faults:
        raise InputError(faults[0].words(), place=label)
    return found


def entered(own: Channels | None) -> frozenset[Fact]:
    """Return the facts that the user has entered, and may change."""
    if own is None:
        return frozenset()
    support = own.support
    codes = {code.does for code in own.codes}
    there = {
        Fact.SITE: own.site,
        Fact.ACCOUNT: own.account,
        Fact.APP: own.app,
        Fact.SHOP: own.shop_note,
        Fact.SHOP_SEARCH: own.search_text,
        Fact.PHONE: support and support.phone,
        Fact.PHONE_ABROAD: support and support.from_abroad,
        Fact.HOURS: support and support.hours,
        Fact.MAIL: support and support.mail,
        Fact.BALANCE_CODE: "balance" in codes,
        Fact.TOP_UP_CODE: "top_up" in codes,
    }
    return frozenset(fact for fact, content in there.items() if content)


def _text(words: str) -> dict[str, str]:
    return {"en": words, "zh": words}


def _site(words: str, _label: str) -> dict[str, Any]:
    return {"site": words if "://" in words else f"https://{words}"}


def _shop(words: str, _label: str) -> dict[str, Any]:
    return {"shop": Knowledge.YES, "shop_note": _text(words)}


def _support(field: str) -> Callable[[str, str], dict[str, Any]]:
    return lambda words, label: {"support": {field: _dialled(words, label, _CODE, _WRITTEN_OUT)}}


def _mail(words: str, label: str) -> dict[str, Any]:
    if not _MAIL.fullmatch(words):
        raise InputError(_("is no mail address"), place=label)
    return {"support": {"mail": words}}


def _code(does: str) -> Callable[[str, str], dict[str, Any]]:
    return lambda words, label: {"codes": [{"does": does, "code": _dialled(words, label, _CODE).replace(" ", "")}]}


def _dialled(words: str, label: str, *forms: re.Pattern[str]) -> str:
    plain = plain_keys(words).strip()
    if not any(form.fullmatch(plain) for form in forms):
        hint = _("Digits, and + * # where they are dialled.")
        raise InputError(_("is nothing that can be dialled"), place=label, next_step=hint)
    return plain


_CHANNELS: Mapping[Fact, Callable[[str, str], dict[str, Any]]] = {
    Fact.SITE: _site,
    Fact.ACCOUNT: lambda words, _label: {"account": _text(words)},
    Fact.APP: lambda words, _label: {"app": words},
    Fact.SHOP: _shop,
    Fact.SHOP_SEARCH: lambda words, _label: {"search_text": words},
    Fact.PHONE: _support("phone"),
    Fact.PHONE_ABROAD: _support("from_abroad"),
    Fact.HOURS: lambda words, _label: {"support": {"hours": _text(words)}},
    Fact.MAIL: _mail,
    Fact.BALANCE_CODE: _code("balance"),
    Fact.TOP_UP_CODE: _code("top_up"),
}
MAY_ENTER = frozenset(_CHANNELS) - {Fact.ACCOUNT, Fact.SHOP_SEARCH}
"""What a user is asked for where the catalogue does not know it; an account has its site, a search is made up."""
