"""What `simtui renew` says and refuses beside its questions: commands, conflicts, status, what is due, kills."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.catalogue import Catalogue, load
from simtui.cli import walk_words
from simtui.cli.walk_words import Command, Verb
from simtui.paths import bundled
from tests.cli.conftest import Answer, Run
from tests.cli.walks import RUNS as FILES
from tests.cli.walks import SIGN, Answers, read

ROOT = Path(__file__).parents[2]
TO_PAY = ["", "next", "", "next", "", "", "1", "next", "next"]
"""What leads from the start of a Mobicarte's renewal to its payment, at the question whether it is paid."""


def lines(*answers: str) -> str:
    return "".join(f"{answer}\n" for answer in answers)


@pytest.fixture
def paid(held: Run) -> Run:
    """A renewal of Paris that is paid and not verified."""
    answer = held("renew", "Paris", stdin=lines(*TO_PAY, "yes"))
    assert "Marked as paid." in answer.out
    return held


# Commands ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("b", Command(Verb.BACK)),
        ("Back", Command(Verb.BACK)),
        ("返回", Command(Verb.BACK)),
        ("ｂ", Command(Verb.BACK)),
        ("F", Command(Verb.FAILED)),
        ("Ｆ", Command(Verb.FAILED)),
        ("付款失败", Command(Verb.FAILED)),
        ("P", Command(Verb.PAID)),
        ("已付", Command(Verb.PAID)),
        ("q", Command(Verb.QUIT)),
        ("退出", Command(Verb.QUIT)),
        ("skip", Command(Verb.SKIP)),
        ("跳过", Command(Verb.SKIP)),
        ("？", Command(Verb.HELP)),
        ("? lost password", Command(Verb.HELP, "lost password")),
        ("?password", Command(Verb.HELP, "password")),
        ("帮助 密码", Command(Verb.HELP, "密码")),
        ("n the site was slow", Command(Verb.NOTE, "the site was slow")),
        ("备注：网站很慢", Command(Verb.NOTE, "网站很慢")),
        ("note 价格：１０", Command(Verb.NOTE, "价格：１０")),
        ("n", Command(Verb.NOTE)),
        ("下一步", Command(Verb.NEXT)),
    ],
)
def test_commands_are_letters_or_words_of_either_language(typed: str, meant: Command) -> None:
    assert walk_words.command(typed) == meant


@pytest.mark.parametrize("typed", ["", "f", "p", "B", "bb", "backup", "nothing", "10 EUR", "yes", "F-100", "=b", "备"])
def test_an_answer_is_no_command(typed: str) -> None:
    assert walk_words.command(typed) is None


def test_yes_and_no_in_either_language() -> None:
    assert [walk_words.yes_or_no(each) for each in ("y", "YES", "是", "ｙ", "n", "No", "否", "maybe", "")] == [
        *[True] * 4,
        *[False] * 3,
        None,
        None,
    ]
    assert all(walk_words.yes_or_no(each) for each in ("要", "需要", "有", "付了", "好了"))
    assert [walk_words.yes_or_no(each) for each in ("不要", "不需要", "还没", "没付")] == [False] * 4
    assert walk_words.literal(" =b ") == walk_words.literal("b") == "b"


def test_help_tells_what_can_be_typed_and_the_tips_of_the_step(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("?")).out
    for said in ("b or back:", "skip:", "What if the renewal is forgotten?", "4. Where are the bills?"):
        assert said in told
    found = held("renew", "Paris", stdin=lines("? 忘记密码", "? xyzzy")).out
    assert "Password forgotten\n  On the log-in page" in found
    assert "No tip or question holds these words." in found


def test_what_nobody_knows_is_said_in_one_line_and_can_be_entered(held: Run) -> None:
    told = held(
        "renew", "Paris", stdin=lines("know Hours: 9 to 18", "know", "know moon: x", "补充 Call：0970", "q")
    ).out
    assert "  Not known: Call, From abroad, Hours\n" in told
    assert told.count("Kept, in your own file.") == 2
    assert "Not taken: the name and a colon come before it: know NAME: WORDS" in told
    assert "is none of what can be chosen: moon" in told
    again = held("renew", "Paris", stdin="").out
    assert "  Call: 0970, yours\n  Hours: 9 to 18, yours\n  Not known: From abroad\n" in again


def test_a_line_without_a_label_is_named_once(simtui: Run) -> None:
    simtui("add", "+33612345678 mobicarte 10EUR 2026-05-24")
    assert simtui("renew", "1", stdin="").out.startswith("Renewing +33 6 12 34 56 78, Mobicarte")


def test_back_goes_a_question_back_then_a_step(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "3 EUR", "b", "4 EUR", "b", "b", "b", "b")).out
    assert "Now: EUR 3. Enter keeps it, - empties it." in told
    assert "Now: EUR 4. Enter keeps it, - empties it." in told
    assert told.index("Step 2 of 8") < told.rindex("Step 1 of 8")
    assert "This is the first step." in told


def test_notes_are_kept_one_beneath_the_other(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("n one", "n", "备注 二", "", "n")).out
    assert told.count("Note kept.") == 2
    assert "Not taken: then it stays open." in told  # at a question of yes or no, n is no
    assert "Write the note after it: n WORDS" in told
    assert "Note: one · 二" in held("renew", "Paris", stdin="").out


def test_what_cannot_be_is_said_and_asked_again(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("F", *TO_PAY, "skip", "", "next")).out
    assert "Not taken: nothing can have been paid at this step yet" in told
    assert "This step cannot be skipped." in told
    assert told.count("This needs an answer.") == 2


def test_leaving_is_no_error_and_an_end_of_input_has_its_own_status(held: Run) -> None:
    left = held("renew", "Paris", stdin=lines("", "q"))
    assert (left.status, left.err) == (0, "")
    assert left.out.endswith("Everything is saved, at step 2 of 8: Status first. simtui renew 1 goes on from here.\n")
    ended = held("renew", "Paris", stdin="")
    assert ended.status == 1
    assert "You were at step 2 of 8: Status first. Begun 2026-11-21." in ended.out


def test_already_paid_inside_the_walk_and_on_the_command_line(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("P", "", "", "1", "P")).out
    assert "step 4, skipped" in held("renew", "Paris", "--status").out
    assert "Step 5 of 8" in told
    assert "Step 7 of 8: Pay" in held("renew", "Paris", "--paid", stdin="").out
    assert "It is marked as paid already." in held("renew", "Paris", stdin=lines("next", "paid", "P")).out


def test_text_from_outside_is_shown_not_obeyed(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "\x1b[31m", "n \u202egpj")).out
    assert not set("\x1b\u202e").intersection(told)


def test_bytes_that_are_no_text_are_refused_and_nothing_breaks(held: Run) -> None:
    answer = held("renew", "Paris", stdin=b"\n\xff\xfe EUR\n")
    assert answer.status == 1
    assert "Not taken: Credit left" in answer.out


def test_in_chinese_every_word_of_the_steps_is_chinese(held: Run) -> None:
    told = held("renew", "Paris", "--lang", "zh", stdin=lines("是", "下一步", "", "跳过")).out
    for said in ("哪个号码", "先查状态", "续费方式"):
        assert said in told


# Options -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ((), "no line is named"),
        (("Nobody",), "no line fits Nobody"),
        (("Paris", "妈妈"), "only lines of one offer can be renewed together"),
        (("Paris", "--json"), "questions cannot be asked in JSON"),
        (("Paris", "--buy"), "--buy goes without a line"),
        (("Paris", "--list"), "--list goes without a line"),
        (("Paris", "--read-only"), "a renewal saves every answer, which cannot be done"),
        (("Paris", "--give-up"), "no renewal is open"),
        (("--buy", "mobicarte"), "is no eSIM to be bought here"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_asked(
    held: Run, data_file: Path, arguments: tuple[str, ...], why: str
) -> None:
    before = data_file.read_bytes()
    answer = held("renew", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert why in answer.err
    assert data_file.read_bytes() == before


def test_status_tells_every_step_and_opens_nothing(held: Run, data_file: Path) -> None:
    assert held("renew", "Paris", "--status").status == 0
    held("renew", "Paris", stdin=lines("", "3 EUR"))
    before = data_file.read_bytes()
    answer = held("renew", "Paris", "--status")
    assert answer.status == 1
    assert "Paris: step 2 of 8 (Status first)" in answer.out
    assert "step 2, now: Status first: EUR 3" in answer.out
    assert "step 8, to come: Verify" in answer.out
    (found,) = held("renew", "Paris", "--status", "--json").json["renewals"]
    assert [found[each] for each in ("line", "name", "state", "step", "step_number", "steps")] == [
        1,
        "Paris",
        "draft",
        "status",
        2,
        8,
    ]
    assert [each["state"] for each in found["trail"]] == ["done", "here", *["ahead"] * 6]
    assert data_file.read_bytes() == before


def test_everything_open_is_listed(held: Run) -> None:
    assert held("renew", "--list").out == "No renewal is open.\n"
    held("renew", "Paris", stdin="")
    held("renew", "--buy", stdin=lines("next", "airalo-discover-global", "Italy"))
    told = held("renew", "--list").out
    assert "1  Paris  step 1 of 8 (Which line)" in told
    assert "Italy  step 2 of 8 (Which travel eSIM)" in told
    found = held("renew", "--list", "--json").json["renewals"]
    assert [(each["line"], each["name"], each["offer"]) for each in found] == [
        (1, "Paris", "orange-fr-mobicarte"),
        (None, "Italy", "airalo-discover-global"),
    ]
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in documented for name in found[0])


def test_giving_up_ends_it_and_undo_takes_it_back(held: Run) -> None:
    held("renew", "Paris", stdin="")
    assert held("renew", "Paris", "--give-up").out == "Given up: Paris. simtui undo takes it back.\n"
    assert held("renew", "--list").out == "No renewal is open.\n"
    held("undo")
    assert "Paris" in held("renew", "--list").out
    assert held("renew", "Paris", "--give-up", "--json").json["given_up"] == [{"id": 1, "line": 1}]


def test_a_purchase_is_come_back_to_and_several_are_told_apart(simtui: Run) -> None:
    first = simtui("renew", "--buy", "airalo-discover-global", stdin=lines("next", "", "Italy"))
    assert "simtui renew --buy goes on from here." in first.out
    again = simtui("renew", "--buy", stdin="")
    assert "You were at step 2 of 8: Which travel eSIM" in again.out
    simtui("renew", "--buy", "orange-fr-holiday-travel", stdin="")
    several = simtui("renew", "--buy")
    assert several.status == 2
    assert "several purchases are open: Italy, orange-fr-holiday-travel" in several.err
    assert "Italy" in simtui("renew", "--buy", "airalo-discover-global", stdin="").out
    assert "Step 1 of 8" in simtui("renew", "--buy", "--new", stdin="").out


def test_codes_are_masked_and_shown_only_when_asked_for(simtui: Run) -> None:
    code = "LPA:1$rsp.example.com$JQ-209U6H"
    bought = ["next", "airalo-discover-global", "Italy", "", "next", "", "", "2", "next", "yes"]
    told = simtui("renew", "--buy", stdin=lines(*bought, "", "", code)).out
    assert "> ••••" in told
    assert code not in told
    assert f"Activation code: {code}" in simtui("renew", "--buy", stdin=lines("code")).out
    assert code not in simtui("renew", "--buy", "--private", stdin=lines("code")).out


def test_private_hides_numbers_and_balances(held: Run) -> None:
    told = held("renew", "Paris", "--private", stdin=lines("", "7.65 EUR", "b")).out
    held("renew", "Paris", stdin=lines("next", "next"))
    told += held("renew", "Paris", "--private", stdin="").out + held("renew", "Paris", "--status", "--private").out
    assert "+33*******01" in told
    assert "98 00 01" not in told
    assert told.count("7.65") == 1  # what was typed into a pipe


# Two sessions --------------------------------------------------------------------------------------------------------


class _Meanwhile:
    """An input during which another session does something, before a line of it is read."""

    def __init__(self, answers: list[str], at: int, then: Callable[[], object]) -> None:
        self.left, self.at, self.then = answers, at, then

    def isatty(self) -> bool:
        return False

    def readline(self) -> str:
        self.at -= 1
        if self.at == 0:
            stdin, stdout, sys.stdout = sys.stdin, sys.stdout, open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123
            try:
                self.then()
            finally:
                sys.stdout.close()
                sys.stdin, sys.stdout = stdin, stdout
        return self.left.pop(0) + "\n" if self.left else ""


@pytest.fixture
def meanwhile(
    held: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[[list[str], int, Callable[[], object]], Answer]:
    def run(answers: list[str], at: int, then: Callable[[], object]) -> Answer:
        from simtui.cli import main

        monkeypatch.setattr(sys, "stdin", _Meanwhile(answers, at, then))
        capsys.readouterr()
        status = main(["renew", "Paris", "--today=2026-11-21"])
        said = capsys.readouterr()
        return Answer(status, said.out, said.err)

    return run


Meanwhile = Callable[[list[str], int, Callable[[], object]], Answer]


def test_private_hides_the_number_as_it_is_said_in_its_country(simtui: Run) -> None:
    simtui("add", "Paris: +33612345678 mobicarte 10EUR 2026-05-24")
    simtui("renew", "Paris", stdin=lines("", *[""] * 7, "4", *[""] * 9, "10 EUR", *[""] * 4))
    told = simtui("renew", "Paris", "--private", stdin=lines("b", "")).out
    assert "12 34 56 78" not in told
    assert "12 34 56 78" not in simtui("renew", "Paris", "--card", "--private").out


def test_another_session_is_told_of_and_never_overwritten(meanwhile: Meanwhile, home: Path) -> None:
    def theirs() -> None:
        _process("renew", "Paris", stdin=lines("8 EUR", "next", "next", "next"))

    answer = meanwhile(["", "5 EUR", "maybe", "yes"], 2, theirs)
    assert "Another session has changed this renewal meanwhile. Your last answer was not saved." in answer.out
    assert "Credit left: here -, there EUR 8" in answer.out
    assert "step: here 2 Status first, there 5 Amount" in answer.out
    assert answer.out.count("Go on with what the other session has saved?") == 2
    assert "Step 5 of 8: Amount" in answer.out
    assert answer.status == 1
    assert "EUR 8" in _process("renew", "Paris", "--status")


def test_a_step_that_another_session_is_at_too_is_asked_about_whole(meanwhile: Meanwhile, home: Path) -> None:
    ticking = ["", "5 EUR", "yes", "q"]
    told = meanwhile(ticking, 2, lambda: _process("renew", "Paris", stdin=lines("n there"))).out
    assert told.rpartition("Step 2 of 8")[2].count("As the operator shows it, with the currency: 7.40 EUR") == 1


def test_one_may_leave_the_other_session_alone(meanwhile: Meanwhile, home: Path) -> None:
    answer = meanwhile(["", "5 EUR", "q"], 2, lambda: _process("renew", "Paris", stdin=lines("8 EUR")))
    assert answer.status == 1
    assert "EUR 8" in _process("renew", "Paris", "--status")


def test_a_line_that_is_deleted_meanwhile_is_an_error(meanwhile: Meanwhile, home: Path) -> None:
    answer = meanwhile(["", "5 EUR"], 2, lambda: _process("renew", "Paris", "--give-up"))
    assert "state: here begun, there given up" in answer.out
    assert answer.status == 1


def _process(*arguments: str, stdin: str = "") -> str:
    import subprocess

    command = [sys.executable, "-m", "simtui", *arguments, "--today=2026-11-21"]
    return subprocess.run(
        command, cwd=ROOT, input=stdin, capture_output=True, text=True, check=False, timeout=60
    ).stdout


# What is due ---------------------------------------------------------------------------------------------------------


def test_due_tells_of_a_payment_that_nobody_saw_work(paid: Run) -> None:
    told = {line.split("  ")[1].strip(): line for line in paid("due").out.splitlines() if line.startswith("paid?")}
    assert len(told) == 1
    assert "paid, not verified: look whether it has taken effect" in paid("due").out
    line = next(each for each in paid("due", "--json").json["lines"] if each["name"] == "Paris")
    assert (line["renewal"]["state"], line["renewal"]["overdue"]) == ("paid", False)
    assert line["renewal"]["support_from"] == "2026-11-22T12:00:00Z"


def test_due_sends_to_support_after_a_day_with_hours_and_order_number(held: Run) -> None:
    held("renew", "Monaco", "--paid", stdin=lines("", "", "10 EUR", "", "", "card", "", "", "M-7", "next", "yes"))
    told = held("due", today="2026-11-22").out
    expected = "paid 2026-11-21, not seen to work: contact support: 99 66 33 00, from abroad +377 99 66 33 00"
    assert expected in told
    assert "Every day 08:00-22:00" in told
    assert "order number M-7" in told
    assert expected in held("show", "Monaco", today="2026-11-22").out
    line = next(each for each in held("due", "--json", today="2026-11-22").json["lines"] if each["name"] == "Monaco")
    assert line["renewal"]["overdue"]


def test_due_tells_of_a_purchase_whose_code_has_not_come_for_a_day(simtui: Run) -> None:
    bought = ["next", "airalo-discover-global", "Italy", "", "next", "", "", "2", "next", "yes"]
    simtui("renew", "--buy", stdin=lines(*bought))
    assert simtui("due").status == 0
    late = simtui("due", today="2026-11-22")
    assert late.status == 1
    assert "Italy  first purchase, paid 2026-11-21, not seen to work: contact support" in late.out
    (purchase,) = simtui("due", "--json", today="2026-11-22").json["purchases"]
    assert (purchase["name"], purchase["offer"], purchase["renewal"]["step"]) == (
        "Italy",
        "airalo-discover-global",
        "wait",
    )


def test_list_and_show_tell_where_the_renewal_is(paid: Run) -> None:
    heading, *rows = paid("list").out.splitlines()
    assert heading.endswith("Renewal")
    assert next(row for row in rows if "Paris" in row).endswith("step 8 of 8 (Verify)")
    assert "Renewal\n  step 8 of 8 (Verify), begun 2026-11-21\n" in paid("show", "Paris").out
    line = paid("show", "Paris", "--json").json["line"]
    documented = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in documented for name in line["renewal"])


def test_list_without_a_renewal_has_no_column_for_it(held: Run) -> None:
    assert held("list").out.splitlines()[0].endswith("Left")


def test_an_answer_kept_for_later_ends_when_support_is_to_be_asked(
    held: Run, data_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from whenever import Instant

    from simtui.cli import start
    from simtui.desk import Desk, NewLine
    from simtui.domain.line import Line
    from simtui.domain.renewal import Renewal
    from simtui.store.tinydb_repository import open_repository

    now = Instant.parse_iso("2026-11-21T08:00:00Z")
    repository = open_repository(data_file)
    desk = Desk(repository, _catalogue(), now=lambda: now)
    renewal = Renewal(line=1, procedure="recharge-online", state="paid", paid_at="2026-11-20T09:00:00Z")
    desk.add_line(NewLine(Line(label="Late", offer="orange-fr-mobicarte"), (), (renewal,)))
    monkeypatch.setattr(time, "time", lambda: float(now.timestamp()))
    assert start._next_change(desk, desk.holdings()) == Instant.parse_iso("2026-11-21T09:00:00Z").timestamp()
    repository.close()


def _catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


# Kills ---------------------------------------------------------------------------------------------------------------


class _Terminal:
    """A process at a pseudo-terminal that is wide enough for its sentences."""

    def __init__(self, *arguments: str) -> None:
        self.said = ""
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            os.chdir(ROOT)
            os.environ["TERM"] = "dumb"
            os.execv(sys.executable, [sys.executable, "-m", "simtui", *arguments, "--today=2026-11-21"])
        termios.tcsetwinsize(self.descriptor, (50, 500))

    def wait(self) -> bool:
        """Reads until it asks; tells whether it does, rather than having ended."""
        until = time.monotonic() + 60
        while not self.said.endswith(f"\n{SIGN}"):
            assert time.monotonic() < until, self.said[-500:]
            if not select.select([self.descriptor], [], [], 1)[0]:
                continue
            try:
                data = os.read(self.descriptor, 65536)
            except OSError:
                data = b""
            if not data:
                return False
            self.said += data.decode().replace("\r\n", "\n")
        return True

    def type(self, answer: str) -> None:
        self.said = ""
        os.write(self.descriptor, answer.encode())

    def kill(self, number: signal.Signals) -> int:
        os.kill(self.pid, number)
        return self.end()

    def end(self) -> int:
        _pid, status = os.waitpid(self.pid, 0)
        os.close(self.descriptor)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize("name", ["recharge-online", "travel-buy"])
def test_a_killed_session_is_gone_on_with(simtui: Run, data_file: Path, name: str) -> None:
    run = read(FILES / f"{name}.txt")
    for line in run.held:
        assert simtui("add", "--stdin", stdin=f"{line}\n").status == 0
    (section,) = run.sections
    answers, kills, asked = Answers(section), {5, 12, 21, 29}, 0
    terminal = _Terminal(*section.command)
    while terminal.wait():
        asked += 1
        if asked in kills:
            assert terminal.kill(signal.SIGKILL) == -signal.SIGKILL
            terminal = _Terminal(*section.command)
            assert terminal.wait()
            assert "You were at step" in terminal.said
        terminal.type(answers.to(terminal.said) + "\n")
    assert terminal.end() == 0
    (renewal,) = json.loads(simtui("export").out)["lines"][0]["renewals"]
    assert renewal["state"] == "verified"
    assert f"order number {renewal['proof']['order_number']}" in run.outcome


def test_an_interrupt_says_how_to_go_on(simtui: Run, held: Run) -> None:
    terminal = _Terminal("renew", "Paris")
    assert terminal.wait()
    terminal.type("\n")
    assert terminal.wait()
    terminal.type("\x03")
    assert not terminal.wait()
    assert "simtui renew 1 goes on from here." in terminal.said
    assert terminal.end() == 130


def test_answers_may_be_typed_ahead(held: Run) -> None:
    terminal = _Terminal("renew", "Paris")
    terminal.type("\n3 EUR\nq\n")
    while terminal.wait():
        terminal.said = terminal.said[: -len(SIGN)]
    assert terminal.end() == 0
    assert "EUR 3" in held("renew", "Paris", "--status").out


def test_nothing_moves_the_cursor_and_nothing_is_coloured(held: Run) -> None:
    terminal = _Terminal("renew", "Paris")
    assert terminal.wait()
    assert "\x1b" not in terminal.said
    terminal.kill(signal.SIGKILL)


def test_support_is_written_to_in_three_languages_and_the_shop_gets_its_card(held: Run) -> None:
    held("renew", "1", "--paid", stdin="1\n")
    french = held("renew", "1", "--support", "--because", "wrong-plan")
    assert french.out.startswith("Bonjour")
    assert "Puis-je avoir un reçu" in held("renew", "1", "--card").out
    for tongue, first in (("en", "Hello"), ("zh", "您好"), ("fr", "Bonjour")):
        answer = held("renew", "1", "--support", tongue, "--because", "charged-twice", "--json").json
        assert answer["language"] == tongue
        assert answer["text"].startswith(first)
    refused = held("renew", "1", "--support", "de", "--because", "wrong-plan")
    assert refused.status == 2
    assert "en, fr, zh" in refused.err
