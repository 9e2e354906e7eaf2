"""What must stay secret about an eSIM: the activation code of its profile, and the code that confirms it.

The form of an activation code is the GSMA's (SGP.22, section 4.1): `LPA:1$` and the address of the server that hands out
the profile, `$` and the code that names it there, then perhaps the server's id and whether a confirmation code is asked.
"""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import Field

from simtui.domain.record import Record

LONGEST = 255
_ADDRESS = r"(?=.{4,253}\$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
_FORM = re.compile(
    rf"LPA:1\$(?P<server>{_ADDRESS})\$(?P<matching>[A-Za-z0-9-]*)(?:\$(?P<oid>[0-9.]*)(?:\$(?P<asks>1?))?)?"
)
_APART = re.compile(r"(?P<server>[A-Za-z0-9.-]+\.[A-Za-z]{2,63})[\s,;，；]+(?P<matching>[A-Za-z0-9-]+)")


class ActivationCode(NamedTuple):
    """An activation code in its parts; `asks_confirmation` says that installing asks for a confirmation code."""

    text: str
    server: str
    matching: str
    asks_confirmation: bool


class Secret(Record):
    """The secrets of a line, or of a first purchase that will be one. Never exported, logged or kept for undo."""

    line: int | None = Field(default=None, ge=1)
    renewal: int | None = Field(default=None, ge=1)
    activation_code: Annotated[str, Field(max_length=LONGEST)] | None = None
    confirmation_code: Annotated[str, Field(max_length=100)] | None = None


def activation_code(typed: str) -> ActivationCode | None:
    """Return what was typed as an activation code, None where it is none.

    Mails write it whole, without its beginning (`1$…`), or as two parts, the server's address and the code.
    """
    text = typed.strip()
    apart = _APART.fullmatch(text)
    if apart is not None:
        text = f"LPA:1${apart['server']}${apart['matching']}"
    elif text.startswith("1$"):
        text = f"LPA:{text}"
    elif text[:4].upper() == "LPA:":
        text = f"LPA:{text[4:]}"
    found = _FORM.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        return None
    return ActivationCode(text, found["server"], found["matching"], found["asks"] == "1")
