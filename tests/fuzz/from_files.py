"""What is done with files to import, data files and carriers files."""

from __future__ import annotations

import orjson
from hypothesis import strategies as st

from simtui import catalogue, own_file, paths
from simtui.domain.line import Line
from simtui.domain.offer import Plan
from simtui.domain.record import Text
from simtui.domain.rule import PlanKind
from simtui.exchange.csv_in import read_csv
from simtui.exchange.json_lines import is_json, read_json
from simtui.exchange.reading import as_text, file_content
from tests.fuzz.bench import TODAY, Bench, said
from tests.fuzz.material import (
    as_json,
    damaged_bytes,
    damaged_json,
)


def _import(bench: Bench, content: bytes) -> None:
    file = bench.home / "given"
    with bench.holding({file: content}):
        text = as_text(file_content(file), "given")
        if is_json(text):
            found = read_json(text, bench.book.ids, place="given")
        else:
            found = read_csv(text, bench.book, bench.today_in, place="given")
        for incoming in found.lines:
            Line.model_validate(incoming.line.model_dump(mode="json"))
        assert all(wrong.problem for wrong in found.wrong)


def _import_by_command(bench: Bench, content: bytes) -> None:
    file = bench.home / "given"
    with bench.holding({file: content, bench.data_file: bench.data}):
        said(["import", str(file)])


def _import_and_look(bench: Bench, content: bytes) -> None:
    """What is taken must be fit to be shown, explained and exported."""
    file, data = bench.home / "given", bench.home / "taken" / "simtui.json"
    file.write_bytes(content)
    data.unlink(missing_ok=True)
    said(["import", str(file), "--yes", "--skip-bad", "--data", str(data)])
    for command in (
        ["list", "--all"],
        ["due", "--json"],
        ["export", "--format=csv"],
        ["show", "1"],
        ["explain", "1"],
    ):
        said([*command, "--data", str(data)])


def _exports(bench: Bench) -> st.SearchStrategy[bytes]:
    return damaged_json(bench.export).map(as_json) | damaged_bytes(orjson.dumps(bench.export))


_LOOKS = (
    *(["list"], ["list", "--all", "--json"], ["due"], ["plan"], ["doctor"], ["export"], ["export", "--format=csv"]),
    *(["show", "1"], ["show", "5", "--json"], ["explain", "5"], ["explain", "1", "--json"], ["locate"], ["restore"]),
)
looks = st.sampled_from(_LOOKS)


def _data_file(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    with bench.holding({bench.data_file: content}):
        said([*command, "--read-only"])


_OFFER_LOOKS = (
    *(["carriers"], ["carriers", "check"], ["carriers", "show", "my-card"], ["carriers", "show", "my-card", "--json"]),
    *(["show", "5"], ["explain", "5"], ["plan", "5"], ["list"], ["plan", "--json"], ["show", "5", "--json"]),
)
offer_looks = st.sampled_from(_OFFER_LOOKS)


def _own_carriers(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    with bench.holding({bench.own_file: content, bench.data_file: bench.data}):
        said(command)


def _other_carriers(bench: Bench, example: tuple[bytes, list[str]]) -> None:
    content, command = example
    file = bench.home / "carriers-given.json"
    with bench.holding({file: content.replace(b'"my-', b'"'), bench.data_file: bench.data}):
        said([*(word.removeprefix("my-") for word in command), "--carriers", str(file)])


def _own_file_edit(bench: Bench, content: bytes) -> None:
    """A change of the own file: what cannot be understood stays as it is, to the byte."""
    file = bench.home / "own" / "carriers.json"
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.write_bytes(content)
    offer = bench.book.offer("orange-fr-mobicarte")
    assert offer is not None
    plan = Plan(id="my-plan", name=Text.plain("Plan"), kind=PlanKind.DATA)
    try:
        own_file.edit(file, lambda document: own_file.with_part(document, offer, plan, TODAY), TODAY)
    except Exception:
        assert file.read_bytes() == content
        raise
    assert b"my-plan" in file.read_bytes()
    own_file.edit(file, lambda document: own_file.without_part(document, offer.id, plan), TODAY)
    catalogue.load(paths.bundled("carriers.json"), file).check_all()
