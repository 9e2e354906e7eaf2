"""The rows of the last run, kept so that the first frame can show them before anything else is loaded.

A glance is only used while it is certain to be right: the data file, the catalogues, the settings that matter, the
version, the language and the day in every zone must be those it was made from. Otherwise it is ignored and made again.
It holds labels and numbers, so it is as private as the data file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simtui import __version__
from simtui.outlook import URGENCY, Outlook

if TYPE_CHECKING:
    from simtui.session import Options

_FORM = 3
_MOST_BYTES = 64 * 1024 * 1024
"""More than the rows of a hundred thousand lines."""
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-[0-9]{2}")


def _shape(days_left: type) -> tuple[type, ...]:
    plain: dict[str, type] = {"int": int, "str": str, "bool": bool, "int | None": days_left}
    return tuple(plain[annotation.__forward_arg__] for annotation in Outlook.__annotations__.values())


_SHAPES = frozenset({_shape(int), _shape(type(None))})
"""The types of a row's values."""


@dataclass(frozen=True, slots=True)
class Glance:
    """The rows, the banner, the days by time zone that they were made on, and what else they depend on (`of`)."""

    of: Sequence[object]
    rows: tuple[Outlook, ...]
    banner: str
    days: Mapping[str, str]


class Glances:
    """Where the glance of one data file is kept (beside it), and what it depends on."""

    def __init__(self, options: Options, lead_days: Mapping[str, int], bundled: Path, language: str) -> None:
        self._options = options
        data = Path(os.path.realpath(options.data_file))
        self._file = data.with_name(f"{data.name}.glance")
        self._sources = (data, options.own_carriers_file, options.carriers or bundled)
        lead = [[kind, days] for kind, days in sorted(lead_days.items())]
        self._rest: list[object] = [_FORM, __version__, language, str(options.today or ""), lead]

    def read(self) -> Glance | None:
        """Return the glance if it is still right, else None. Anything odd about it counts as not right."""
        kept = self._kept()
        if kept is None or kept.of != self._fingerprint() or not self._same_days(kept.days):
            return None
        return kept

    def _kept(self) -> Glance | None:
        """Return what lies in the file, right or not; None where that cannot be told."""
        import orjson

        if self._options.demo:
            return None
        from simtui.store.files import read_own

        try:
            kept = orjson.loads(read_own(self._file, _MOST_BYTES))
            rows = tuple(map(_row, kept["rows"]))
            days = {str(zone): _day(day) for zone, day in kept["days"].items()}
            return Glance(kept["of"], rows, str(kept["banner"]), days)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def last_rows(self) -> Sequence[Outlook]:
        """Return the rows of the last run, also where they are no longer right: to tell what has changed since."""
        kept = self._kept()
        return () if kept is None else kept.rows

    def keep(self, rows: Iterable[Outlook], banner: str, days: Mapping[str, str]) -> None:
        """Keep the rows for the next start; where that fails the next start is merely slower."""
        import orjson

        if self._options.demo or self._options.read_only:
            return
        content = {
            "of": self._fingerprint(),
            "days": dict(days),
            "banner": banner,
            "rows": [tuple(row) for row in rows],
        }
        from simtui.errors import SimtuiError
        from simtui.store.files import atomic_write

        try:
            atomic_write(self._file, orjson.dumps(content))
        except (OSError, SimtuiError):
            return

    def _fingerprint(self) -> list[object]:
        return [*self._rest, *(_identity(path) for path in self._sources)]

    def _same_days(self, days: Mapping[str, str]) -> bool:
        if self._options.today is not None:
            return True
        from whenever import Instant, TimeZoneNotFoundError

        now = Instant.now()
        try:
            return all(now.to_tz(zone).date().format_iso() == day for zone, day in days.items())
        except TimeZoneNotFoundError:
            return False


def _row(values: Sequence[object]) -> Outlook:
    """Return a kept row; ValueError where it is none that could be shown."""
    row = Outlook._make(values)
    if tuple(map(type, row)) not in _SHAPES or row.phase not in URGENCY:
        raise ValueError
    return row


def _day(day: str) -> str:
    if not _DAY.fullmatch(day):
        raise ValueError
    return day


def _identity(path: Path) -> list[int]:
    """Return what changes when a file is replaced or written; nothing for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size]
