"""`simtui record LINE --sms`: what the operator wrote."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from simtui.cli import main
from tests.cli.conftest import TODAY, Run

BOTH = "Votre crédit est de 5,20€ valable jusqu'au 12/05/2027. Votre ligne est valable jusqu'au 12/11/2027."
OPEN = "Votre crédit est de 5,20€. Il vous reste 2 Go. Valable jusqu'au 12/05/2027."


def kinds(held: Run, line: str) -> list[str]:
    acts = held("show", line, "--json").json["line"]["acts"]
    return [act["kind"] for act in acts]


def test_what_it_says_is_shown_and_recorded_with_yes(held: Run) -> None:
    answer = held("record", "Paris", "--sms", "--yes", stdin=BOTH)
    assert (answer.status, answer.err) == (0, "")
    assert "The message says of Paris:" in answer.out
    assert "credit       EUR 5.20 from “Votre crédit est de 5,20€”" in answer.out
    assert "Recorded balance reading, operator's date 2027-11-12, operator's date 2027-05-12 on Paris." in answer.out
    assert sorted(kinds(held, "Paris")) == ["balance_reading", "statement", "statement", "top_up"]
    line = held("show", "Paris", "--json").json["line"]
    assert (line["number_safe_until"], line["balances"]["credit"]["amount"]) == ("2027-11-12", "5.20")


def test_balances_of_acts_are_hidden_where_privacy_is_asked_for(held: Run) -> None:
    held("record", "Paris", "--sms", "--yes", stdin=BOTH)
    acts = held("show", "Paris", "--json", "--private").json["line"]["acts"]
    assert {str(act["balances"]) for act in acts} == {"None"}


def test_it_is_one_change_that_can_be_undone(held: Run) -> None:
    held("record", "Paris", "--sms", "--yes", stdin=BOTH)
    held("undo")
    assert kinds(held, "Paris") == ["top_up"]


def test_without_a_terminal_nothing_is_recorded_unless_yes_was_said(held: Run) -> None:
    answer = held("record", "Paris", "--sms", stdin=BOTH)
    assert answer.status == 2
    assert "last day           2026-11-24 → =2027-05-12" in answer.out
    assert "--yes records it without asking" in answer.err
    assert kinds(held, "Paris") == ["top_up"]


def test_json_proposes_and_writes_only_with_yes(held: Run) -> None:
    answer = held("record", "Paris", "--sms", "--json", stdin=BOTH)
    assert (answer.status, answer.err) == (0, "")
    found = answer.json
    assert (found["recorded"], found["line"], [act["id"] for act in found["acts"]]) == (False, 1, [None] * 3)
    credit, *dates = found["read"]
    assert credit["choices"] == [
        {"value": "5.20", "currency": "EUR", "clock": None, "start": 20, "end": 25, "words": "5,20€"}
    ]
    assert (credit["what"], credit["ambiguous"], credit["by_offer"]) == ("credit", None, False)
    assert [(date["choices"][0]["clock"], date["by_offer"]) for date in dates] == [("line", False), ("credit", True)]
    assert found["acts"][0]["balances"]["credit"] == "5.20"
    assert (found["before"]["phase"], found["after"]["phase"]) == ("due", "safe")
    assert kinds(held, "Paris") == ["top_up"]
    assert held("record", "Paris", "--sms", "--json", "--yes", stdin=BOTH).json["recorded"] is True
    assert len(kinds(held, "Paris")) == 4


def test_what_is_open_is_told_with_its_choices(held: Run) -> None:
    answer = held("record", "Paris", "--sms", "--yes", stdin=OPEN)
    assert answer.status == 2
    assert "valid until must be chosen: 2027-05-12, Line validity; 2027-05-12, Credit validity" in answer.err
    assert "--until and --clock; its clocks: line, credit" in answer.err
    told = held("record", "Paris", "--sms", "--yes", "--json", stdin=OPEN)
    assert told.status == 2
    assert [choice["clock"] for choice in told.json["read"][-1]["choices"]] == ["line", "credit"]
    assert told.json["acts"] == []
    assert kinds(held, "Paris") == ["top_up"]


def test_options_answer_what_is_open(held: Run) -> None:
    assert held("record", "Paris", "--sms", "--yes", "--clock", "credit", stdin=OPEN).status == 0
    acts = held("show", "Paris", "--json").json["line"]["acts"]
    assert ("credit", "2027-05-12") in {(act["clock"], act["valid_until"]) for act in acts}
    mums = "Your balance is £1.20. It expires on 01/02/2027 at midnight."
    assert held("record", "妈妈", "--sms", "--yes", stdin=mums).status == 2
    answer = held("record", "妈妈", "--sms", "--yes", "--until", "2027-01-31", "--note", "by SMS", stdin=mums)
    assert answer.status == 0
    acts = held("show", "妈妈", "--json").json["line"]["acts"]
    assert {act["valid_until"] for act in acts} == {None, "2027-01-31"}
    assert "by SMS" in {act["note"] for act in acts}


def test_options_may_correct_what_was_read(held: Run) -> None:
    options = (
        "--credit-left",
        "4EUR",
        "--data-left",
        "1GB",
        "--minutes-left",
        "3",
        "--sms-left",
        "4",
        "--amount",
        "10",
    )
    answer = held("record", "Paris", "--sms", "--yes", *options, stdin="Votre crédit est de 5 EUR")
    assert answer.status == 0
    balances = held("show", "Paris", "--json").json["line"]["balances"]
    assert balances["credit"]["amount"] == "4"
    assert (balances["data_mb"]["value"], balances["minutes"]["value"], balances["sms"]["value"]) == (1024, 3, 4)
    assert sorted(kinds(held, "Paris")) == ["balance_reading", "top_up", "top_up"]


def test_the_day_of_the_message_can_be_told(held: Run) -> None:
    text = "Votre crédit est de 5€ et reste valable 30 jours."
    found = held("record", "Monaco", "--sms", "--json", "--date", "2026-11-01", stdin=text).json
    assert [act["date"] for act in found["acts"]] == ["2026-11-01", "2026-11-01"]
    assert found["acts"][1]["valid_until"] == "2026-12-01"


def test_a_dry_run_records_nothing(held: Run) -> None:
    assert held("record", "Paris", "--sms", "--yes", "--dry-run", stdin=BOTH).status == 0
    assert kinds(held, "Paris") == ["top_up"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "told"),
    [
        (("--sms",), "", "the message is empty"),
        (("--sms",), "Bonjour !", "no balance, date or top-up was found"),
        (("--sms",), b"sold\xe9", "is not UTF-8"),
        (("top-up", "--sms"), "x", "--sms does not go with ACT"),
        (("--sms", "--plan", "x"), "x", "--sms does not go with --plan"),
        ((), "", "what happened is missing"),
    ],
)
def test_what_cannot_be_read_is_refused(held: Run, arguments: tuple[str, ...], stdin: str | bytes, told: str) -> None:
    answer = held("record", "Paris", *arguments, stdin=stdin)
    assert answer.status == 2
    assert told in answer.err


def test_control_characters_of_a_message_never_reach_the_terminal(held: Run) -> None:
    text = "\x1b[31mVotre \u202ecrédit\x9b est de 5,20€"
    answer = held("record", "Paris", "--sms", "--yes", stdin=text)
    assert answer.status == 0
    assert "\x1b" not in answer.out
    assert "\u202e" not in answer.out
    assert "\\u202ecrédit\\x9b est de" in answer.out


Ask = Callable[..., tuple[int, str, str]]


@pytest.fixture
def asked(held: Run, data_file: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs a command at a terminal: the message and then the answers are typed."""

    class Terminal(io.TextIOWrapper):
        def isatty(self) -> bool:
            return True

    def run(message: str, *answers: str) -> tuple[int, str, str]:
        class Typed(Terminal):
            """The message ends where the terminal says so; what follows are answers."""

            def __init__(self) -> None:
                super().__init__(io.BytesIO(message.encode()), encoding="utf-8")
                self.left = list(answers)

            def readline(self, size: int = -1) -> str:  # type: ignore[override]
                return self.left.pop(0) + "\n" if self.left else ""

        out, err = Terminal(io.BytesIO(), encoding="utf-8"), Terminal(io.BytesIO(), encoding="utf-8")
        monkeypatch.setattr(sys, "stdin", Typed())
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        status = main(["record", "Paris", "--sms", f"--today={TODAY}"])
        texts = []
        for stream in (out, err):
            stream.flush()
            content = stream.buffer
            assert isinstance(content, io.BytesIO)
            texts.append(content.getvalue().decode())
        return status, texts[0], texts[1]

    return run


def test_at_a_terminal_it_asks_before_recording(asked: Ask) -> None:
    status, out, err = asked(BOTH, "yes")
    assert status == 0
    assert "Paste the operator's message" in err
    assert "Record this? [yes/no]" in err
    assert "Recorded balance reading" in out
    status, _out, err = asked(BOTH, "yes")
    assert (status, "is recorded already as #" in err) == (0, True)
    status, _out, err = asked(BOTH, "no")
    assert (status, "nothing was recorded" in err) == (2, True)


def test_at_a_terminal_it_asks_which(asked: Ask) -> None:
    status, out, err = asked(OPEN, "7", "2", "yes")
    assert status == 0, err
    assert "valid until: the message does not say what the date is about" in out
    assert "  2  2027-05-12, Credit validity" in out
    assert err.count("Which?") == 2
    assert "operator's date 2027-05-12" in out


def test_at_a_terminal_a_doubt_can_be_left_out(asked: Ask) -> None:
    status, out, _err = asked(OPEN, "0", "yes")
    assert status == 0
    assert "Recorded balance reading on Paris." in out
    assert asked("Valable jusqu'au 12/05/2027.", "")[0] == 2
