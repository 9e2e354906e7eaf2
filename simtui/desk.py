"""The use cases: what a person does with their lines, each as one commit. Dashboard and command line both call here.

Data runs in one ring: a front end calls the desk, the desk commits, the front end asks for the holdings again. The desk
is the only place that turns records into documents; the shelf turns them back.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from whenever import Instant, Time, TimeZoneNotFoundError

from simtui.change_words import MANY
from simtui.domain.act import Act, ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Line, LineState
from simtui.domain.offer import Offer, OfferKind
from simtui.domain.record import AnyRecord, Text
from simtui.domain.renewal import Renewal
from simtui.domain.snooze import latest_snooze
from simtui.domain.standing import Phase
from simtui.errors import InputError, NotFound, SimtuiError
from simtui.holding import HeldAct, Holding
from simtui.i18n import _
from simtui.memory import without_collector
from simtui.shelf import Damaged as Damaged  # noqa: PLC0414 - what `holding` raises is known by this name to the front ends
from simtui.shelf import Shelf, Stored
from simtui.store.repository import Change, Commit, NewId, Problem, Repository, Step, add, delete, put

if TYPE_CHECKING:
    from pathlib import Path

    from simtui.catalogue import Catalogue
    from simtui.own_file import Document


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to be added, with what is known of it; the `line` of acts and renewals is filled in when it gets its id.

    `backup` is the position, among the lines added with it, of the line that is its backup channel.
    """

    line: Line
    acts: tuple[Act, ...] = ()
    renewals: tuple[Renewal, ...] = ()
    backup: int | None = None


class _Made(NamedTuple):
    """A holding, and what it was made from: what is stored, and the day in the line's zone."""

    stored: Stored
    zone: str
    today: Day
    holding: Holding


class OwnCarriers(NamedTuple):
    """The file of the user's own offers, and what reads the catalogue again after it has changed."""

    file: Path
    load: Callable[[], Catalogue]


class NoSuchLine(NotFound):
    """There is no line of that id: a person mistyped it, or another session has deleted the line meanwhile."""


class Desk:
    """All that the front ends do with lines, acts and renewals.

    `now` gives the present instant; `today` fixes the day instead, for all zones (`--today`). `lead_days` maps kinds of
    offer to the user's notice. `forget` is called when lines may have gone, to remove what is kept of them elsewhere. `own_carriers` is the
    file of the user's own offers that the catalogue was read from. `home_zone` is the time zone
    for the times of day that are shown, None for this machine's.
    """

    def __init__(
        self,
        repository: Repository,
        catalogue: Catalogue,
        *,
        now: Callable[[], Instant] = Instant.now,
        today: Day | None = None,
        lead_days: Mapping[str, int] | None = None,
        forget: Callable[[], None] = lambda: None,
        own_carriers: OwnCarriers | None = None,
        home_zone: str | None = None,
    ) -> None:
        self.repository = repository
        self.catalogue = catalogue
        self.home_zone = home_zone
        self._own = own_carriers
        self._now = now
        self._fixed_today = today
        self._lead_days = dict(lead_days or {})
        self._forget = forget
        self._shelf = Shelf(repository)
        self._holdings: dict[int, _Made] = {}
        self._strangers: dict[str, Offer] = {}

    # Reading ---------------------------------------------------------------------------------------------------

    def holdings(self) -> list[Holding]:
        """Return all lines as they stand, in the order of their ids; unchanged ones are the same objects as before.

        A line that cannot be read is left out and named in `problems`.
        """
        return list(self.each_holding())

    def each_holding(self) -> Iterator[Holding]:
        """Yield all lines as `holdings` does, one by one, so that a caller with many lets others have their turn."""
        days: dict[str, Day] = {}
        passed: set[int] = set()
        with without_collector():
            for stored in self._shelf.each():
                passed.add(stored.id)
                yield self._holding(stored, days)
        for gone in self._holdings.keys() - passed:
            del self._holdings[gone]

    def holding(self, line_id: int) -> Holding:
        """Return one line as it stands.

        Raises:
            NoSuchLine: If there is no line of that id.
            Damaged: If it cannot be read.
        """
        stored = self._shelf.one(line_id)
        if stored is None:
            hint = _("simtui list shows the lines with their ids.")
            raise NoSuchLine(_("there is no line {id}").format(id=line_id), next_step=hint)
        return self._holding(stored, {})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What of the stored data cannot be used: found by the store, and by reading the lines so far."""
        return (*self.repository.problems, *self._shelf.problems)

    def today_in(self, zone: str) -> Day:
        """Return today's date in a time zone; the server's zone never matters."""
        if self._fixed_today is not None:
            return self._fixed_today
        try:
            return self._now().to_tz(zone).date()
        except TimeZoneNotFoundError:
            return self._now().to_tz("Etc/UTC").date()

    def midnight_in(self, zone: str) -> float:
        """Return when the next day begins in a time zone, in seconds since 1970."""
        try:
            now = self._now().to_tz(zone)
        except TimeZoneNotFoundError:
            now = self._now().to_tz("Etc/UTC")
        return float(now.start_of("day").add(days=1).start_of("day").timestamp())

    def now(self) -> Instant:
        """Return the present instant; with a fixed day its noon, when it is that day almost everywhere."""
        if self._fixed_today is None:
            return self._now()
        return self._fixed_today.at(Time(12)).assume_tz("Etc/UTC").to_instant()

    def day_has_changed(self) -> bool:
        """Tell whether a new day has begun for any line since the holdings were made."""
        days: dict[str, Day] = {}
        return any(made.today != self._day(made.zone, days) for made in self._holdings.values())

    def forget(self) -> None:
        """Make all holdings anew when they are asked for next, after a change of the catalogue."""
        self._holdings, self._strangers = {}, {}

    def reload_catalogue(self) -> None:
        """Read the carriers files again, after a change of the user's own."""
        if self._own is not None:
            self.catalogue = self._own.load()
            self.forget()

    @property
    def own_carriers(self) -> Path | None:
        """The file of the user's own offers, None where there is none."""
        return None if self._own is None else self._own.file

    def edit_own(self, change: Callable[[Document], Document], today: Day) -> None:
        """Change the user's own carriers file, and read the catalogue again.

        Raises:
            SimtuiError: Nothing may be changed in this session, or the change is refused; the file is as it was then.
        """
        if self.repository.read_only_reason or self.own_carriers is None:
            raise SimtuiError(self.repository.read_only_reason or _("there is no carriers file of your own here"))
        from simtui import own_file

        own_file.edit(self.own_carriers, change, today)
        self.reload_catalogue()

    def offer(self, offer_id: str) -> Offer:
        """Return the offer of that id, or one without a rule that stands in for an unknown offer."""
        found = self.catalogue.offer(offer_id)
        if found is not None:
            return found
        if offer_id not in self._strangers:
            self._strangers[offer_id] = Offer(
                id=offer_id,
                kind=OfferKind.KEEP_NUMBER,
                name=Text.plain(offer_id),
                country="ZZ",
                zone="Etc/UTC",
                currency="EUR",
            )
        return self._strangers[offer_id]

    def like(self, line_id: int, act: Act) -> HeldAct | None:
        """Return an act of the line on the same day, of the same kind and content: a likely double entry."""
        said = _content(act)
        return next((held for held in self.holding(line_id).acts if _content(held.act) == said), None)

    def _holding(self, stored: Stored, days: dict[str, Day]) -> Holding:
        made = self._holdings.get(stored.id)
        if made is not None and made.stored is stored and made.today == self._day(made.zone, days):
            return made.holding
        line = stored.line
        offer = self.offer(line.offer)
        zone = line.zone or offer.zone
        today = self._day(zone, days)
        holding = Holding(
            id=stored.id,
            rev=stored.rev,
            line=line,
            acts=stored.acts,
            renewals=stored.renewals,
            offer=offer,
            known_offer=self.catalogue.offer(line.offer) is not None,
            today=today,
            lead_days=self._lead_days,
        )
        self._holdings[stored.id] = _Made(stored, zone, today, holding)
        return holding

    def _day(self, zone: str, days: dict[str, Day]) -> Day:
        if zone not in days:
            days[zone] = self.today_in(zone)
        return days[zone]

    # Lines -----------------------------------------------------------------------------------------------------

    def add_line(self, new: NewLine) -> int:
        """Add a line with its first acts; return its id."""
        return self.add_lines([new])[0]

    def add_lines(self, lines: Sequence[NewLine], *, verb: str = "add_line") -> list[int]:
        """Add several lines in one commit, as an import does; return their ids in order."""
        changes: list[Change] = []
        for number, new in enumerate(lines):
            own_id = NewId("line", number)
            backup = {} if new.backup is None else {"backup": {"line": NewId("line", new.backup)}}
            changes.append(add("line", {**body_of(new.line), **backup}, as_id=own_id))
            changes += [add("act", {**body_of(self.stamped(act)), "line": own_id}) for act in new.acts]
            changes += [add("renewal", {**body_of(renewal), "line": own_id}) for renewal in new.renewals]
        subject = lines[0].line.name if len(lines) == 1 else len(lines)
        return new_ids(self.commit(changes, verb, subject), changes, "line")

    def edit_line(self, line_id: int, rev: int, line: Line) -> Commit:
        """Replace a line's record; `rev` is the revision that was edited."""
        return self.commit([put("line", line_id, body_of(line), if_rev=rev)], "edit_line", line.name)

    def set_state(self, line_ids: Iterable[int], state: LineState) -> Commit:
        """Archive lines, let them go, or make them active again."""
        holdings = [self.holding(line_id) for line_id in line_ids]
        changes = [
            put("line", held.id, body_of(held.line.model_copy(update={"state": state})), if_rev=held.rev)
            for held in holdings
        ]
        return self.commit(changes, f"state_{state.value}", subject_of(holdings))

    def snooze(self, line_ids: Iterable[int], until: Day | None) -> Commit:
        """Let lines raise no alarm until a day, at most until their last one; None lets them raise alarms again.

        Raises:
            InputError: The day has come already, or lies after the last day of one of them, or nobody knows that one.
        """
        holdings = [self.holding(line_id) for line_id in line_ids]
        for held in holdings if until is not None else ():
            assert until is not None
            self.check_snooze(held, until)
        changes = [
            put("line", held.id, body_of(held.line.model_copy(update={"snoozed_until": until})), if_rev=held.rev)
            for held in holdings
        ]
        return self.commit(changes, "snooze" if until is not None else "wake", subject_of(holdings))

    def check_snooze(self, held: Holding, until: Day) -> None:
        """Raise InputError where a line cannot be silent until a day; it names the last day on which it can."""
        last = latest_snooze(held.standing)
        name = held.line.label or _("line {id}").format(id=held.id)
        if last is None:
            late = held.standing.phase in (Phase.RESCUE, Phase.LOST)
            problem = _("its last day has passed") if late else _("no last day is known")
            raise InputError(problem, place=name, next_step=_("Such a line cannot be snoozed."))
        if until <= held.today:
            raise InputError(_("that day has come already"), place=name)
        if until > last:
            hint = _("At the latest until {day}, the last day of the line.").format(day=last)
            raise InputError(_("that is after the last day"), place=name, next_step=hint)

    def delete_lines(self, line_ids: Iterable[int]) -> Commit:
        """Delete lines with their acts, renewals and secrets; undo brings all but the secrets back."""
        holdings = [self.holding(line_id) for line_id in line_ids]
        changes: list[Change] = []
        for held in holdings:
            changes += [delete("act", act.id, if_rev=act.rev) for act in held.acts]
            changes += [delete("renewal", part.id, if_rev=part.rev) for part in held.renewals]
            secrets = self.repository.list("secret", line=held.id)
            changes += [delete("secret", secret.id, if_rev=secret.rev) for secret in secrets]
            changes.append(delete("line", held.id, if_rev=held.rev))
        done = self.commit(changes, "delete_line", subject_of(holdings))
        self._forget()
        return done

    # Acts ------------------------------------------------------------------------------------------------------

    def record(self, acts: Sequence[Act]) -> list[int]:
        """Record acts, on one line or on several, in one commit; return their ids."""
        holdings = {act.line: self.holding(act.line) for act in acts}
        changes = [add("act", body_of(self.stamped(act))) for act in acts]
        verb = f"record_{acts[0].kind.value}"
        return new_ids(self.commit(changes, verb, subject_of(list(holdings.values()))), changes, "act")

    def edit_act(self, act_id: int, rev: int, act: Act) -> Commit:
        """Replace an act; `rev` is the revision that was edited."""
        name = self.holding(act.line).line.name
        return self.commit([put("act", act_id, body_of(act), if_rev=rev)], "edit_act", name)

    def delete_act(self, line_id: int, held: HeldAct) -> Commit:
        """Delete an act."""
        name = self.holding(line_id).line.name
        return self.commit([delete("act", held.id, if_rev=held.rev)], "delete_act", name)

    def stamped(self, act: Act) -> Act:
        """Give an act its place in the recording order, unless it has one."""
        if act.order:
            return act
        return act.model_copy(update={"order": self._now().timestamp(unit="millisecond")})

    # Undo ------------------------------------------------------------------------------------------------------

    def undo(self, step: Step | None = None) -> str | None:
        """Take back the last change, or one that was seen; return its name, or None where there is nothing to take back."""
        step = step or self.repository.undo_step()
        if step is None:
            return None
        self.repository.undo(step.seq, txid=uuid.uuid4().hex)
        self._forget()
        return step.name

    def redo(self, step: Step | None = None) -> str | None:
        """Do the last undone change again, or one that was seen; return its name, or None where there is nothing to redo."""
        step = step or self.repository.redo_step()
        if step is None:
            return None
        self.repository.redo(step.seq, txid=uuid.uuid4().hex)
        self._forget()
        return step.name

    def commit(self, changes: Sequence[Change], verb: str, subject: str | int, *, undoable: bool = True) -> Commit:
        """Commit under a name for undo: the verb and what it was done to, a line's name or how many lines.

        A draft is not `undoable`: it is no step of its own.
        """
        name = f"{verb}{MANY}|{subject}" if isinstance(subject, int) else f"{verb}|{subject}"
        return self.repository.commit(changes, uuid.uuid4().hex, name, undoable=undoable)


def body_of(record: AnyRecord) -> dict[str, Any]:
    """Return a record as it is stored: plain JSON values, defaults left out."""
    return record.model_dump(mode="json", exclude_defaults=True)


def new_ids(commit: Commit, changes: Sequence[Change], kind: str) -> list[int]:
    """Return the ids of the documents of a kind that a commit put."""
    return [doc_id for doc_id, change in zip(commit.ids, changes, strict=True) if change.kind == kind]


def _content(act: Act) -> tuple[object, ...]:
    """Return what makes two acts the same: of notes, readings and the operator's dates also what they say."""
    said: object = None
    match act.kind:
        case ActKind.NOTE:
            said = act.note
        case ActKind.BALANCE_READING:
            said = act.balances
        case ActKind.STATEMENT:
            said = (act.valid_until, act.clock)
    return act.day, act.kind, act.amount, act.plan, said


def subject_of(holdings: Sequence[Holding]) -> str | int:
    """Return what a change was done to, for its name: a line's name, or how many lines."""
    return holdings[0].line.name if len(holdings) == 1 else len(holdings)
