"""A walk as a dialogue: says a step, asks its questions one at a time, takes answers and commands until it is left.

Every answer is saved by the walk before the next question, so that an end of the input, Ctrl+C or a lost connection
loses nothing: the next time the questions go on where they were.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import NoReturn

from simtui.cli import walk_asides
from simtui.cli.console import Console
from simtui.cli.walk_ending import Ending
from simtui.cli.walk_help import Help
from simtui.cli.walk_knowing import enter
from simtui.cli.walk_questions import Aside, Enter, Question, questions, unanswered
from simtui.cli.walk_telling import Teller
from simtui.cli.walk_words import Command, Verb, command, literal, yes_or_no
from simtui.domain.procedure import StepKind
from simtui.domain.renewal import RenewalState
from simtui.errors import InputError, SimtuiError
from simtui.i18n import _
from simtui.moments import time_of_day
from simtui.store.repository import Busy, Conflict
from simtui.text import plain_keys, told
from simtui.walk.differing import differences, stored
from simtui.walk.scene import Scene
from simtui.walk.staging import scene
from simtui.walk.walk import Unfinished, Walk

LEFT, TO_DO = 0, 1
"""Finished, or left on purpose; something is still to be done: the input has ended, or nobody has looked yet."""
_SHORT = 6
"""A question of so many lines at most is asked again whole where nothing was answered."""


class _Left(Exception):
    """The dialogue is over; `status` is the exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Dialogue:
    """One run over a walk."""

    def __init__(self, walk: Walk, console: Console) -> None:
        self._walk = walk
        self._console = console
        self._teller = Teller(console, walk)
        self._ending = Ending(walk, self._teller)
        self._scene = scene(walk)
        self._passed: set[str] = set()
        self._asked: list[str] = []
        self._place: tuple[object, ...] = ()
        self._refused = ""
        self._is_answered = False
        self._help = Help(walk, self._teller)

    def run(self, *, came_back: bool) -> int:
        """Ask until the walk is over or left; return the exit status."""
        self._teller.beginning(self._scene)
        if came_back:
            self._teller.return_to(self._scene)
        self._teller.say(_("Enter keeps what is there. ? explains, b goes back, q leaves; every answer is saved."))
        try:
            self._arrive(goes_on=came_back)
            while True:
                self._ask_next()
        except _Left as left:
            return left.status
        except KeyboardInterrupt:
            self._console.line("")
            self._say_how_to_resume()
            raise

    # Steps ---------------------------------------------------------------------------------------------------------

    def _arrive(self, *, goes_on: bool = False) -> None:
        """Say the step; `goes_on` asks only what was not answered yet."""
        self._scene = scene(self._walk)
        self._place = self._where()
        self._passed, self._asked, self._is_answered, self._refused = set(), [], False, ""
        self._help.arrive(self._scene)
        self._teller.step(self._scene)
        if self._scene.kind is StepKind.DO and self._ending.has_codes():
            self._teller.say(_("code shows the activation code that you saved."))
        if goes_on:
            found, left = self._questions(), unanswered(self._questions())
            self._passed = {question.key for question in found} - {question.key for question in left}
            self._is_answered = not left

    def _where(self) -> tuple[object, ...]:
        return self._walk.place.step.id, self._walk.renewal.branch

    def _questions(self) -> list[Question]:
        return questions(self._walk, self._scene, private=self._console.private)

    def _ask_next(self) -> None:
        self._scene = scene(self._walk)
        question = next((each for each in self._questions() if each.key not in self._passed), None)
        if question is None and self._is_answered:
            self._go_over_it()
            return
        if question is None:
            self._move(self._walk.go_on)
            return
        typed = self._prompt(question)
        if question.key == "paid" and (said := command(typed)) is not None and said.verb is Verb.PAID:
            typed = "yes"
        if (said := self._command(typed, question)) is not None:
            self._obey(said, question)
        else:
            self._take(question, literal(typed))
        self._look_around()

    def _go_over_it(self) -> None:
        """Somebody came back to a step with all its answers: nothing goes on by itself."""
        self._teller.say("", _("Everything here is answered. Enter goes on, no asks it once more."))
        typed = self._read()
        said = command(typed) if yes_or_no(typed) is None else None
        if said is not None and said.verb is not Verb.NEXT:
            self._obey(said, None)
            self._look_around()
            return
        self._is_answered = False
        if not typed or said is not None or yes_or_no(typed) is True:
            self._move(self._walk.go_on)
        else:
            self._passed = set()

    def _look_around(self) -> None:
        """Say the step where an answer has led to another one, and end where the walk is over."""
        if not self._walk.renewal.is_open:
            self._finished()
        elif self._walk.renewal.state is RenewalState.FAILED:
            self._put_off()
        elif self._where() != self._place:
            self._arrive()
        else:
            self._say_news()

    def _say_news(self) -> None:
        """Say what an answer has brought up: what stands out now, and what the choice would do to the dates."""
        before, self._scene = self._scene, scene(self._walk)
        self._teller.say(*(each for each in self._scene.remarks if each not in before.remarks))
        if self._scene.change and self._scene.change != before.change:
            walk_asides.tell_would_change(self._walk, self._teller)

    def _prompt(self, question: Question) -> str:
        self._teller.say("", *(question.again if question.key == self._refused else question.lines))
        self._refused = ""
        return self._read(secret=question.is_secret)

    def _read(self, *, secret: bool = False) -> str:
        typed = self._console.prompt("> ", secret=secret)
        if typed is None:
            self._teller.say(_("The input ended."))
            self._say_how_to_resume()
            raise _Left(TO_DO)
        return typed.strip()

    # Answers -------------------------------------------------------------------------------------------------------

    def _take(self, question: Question, typed: str) -> None:
        if not typed:
            self._take_nothing(question)
            return
        try:
            self._refused = question.key
            if self._do(lambda: question.take(typed)):
                self._answered(question)
        except Aside as aside:
            match aside.way:
                case "later":
                    self._later()
                case "wait":
                    self._wait()
                case _:
                    self._support()

    def _take_nothing(self, question: Question) -> None:
        match question.enter:
            case Enter.MEANS_YES:
                if self._do(lambda: question.take("yes")):
                    self._answered(question)
            case Enter.LEAVES_OPEN:
                self._answered(question)
            case Enter.LEAVES:
                self._teller.say(_("It stays paid, not verified."))
                walk_asides.tell_support(self._walk, self._teller)
                self._say_how_to_resume()
                raise _Left(TO_DO)
            case Enter.ASKS_AGAIN:
                self._refused = question.key if len(question.lines) > _SHORT else ""
                self._teller.say(_("This needs an answer."))

    def _answered(self, question: Question) -> None:
        self._passed.add(question.key)
        self._asked.append(question.key)

    def _later(self) -> None:
        last = self._walk.last_day
        latest = _("At the latest on {day}, the last day of the line.")
        told_ = [] if last is None else [latest.format(day=last.format_iso())]
        self._teller.say("", _("On which day shall it remind?"), *told_)
        typed = self._read()
        said = command(typed)
        if said is not None and said.verb in (Verb.QUIT, Verb.BACK):
            return
        if typed:
            self._do(lambda: self._walk.later(literal(typed)))

    def _wait(self) -> NoReturn:
        self._teller.say(_("Then it waits for the mail; next goes on without it."))
        if self._walk.follow_up is not None and self._walk.follow_up.overdue:
            walk_asides.tell_support(self._walk, self._teller)
        self._say_how_to_resume()
        raise _Left(TO_DO)

    def _support(self) -> None:
        walk_asides.tell_support(self._walk, self._teller)
        self._teller.say(_("Ask support, then come back to this question: q leaves, everything is saved."))

    # Commands ------------------------------------------------------------------------------------------------------

    def _command(self, typed: str, question: Question) -> Command | None:
        """Return the command that was typed, None for an answer: at a question of yes or no, n is no."""
        if question.is_yes_or_no and yes_or_no(typed) is not None:
            return None
        return command(typed)

    def _obey(self, said: Command, question: Question | None) -> None:
        walk = self._walk
        match said.verb:
            case Verb.HELP:
                self._help.tell(self._scene, said.words)
            case Verb.QUIT:
                self._say_how_to_resume()
                raise _Left(LEFT)
            case Verb.BACK:
                self._back()
            case Verb.NOTE | Verb.KNOW | Verb.WITHOUT:
                self._write(said)
            case Verb.FAILED:
                self._do(walk.failed)
            case Verb.PAID:
                self._already_paid()
            case Verb.SKIP:
                self._skip()
            case Verb.NEXT if question is not None:
                self._next(question)
            case Verb.CODE | Verb.CARD | Verb.SUPPORT:
                self._tell(said.verb)

    def _back(self) -> None:
        if self._asked and self._walk.renewal.branch is None:
            self._passed.discard(self._asked.pop())
            return
        before = self._where()
        if self._do(self._walk.back):
            if self._where() == before:
                self._teller.say(_("This is the first step."))
            else:
                self._arrive()

    def _tell(self, verb: Verb) -> None:
        """Say what was asked for beside the question."""
        if verb is Verb.CODE:
            self._ending.tell_code()
        elif verb is Verb.CARD:
            walk_asides.tell_card(self._walk, self._teller)
        else:
            walk_asides.tell_support(self._walk, self._teller)

    def _write(self, said: Command) -> None:
        """Keep a note, or what the user knows of the offer; or let a line go its own way."""
        if said.verb is Verb.NOTE:
            self._note(said.words)
        elif said.verb is Verb.WITHOUT:
            self._do(lambda: walk_asides.leave_out(self._walk, self._teller, said.words))
        elif self._do(lambda: enter(self._walk, self._scene, said.words)):
            self._teller.say(_("Kept, in your own file."))

    def _note(self, text: str) -> None:
        if not text:
            self._teller.say(_("Write the note after it: n WORDS"))
            return
        before = self._walk.renewal.note
        if self._do(lambda: self._walk.note(f"{before}\n{text}" if before else text)):
            self._teller.say(_("Note kept."))

    def _already_paid(self) -> None:
        if self._walk.renewal.paid_at is not None:
            self._teller.say(_("It is marked as paid already."))
        elif self._do(self._walk.already_paid) and self._where() == self._place:
            self._teller.say(_("The payment is asked about here, what was bought first of all."))

    def _skip(self) -> None:
        if not self._scene.may_skip or self._scene.branch is not None:
            self._teller.say(_("This step cannot be skipped."))
        else:
            self._do(self._walk.skip)

    def _next(self, question: Question) -> None:
        """Finish the step as it stands; what only a yes decides still needs it."""
        if question.key == "paid" or self._scene.branch is not None:
            self._teller.say(_("This needs an answer."))
        elif self._scene.kind is StepKind.PAY:
            self._passed |= {each.key for each in self._questions() if each.key != "paid"}
        else:
            self._move(self._walk.go_on)

    # What may go wrong ---------------------------------------------------------------------------------------------

    def _move(self, go_on: Callable[[], None]) -> None:
        """Finish the step; what it lacks is asked again."""
        if not self._do(go_on):
            self._passed, self._asked = set(), []
        self._look_around()

    def _do(self, change: Callable[[], None]) -> bool:
        """Change the walk; say why where that is refused, and tell whether it was done."""
        before = self._ending.before()
        try:
            change()
        except (InputError, Unfinished) as error:
            return self._not_taken(error)
        except Busy as busy:
            return self._not_taken(busy.on_clock(partial(time_of_day, zone=self._walk.desk.home_zone)))
        except Conflict:
            self._settle()
            return False
        self._ending.tell_change(before)
        return True

    def _not_taken(self, error: SimtuiError) -> bool:
        self._teller.say(_("Not taken: {why}").format(why=told(error)))
        return False

    def _settle(self) -> None:
        """Say what another session has changed, and go on from there if that is wanted."""
        self._teller.say("", _("Another session has changed this renewal meanwhile. Your last answer was not saved."))
        for each in differences(self._walk, stored(self._walk)):
            here = _("{what}: here {mine}, there {theirs}")
            self._teller.say(here.format(what=each.what, mine=each.mine, theirs=each.theirs))
        while True:
            self._teller.say(_("Go on with what the other session has saved? yes, or q to leave"))
            typed = self._read()
            said = command(typed)
            if yes_or_no(typed) is True:
                break
            if yes_or_no(typed) is False or (said is not None and said.verb is Verb.QUIT):
                self._say_how_to_resume()
                raise _Left(TO_DO)
        self._walk.reload()
        if self._walk.renewal.is_open:
            self._arrive(goes_on=True)

    # The end -------------------------------------------------------------------------------------------------------

    def _finished(self) -> None:
        if self._walk.renewal.state is RenewalState.VERIFIED:
            if self._ending.has_codes():
                self._teller.say("", _("The code is kept, masked. Installed: forget it? yes or no"))
                typed = self._console.prompt("> ")
                if typed is not None and yes_or_no(plain_keys(typed)):
                    self._do(self._walk.forget_secrets)
            self._ending.tell_end()
        else:
            self._teller.say(_("This renewal is over."))
        raise _Left(LEFT)

    def _put_off(self) -> None:
        day = self._walk.renewal.resume_on
        self._teller.say(_("Put off until {day}: simtui due tells of it then.").format(day="?" if day is None else day))
        self._say_how_to_resume()
        raise _Left(LEFT)

    def _say_how_to_resume(self) -> None:
        now: Scene = scene(self._walk)
        command_ = walk_asides.resume_command(self._walk)
        told_ = _("Everything is saved, at step {at} of {of}: {title}. {command} goes on from here.")
        self._teller.say(told_.format(at=now.at, of=now.of, title=now.title, command=command_))
