"""What is put together of several Chinese texts is written by the same rules as each of them."""

from __future__ import annotations

import re

import pytest

from tests.cli.conftest import Run

HAN = r"[\u3400-\u9fff]"
SIGNS = "，。；：？！、（）“”"
RULES = {
    "a blank between Chinese and Latin": rf"{HAN}[A-Za-z0-9~=]|[A-Za-z0-9]{HAN}",
    # Two blanks part columns; a point in the middle has its own.
    "no blank beside a full-width sign": rf"[{SIGNS}] (?![ ·])|(?<=[^ ·]) [{SIGNS}]",
    "no half-width sign beside Chinese": rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}",
    "no blank between Chinese": rf"{HAN} {HAN}",
    "one sign at a time": "[？。！]：|，[，。]|。。|：：",
}
COMMANDS = (
    "list",
    "due",
    "plan",
    "losses",
    "proofs",
    "renew --list",
    "carriers check",
    "snooze --help",
    "renew --help",
)


def said(simtui: Run, *words: str) -> str:
    answer = simtui(*words, "--demo", "--lang", "zh")
    # A line of the demo bears a label of two words; a site stands in its own blanks.
    return re.sub(r" ?https?://\S+ ?", "", (answer.out + answer.err).replace("演示 ", ""))


@pytest.fixture
def texts(simtui: Run) -> list[str]:
    lines = range(1, 16)
    shown = [said(simtui, command, str(line)) for command in ("show", "explain") for line in lines]
    offers = [said(simtui, "carriers", "show", offer) for offer in ("orange-fr-mobicarte", "povo2", "club-sim-hk")]
    return [*shown, *offers, *(said(simtui, *command.split()) for command in COMMANDS)]


def test_what_is_put_together_is_written_by_the_rules(texts: list[str]) -> None:
    lines = {line for text in texts for line in text.splitlines()}
    assert any("只能接收" in line for line in lines)
    broken = [(name, line) for name, rule in RULES.items() for line in lines if re.search(rule, line)]
    assert not broken, "\n".join(map(str, broken))
