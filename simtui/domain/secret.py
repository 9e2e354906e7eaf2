"""What installs an eSIM: kept masked, and out of exports, undo, `--json` and logs."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, SecretStr

from simtui.domain.record import Record, ShortText

ActivationCode = Annotated[str, Field(pattern=r"^LPA:1\$[A-Za-z0-9.-]+\$[A-Za-z0-9+/=._-]*(\$[0-9.]*(\$1)?)?$")]
"""GSMA SGP.22 activation code: server and matching id, perhaps an OID and the confirmation flag."""


class Secret(Record):
    """The activation and confirmation codes of a line's eSIM profile."""

    line: int = Field(ge=1)
    activation_code: SecretStr
    confirmation_code: SecretStr | None = None
    installed: bool = False
    note: ShortText | None = None


def mask_activation_code(code: str) -> str:
    """Return the code with only the server's name readable."""
    parts = code.split("$")
    return "$".join([*parts[:2], *("•" * min(len(part), 8) for part in parts[2:])])
