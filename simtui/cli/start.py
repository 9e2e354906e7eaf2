"""What one start asked for, and how the parts it needs are opened."""

from __future__ import annotations

import os
import re
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from simtui import paths
from simtui.config import Settings
from simtui.errors import UsageError
from simtui.i18n import _
from simtui.session import Options, choose_language, open_desk

if TYPE_CHECKING:
    from pathlib import Path

    from simtui.catalogue import Catalogue
    from simtui.cli.console import Console
    from simtui.desk import Desk
    from simtui.domain.calendar import Day
    from simtui.holding import Holding
    from simtui.lookup import LineName


_LONGEST_SECONDS = 26 * 3600
_MOST_FAULTS = 10
_FIXED_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def settings_of(environ: Mapping[str, str]) -> Settings:
    """Return the user's settings; raises ConfigError. Without a file nothing is loaded to read one."""
    file = paths.config_file(environ)
    if not file.exists():
        return Settings()
    from simtui.config import load

    return load(file)


def settled_language(environ: Mapping[str, str]) -> str:
    """Return the language where the arguments name none; faulty settings are reported later, by whatever needs them."""
    from simtui.errors import ConfigError

    try:
        settings = settings_of(environ)
    except ConfigError:
        settings = Settings()
    remembered = None
    if (file := _remembered_file()).exists():
        from simtui.tui.remembered import Remembered

        remembered = Remembered.read(file).language
    return choose_language(Options(), settings, remembered, environ)


def _remembered_file() -> Path:
    """Return where the dashboard keeps what was chosen in it."""
    return paths.state_dir() / "dashboard.json"


@dataclass(frozen=True, slots=True)
class Start:
    """The options of one start; the settings are read when they are first needed."""

    options: Options
    today_typed: str | None

    @classmethod
    def of(cls, parsed: Namespace, console: Console) -> Start:
        """Return the start that the arguments ask for, and let the console know how to speak."""
        console.json = parsed.json
        console.private = parsed.private
        options = Options(
            data=parsed.data,
            carriers=parsed.carriers,
            read_only=parsed.read_only,
            language=parsed.lang,
            theme=parsed.theme,
            private=parsed.private,
            demo=parsed.demo,
            restricted=parsed.restricted,
        )
        if parsed.lang is not None:
            console.speak(parsed.lang)
        start = cls(options, parsed.today)
        if options.restricted:
            if options.carriers is not None:
                start.refuse_path("--carriers", _("Offers of your own lie beside the data file, in carriers.json."))
            if options.data is None and not options.demo:
                raise UsageError(_("restricted mode needs --data: it opens that file and no other"))
        return start

    def refuse_path(self, place: str, next_step: str) -> None:
        """In restricted mode refuse a file that was named in `place`; else return."""
        if self.options.restricted:
            raise UsageError(_("restricted mode opens no file but the data file"), place=place, next_step=next_step)

    def settled(self) -> tuple[Options, Settings]:
        """Return options and settings, checked. Raises InputError for `--today`, ConfigError for the settings."""
        settings = settings_of(os.environ)
        if self.today_typed is None:
            return self.options, settings
        from dataclasses import replace

        from whenever import SYSTEM_TZ, Instant

        from simtui import typed

        here = Instant.now().to_tz(SYSTEM_TZ).date()
        return replace(self.options, today=typed.day(self.today_typed, here, field="--today")), settings

    def real_data_file(self) -> Path:
        """Return the data file, for what works on the file itself; the demo has none."""
        if self.options.demo:
            raise UsageError(_("the demo has no data file"), next_step=_("Leave out --demo."))
        return self.options.data_file

    def today(self) -> Day:
        """Return the day that is asked about, else this machine's; raises InputError for `--today`."""
        from whenever import SYSTEM_TZ, Instant

        options, _settings = self.settled()
        return options.today or Instant.now().to_tz(SYSTEM_TZ).date()

    @contextmanager
    def desk(self, console: Console) -> Iterator[Desk]:
        """Open the desk, and say beside the output what of the data or the catalogue cannot be used."""
        options, settings = self.settled()
        if settings.privacy:
            console.private = True
        self.watch(console)
        desk = open_desk(options, settings)
        try:
            yield desk
            self._tell_remarks(desk, console)
        finally:
            desk.repository.close()

    def _tell_remarks(self, desk: Desk, console: Console) -> None:
        """Say what of the data or the catalogue cannot be used, as far as this command came to see it."""
        remarks = [f"{problem.place}: {problem.problem}" for problem in desk.problems]
        remarks += [
            ": ".join(part for part in (problem.file, problem.offer, problem.place, problem.what) if part)
            for problem in desk.catalogue.problems[:_MOST_FAULTS]
        ]
        if len(desk.catalogue.problems) > _MOST_FAULTS:
            remarks.append(_("simtui carriers check names the other faults."))
        remarks += desk.repository.notices
        if self.options.data is not None and not self.options.demo and not self.options.data.exists():
            remarks.append(_("{file}: there is no such data file yet").format(file=self.options.data))
        for remark in remarks:
            console.remark(remark)

    def watch(self, console: Console) -> None:
        """Note what the files look like that an answer depends on, before they are read."""
        console.memo.watch(map(str, self._sources()))

    def _sources(self) -> list[Path]:
        """Return every file that an answer depends on."""
        options = self.options
        offers = options.carriers if options.carriers is not None else paths.bundled("carriers.json")
        return [
            options.data_file,
            options.own_carriers_file,
            offers,
            paths.config_file(),
            _remembered_file(),
        ]

    def remember(self, status: int, desk: Desk, holdings: Sequence[Holding], console: Console) -> None:
        """Keep what was answered, about these lines, for the next time the same is asked.

        Nothing that came with remarks is kept: they would be missing then. Nor is what was reckoned for a day such as
        `-1d`, which changes at this machine's midnight rather than at the lines'.
        """
        moving = self.today_typed is not None and _FIXED_DAY.fullmatch(self.today_typed) is None
        remarks = console.has_remarked or desk.problems or desk.catalogue.problems or desk.repository.notices
        if not (self.options.demo or moving or remarks):
            console.memo.keep(status, "".join(console.written), _next_change(desk, holdings))

    def remember_offers(self, found: Catalogue, console: Console) -> None:
        """Keep what was answered about offers alone, for the next time the same is asked."""
        import time

        if not found.problems:
            console.memo.keep(0, "".join(console.written), time.time() + _LONGEST_SECONDS)


def _next_change(desk: Desk, holdings: Sequence[Holding]) -> float:
    """Return when time alone next changes an answer, in seconds since 1970.

    That is when the day changes for any of the lines, or when a payment has waited so long that support is to be asked.
    """
    import time

    zones = {held.line.zone or held.offer.zone for held in holdings}
    paid = [(each.renewal, held.offer, held.line.zone) for held in holdings for each in held.renewals]
    if desk.repository.list("renewal", line=None):
        from simtui.report.open_renewals import open_purchases

        purchases = open_purchases(desk)
        zones |= {each.offer.zone for each in purchases}
        paid += [(each.renewal, each.offer, None) for each in purchases]
    moments = [desk.midnight_in(zone) for zone in zones]
    if paid:
        from simtui.domain.walkthrough import follow_up

        waiting = [follow_up(renewal, offer, desk.now(), zone) for renewal, offer, zone in paid]
        moments += [each.support_at.timestamp() for each in waiting if each is not None and not each.overdue]
    return min([time.time() + _LONGEST_SECONDS, *moments])


def line_names(desk: Desk) -> list[LineName]:
    """Return what the lines are called, without reading the records."""
    from simtui.lookup import LineName

    return [
        LineName(document.id, str(document.body.get("label") or ""), str(document.body.get("number") or ""))
        for document in desk.repository.list("line")
    ]


def line_meant(desk: Desk, typed: str) -> int:
    """Return the id of the line that a person means; raises NotFound or InputError."""
    from simtui.lookup import one_line

    return one_line(typed, line_names(desk))
