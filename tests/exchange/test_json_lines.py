"""The export that comes back without loss."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.domain.act import Act, ActKind, Balances, Channel, Mark, Proof, ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.line import BackupChannel, BoundService, Identity, Knowledge, Line
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.record import Text
from simtui.domain.renewal import Check, Renewal, RenewalItem, RenewalState
from simtui.errors import InputError
from simtui.exchange.incoming import Import, Incoming, doubles
from simtui.exchange.json_lines import read_json, write_json
from simtui.holding import HeldAct, HeldRenewal, Holding

OFFER = Offer(
    id="my-offer", kind=OfferKind.KEEP_NUMBER, name=Text.plain("x"), country="FR", zone="Europe/Paris", currency="EUR"
)
FULL = Line(
    number="+33639980001",
    label="=妈妈 [/x]\u202e\n'",
    offer="my-offer",
    variant="old",
    holder="Demo",
    iccid="8933000000000000000",
    opened_on=Day(2024, 2, 29),
    identity=Identity(state=Knowledge.YES, day=Day(2024, 3, 1), document="passport"),
    auto_renew=Knowledge.NO,
    card_expires="2027-05",
    lead_days=0,
    needed_until=Day(2028, 2, 29),
    bound_services=(BoundService(name="bank"),),
    backup=BackupChannel(line=7),
    tags=("a", "b"),
    zone="Asia/Shanghai",
)
ACTS = (
    Act(
        line=3,
        kind=ActKind.TOP_UP,
        day=Day(2026, 5, 1),
        order=1_700_000_000_000,
        amount=Decimal("10.50"),
        currency="EUR",
        channel=Channel.SHOP,
        proof=Proof(order_number="A-1", receipt="~/r.pdf"),
    ),
    Act(
        line=3,
        kind=ActKind.BALANCE_READING,
        day=Day(2026, 5, 2),
        balances=Balances(credit=Decimal("0.00"), currency="EUR", data_mb=0),
        read_at=ReadingSource.DIAL_CODE,
    ),
    Act(line=3, kind=ActKind.CALL_OUT, day=Day(2026, 5, 3), mark=Mark.WIFI, note="over Wi-Fi"),
    Act(line=3, kind=ActKind.STATEMENT, day=Day(2026, 5, 3), valid_until=Day(2026, 7, 1), clock="credit"),
)
RENEWAL = Renewal(
    line=3,
    procedure="keep-number-online",
    state=RenewalState.PAID,
    answers={"amount": "10"},
    items=(RenewalItem(amount=Decimal(10), currency="EUR"),),
    checks=(Check.SMS,),
    paid_at="2026-05-01T10:00:00Z",
)


def holding(line_id: int, line: Line, acts: tuple[Act, ...] = (), renewals: tuple[Renewal, ...] = ()) -> Holding:
    return Holding(
        id=line_id,
        rev=1,
        line=line,
        acts=tuple(HeldAct(number, 1, act) for number, act in enumerate(acts, start=1)),
        renewals=tuple(HeldRenewal(number, 1, renewal) for number, renewal in enumerate(renewals, start=1)),
        offer=OFFER,
        known_offer=True,
        today=Day(2026, 11, 21),
    )


def read(document: Mapping[str, Any] | bytes) -> Import:
    content = document if isinstance(document, bytes) else orjson.dumps(document)
    return read_json(content.decode(), ["my-offer"], place="x.json")


def document(*entries: object) -> dict[str, Any]:
    return {"format": "simtui-lines", "version": 1, "lines": list(entries)}


def test_everything_comes_back() -> None:
    other = Line(label="backup", offer="my-offer")
    found = read(write_json([holding(3, FULL, ACTS, (RENEWAL,)), holding(7, other)]))
    first, second = found.lines
    assert found.wrong == found.remarks == ()
    assert first.line == FULL.model_copy(update={"backup": None})
    assert first.backup_row == second.row == 2
    assert [act.model_copy(update={"line": 3}) for act in first.acts] == list(ACTS)
    assert [renewal.model_copy(update={"line": 3}) for renewal in first.renewals] == [RENEWAL]
    assert second.line == other


def test_a_renewal_leaves_behind_what_names_other_documents() -> None:
    walked = RENEWAL.model_copy(update={"acts": {"pay": (7,)}, "batch": "b-1"})
    exported = write_json([holding(3, Line(label="x", offer="my-offer"), renewals=(walked,))])
    assert read(exported).lines[0].renewals[0].model_copy(update={"line": 3}) == RENEWAL
    foreign = orjson.loads(exported)
    foreign["lines"][0]["renewals"][0] |= {"acts": {"pay": [7]}, "batch": "b-1"}
    taken = read(foreign).lines[0].renewals[0]
    assert taken.acts == {}
    assert taken.batch is None


def test_amounts_keep_their_last_zero() -> None:
    (found,) = read(write_json([holding(3, FULL.model_copy(update={"backup": None}), ACTS)])).lines
    assert str(found.acts[0].amount) == "10.50"
    assert found.acts[1].balances is not None
    assert str(found.acts[1].balances.credit) == "0.00"


def test_a_line_of_an_unknown_offer_is_taken_with_a_remark() -> None:
    found = read(document({"line": {"label": "x", "offer": "gone"}}))
    assert [one.line.label for one in found.lines] == ["x"]
    assert [(one.column, one.problem) for one in found.remarks] == [("offer", "no such offer: gone")]


@pytest.mark.parametrize(
    ("entry", "column", "problem"),
    [
        ("x", "", "must be an object in braces"),
        ({}, "line", "must be an object in braces"),
        ({"line": {"offer": "my-offer"}}, "line", "a number or a label is needed"),
        ({"line": {"label": "x"}}, "line.offer", "is missing"),
        ({"line": {"label": "x", "offer": "A B"}}, "line.offer", "must be lower-case letters, digits and hyphens, at most 64"),
        ({"line": {"label": 3, "offer": "o"}}, "line.label", "must be text"),
        ({"line": {"label": "x", "offer": "o", "pin": 1}}, "line.pin", "is not a known field"),
        ({"line": {"label": "x", "offer": "o", "lead_days": 999}}, "line.lead_days", "must be 365 or less"),
        ({"line": {"label": "x", "offer": "o", "state": "gone"}}, "line.state", "must be one of: active, letting_go, archived, ported_out"),
        ({"line": {"label": "x", "offer": "o", "backup": {"line": 9}}}, "line.backup.line", "names a line that is not in this file"),
        ({"line": {"label": "x", "offer": "o"}, "acts": {}}, "acts", "must be a list in brackets"),
        ({"line": {"label": "x", "offer": "o"}, "acts": [{"kind": "top_up", "day": "2026-02-31"}]}, "acts[1].day", "must be a date such as 2026-11-20"),
        ({"line": {"label": "x", "offer": "o"}, "acts": [{"kind": "top_up", "day": "2526-02-01"}]}, "acts[1].day", "must be a date between 1970 and 2199"),
        ({"line": {"label": "x", "offer": "o"}, "acts": [{"kind": "statement", "day": "2026-01-01"}]}, "acts[1]", "valid_until is missing"),
        ({"line": {"label": "x", "offer": "o"}, "acts": [{"kind": "fee", "day": "2026-01-01", "amount": "-1", "currency": "EUR"}]}, "acts[1].amount", "must be 0 or more"),
        ({"line": {"label": "x", "offer": "o"}, "extra": 1}, "extra", "is not a known field"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(entry: object, column: str, problem: str) -> None:
    found = read(document({"line": {"label": "good", "offer": "my-offer"}}, entry))
    assert [one.line.label for one in found.lines] == ["good"]
    assert (2, column, problem) in [(one.row, one.column, one.problem) for one in found.wrong]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nonsense",
        b"{}",
        b"[]",
        b'{"format": "simtui-lines"}',
        b'{"format": "simtui-lines", "version": "1", "lines": []}',
        b'{"format": "simtui-lines", "version": 2, "lines": []}',
        b'{"format": "simtui-lines", "version": 1, "lines": {}}',
        b'{"format": "simtui-lines", "version": 1, "lines": [' + b"[" * 50 + b"]" * 50 + b"]}",
    ],
)
def test_what_is_no_export_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.dictionaries(st.sampled_from(["id", "line", "acts", "renewals"]), json_values)
    | st.fixed_dictionaries(
        {
            "line": st.dictionaries(st.sampled_from([*Line.model_fields]), json_values),
            "acts": st.lists(
                st.dictionaries(st.sampled_from([field.name for field in fields(Act)]), json_values), max_size=2
            ),
        }
    )
)
def test_no_content_does_more_than_refuse(entry: dict[str, Any]) -> None:
    found = read(document(entry))
    assert bool(found.lines) != bool(found.wrong)


def test_doubles_are_the_same_number_or_the_same_label_and_offer() -> None:
    held = [(1, Line(number="+33639980001", offer="o")), (2, Line(label="Mum", offer="o"))]
    coming = [
        Incoming(2, Line(number="+33639980001", label="other", offer="p")),
        Incoming(3, Line(label="Mum", offer="o")),
        Incoming(4, Line(label="Mum", offer="p")),
        Incoming(5, Line(label="Mum", offer="p")),
    ]
    assert [(one.row, one.problem) for one in doubles(coming, held)] == [
        (2, "you hold this as line 1 already"),
        (3, "you hold this as line 2 already"),
        (5, "stands in row 4 already"),
    ]


def test_a_number_that_was_ported_out_may_come_back() -> None:
    gone = [(1, Line.model_validate({"number": "+33639980001", "offer": "o", "state": "ported_out"}))]
    assert doubles([Incoming(2, Line(number="+33639980001", offer="p"))], gone) == []


def test_a_backup_that_is_left_out_is_no_backup() -> None:
    lines = (Incoming(1, FULL, backup_row=2), Incoming(2, Line(label="x", offer="o")))
    assert Import(lines).without([2]).lines[0].backup_row is None
    assert Import(lines).without([]).lines == lines


LINE = {"label": "x", "offer": "my-offer"}


@pytest.mark.parametrize(
    ("entry", "many"),
    [
        ({"line": {**LINE, "tags": [{}] * 1_000_000}}, False),
        ({"line": {**LINE, "bound_services": [{}] * 1_000_000}}, False),
        ({"line": LINE, "acts": [{}] * 20_000}, True),
        ({"line": LINE, "acts": [{}] * 1_000_000}, False),
        ({"line": LINE, "renewals": [{"items": [{"x": 1}] * 300_000}]}, False),
        ({"line": {**LINE, **{f"x{number}": 1 for number in range(100_000)}}}, False),
        ({"line": LINE, **{f"x{number}": 1 for number in range(100_000)}}, False),
        ({"line": {**LINE, "label": "x" * 7_000_000}}, False),
        ({"line": {**LINE, "lead_days": 10**300}}, False),
        ({"line": {**LINE, "needed_until": "9" * 7_000_000}}, False),
    ],
    ids=["tags", "services", "acts", "more acts", "items", "fields", "parts", "label", "number", "day"],
)
def test_a_file_made_to_keep_the_program_busy_is_refused_at_once(entry: dict[str, Any], many: bool) -> None:
    content = json.dumps(document(entry)).encode()
    start = time.process_time()

    refused = pytest.raises(InputError, match="more than 500 things are wrong")
    with refused if many else contextlib.nullcontext():
        found = read(content)
        assert not found.lines
        assert found.wrong
        assert all(len(wrong.problem) < 300 for wrong in found.wrong)

    assert time.process_time() - start < 5
