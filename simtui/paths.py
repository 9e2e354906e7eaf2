"""Where things are: the user's folders after the XDG base directory specification, and what simtui brings along.

Nothing is read at import. Functions take the environment to look at, the process's own unless told otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from simtui.errors import ConfigError, NotFound
from simtui.i18n import _

_PACKAGE = Path(__file__).parent


def data_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what the user keeps: lines, acts, own offers."""
    return _xdg_dir(environ, "XDG_DATA_HOME", ".local/share")


def config_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the settings."""
    return _xdg_dir(environ, "XDG_CONFIG_HOME", ".config")


def state_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what may be lost without harm but should survive a restart: logs."""
    return _xdg_dir(environ, "XDG_STATE_HOME", ".local/state")


def cache_dir(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what can be made again at any time."""
    return _xdg_dir(environ, "XDG_CACHE_HOME", ".cache")


def default_data_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the data file that is used unless another is named."""
    return data_dir(environ) / "simtui.json"


def own_carriers_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the file of the offers that the user wrote, beside the bundled ones."""
    return data_dir(environ) / "carriers.json"


def config_file(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the settings file."""
    return config_dir(environ) / "config.toml"


def bundled(name: str) -> Path:
    """Return the path of a file or folder that comes with simtui: `carriers.json`, `themes`.

    An installed simtui has it inside the package; a checkout, also an editable install of one, has it at its top.

    Raises:
        NotFound: it is in neither place, so the installation is not whole.
    """
    for place in (_PACKAGE / "bundled" / name, _PACKAGE.parent / name):
        if place.exists():
            return place
    raise NotFound(
        _('"{name}" is missing from this installation of simtui.').format(name=name),
        place=str(_PACKAGE),
        next_step=_("Install simtui again."),
    )


def _xdg_dir(environ: Mapping[str, str], variable: str, below_home: str) -> Path:
    """Return simtui's folder below the one that `variable` names; relative ones are invalid and so not followed."""
    named = environ.get(variable, "")
    base = Path(named) if named.startswith("/") else _home(environ) / below_home
    return base / "simtui"


def _home(environ: Mapping[str, str]) -> Path:
    if home := environ.get("HOME"):
        return Path(home)
    try:
        return Path.home()
    except RuntimeError as error:
        raise ConfigError(
            _("This user has no home folder."),
            next_step=_("Set HOME, or name the data file with --data."),
        ) from error
