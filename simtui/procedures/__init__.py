"""The walkthroughs as data: one TOML file a procedure, what they share in `steps.toml`, tips and branches beside them.

`procedures` reads them all, once a process; `Procedures` answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from simtui.domain.offer import OfferKind
from simtui.domain.procedure import Procedure, Question
from simtui.errors import NotFound
from simtui.i18n import _
from simtui.procedures.reading import read

__all__ = ["IDS", "Procedures", "from_texts", "procedures"]

IDS = (
    "keep-online",
    "keep-shop",
    "keep-phone",
    "keep-third-party",
    "recharge-online",
    "recharge-shop",
    "data-card",
    "esim-app",
    "travel-renew",
    "travel-buy",
)
"""The procedures in the order in which they are offered; each is the name of its file."""


class Procedures(NamedTuple):
    """All procedures, in the order in which they are offered, and all tips and branches."""

    all: tuple[Procedure, ...]
    questions: tuple[Question, ...]

    def get(self, procedure_id: str) -> Procedure:
        """Return the procedure of that id.

        Raises:
            NotFound: there is none.
        """
        found = next((each for each in self.all if each.id == procedure_id), None)
        if found is None:
            raise NotFound(_('There is no procedure "{name}".').format(name=procedure_id))
        return found

    def fitting(self, kind: OfferKind) -> list[Procedure]:
        """Return the procedures for an offer of that kind, a first purchase among them; the usual one first."""
        fitting = [each for each in self.all if kind in each.kinds]
        return sorted(fitting, key=lambda each: each.kinds[0] is not kind)

    def question(self, question_id: str) -> Question:
        """Return the tip or branch of that id.

        Raises:
            NotFound: there is none.
        """
        found = next((each for each in self.questions if each.id == question_id), None)
        if found is None:
            raise NotFound(_('There is no question "{name}".').format(name=question_id))
        return found


@cache
def procedures() -> Procedures:
    """Return what comes with simtui.

    Raises:
        InputError: a file is not as it should be, so the installation is not whole.
    """
    folder = files(__name__)
    names = [f"{name}.toml" for name in ("steps", "questions", *IDS)]
    return from_texts({name: folder.joinpath(name).read_text(encoding="utf-8") for name in names})


def from_texts(texts: Mapping[str, str]) -> Procedures:
    """Return the procedures in the texts of files, by file name: `steps.toml`, `questions.toml` and one a procedure.

    Raises:
        InputError: one of them is not as it should be; it names the file and the place in it.
    """
    return Procedures(*read(texts))
