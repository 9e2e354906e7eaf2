"""What a walk says at plain prompts can be followed by ear: short, in sentences, and answered as it was asked."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.test_renew_talk import TO_PAY, lines


def test_help_reads_the_titles_of_the_tips_and_one_of_them_in_full(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("?", "? 3", "? 99")).out
    assert "? tells more: 1 Know the terms before you buy; 2 With the number go" in told
    _asked, titles, third, none = told.split("\n> ")[:4]
    assert titles.endswith(
        "1. Know the terms before you buy\n2. With the number go the accounts bound to it\n"
        "3. What if the renewal is forgotten?\n4. Where are the bills?\n? 1 reads the first in full.\n\n"
        "Is this right? Enter goes on."
    )
    assert third.startswith("? 3\n\nWhat if the renewal is forgotten?\n  ")
    assert "Where are the bills?" not in third
    assert none.startswith("? 99\nNo tip or question holds these words.")


def test_several_tips_that_are_found_are_numbered_and_read_one_by_one(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("? site", "? 2", "? 忘记密码")).out
    _asked, titles, second, only = told.split("\n> ")[:4]
    first, then = titles.split("\n")[2:4]
    assert first.startswith("1. ")
    assert second.startswith(f"? 2\n\n{then.removeprefix('2. ')}\n  ")
    assert "\n  " in only
    assert "reads the first in full" not in only


def test_what_an_answer_changes_is_said_in_lines_of_their_own_without_columns(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines(*TO_PAY, "yes")).out
    changes = "  phase: due → safe\n  last day: 2026-11-24 → ~2027-05-21\n"
    assert told.count(changes) == 2


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("charged", "Marked as paid."),
        ("yes", "Marked as paid."),
        ("扣了", "Marked as paid."),
        ("not charged", "1. another means of payment"),
        ("没扣", "1. another means of payment"),
        ("3", "Nobody knows yet"),
        ("not known", "Nobody knows yet"),
    ],
)
def test_whether_it_was_charged_may_be_said_in_the_words_of_the_question(held: Run, said: str, meant: str) -> None:
    told = held("renew", "Paris", stdin=lines(*TO_PAY, "F", said)).out.partition("Was the account charged?")[2]
    assert "Not taken" not in told
    assert meant in told.partition("\n> ")[2]


def test_a_question_of_few_answers_is_asked_again_with_them(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines(*TO_PAY, "F", "perhaps", "")).out
    refused, silent = told.split("\n> ")[-3:-1]
    assert "chosen: perhaps. One of: 1 yes, charged; 2 no; 3 not known yet.\n" in refused
    assert refused.endswith("Was the account charged?")
    assert silent.endswith("1. yes, charged\n2. no\n3. not known yet")


def test_a_way_may_be_named_by_a_word_of_it(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "next", "platform", "", "q")).out
    assert "The platform's app with your account" in told
    unclear = held("renew", "Lyca", stdin=lines("", "next", "shop", "q")).out
    assert "Not taken: How do you renew? is none of what can be chosen: shop. One of: 1 Recharge online" in unclear


def test_where_the_date_stayed_as_it_was_the_end_tells_how_to_enter_the_new_one(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="Trip: monaco-telecom-travel-esim until 2026-11-24\n")
    told = simtui(
        "renew", "Trip", stdin=lines("", "next", "", "next", "", "", "20 EUR", "next", "next", "yes", "3", *[""] * 3)
    )
    assert told.out.endswith(
        "Trip (line 1): last day =2026-11-24\n"
        "  no later date is known; enter the operator's: simtui record 1 statement --until DATE\n"
    )


def test_where_a_code_is_to_be_entered_it_is_said_how_to_see_it(simtui: Run) -> None:
    begun = ["next", "", "Trip", "", "next", "", "", "1", "next", "yes", "", "", "LPA:1$smdp.example.com$ABC", "", ""]
    told = simtui("renew", "--buy", "airalo-discover-global", stdin=lines(*begun)).out
    assert "Install it\n" in told
    assert "\ncode shows the activation code that you saved.\n" in told.partition("Install it\n")[2]
    assert "code shows" not in told.partition("Install it\n")[0]


def test_where_the_mail_is_not_there_yet_it_waits_and_is_come_back_to(simtui: Run) -> None:
    bought = ["next", "", "Trip", "", "next", "", "", "1", "next", "yes"]
    waits = simtui("renew", "--buy", "airalo-discover-global", stdin=lines(*bought, "no"))
    assert waits.status == 1
    assert "Activation code" not in waits.out
    assert waits.out.endswith(
        "Then it waits for the mail; next goes on without it.\n"
        "Everything is saved, at step 6 of 8: Wait for the mail. simtui renew --buy goes on from here.\n"
    )
    late = simtui("renew", "--buy", stdin=lines("no"), today="2026-11-23").out
    assert "1 of 2. The mail with code and instructions is there" in late
    assert "Support: how to reach it is not known, no order number\n" in late
    there = simtui("renew", "--buy", stdin=lines("", "", "", "", "", "q"), today="2026-11-23").out
    assert "Step 7 of 8: Install it" in there


def test_the_amount_of_a_top_up_is_said_once(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "next", "", "next", "", "", "1", "b", "", "")).out
    assert "\n1. top-up EUR 10, number safe until" in told
    assert "Chosen: top-up EUR 10. Enter keeps it." in told
    assert "3. Mobicarte Mini (SIM pack), EUR 2.99, " in told
    chinese = held("renew", "Paris", "--lang", "zh", stdin=lines("no", "", "")).out
    assert "\n1. 充值 EUR 10，" in chinese


def test_a_day_of_service_is_not_said_together_with_not_known_for_how_long(simtui: Run) -> None:
    simtui("add", "--stdin", stdin="Trip: airalo-discover-plus-global until 2026-11-24\n")
    told = simtui("renew", "Trip", stdin=lines("", "next", "", "next", "", "")).out
    first = next(line for line in told.splitlines() if line.startswith("1. Discover+ 1 GB"))
    assert "full service until ~2026-11-28, the number's own day is not known" in first
    assert "for how long is not known" not in first
