"""The use cases of the walkthrough: start a renewal, keep what was filled in, finish a step, each as one commit.

What is filled in is a draft: kept at once, but no step for undo. A finished step is one: its acts come and go with it.
Every save names the revision that it is based on, so that a second session cannot silently overwrite the first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from simtui.desk import Desk, body_of, subject_of
from simtui.domain.act import Act, ActKind
from simtui.domain.line import Line
from simtui.domain.renewal import Renewal, RenewalState
from simtui.domain.secret import Secret
from simtui.holding import HeldAct, HeldRenewal, Holding
from simtui.store.repository import Change, Conflict, Document, NewId, Touched, add, delete, put

StepActs = Mapping[str, Sequence[Act]]
"""The acts of a renewal, by the steps that they stand for."""
NO_ACTS: Mapping[int, StepActs] = {}
_SEEN = (ActKind.BALANCE_READING, ActKind.STATEMENT)


class Renewals:
    """All that is stored of walkthroughs."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def get(self, renewal_id: int) -> HeldRenewal | None:
        """Return a renewal as it is stored now, None where it is gone."""
        document = self.desk.repository.get("renewal", renewal_id)
        if document is None:
            return None
        return HeldRenewal(document.id, document.rev, Renewal.model_validate(document.body))

    def purchases(self) -> list[HeldRenewal]:
        """Return the first purchases, which have no line yet, oldest first."""
        found = self.desk.repository.list("renewal", line=None)
        return [HeldRenewal(each.id, each.rev, Renewal.model_validate(each.body)) for each in found]

    def batch(self, held: HeldRenewal) -> list[HeldRenewal]:
        """Return the renewals that are walked through together, this one first."""
        if held.renewal.batch is None:
            return [held]
        others = self.desk.repository.list("renewal", batch=held.renewal.batch)
        mates = [HeldRenewal(each.id, each.rev, Renewal.model_validate(each.body)) for each in others]
        return [held, *(mate for mate in mates if mate.id != held.id)]

    def start(self, renewals: Sequence[Renewal]) -> list[HeldRenewal]:
        """Keep new renewals; return them with their ids."""
        changes = [add("renewal", body_of(renewal)) for renewal in renewals]
        done = self.desk.commit(changes, "renew_start", self._subject(renewals), undoable=False)
        found = [self.get(renewal_id) for renewal_id in done.ids]
        return [held for held in found if held is not None]

    def save(
        self, changed: Sequence[tuple[HeldRenewal, Renewal]], acts: Mapping[int, StepActs] = NO_ACTS
    ) -> list[HeldRenewal]:
        """Keep drafts; `acts` as in `finish`, of steps that are finished already.

        Raises:
            Conflict: Another session has changed one of them since.
        """
        changes = self._changes(changed, acts)
        self.desk.commit(changes, "renew_draft", self._subject([each for _held, each in changed]), undoable=False)
        return self._again([held for held, _renewal in changed])

    def finish(
        self,
        step: str,
        changed: Sequence[tuple[HeldRenewal, Renewal]],
        acts: Mapping[int, StepActs],
    ) -> list[HeldRenewal]:
        """Keep a finished step with its acts, as one named undo.

        `acts` are, by the renewal's id and the step's, all acts that a step stands for now: those that it recorded before
        and that differ are replaced, those that are not there any more deleted.

        Raises:
            Conflict: Another session has changed one of them since.
        """
        changes = self._changes(changed, acts)
        self.desk.commit(changes, f"renew_{step}", self._subject([each for _held, each in changed]))
        return self._again([held for held, _renewal in changed])

    def _changes(self, changed: Sequence[tuple[HeldRenewal, Renewal]], acts: Mapping[int, StepActs]) -> list[Change]:
        """Return what is to be written: the renewals, and the acts that their steps stand for now."""
        changes: list[Change] = []
        for held, renewal in changed:
            body = body_of(renewal)
            for at, wanted in acts.get(held.id, {}).items():
                ids = self._reconcile(held.renewal, at, wanted, changes)
                kept = {**body.get("acts", {}), at: ids}
                body["acts"] = {name: each for name, each in kept.items() if each}
            changes.append(put("renewal", held.id, body, if_rev=held.rev))
        return changes

    def purchased(self, held: HeldRenewal, renewal: Renewal, line: Line, acts: Sequence[Act]) -> HeldRenewal:
        """End a first purchase: the line is there, with what was paid for it; its secrets are the line's now.

        Raises:
            Conflict: Another session has changed the renewal since.
        """
        new = NewId("line")
        changes = [add("line", body_of(line), as_id=new)]
        ids = [NewId("act", number) for number, _act in enumerate(acts)]
        for act, as_id in zip(acts, ids, strict=True):
            changes.append(add("act", {**body_of(self.desk.stamped(act)), "line": new}, as_id=as_id))
        body = {**body_of(renewal), "line": new, "acts": {"pay": ids} if ids else {}}
        changes.append(put("renewal", held.id, body, if_rev=held.rev))
        # A secret stays the renewal's too: undo takes the line away, and knows nothing of secrets.
        changes += [
            put("secret", secret.id, {**secret.body, "line": new}, if_rev=secret.rev)
            for secret in self.desk.repository.list("secret", renewal=held.id)
        ]
        self.desk.commit(changes, "renew_new_line", line.name)
        return self._again([held])[0]

    def forget(self, members: Sequence[HeldRenewal]) -> None:
        """Forget renewals that were begun and in which nothing was answered.

        Raises:
            Conflict: Another session has changed one of them since.
        """
        changes = [delete("renewal", held.id, if_rev=held.rev) for held in members]
        subject = self._subject([held.renewal for held in members])
        self.desk.commit(changes, "renew_draft", subject, undoable=False)

    # Secrets -------------------------------------------------------------------------------------------------------

    def secret(self, held: HeldRenewal) -> Secret:
        """Return the secrets of a renewal's line, or of the first purchase."""
        found = self._secrets(held)
        return Secret.model_validate(found[0].body) if found else self._no_secret(held)

    def keep_secret(self, held: HeldRenewal, name: str, text: str) -> None:
        """Keep an activation or confirmation code; an empty text forgets it. No undo brings a secret back."""
        found = self._secrets(held)
        before = Secret.model_validate(found[0].body) if found else self._no_secret(held)
        after = before.model_copy(update={name: text or None})
        if not found:
            change = add("secret", body_of(after))
        elif after.activation_code is None and after.confirmation_code is None:
            change = delete("secret", found[0].id, if_rev=found[0].rev)
        else:
            change = put("secret", found[0].id, body_of(after), if_rev=found[0].rev)
        self.desk.commit([change], "renew_draft", self._subject([held.renewal]), undoable=False)

    def forget_secrets(self, held: HeldRenewal) -> None:
        """Forget the codes, once the profile is installed."""
        changes = [delete("secret", each.id, if_rev=each.rev) for each in self._secrets(held)]
        if changes:
            self.desk.commit(changes, "renew_draft", self._subject([held.renewal]), undoable=False)

    def _secrets(self, held: HeldRenewal) -> Sequence[Document]:
        own = self.desk.repository.list("secret", renewal=held.id)
        if own or held.renewal.line is None:
            return own
        return self.desk.repository.list("secret", line=held.renewal.line)

    def _no_secret(self, held: HeldRenewal) -> Secret:
        line = held.renewal.line
        return Secret(line=line, renewal=held.id if line is None else None)

    # Deleting ------------------------------------------------------------------------------------------------------

    def delete(self, held: HeldRenewal) -> None:
        """Delete a renewal; the acts that it recorded stay, and the codes of a first purchase go."""
        changes = [delete("renewal", held.id, if_rev=held.rev)]
        if held.renewal.line is None:
            changes += [delete("secret", each.id, if_rev=each.rev) for each in self._secrets(held)]
        self.desk.commit(changes, "renew_delete", self._subject([held.renewal]))

    def _reconcile(self, renewal: Renewal, step: str, wanted: Sequence[Act], changes: list[Change]) -> list[Any]:
        """Add the changes that make a step's acts what they are to be; return their ids, new ones as stand-ins."""
        before = self._recorded(renewal, step)
        ids: list[Any] = []
        for at, act in enumerate(wanted):
            if at >= len(before):
                new = NewId("act", sum(isinstance(each.id, NewId) for each in changes))
                changes.append(add("act", body_of(self.desk.stamped(act)), as_id=new))
                ids.append(new)
                continue
            held = before[at]
            ids.append(held.id)
            kept = act.model_copy(update={"order": held.act.order})
            if kept.kind in _SEEN and kept.kind is held.act.kind:
                # What was read then stays read then, whenever its step is passed again.
                same = kept.model_copy(update={"day": held.act.day})
                kept = same if same == held.act else kept
            if kept != held.act:
                changes.append(put("act", held.id, body_of(kept), if_rev=held.rev))
        changes += [delete("act", held.id, if_rev=held.rev) for held in before[len(wanted) :]]
        return ids

    def _recorded(self, renewal: Renewal, step: str) -> list[HeldAct]:
        """Return the acts that a step recorded and that are still there."""
        found = [self.desk.repository.get("act", act_id) for act_id in renewal.acts.get(step, ())]
        return [HeldAct(each.id, each.rev, Act.model_validate(each.body)) for each in found if each is not None]

    def _again(self, before: Sequence[HeldRenewal]) -> list[HeldRenewal]:
        found = [self.get(held.id) for held in before]
        gone = {Touched("renewal", held.id): None for held, now in zip(before, found, strict=True) if now is None}
        if gone:
            raise Conflict(gone)
        return [held for held in found if held is not None]

    def _subject(self, renewals: Sequence[Renewal]) -> str | int:
        lines = [renewal.line for renewal in renewals]
        if len(lines) > 1:
            return len(lines)
        if lines[0] is not None:
            return subject_of([self.desk.holding(lines[0])])
        return renewals[0].answers.get("label") or renewals[0].offer or ""


def latest_open(holding: Holding) -> HeldRenewal | None:
    """Return the line's newest renewal that can be gone on with: one that is being filled in before one that waits."""
    found = [held for held in holding.renewals if held.renewal.is_open]
    drafts = [held for held in found if held.renewal.state is not RenewalState.PAID]
    return max(drafts or found, key=lambda held: held.id, default=None)
