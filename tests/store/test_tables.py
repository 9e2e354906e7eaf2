"""A table that is cut out of a file is the one that was written, whatever ids are missing."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given
from hypothesis import strategies as st

from simtui.store.tables import LARGEST_ID, Entry, Table, encode

ids = st.lists(st.one_of(st.integers(1, 1_100), st.integers(1, LARGEST_ID)), unique=True, max_size=60).map(sorted)


def entries(some: Sequence[int]) -> dict[int, Entry]:
    """Return a document for each id, with text that looks like the border of two."""
    return {doc_id: encode(doc_id, 3, {"note": f',\n"{doc_id}":', "line": doc_id % 7}) for doc_id in some}


def text_of(table: Table) -> bytes:
    """Return the table as it stands in the file."""
    return b",\n".join([block.text for block in table.blocks.values()])


@given(ids)
@example([255, 256, 511, 512])
@example([1, 255])
@example([256])
@example([*range(1, 600)])
@example([300, 1_000, LARGEST_ID])
def test_a_table_cut_from_a_file_is_the_one_that_was_written(some: list[int]) -> None:
    written = Table.sorted_of(entries(some))
    cut = Table.cut_from(text_of(written))
    assert [(number, block.digest) for number, block in cut.blocks.items()] == [
        (number, block.digest) for number, block in written.blocks.items()
    ]
    assert len(cut) == len(some)
    assert list(cut) == list(written)
    assert [document.id for document in cut] == some
    assert cut.last_id == max(some, default=0)
    assert [cut.entry(doc_id) for doc_id in some] == list(entries(some).values())
    assert all(cut.get(doc_id + 1) is None for doc_id in some if doc_id + 1 not in some)


@given(ids.filter(bool), st.data())
def test_a_change_to_a_table_cut_from_a_file_leaves_all_else(some: list[int], data: st.DataObject) -> None:
    cut = Table.cut_from(text_of(Table.sorted_of(entries(some))))
    gone, new = data.draw(st.sampled_from(some)), data.draw(st.integers(1, 1_100))
    changed = cut.with_changes({gone: None, new: encode(new, 9, {"line": 1})})
    expected = {**entries(some), gone: None, new: encode(new, 9, {"line": 1})}
    assert {doc_id: changed.entry(doc_id) for doc_id in expected} == expected
    assert [document.id for document in changed] == sorted(doc_id for doc_id, entry in expected.items() if entry)
    assert cut.differing(changed) == {doc_id for doc_id in {gone, new} if entries(some).get(doc_id) != expected[doc_id]}
