"""What a walk says at plain prompts is true, said once, and asks for nothing that nobody can answer."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run
from tests.cli.test_renew_talk import TO_PAY, lines


def test_where_it_was_read_is_asked_only_once_something_was_read(held: Run) -> None:
    nothing = held("renew", "Paris", stdin=lines("", *[""] * 6)).out
    assert "Valid until, says the operator" in nothing
    assert "Where did you read this?" not in nothing
    assert "Step 3 of 8" in nothing
    read = held("renew", "Paris", stdin=lines("b", "7.40 EUR", *[""] * 5)).out
    assert "Where did you read this?" in read


def test_what_the_step_has_told_is_not_told_again_with_its_items(held: Run) -> None:
    paying = held("renew", "Paris", stdin=lines("", "next", "", "next", "", "", "1", "next")).out.partition("Step 7")[2]
    assert "1 of 2. Pay: card" in paying
    assert paying.count("Means of payment:") == 1


def test_a_note_that_is_a_sentence_begins_one(held: Run) -> None:
    ready = held("renew", "Lyca", stdin=lines("", "next", "", "")).out
    assert "WeChat Pay (not confirmed). The operator's own online methods were not found.\n" in ready


def test_the_words_for_the_shop_stand_a_sentence_a_line(held: Run) -> None:
    there = held("renew", "Paris", stdin=lines("", "next", "2", "next", "", "", "1", "", "")).out
    assert "To say\n  Bonjour, je voudrais recharger cette ligne" in there
    assert "    Hello, I would like to top up this prepaid number, please.\n  Le numéro est le" in there


def test_the_words_for_the_phone_can_be_asked_for(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "next", "5", "c")).out
    assert "In français" in told
    assert "zéro six" in told
    assert "What the voice menu may say:" in told
    hidden = held("renew", "Paris", "--private", stdin=lines("c")).out
    assert "What the voice menu may say:" in hidden
    assert "zéro six" not in hidden
    assert "39 98" not in hidden


def test_a_text_for_support_is_said_where_something_went_wrong(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("S", *TO_PAY, "F", "no", "support")).out
    before, _failed, after = told.partition("The payment failed. Was the account charged?")
    assert "Support: how to reach it is not known, no order number\n" in before
    assert "Text for support" not in before
    assert "\nText for support\nBonjour." in after
    assert "In another language: simtui renew 1 --support en|fr|zh" in after


def test_the_line_may_stand_after_support(held: Run) -> None:
    held("renew", "Paris", stdin=lines(*TO_PAY, "F", "no", "q"))
    assert held("renew", "--support", "Paris").out.startswith("Bonjour.")
    assert held("renew", "--support", "zh", "Paris").out.startswith("您好。")
    assert "must be one of: en, fr, zh" in held("renew", "--support", "xx", "Paris").err


def test_how_to_enter_what_nobody_knows_is_said_once(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines("", "")).out
    assert "Step 2 of 8" in told
    assert told.count("Do you know it? know Call: WORDS keeps it for all later times.") == 1


def test_dates_that_a_choice_does_not_move_are_not_called_a_change(held: Run) -> None:
    told = held("renew", "Lyca", stdin=lines("", "next", "", "next", "", "", "1")).out
    assert "The dates would stay as they are:\n  phase" in told
    assert "This would change" not in told


def test_the_latest_day_to_be_reminded_on_is_said_with_the_question(held: Run) -> None:
    told = held("renew", "Paris", stdin=lines(*TO_PAY, "F", "no", "later")).out
    assert "On which day shall it remind?\nAt the latest on 2026-11-24, the last day of the line.\n> " in told


def test_a_first_purchase_renews_nothing(held: Run) -> None:
    assert held("renew", "--buy", "airalo-discover-global", stdin="").out.startswith(
        "First purchase: a new line, Discover (global data eSIM), Airalo\n"
    )


def test_a_line_without_a_date_at_the_end_is_told_how_to_get_one(held: Run) -> None:
    to_pay = ["", "next", "", "next", "", "", "1", "next", "next", "yes", "sms"]
    told = held("renew", "Lyca", stdin=lines(*to_pay, "", "", "")).out
    assert told.endswith(
        "Lyca (line 4): no date known\n  enter the operator's date: simtui record 4 statement --until DATE\n"
    )


def test_where_no_price_is_known_the_step_can_be_gone_past(held: Run) -> None:
    told = held("renew", "Monaco", stdin=lines("", "next", "", "next", "", "", "skip")).out
    assert "Not known yet what it costs? skip goes on; the payment asks for the amount.\n> " in told
    assert "Step 6 of 8" in told


# Several lines -------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(held: Run) -> Run:
    assert held("add", "--stdin", stdin="+33639980005 Lyon: mobicarte 10EUR 2026-05-25\n").status == 0
    return held


def test_a_line_goes_its_own_way_out_of_several(two: Run) -> None:
    told = two(
        "renew", "Paris", "Lyon", stdin=lines("without", "without Monaco", "移出 Paris", "without Lyon", "q")
    ).out
    assert "Not taken: the line comes after it: without LINE" in told
    assert "Not taken: no line fits Monaco. Renewed here: Paris, Lyon." in told
    assert "Paris goes its own way from here: simtui renew 1 goes on with it." in told
    assert "Not taken: only one line is renewed here" in told
    assert told.endswith("simtui renew 5 goes on from here.\n")
    assert "You were at step 1 of 8" in two("renew", "Paris", stdin="").out


def test_the_lines_of_one_payment_are_all_named_with_their_days(two: Run) -> None:
    told = two("renew", "Paris", "Lyon", stdin=lines("", "", "next", "", "", "1")).out
    assert told.startswith(
        "Renewing 2 lines with one payment: Mobicarte, Orange France\n"
        "  Paris, +33 6 39 98 00 01, last day 2026-11-24\n"
        "  Lyon, +33 6 39 98 00 05, last day 2026-11-25\n"
    )
    assert "Paris: what this would change\n" in told
    assert "Lyon: what this would change\n" in told


def test_numbers_of_several_lines_are_hidden_where_that_is_asked_for(two: Run) -> None:
    assert "39 98" not in two("renew", "Paris", "Lyon", "--private", stdin="").out


def test_the_words_for_the_shop_name_the_number_of_each_line(two: Run) -> None:
    there = two("renew", "Paris", "Lyon", stdin=lines("next", "2", "next", "", "", "1", "", "")).out
    paris, _label, lyon = there.partition("To say · Paris\n")[2].partition("To say · Lyon\n")
    lyon = lyon.partition("Number · ")[0]
    assert "Le numéro est le 06 39 98 00 01" in paris
    assert "Le numéro est le 06 39 98 00 05" in lyon
    assert "00 05" not in paris
    assert "00 01" not in lyon


def test_a_card_is_told_for_each_line(two: Run) -> None:
    told = two("renew", "Paris", "Lyon", stdin=lines("5", "c")).out
    assert told.count("In français") == 2
    assert told.index("06 39 98 00 01") < told.index("06 39 98 00 05")


def test_a_text_for_support_is_said_for_each_line(two: Run) -> None:
    to_pay = ["", "next", "", "", "1", "next", "next"]
    told = two("renew", "Paris", "Lyon", stdin=lines(*to_pay, "F", "no", "support")).out
    paris, _label, lyon = told.partition("Text for support · Paris\n")[2].partition("Text for support · Lyon\n")
    assert "39 98 00 01" in paris
    assert "39 98 00 05" in lyon
    assert told.count("In another language:") == 1
