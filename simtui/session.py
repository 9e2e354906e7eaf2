"""One start of simtui: what was asked for, and the desk that comes out of it."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from simtui import paths
from simtui.config import Settings

if TYPE_CHECKING:
    from simtui.desk import Desk
    from simtui.domain.calendar import Day


_MANY_OBJECTS = 50_000
"""So many new objects call for the collector of cycles; with Python's 700 it takes a third of the time that records of a
hundred thousand acts need, and finds nothing: they hold no cycles."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks for; absent means: as the settings or the defaults say.

    `today` fixes the day for all lines. `carriers` takes the place of the bundled catalogue. With `demo` no file of
    the user's is opened. With `restricted` no file is opened that does not lie beside the data file.
    """

    data: Path | None = None
    carriers: Path | None = None
    today: Day | None = None
    read_only: bool = False
    language: str | None = None
    theme: str | None = None
    private: bool = False
    demo: bool = False
    restricted: bool = False

    @property
    def data_file(self) -> Path:
        """The data file that is meant."""
        return self.data if self.data is not None else paths.default_data_file()

    @property
    def own_carriers_file(self) -> Path:
        """The user's own offers: they lie beside the data."""
        return self.data_file.parent / "carriers.json" if self.data is not None else paths.own_carriers_file()


def choose_language(options: Options, settings: Settings, remembered: str | None, environ: Mapping[str, str]) -> str:
    """Return the language: asked for, set, chosen last time in the dashboard, else the environment's."""
    from simtui import i18n

    return options.language or settings.language or remembered or i18n.from_environment(environ)


def open_desk(options: Options, settings: Settings) -> Desk:
    """Open the store and the catalogue.

    Raises:
        SimtuiError: If the data file cannot be used; it is left as it is.
    """
    from simtui import catalogue
    from simtui.desk import Desk, OwnCarriers

    gc.set_threshold(_MANY_OBJECTS)
    if options.demo:
        from simtui.demo import demo_desk

        return demo_desk(options, settings)
    from simtui.store.tinydb_repository import open_repository
    from simtui.traces import forget

    repository = open_repository(options.data_file, read_only=options.read_only)
    load = partial(catalogue.load, paths.bundled("carriers.json"), options.own_carriers_file, options.carriers)
    return Desk(
        repository,
        load(),
        today=options.today,
        lead_days=settings.lead_days,
        forget=partial(forget, options.data_file),
        own_carriers=OwnCarriers(options.own_carriers_file, load),
        home_zone=settings.home_zone,
    )
