"""The interface of the store: what is read, what is committed, and what can go wrong.

Nothing here knows how documents are kept. A document is a plain JSON object under a kind and an id;
a commit is all or nothing and durable when it returns. The records are named tuples: frozen, and made ten times quicker
than dataclasses, at start as in use.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from simtui.errors import SimtuiError
from simtui.i18n import _

Kind = Literal["line", "act", "renewal", "secret"]
KINDS: tuple[Kind, ...] = ("line", "act", "renewal", "secret")
WITHHELD: frozenset[str] = frozenset({"secret"})
"""Kinds whose bodies never enter the undo ring."""

Scalar = str | int | bool | None
Body = Mapping[str, Any]


class Touched(NamedTuple):
    """Names one document."""

    kind: str
    id: int


class Document(NamedTuple):
    """One version of a document, as a copy: changing `body` changes nothing in the store.

    `rev` names the version. Two documents of one kind with the same id and rev have the same body, so (id, rev)
    is a key to cache by; an undo brings an earlier rev back, so revs are compared for equality only.
    """

    id: int
    rev: int
    body: Body


Apart = tuple[bytes, ...]
"""A document in parts: id, rev, the JSON text of each of some first fields (empty: absent), and all that follows them.

Two whose last parts are the same have the same fields there. A first text that is neither a number nor in quotes from end
to end may be the beginning of a longer one: put such parts together before you read them.
"""


@dataclass(frozen=True, slots=True)
class NewId:
    """Stands for the id of a document that the same commit adds, also anywhere inside other bodies."""

    kind: Kind
    number: int = 0


class Action(Enum):
    """What a change does."""

    PUT = "put"
    DELETE = "delete"
    COMPARE = "compare"


class Change(NamedTuple):
    """One part of a commit; make it with `add`, `put`, `delete` or `compare`.

    `if_rev` is the version that the caller has seen: another one is a conflict, 0 means that there must be none,
    None takes whatever version is there, but not a document that is gone.
    """

    action: Action
    kind: Kind
    id: int | NewId
    body: Body | None = None
    if_rev: int | None = None


def add(kind: Kind, body: Body, *, as_id: NewId | None = None) -> Change:
    """Return the change that adds a document; `as_id` lets other bodies of the commit refer to it."""
    return Change(Action.PUT, kind, NewId(kind, -1) if as_id is None else as_id, body, 0)


def put(kind: Kind, doc_id: int, body: Body, *, if_rev: int | None) -> Change:
    """Return the change that replaces a document's whole body."""
    return Change(Action.PUT, kind, doc_id, body, if_rev)


def delete(kind: Kind, doc_id: int, *, if_rev: int | None) -> Change:
    """Return the change that removes a document; its id is never given out again."""
    return Change(Action.DELETE, kind, doc_id, None, if_rev)


def compare(kind: Kind, doc_id: int, *, if_rev: int) -> Change:
    """Return the condition that a document is still at `if_rev`; it changes nothing."""
    return Change(Action.COMPARE, kind, doc_id, None, if_rev)


class Commit(NamedTuple):
    """What a commit did: `ids` has one id for each change, `before` what each changed document was (None: new).

    Secrets are left out of `before`; it is empty for a commit that is not undoable, or has been undone since.
    """

    seq: int
    txid: str
    name: str
    ids: tuple[int, ...]
    before: Mapping[Touched, Document | None]


class Step(NamedTuple):
    """A commit that can be undone or redone: pass `seq` to `undo` or `redo`; `at` is UTC, ISO 8601."""

    seq: int
    name: str
    at: str


class Problem(NamedTuple):
    """A part of the stored data that cannot be used, and why; the rest is open, read-only."""

    place: str
    problem: str


class Holder(NamedTuple):
    """The session that holds the lock; `since` is UTC, ISO 8601."""

    pid: int
    host: str
    since: str


class StoreError(SimtuiError):
    """The store could not do what it was asked; nothing was changed unless `Unknown` says so."""


class Conflict(StoreError):
    """Somebody else has changed what a commit was based on; nothing was written.

    `current` holds the documents as they are now, None for one that is gone.
    """

    def __init__(self, current: Mapping[Touched, Document | None]) -> None:
        super().__init__(
            _("Another session has changed this in the meantime; nothing was saved."),
            place=", ".join(f"{touched.kind} {touched.id}" for touched in current),
            next_step=_("Compare both versions, then save again."),
        )
        self.current = current


class Busy(StoreError):
    """Another session has held the lock for too long; `holder` is None where it did not say who it is.

    `since` is how the holder's moment is told, UTC if not given.
    """

    def __init__(self, holder: Holder | None, *, place: str = "", since: str = "") -> None:
        if holder is None:
            problem = _("Another session is writing to the data file; nothing was saved.")
        else:
            problem = _(
                "Process {pid} on {host} has been writing to the data file since {since}; nothing was saved."
            ).format(pid=holder.pid, host=holder.host, since=since or holder.since)
        super().__init__(problem, place=place, next_step=_("Try again in a moment, or end that process."))
        self.holder = holder

    def on_clock(self, time_of_day: Callable[[str], str]) -> Busy:
        """Return the same with the holder's moment as `time_of_day` tells it."""
        since = "" if self.holder is None else time_of_day(self.holder.since)
        return Busy(self.holder, place=self.place, since=since)


class ReadOnly(StoreError):
    """The data is open for reading only; `problem` says why."""


class NotSaved(StoreError):
    """The commit failed before anything was replaced: file and memory are as they were."""

    def __init__(self, reason: str, *, place: str = "", next_step: str = "") -> None:
        super().__init__(_("Nothing was saved: {reason}").format(reason=reason), place=place, next_step=next_step)
        self.reason = reason


class Unknown(StoreError):
    """The commit is written, but the disk did not confirm it: commit again with the same `txid` to make sure."""

    def __init__(self, txid: str, *, place: str = "") -> None:
        super().__init__(
            _("The change was written, but the disk did not confirm that it will last."),
            place=place,
            next_step=_("Look whether the change is there, and check the disk."),
        )
        self.txid = txid


class Corrupt(StoreError):
    """The data file cannot be read; it is left exactly as it is.

    `backup` is the newest good copy, where there is one.
    """

    def __init__(self, file: Path, problem: str, *, place: str = "", backup: Path | None = None) -> None:
        if backup is None:
            next_step = _(
                "Nothing was changed, and there is no backup. Keep a copy, then mend that place in a text editor."
            )
        else:
            next_step = _(
                "Nothing was changed. simtui restore goes back to a backup, after a preview; the newest good one is {backup}"
            ).format(backup=backup)
        super().__init__(problem, place=f"{file}: {place}" if place else str(file), next_step=next_step)
        self.file = file
        self.backup = backup


class Refused(StoreError):
    """The data file is not one that may be used: others can write it, it is no regular file, it is too large."""


class Repository(Protocol):
    """What keeps the documents. Safe to call from several threads; no lock is held between calls."""

    @property
    def seq(self) -> int:
        """The number of the newest commit that this session has read."""

    @property
    def read_only_reason(self) -> str:
        """Why nothing can be committed, in words; empty where it can."""

    @property
    def problems(self) -> Sequence[Problem]:
        """Documents that could not be read."""

    @property
    def notices(self) -> Sequence[str]:
        """What a person should know of, in words, though nothing is wrong: changed outside, backup failed."""

    def get(self, kind: Kind, doc_id: int) -> Document | None:
        """Return the document as it is now, None where there is none."""

    def list(self, kind: Kind, /, **equals: Scalar) -> Sequence[Document]:
        """Return the documents whose top-level fields equal `equals`, by id; an absent field equals None."""

    def list_apart(self, kind: Kind, first: tuple[str, ...], /) -> Iterator[Sequence[Apart]]:
        """Yield all documents by id, some hundreds at a time, in parts: much quicker where most begin with these fields."""

    def commit(self, changes: Sequence[Change], txid: str, name: str, *, undoable: bool = True) -> Commit:
        """Do all changes or none; durable on return.

        `txid` names the attempt: the same one again returns the same answer. `name` is shown at undo.
        With `undoable=False` (drafts) the commit is no step of its own; undoing the step before takes it along.

        Raises: Conflict, Busy, ReadOnly, NotSaved, Unknown, Corrupt, Refused.
        """

    def undo(self, what: int | str | None = None, *, txid: str) -> Commit:
        """Put back what the commit with that seq or txid replaced; None takes the newest one.

        Raises: Conflict where a document has been changed since, NotFound where there is nothing to undo, and as
        `commit`.
        """

    def redo(self, seq: int | None = None, *, txid: str) -> Commit:
        """Undo the undo with that seq, None the newest one; raises as `undo`."""

    def undo_step(self) -> Step | None:
        """Return what `undo` would undo."""

    def redo_step(self) -> Step | None:
        """Return what `redo` would do again."""

    def is_own(self, step: Step) -> bool:
        """Tell whether this session did a step, and no earlier or other one."""

    def undo_name(self) -> str | None:
        """Return the name of what `undo` would undo."""

    def redo_name(self) -> str | None:
        """Return the name of what `redo` would do again."""

    def changes_since(self, seq: int) -> Sequence[Touched] | None:
        """Return the documents touched after `seq`, None where that is no longer known: read everything again."""

    def reload_if_changed(self) -> bool:
        """Look for other sessions' commits, and tell whether there were any since this was last called."""

    def waiting_at_most(self, seconds: float) -> AbstractContextManager[None]:
        """Let a commit inside the `with` block raise Busy after so many seconds, for callers that try again themselves."""

    def check(self) -> Sequence[Problem]:
        """Read everything again and return what is wrong with it."""

    def backup(self) -> Path:
        """Make a checked copy of the data now and return where it is."""

    def close(self) -> None:
        """Let go of files; nothing has to be saved."""
