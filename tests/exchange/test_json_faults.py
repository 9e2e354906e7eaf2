"""Every kind of fault in JSON is told in our own words and at its place."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.json_faults import JsonFault, json_fault

FAULTS = [
    (b"", "it ends too early", 1, 1),
    (b" \n ", "it ends too early", 1, 1),
    (b'{"a": 1', "it ends too early", 1, 8),
    (b'{"a": "x', "it ends too early", 1, 9),
    (b'{"a": "\\u12', "it ends too early", 1, 12),
    (b'{"a": 1}\n x', "something follows after its end", 2, 2),
    (b'{"a": 1}\x00', "a control character within a text", 1, 9),
    (b'{"a":\n 1,}', "nothing follows a comma", 2, 3),
    (b'{"a":\n "x\\q"}', "an escape that means nothing: \\q", 2, 4),
    (b'{"a": "\\u12g4"}', "an escape that means nothing: \\u", 1, 8),
    (b'{"a": "\\ud800"}', "an escape that means nothing: \\ud800", 1, 8),
    (b'{"a": "\xc3\xa9\xff"}', "a byte that is not UTF-8", 1, 9),
    (b'{"a": "\xed\xa0\x80"}', "a byte that is not UTF-8", 1, 8),
    (b'\xef\xbb\xbf{"a": 1}', "a byte order mark stands before it", 1, 1),
    (b'{"a": "\x01"}', "a control character within a text", 1, 8),
    (b'{"a" 1}', "“1” cannot stand there", 1, 6),
    (b'{"a": NaN}', "“NaN” cannot stand there", 1, 7),
    (b"{'a': 1}", "“'” cannot stand there", 1, 2),
    (b'{"a": [1, 2}', "“}” cannot stand there", 1, 12),
    (b'{"a": 01}', "a number that cannot be read: 01", 1, 7),
    (b'{"a": 1e999}', "a number that cannot be read: 1e999", 1, 7),
    ('{"a": "é", "b": é}'.encode(), "“é” cannot stand there", 1, 17),
    (b"[" * 5000, "it is nested too deeply", 1, 1026),
]


def fault_of(data: bytes) -> JsonFault:
    with pytest.raises(orjson.JSONDecodeError) as caught:
        orjson.loads(data)
    return json_fault(data, caught.value)


@pytest.mark.parametrize(("data", "why", "line", "column"), FAULTS)
def test_a_fault_has_its_words_and_its_place(data: bytes, why: str, line: int, column: int) -> None:
    found = fault_of(data)
    assert (found.why, found.line, found.column) == (why, line, column)


@pytest.mark.parametrize(
    ("end", "why"), [(b" {}]", "“{” cannot stand there"), (b"]\n[]", "something follows after its end")]
)
def test_many_brackets_that_were_closed_are_no_depth(end: bytes, why: str) -> None:
    assert fault_of(b"[" + b",".join([b'{"a": "[["}'] * 1200) + end).why == why


GOOD = orjson.dumps({"line": {"1": {"label": "妈妈", "n": [1, -2.5, True, None], "note": 'a"\\\n'}}})


@given(st.data())
def test_whatever_stands_where_there_is_a_reason_and_a_place_within(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(GOOD)))
    broken = GOOD[:at] + data.draw(st.binary(max_size=3)) + GOOD[at + data.draw(st.integers(0, 3)) :]
    try:
        orjson.loads(broken)
    except orjson.JSONDecodeError as error:
        found = json_fault(broken, error)
        assert found.why
        assert 0 <= found.offset <= len(broken)
        assert found.line >= 1
        assert found.column >= 1
