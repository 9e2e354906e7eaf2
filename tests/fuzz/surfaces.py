"""Everything that reads what others wrote: what it is fed, and what is done with it.

A deed may do nothing or raise one of our own errors. Anything else that it raises is a defect.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson
from hypothesis import strategies as st

from simtui.exchange.columns import _NAMES
from simtui.fields import READERS
from tests.fuzz.bench import Bench
from tests.fuzz.from_files import (
    _data_file,
    _exports,
    _import,
    _import_and_look,
    _import_by_command,
    _other_carriers,
    _own_carriers,
    _own_file_edit,
    looks,
    offer_looks,
)
from tests.fuzz.from_settings import _SETTINGS, _glance, _keys, _remembered, _settings, _theme, _themes, _use_keys
from tests.fuzz.from_words import (
    _LINK,
    _OFFER_QUERY,
    _OFFERS,
    _QUERY,
    _QUICK,
    _SMS,
    _command,
    _commands,
    _link,
    _offer_query,
    _query,
    _quick,
    _sms,
    _typed,
)
from tests.fuzz.good import OWN
from tests.fuzz.material import (
    as_json,
    csv_files,
    damaged_bytes,
    damaged_json,
    sentences,
    toml_files,
    words_of,
)

Deed = Callable[[Bench, Any], None]


@dataclass(frozen=True)
class Surface:
    """Something that reads: `fed` makes examples for a bench, `deed` hands one in. `short` examples in `make test`."""

    name: str
    fed: Callable[[Bench], st.SearchStrategy[Any]]
    deed: Deed
    short: int = 40


SURFACES = (
    Surface("import: bytes", lambda _bench: csv_files(list(_NAMES)) | st.binary(max_size=400), _import),
    Surface("import: export", _exports, _import),
    Surface("import: preview", lambda bench: csv_files(list(_NAMES)) | _exports(bench), _import_by_command, 20),
    Surface("import: taken", lambda bench: csv_files(list(_NAMES)) | _exports(bench), _import_and_look, 6),
    Surface(
        "data file",
        lambda bench: st.tuples(damaged_bytes(bench.data) | damaged_json(orjson.loads(bench.data)).map(as_json), looks),
        _data_file,
        15,
    ),
    Surface(
        "own carriers",
        lambda _bench: st.tuples(damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)), offer_looks),
        _own_carriers,
        25,
    ),
    Surface(
        "given carriers",
        lambda _bench: st.tuples(damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)), offer_looks),
        _other_carriers,
        20,
    ),
    Surface(
        "own carriers: change",
        lambda _bench: damaged_json(OWN).map(as_json) | damaged_bytes(orjson.dumps(OWN)),
        _own_file_edit,
        30,
    ),
    Surface("settings", lambda _bench: toml_files(_SETTINGS) | st.binary(max_size=200), _settings, 30),
    Surface("keys", _keys, lambda _bench, keys: _use_keys(keys)),
    Surface("themes", _themes, _theme, 40),
    Surface(
        "kept rows",
        lambda bench: damaged_bytes(orjson.dumps(bench.glance)) | damaged_json(bench.glance).map(as_json),
        _glance,
        40,
    ),
    Surface("kept choices", lambda _bench: damaged_bytes(b'{"language":"zh","theme":"light"}'), _remembered, 20),
    Surface("add line", lambda _bench: words_of(_QUICK, 10), _quick, 25),
    Surface("links", lambda _bench: words_of(_LINK, 8), _link, 100),
    Surface("filter", lambda _bench: words_of(_QUERY), _query),
    Surface("offers' filter", lambda _bench: words_of(_OFFER_QUERY), _offer_query),
    Surface(
        "typed",
        lambda _bench: st.tuples(
            st.sampled_from(["day", "money", "currency", "count", "data", "note", "zone", "period", *READERS]),
            sentences,
        ),
        _typed,
        150,
    ),
    Surface("SMS", lambda _bench: st.tuples(words_of(_SMS, 40), st.sampled_from(_OFFERS), st.integers(0, 3)), _sms),
    Surface("commands", _commands, _command, 20),
)
