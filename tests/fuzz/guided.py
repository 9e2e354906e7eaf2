"""Fuzzing that is guided by coverage: bytes that reach new lines of simtui are kept and changed further (atheris).

Run as a program, by `test_guided.py`: libFuzzer takes over the process and ends it.

    python -m tests.fuzz.guided TARGET SECONDS FOLDER
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from tests.fuzz.bench import Bench

PATIENCE = 20
"""Seconds that one example may take."""
MOST_MEGABYTES = 2048
TARGETS = ("import", "data file", "carriers", "filter", "offers' filter", "add line", "SMS")
LONGEST = 4096
"""Bytes of an example that grew by itself; what it begins with may be longer."""


class Target(NamedTuple):
    """A reader: what it is fed first, and what is done with bytes; it may raise nothing but our own errors."""

    seeds: Callable[[Bench], Sequence[bytes]]
    deed: Callable[[Bench, bytes], object]


def targets() -> dict[str, Target]:
    """Return the readers by name; loading them loads most of simtui."""
    import orjson

    from simtui import catalogue
    from simtui.desk import Desk
    from simtui.store.tinydb_repository import open_repository
    from tests.fuzz.bench import TODAY
    from tests.fuzz.from_files import _import
    from tests.fuzz.from_words import _OFFER_QUERY, _OFFERS, _QUERY, _QUICK, _SMS, _offer_query, _query, _quick, _sms
    from tests.fuzz.good import OWN

    def data_file(bench: Bench, content: bytes) -> None:
        with bench.holding({bench.data_file: content}):
            repository = open_repository(bench.data_file, read_only=True)
            try:
                desk = Desk(repository, bench.book, today=TODAY)
                for held in desk.each_holding():
                    assert held.standing
                repository.check()
            finally:
                repository.close()

    def carriers(bench: Bench, content: bytes) -> None:
        given = bench.home / "carriers-given.json"
        with bench.holding({given: content}):
            found = catalogue.load(given, None)
            found.check_all()
            assert all(problem.what for problem in found.problems)

    def words(parts: Sequence[str]) -> Callable[[Bench], Sequence[bytes]]:
        return lambda _bench: [" ".join(parts).encode(), *(part.encode() for part in parts)]

    def text(content: bytes) -> str:
        return content.decode("utf-8", "surrogateescape")

    def sms(bench: Bench, content: bytes) -> None:
        pick = content[0] if content else 0
        _sms(bench, (text(content[1:]), _OFFERS[pick % len(_OFFERS)], pick // len(_OFFERS) % 4))

    def broken(_bench: Bench, content: bytes) -> None:
        assert len(content) < 3, "it is broken"

    csv = b"number,label,offer,last_top_up,last_top_up_date\n+33612345678,Mum,orange-fr-mobicarte,10 EUR,2026-11-01\n"
    return {
        "import": Target(lambda bench: [orjson.dumps(bench.export), csv, csv.decode().encode("utf-16")], _import),
        "data file": Target(lambda bench: [bench.data], data_file),
        "carriers": Target(lambda _bench: [orjson.dumps(OWN).replace(b'"my-', b'"')], carriers),
        "filter": Target(words(_QUERY), lambda bench, content: _query(bench, text(content))),
        "offers' filter": Target(words(_OFFER_QUERY), lambda bench, content: _offer_query(bench, text(content))),
        "add line": Target(words(_QUICK), lambda bench, content: _quick(bench, text(content))),
        "SMS": Target(lambda bench: [b"\x00" + each for each in words(_SMS)(bench)], sms),
        "one that breaks": Target(words(["y"]), broken),
    }


def main(name: str, seconds: int, folder: Path) -> None:
    """Feed one reader until the time is over; libFuzzer says on standard error how often, and what broke it."""
    atheris: Any = importlib.import_module("atheris")
    home, corpus = folder / "home", folder / "corpus"
    for each in ("DATA", "CONFIG", "STATE", "CACHE"):
        os.environ[f"XDG_{each}_HOME"] = str(home / each.lower())
    with atheris.instrument_imports(include=["simtui"], enable_loader_override=False):
        target = targets()[name]
        from simtui.errors import SimtuiError
        from tests.fuzz.bench import Bench
    bench = Bench.at(home)
    setattr(os, "fsync", lambda _descriptor: None)  # noqa: B010 - nobody cuts the power here
    corpus.mkdir()
    for number, seed in enumerate(target.seeds(bench)):
        (corpus / str(number)).write_bytes(seed)

    def try_it(content: bytes) -> None:
        try:
            target.deed(bench, content)
        except SimtuiError:
            return

    limits = (f"-max_total_time={seconds}", f"-timeout={PATIENCE}", f"-rss_limit_mb={MOST_MEGABYTES}")
    longest = max(LONGEST, *(2 * len(each) for each in target.seeds(bench)))
    options = [*limits, f"-max_len={longest}", f"-artifact_prefix={folder}/broken-", "-print_final_stats=1"]
    atheris.Setup([sys.argv[0], *options, str(corpus)], try_it)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
