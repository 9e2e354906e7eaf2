"""What every backend of the store promises; nothing here knows how documents are kept."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from simtui.errors import NotFound
from simtui.store.repository import (
    KINDS,
    Body,
    Commit,
    Conflict,
    Kind,
    NewId,
    NotSaved,
    Repository,
    Touched,
    add,
    compare,
    delete,
    put,
)

Session = Callable[[], Repository]


@pytest.fixture
def store(session: Session) -> Repository:
    return session()


def added(store: Repository, kind: Kind, body: Body, txid: str = "") -> int:
    return store.commit([add(kind, body)], txid or f"add {store.seq}", f"add {kind}").ids[0]


def bodies(store: Repository, kind: Kind = "line") -> dict[int, Body]:
    return {document.id: document.body for document in store.list(kind)}


def test_an_empty_store_has_nothing(store: Repository) -> None:
    assert store.seq == 0
    assert store.get("line", 1) is None
    assert all(list(store.list(kind)) == [] for kind in KINDS)
    assert store.undo_name() is None
    assert store.redo_name() is None
    assert store.changes_since(0) == ()


def test_what_was_committed_is_there_for_this_and_later_sessions(store: Repository, session: Session) -> None:
    body = {"label": "Mobicarte 保号", "tags": ["a", "b"], "nested": {"amount": "10.00", "none": None}, "lead": 7}

    commit = store.commit([add("line", body)], "t1", "add")

    assert commit.ids == (1,)
    for each in (store, session()):
        document = each.get("line", 1)
        assert document is not None
        assert (document.id, dict(document.body)) == (1, body)
        assert each.seq == commit.seq


def test_a_document_is_a_copy(store: Repository) -> None:
    source = {"tags": ["a"]}
    doc_id = added(store, "line", source)
    source["tags"].append("b")
    first = store.get("line", doc_id)
    assert first is not None
    first.body["tags"].append("c")

    assert bodies(store) == {doc_id: {"tags": ["a"]}}


def test_ids_are_counted_per_kind_and_never_given_out_again(store: Repository, session: Session) -> None:
    assert [added(store, "line", {}), added(store, "line", {}), added(store, "act", {})] == [1, 2, 1]
    document = store.get("line", 2)
    assert document is not None
    store.commit([delete("line", 2, if_rev=document.rev)], "d", "delete")

    assert added(session(), "line", {}) == 3


def test_new_documents_refer_to_each_other(store: Repository) -> None:
    added(store, "line", {})
    mine, other = NewId("line", 0), NewId("line", 1)

    commit = store.commit(
        [
            add("act", {"line": mine, "deep": [{"line": other}]}),
            add("line", {"label": "a", "backup": other}, as_id=mine),
            add("line", {"label": "b"}, as_id=other),
        ],
        "t",
        "add both",
    )

    assert commit.ids == (1, 2, 3)
    assert bodies(store, "act") == {1: {"line": 2, "deep": [{"line": 3}]}}
    assert bodies(store)[2] == {"label": "a", "backup": 3}


def test_a_stand_in_for_nothing_is_refused(store: Repository) -> None:
    with pytest.raises(NotSaved):
        store.commit([add("act", {"line": NewId("line", 0)})], "t", "name")
    assert store.seq == 0


def test_list_filters_by_fields(store: Repository) -> None:
    for line, kind in ((1, "top_up"), (2, "top_up"), (1, "data"), (12, "top_up")):
        added(store, "act", {"line": line, "kind": kind, "free": line == 1})

    assert [document.id for document in store.list("act", line=1)] == [1, 3]
    assert [document.id for document in store.list("act", line=1, kind="top_up")] == [1]
    assert [document.id for document in store.list("act", missing=None)] == [1, 2, 3, 4]
    assert [document.id for document in store.list("act", free=1)] == [], "true is not 1"
    assert list(store.list("act", line=99)) == []


def test_filters_follow_commits_of_all_sessions(store: Repository, session: Session) -> None:
    first, second = added(store, "act", {"line": 1}), added(store, "act", {"line": 1})
    other = session()
    assert len(store.list("act", line=1)) == len(other.list("act", line=1)) == 2

    other.commit([put("act", first, {"line": 2}, if_rev=None), delete("act", second, if_rev=None)], "t", "move")
    third = added(store, "act", {"line": 1})

    for each in (store, other):
        assert [document.id for document in each.list("act", line=1)] == [third]
        assert [document.id for document in each.list("act", line=2)] == [first]


def test_a_commit_is_all_or_nothing(store: Repository, session: Session) -> None:
    doc_id = added(store, "line", {"n": 1})

    with pytest.raises(Conflict):
        store.commit([add("line", {}), put("line", doc_id, {"n": 2}, if_rev=99), delete("line", 7, if_rev=1)], "t", "x")

    for each in (store, session()):
        assert bodies(each) == {doc_id: {"n": 1}}
        assert each.seq == 1


def test_a_conflict_carries_the_current_documents(store: Repository, session: Session) -> None:
    first, second, third = (added(store, "line", {"n": n}) for n in (1, 2, 3))
    seen = {document.id: document.rev for document in store.list("line")}
    session().commit(
        [put("line", first, {"n": 10}, if_rev=seen[first]), delete("line", second, if_rev=None)], "theirs", "x"
    )

    with pytest.raises(Conflict) as conflict:
        store.commit([put("line", doc_id, {"n": 0}, if_rev=rev) for doc_id, rev in seen.items()], "mine", "x")

    current = conflict.value.current
    assert set(current) == {Touched("line", first), Touched("line", second)}
    document = current[Touched("line", first)]
    assert document is not None
    assert document.body == {"n": 10}
    assert current[Touched("line", second)] is None
    assert bodies(store)[third] == {"n": 3}


def test_comparing_holds_a_commit_to_what_was_seen(store: Repository) -> None:
    line = added(store, "line", {"n": 1})
    document = store.get("line", line)
    assert document is not None

    commit = store.commit([compare("line", line, if_rev=document.rev), add("act", {"line": line})], "t", "x")
    assert commit.ids == (line, 1)
    assert store.changes_since(commit.seq - 1) == (Touched("act", 1),)

    store.commit([put("line", line, {"n": 2}, if_rev=document.rev)], "u", "x")
    with pytest.raises(Conflict):
        store.commit([compare("line", line, if_rev=document.rev), add("act", {"line": line})], "v", "x")
    assert len(store.list("act")) == 1


def test_comparing_alone_changes_nothing(store: Repository) -> None:
    line = added(store, "line", {})
    commit = store.commit([compare("line", line, if_rev=1), compare("line", 9, if_rev=0)], "t", "look")
    assert (commit.seq, store.seq, commit.before) == (1, 1, {})


def test_without_a_rev_the_newest_is_replaced_but_what_is_gone_stays_gone(store: Repository) -> None:
    line = added(store, "line", {"n": 1})
    store.commit([put("line", line, {"n": 2}, if_rev=None)], "a", "x")
    store.commit([delete("line", line, if_rev=None)], "b", "x")
    with pytest.raises(Conflict):
        store.commit([put("line", line, {"n": 3}, if_rev=None)], "c", "x")


def test_the_same_txid_gives_the_same_answer(store: Repository, session: Session) -> None:
    line = added(store, "line", {"n": 1})
    changes = [add("act", {"line": line}), put("line", line, {"n": 2}, if_rev=1)]
    first = store.commit(changes, "once", "name")
    added(store, "line", {})

    assert store.commit(changes, "once", "name") == first
    assert session().commit(changes, "once", "name") == first
    assert len(store.list("act")) == 1
    assert store.seq == 3


def test_a_commit_says_what_was_before(store: Repository) -> None:
    line = added(store, "line", {"n": 1})
    before = store.get("line", line)
    commit = store.commit([put("line", line, {"n": 2}, if_rev=None), add("act", {})], "t", "name")
    assert commit.before == {Touched("line", line): before, Touched("act", 1): None}
    assert (commit.name, commit.txid) == ("name", "t")


def test_what_a_commit_says_is_a_copy(store: Repository) -> None:
    line = added(store, "line", {"tags": ["a"]})
    answers = [store.commit([put("line", line, {"n": 2}, if_rev=None)], "t", "name") for _try in range(2)]
    for answer in answers:
        before = answer.before[Touched("line", line)]
        assert before is not None
        assert before.body == {"tags": ["a"]}
        before.body["tags"].append("b")

    store.undo(txid="u")
    assert bodies(store) == {line: {"tags": ["a"]}}


@pytest.mark.parametrize("doc_id", [0, -1, 2**70, True, "1", None])
def test_an_id_is_a_small_number(store: Repository, doc_id: Any) -> None:
    for change in (put("line", doc_id, {}, if_rev=0), delete("line", doc_id, if_rev=0)):
        with pytest.raises(NotSaved):
            store.commit([change], "t", "name")
    assert store.seq == 0


def test_a_document_can_be_made_under_an_id_of_its_own(store: Repository) -> None:
    store.commit([put("line", 7, {"n": 7}, if_rev=0)], "t", "name")
    assert added(store, "line", {"n": 8}) == 8
    assert bodies(store) == {7: {"n": 7}, 8: {"n": 8}}


@pytest.mark.parametrize("value", ["\ud800", 2**70, object(), {1: 2}, {1, 2}])
def test_what_is_not_json_is_not_saved(store: Repository, value: object) -> None:
    with pytest.raises(NotSaved):
        store.commit([add("line", {"ok": 1}), add("line", {"value": value})], "t", "name")
    assert store.seq == 0
    assert store.list("line") == ()


def test_nonsense_is_not_saved(store: Repository) -> None:
    line = added(store, "line", {})
    for changes in (
        [put("line", line, {}, if_rev=None), delete("line", line, if_rev=None)],
        [add("nothing", {})],  # type: ignore[arg-type]
        [add("line", {"_rev": 7})],
    ):
        with pytest.raises(NotSaved):
            store.commit(changes, "t", "name")
    assert store.seq == 1


def test_other_sessions_changes_are_told(store: Repository, session: Session) -> None:
    other = session()
    line = added(store, "line", {})
    seen = store.seq
    assert other.reload_if_changed()
    assert not other.reload_if_changed()
    assert not store.reload_if_changed(), "its own commits are no news"

    act = added(other, "act", {})
    other.commit([put("line", line, {"n": 1}, if_rev=None)], "t", "x")
    other.commit([put("line", line, {"n": 2}, if_rev=None)], "u", "x")

    assert store.get("line", line) == other.get("line", line)
    assert store.reload_if_changed(), "also when a read has noticed them before"
    assert store.changes_since(seen) == (Touched("act", act), Touched("line", line))
    assert store.changes_since(store.seq) == ()
    assert store.changes_since(store.seq + 1) is None


def test_undo_and_redo_go_back_and_forth_by_name(store: Repository) -> None:
    line = store.commit([add("line", {"n": 1})], "a", "Add line").ids[0]
    store.commit([put("line", line, {"n": 2}, if_rev=1)], "b", "Edit line")
    store.commit([delete("line", line, if_rev=2), add("act", {})], "c", "Delete line")
    states = [{}, {line: {"n": 1}}, {line: {"n": 2}}, {}]

    names = []
    for state in reversed(states[:-1]):
        names.append(store.undo_name())
        store.undo(txid=f"undo {len(names)}")
        assert bodies(store) == state
    assert names == ["Delete line", "Edit line", "Add line"]
    assert (store.undo_name(), bodies(store, "act")) == (None, {})

    for state in states[1:]:
        step = store.redo_step()
        assert step is not None
        names.append(store.redo_name())
        store.redo(step.seq if len(names) == 5 else None, txid=f"redo {len(names)}")
        assert bodies(store) == state
    assert names[3:] == ["Add line", "Edit line", "Delete line"]
    assert (store.redo_name(), store.undo_name()) == (None, "Delete line")


def test_nothing_to_undo(store: Repository) -> None:
    with pytest.raises(NotFound):
        store.undo(txid="a")
    with pytest.raises(NotFound):
        store.redo(txid="b")
    added(store, "line", {})
    with pytest.raises(NotFound):
        store.undo(99, txid="c")


def test_undo_survives_a_restart(store: Repository, session: Session) -> None:
    line = added(store, "line", {"n": 1})
    store.commit([put("line", line, {"n": 2}, if_rev=1)], "t", "Edit line")
    store.close()

    again = session()
    assert again.undo_name() == "Edit line"
    again.undo(txid="u")
    again.close()
    last = session()
    assert bodies(last) == {line: {"n": 1}}
    assert last.redo_name() == "Edit line"


def test_a_new_change_ends_redo(store: Repository) -> None:
    added(store, "line", {})
    store.undo(txid="u")
    seen = store.redo_step()
    added(store, "line", {}, "another")
    assert store.redo_name() is None
    assert seen is not None
    with pytest.raises(NotFound):
        store.redo(seen.seq, txid="r")


def test_undo_by_seq_or_txid_and_its_retry(store: Repository) -> None:
    added(store, "line", {"n": 1}, "first")
    second = store.commit([add("line", {"n": 2})], "second", "x")
    third = store.commit([add("line", {"n": 3})], "third", "x")

    assert store.undo("second", txid="u") == store.undo("second", txid="u")
    assert bodies(store) == {1: {"n": 1}, 3: {"n": 3}}
    store.undo(third.seq, txid="v")
    assert bodies(store) == {1: {"n": 1}}
    with pytest.raises(NotFound):
        store.undo(second.seq, txid="w")
    step = store.undo_step()
    assert step is not None
    assert step.seq == 1


def test_undo_of_what_another_session_changed_is_a_conflict(store: Repository, session: Session) -> None:
    line = added(store, "line", {"n": 1})
    mine = store.commit([put("line", line, {"n": 2}, if_rev=1), add("act", {})], "mine", "Edit")
    session().commit([put("line", line, {"n": 3}, if_rev=2)], "theirs", "Other edit")

    with pytest.raises(Conflict) as conflict:
        store.undo(mine.seq, txid="u")

    document = conflict.value.current[Touched("line", line)]
    assert document is not None
    assert document.body == {"n": 3}
    assert (bodies(store), len(store.list("act"))) == ({line: {"n": 3}}, 1)


def test_drafts_are_no_steps_and_go_with_the_step_before(store: Repository) -> None:
    def draft(n: float) -> Commit:
        return store.commit([put("renewal", 1, {"step": n}, if_rev=None)], f"draft {n}", "draft", undoable=False)

    added(store, "renewal", {"step": 1})
    store.commit([put("renewal", 1, {"step": 2}, if_rev=None)], "t", "Finish step 1")
    assert draft(2.1).before == {}
    draft(2.2)

    assert store.undo_name() == "Finish step 1"
    store.undo(txid="u")
    assert bodies(store, "renewal") == {1: {"step": 1}}
    store.redo(txid="r")
    assert bodies(store, "renewal") == {1: {"step": 2.2}}, "redo brings the draft back"


def test_secrets_cannot_be_brought_back(store: Repository, session: Session) -> None:
    line, new = added(store, "line", {"n": 1}), NewId("secret")
    store.commit([add("secret", {"code": "first"}, as_id=new)], "s", "Keep code")
    changes = [put("line", line, {"n": 2}, if_rev=None), put("secret", 1, {"code": "second"}, if_rev=None)]
    commit = store.commit(changes, "t", "Edit")

    assert set(commit.before) == {Touched("line", line)}
    store.undo("t", txid="u")
    assert bodies(store) == {line: {"n": 1}}
    assert bodies(store, "secret") == {1: {"code": "second"}}, "undo leaves secrets as they are"

    store.commit([delete("secret", 1, if_rev=None)], "v", "Forget code")
    assert session().undo_name() == "Keep code", "a change of secrets alone is no step"


def test_any_row_of_changes_can_be_undone_and_redone(store: Repository) -> None:
    dice = random.Random(20260921)
    states = [{kind: bodies(store, kind) for kind in KINDS}]
    for number in range(40):
        documents = [("line", document) for document in store.list("line")]
        changes = [add("line", {"n": number}), add("act", {"n": number})][: dice.choice([1, 2])]
        for _kind, document in dice.sample(documents, k=min(len(documents), dice.randrange(4))):
            if dice.random() < 0.5:
                changes.append(put("line", document.id, {"n": -number}, if_rev=document.rev))
            else:
                changes.append(delete("line", document.id, if_rev=document.rev))
        store.commit(changes, f"t{number}", str(number))
        states.append({kind: bodies(store, kind) for kind in KINDS})

    for turn in range(2):
        for state in reversed(states[:-1]):
            store.undo(txid=f"undo {turn} {store.seq}")
            assert {kind: bodies(store, kind) for kind in KINDS} == state
        for state in states[1:]:
            store.redo(txid=f"redo {turn} {store.seq}")
            assert {kind: bodies(store, kind) for kind in KINDS} == state


def test_only_the_last_two_hundred_commits_are_remembered(store: Repository) -> None:
    for number in range(205):
        added(store, "line", {"n": number}, f"t{number}")
    assert store.changes_since(4) is None
    assert store.changes_since(5) == tuple(Touched("line", number) for number in range(6, 206))
    for number in range(200):
        store.undo(txid=f"u{number}")
    assert store.undo_name() is None
    assert len(store.list("line")) == 5


def test_drafts_do_not_push_steps_out(store: Repository) -> None:
    added(store, "line", {"n": 0}, "step")
    for number in range(205):
        store.commit([put("line", 1, {"n": number}, if_rev=None)], f"d{number}", "draft", undoable=False)
    assert store.undo_name() == "add line"


def test_a_change_too_big_for_the_ring_can_still_be_undone_at_once(store: Repository) -> None:
    added(store, "line", {"text": "x" * 900_000}, "small")
    added(store, "line", {"text": "y" * 3_000_000}, "big")
    store.commit([delete("line", 1, if_rev=None)], "one", "Delete small")
    store.commit([delete("line", 2, if_rev=None)], "two", "Delete big")
    assert store.undo_name() == "Delete big"
    store.undo(txid="u")
    assert [document.id for document in store.list("line")] == [2]


def test_a_backup_can_be_made_and_all_is_well(store: Repository) -> None:
    with pytest.raises(NotFound):
        store.backup()
    added(store, "line", {})
    assert store.backup().exists()
    assert store.check() == ()
    assert (store.problems, store.notices, store.read_only_reason) == ((), (), "")
