"""The rows of the last run, kept so that the first frame can show them before anything else is loaded.

A glance is only used while it is certain to be right: the data file, the catalogues, the settings that matter, the
version, the language and the day in every zone must be those it was made from. Otherwise it is ignored and made again.
It holds labels and numbers, so it is as private as the data file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simtui import __version__
from simtui.outlook import Outlook

if TYPE_CHECKING:
    from simtui.session import Options

_FORM = 3


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
        try:
            if self._file.stat().st_uid != os.getuid():
                return None
            kept = orjson.loads(self._file.read_bytes())
            rows = tuple(Outlook(*row) for row in kept["rows"])
            days = {str(zone): str(day) for zone, day in kept["days"].items()}
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


def _identity(path: Path) -> list[int]:
    """Return what changes when a file is replaced or written; nothing for one that is not there."""
    try:
        found = path.stat()
    except OSError:
        return []
    return [found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size]
