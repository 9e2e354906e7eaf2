"""A document taken apart without being decoded is the same one when it is put together again."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from simtui.store.apart import apart, put_together, take_apart
from simtui.store.tables import Table, decode, encode

FIRST = ("line", "kind", "day")
LIKE = {"line": 7, "kind": "top_up", "day": "2026-05-01", "amount": "10"}

texts = st.sampled_from(
    ["top_up", "", "a,b", '"', "\\", '},"2":{"_rev":1', ',"day":"2026-01-01"', "保号", "\n", "}", "a}"]
)
values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**15) | st.floats(-9, 9) | texts,
    lambda parts: st.lists(parts, max_size=2) | st.dictionaries(st.sampled_from(["line", "day", "x"]), parts),
    max_leaves=4,
)
bodies = st.dictionaries(st.sampled_from([*FIRST, "amount", "note", 'a"b', ""]), values).map(
    lambda body: {**{field: body[field] for field in FIRST if field in body}, **body}
)


@given(st.dictionaries(st.integers(1, 600), st.one_of(bodies, st.just(LIKE)), max_size=8))
@example({1: LIKE, 2: {}, 3: {**LIKE, "day": "a,b"}, 4: {"day": 1, **LIKE}, 5: {"line": {"x": 1, "kind": 2, "day": 3}}})
@example({1: {"line": 1, "kind": "k", "day": "d"}, 2: {"line": 1, "kind": "k", "day": {"a": 1}}})
def test_parts_are_the_document_again(some: dict[int, dict[str, Any]]) -> None:
    table = Table.sorted_of({doc_id: encode(doc_id, doc_id + 3, body) for doc_id, body in some.items()})
    again = [put_together(parts, FIRST) for block in take_apart(table, FIRST) for parts in block]
    assert again == list(table)
    assert [put_together(apart(document, FIRST), FIRST) for document in table] == list(table)


@given(bodies, bodies)
def test_the_last_parts_are_the_same_only_where_the_rest_is(one: dict[str, Any], other: dict[str, Any]) -> None:
    documents = [decode(doc_id, encode(doc_id, 1, body)) for doc_id, body in enumerate((one, other), start=1)]
    rests = [{field: value for field, value in document.body.items() if field not in FIRST} for document in documents]
    same = apart(documents[0], FIRST)[-1] == apart(documents[1], FIRST)[-1]
    assert same == (repr(rests[0]) == repr(rests[1]))


def test_a_document_that_begins_as_expected_is_not_decoded() -> None:
    text = encode(1, 9, LIKE).replace(b'"10"', b"this is no JSON")
    assert list(*take_apart(Table.of([1], [text]), FIRST)) == [
        (b"1", b"9", b"7", b'"top_up"', b'"2026-05-01"', b',"amount":this is no JSON')
    ]


def test_what_is_no_json_after_all_has_no_fields() -> None:
    assert put_together((b"1", b"9", b"7", b"", b"", b',"amount":'), FIRST) == (1, 9, {})
