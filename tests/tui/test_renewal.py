"""The walkthrough on the screen: its keys, what another session does meanwhile, what is left after a kill."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from textual.events import Paste
from textual.widgets import Input
from whenever import Instant

from simtui.domain.act import ActKind
from simtui.domain.line import Knowledge
from simtui.domain.procedure import Procedure, StepKind
from simtui.domain.renewal import RenewalState
from simtui.session import Options
from simtui.tui.screens.choose import Choose
from simtui.tui.screens.confirm import Confirm
from simtui.tui.screens.message import Message
from simtui.tui.screens.questions import Questions
from simtui.tui.screens.renewal import WalkScreen
from simtui.tui.views.renewal_rows import Target, What
from simtui.walk.staging import scene
from simtui.walk.walk import Walk
from tests.tui.dashboards import TODAY, Dashboard, app_on, filled, on_file, running
from tests.tui.walks import SOME, answers, begun, give, opened, paris, walk_screen


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return paris(tmp_path / "lines.json")


async def to(board: Dashboard, kind: StepKind) -> WalkScreen:
    """Open the walk, and go on to the first step of a kind."""
    await board.press("r")
    screen = walk_screen(board)
    while screen.scene.kind is not kind:
        if screen.scene.kind is StepKind.CHOOSE:
            await board.press("space")
        screen.sheet.move_to(Target(What.NEXT))
        await board.press("enter")
    return screen


def on(screen: WalkScreen, what: What, name: str, part: str = "") -> None:
    assert screen.sheet.move_to(Target(what, name, part))


def kind_of(screen: WalkScreen) -> StepKind:
    return screen.scene.kind


def state_of(screen: WalkScreen) -> RenewalState:
    return screen.walk.renewal.state


def is_back(board: Dashboard) -> bool:
    return board.app.screen is board.screen


def is_in_walk(board: Dashboard) -> bool:
    return board.app.screen is walk_screen(board)


def ticked(screen: WalkScreen) -> tuple[str, ...]:
    return screen.walk.renewal.ticked


def answered(screen: WalkScreen) -> dict[str, str]:
    return screen.walk.renewal.answers


# Going through ------------------------------------------------------------------------------------------------------


async def test_r_opens_a_walk_and_goes_on_where_it_was(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.READY)
        await board.press("escape")
        assert is_back(board)
        await board.press("r")
        assert walk_screen(board).scene.kind is StepKind.READY
        assert walk_screen(board).walk.held.id == screen.walk.held.id


async def test_enter_on_a_field_fills_it_in_and_goes_to_the_next_and_after_the_last_on(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        await board.press("enter")
        assert screen.is_writing
        await board.type("2.10 EUR")
        await board.press("enter")
        assert screen.walk.renewal.answers["read-credit"] == "2.10 EUR"
        assert screen.is_writing
        await board.press("enter", "enter", "enter", "enter")
        await board.type("2026-12-01")
        await board.press("enter")
        assert isinstance(board.app.screen, Choose)
        await board.press("enter")
        assert kind_of(screen) is StepKind.CHANNEL
        assert [act.act.kind for act in board.desk.holding(1).acts][1:] == [ActKind.BALANCE_READING, ActKind.STATEMENT]


async def test_enter_on_what_can_be_ticked_leads_to_what_is_asked_beneath_and_never_past_it(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        on(screen, What.ITEM, "pay-now")
        await board.press("enter")
        assert kind_of(screen) is StepKind.PAY
        assert state_of(screen) is RenewalState.DRAFT
        assert isinstance(board.app.screen, Choose)
        await board.press("escape")
        await board.press("b")
        assert screen.scene.items
        on(screen, What.ITEM, screen.scene.items[0].id)
        await board.press("enter")
        assert kind_of(screen) is StepKind.PAY


async def test_enter_on_what_was_seen_leads_to_the_new_balance_and_date_before_it_ends(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        on(screen, What.ITEM, "seen-sms")
        await board.press("space")
        assert screen.walk.renewal.checks
        on(screen, What.OPTION, "checks", "sms")
        await board.press("enter")
        assert screen.is_writing
        await board.press("enter", "enter")
        await board.type("2027-05-21")
        await board.press("enter")
        assert screen.scene.is_over
        assert answered(screen)["new-valid-until"] == "2027-05-21"


async def test_space_goes_from_tick_to_tick_past_facts_that_can_be_filled_in(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        on(screen, What.ITEM, "status-hotline")
        assert any(each.what is What.FACT and each.part == "status-hotline" for each in screen.sheet.targets)
        await board.press("space")
        assert screen.sheet.cursor == Target(What.ITEM, "status-sms")


async def test_letters_are_keys_of_the_walk_until_a_field_is_filled_in(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        on(screen, What.FIELD, "order-number")
        await board.press("enter")
        await board.type("bnF?")
        assert kind_of(screen) is StepKind.PAY
        await board.press("tab")
        assert screen.walk.renewal.proof is not None
        assert screen.walk.renewal.proof.order_number == "bnF?"
        await board.press("escape", "b")
        assert kind_of(screen) is not StepKind.PAY


async def test_a_digit_begins_a_field_also_in_full_width(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        await board.type("２１０ＥＵＲ")
        await board.press("enter")
        assert screen.walk.renewal.answers["read-credit"] == "210 EUR"


async def test_a_wrong_answer_stays_and_is_complained_about(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        await board.press("enter")
        await board.type("plenty")
        await board.press("enter")
        assert screen.is_writing
        assert screen.complaint
        assert screen.complaint.split(":")[-1].strip()[:20] in board.text
        await board.press("escape")
        assert not screen.is_writing
        assert answered(screen) == {}


async def test_a_paste_goes_into_the_field_under_the_cursor_or_the_first_empty_one(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        on(screen, What.FIELD, "receipt")
        screen.takes_text("https://example.org/receipt/1\n")
        await board.press("enter", "escape")
        assert screen.walk.renewal.proof is not None
        assert screen.walk.renewal.proof.receipt == "https://example.org/receipt/1"
        on(screen, What.NEXT, "")
        screen.takes_text("2026-11-20")
        await board.press("enter")
        assert screen.walk.renewal.answers["paid-on"] == "2026-11-20"


async def test_space_ticks_and_goes_to_the_next(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.READY)
        items = [item.id for item in screen.scene.items]
        assert screen.sheet.cursor == Target(What.ITEM, items[0])
        await board.press("space", "space")
        assert ticked(screen) == tuple(items[:2])
        await board.press("k", "space")
        assert ticked(screen) == (items[0],)


async def test_a_choice_is_made_first_and_shows_what_it_does(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHOOSE)
        await board.press("enter")
        assert kind_of(screen) is StepKind.CHOOSE
        assert [item.amount for item in screen.walk.renewal.items] == [10]
        assert "What it does" in board.text
        await board.press("enter")
        assert kind_of(screen) is StepKind.DO


async def test_another_amount_and_thing_can_be_bought(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHOOSE)
        on(screen, What.OTHER, "")
        await board.press("enter")
        await board.type("15 EUR")
        await board.press("enter")
        await board.type("roaming pass")
        await board.press("enter")
        assert [(item.amount, item.name) for item in screen.walk.renewal.items] == [(Decimal(15), "roaming pass")]
        assert "roaming pass" in board.text
        assert screen.sheet.cursor == Target(What.NEXT)


async def test_another_amount_that_is_none_is_refused_where_it_is_typed(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHOOSE)
        on(screen, What.OTHER, "")
        await board.press("enter")
        await board.type("much")
        await board.press("enter")
        assert "Another amount" in board.text
        assert "What is it?" not in board.text
        assert "much" in board.text


async def test_another_way_is_chosen_and_its_steps_follow(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHANNEL)
        assert screen.sheet.cursor == Target(What.OPTION, "procedure", "recharge-online")
        await board.press("j")
        assert "Proof:" in board.text
        await board.press("enter")
        assert screen.walk.renewal.procedure == "recharge-shop"
        assert kind_of(screen) is StepKind.READY


async def test_enter_on_a_finished_step_goes_back_to_it_and_keeps_the_answers(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        choose = next(step.id for step in screen.scene.trail if step.kind is StepKind.CHOOSE)
        on(screen, What.STEP, choose)
        await board.press("enter")
        assert kind_of(screen) is StepKind.CHOOSE
        assert len(screen.walk.renewal.items) == 1
        await board.press("b")
        assert kind_of(screen) is StepKind.READY


async def test_a_step_can_be_skipped_but_not_the_payment(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "s")
        screen = walk_screen(board)
        assert kind_of(screen) is StepKind.STATUS
        assert screen.walk.renewal.skipped
        await board.press("escape")
        screen = await to(board, StepKind.PAY)
        await board.press("s")
        assert kind_of(screen) is StepKind.PAY


async def test_nothing_is_begun_where_nothing_can_be_saved(file: Path) -> None:
    async with running(app_on(on_file(file, read_only=True))) as board:
        await board.press("r")
        assert is_back(board)
        assert board.notices
        assert board.desk.holding(1).renewals == ()


async def test_a_note_stays_with_the_renewal(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "n")
        await board.type("card of Anna")
        await board.press("enter")
        assert walk_screen(board).walk.renewal.note == "card of Anna"
        assert "card of Anna" in board.text


async def test_paid_is_not_yet_verified_and_verified_ends_it(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        assert "paid, not verified: 0 min ago" in board.text
        on(screen, What.NEXT, "")
        await board.press("enter")
        assert state_of(screen) is RenewalState.PAID
        assert "at least one check" in board.notices[-1]
        assert screen.sheet.cursor == Target(What.OPTION, "checks", "sms")
        await board.press("space")
        on(screen, What.NEXT, "")
        await board.press("enter")
        assert state_of(screen) is RenewalState.VERIFIED
        await board.press("enter")
        assert is_back(board)
        assert "safe" in board.row_with("Paris")


async def test_undo_takes_the_last_finished_step_back_by_its_name(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        assert len(board.desk.holding(1).acts) == 2
        await board.press("u")
        assert board.notices[-1].startswith("Undone: renewal, pay")
        assert kind_of(screen) is StepKind.PAY
        assert len(board.desk.holding(1).acts) == 1


# The fast lane, and what goes wrong ---------------------------------------------------------------------------------


async def test_already_paid_goes_to_what_was_bought_and_then_to_the_payment(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("P")
        screen = walk_screen(board)
        assert kind_of(screen) is StepKind.CHOOSE
        await board.press("enter", "enter")
        assert kind_of(screen) is StepKind.PAY
        skipped = {step.kind for step in screen.scene.trail if step.state == "skipped"}
        assert {StepKind.STATUS, StepKind.READY, StepKind.DO} <= skipped
        await board.press("P")
        assert "at the payment already" in board.notices[-1]


async def failed(board: Dashboard) -> WalkScreen:
    screen = await to(board, StepKind.PAY)
    await board.press("F")
    assert "Was the account charged?" in board.text
    return screen


async def test_nothing_can_have_failed_before_anything_was_tried(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "F")
        assert walk_screen(board).scene.branch is None
        assert "Nothing has been paid yet" in board.notices[-1]


async def test_a_failed_payment_that_was_charged_is_paid_and_has_to_be_checked(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await failed(board)
        on(screen, What.WAY, "yes")
        await board.press("enter")
        assert kind_of(screen) is StepKind.VERIFY
        assert screen.scene.is_paid
        assert "Paid, not verified yet" in " ".join(board.notices)


async def test_a_second_key_does_not_claim_that_a_failed_payment_was_charged(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await failed(board)
        await board.press("enter")
        assert state_of(screen) is RenewalState.DRAFT
        assert screen.walk.renewal.charged is Knowledge.UNKNOWN


async def test_the_keys_at_the_bottom_are_those_that_do_something(file: Path) -> None:
    def bottom(board: Dashboard) -> str:
        return board.text.splitlines()[-1]

    async with running(app_on(on_file(file)), size=(80, 24)) as board:
        await board.press("r")
        screen = walk_screen(board)
        assert " b back" not in bottom(board)
        await to(board, StepKind.PAY)
        assert " b back" in bottom(board)
        assert " F failed" in bottom(board)
        assert " ? help" in bottom(board)
        on(screen, What.FIELD, "order-number")
        await board.press("enter")
        assert bottom(board).startswith(" Enter take")
        await board.press("escape")
        screen.walk.go_on()
        screen.walk.fill("checks", "sms")
        screen.walk.go_on()
        screen.fresh()
        assert screen.scene.is_over
        await board.press("L", "escape")
        assert " Enter next" not in bottom(board)
        assert " Esc leave" in bottom(board)


async def test_the_card_is_named_where_somebody_is_spoken_to_and_support_where_it_is_needed(file: Path) -> None:
    async with running(app_on(on_file(file)), size=(80, 24)) as board:
        screen = await to(board, StepKind.CHANNEL)
        screen.walk.fill("procedure", "keep-phone")
        screen.fresh()
        assert "phrase card" not in board.text.splitlines()[-1]
        await to(board, StepKind.DO)
        assert " c phrase card" in board.text.splitlines()[-1]
        await to(board, StepKind.PAY)
        await board.press("F")
        assert "ask support" not in board.text.splitlines()[-1]
        on(screen, What.WAY, "no")
        await board.press("enter")
        assert " S ask support" in board.text.splitlines()[-1]
        await board.press("S", "enter", "enter")
        assert isinstance(board.app.screen, Message)
        assert all(len(notice) < 90 for notice in board.notices)


async def test_a_failed_payment_goes_on_with_another_means(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await failed(board)
        on(screen, What.WAY, "no")
        await board.press("enter")
        on(screen, What.WAY, "other-method")
        await board.press("space")
        assert screen.scene.branch is None
        assert kind_of(screen) is StepKind.PAY


async def test_a_failed_payment_is_put_off_and_reminds_on_its_day(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await failed(board)
        on(screen, What.WAY, "no")
        await board.press("enter")
        on(screen, What.WAY, "later")
        await board.press("enter")
        assert "2026-11-22" in board.text
        await board.press("ctrl+u")
        await board.type("2027-02-01")
        await board.press("enter")
        assert "that is after the last day" in " ".join(board.text.split())
        assert board.app.screen.query_one(Input).value == "2027-02-01"
        await board.press("ctrl+u")
        await board.type("2026-11-22")
        await board.press("enter")
        assert is_back(board)
        assert state_of(screen) is RenewalState.FAILED
    async with running(app_on(on_file(file))) as board:
        assert "Enter continues" not in board.text
    tomorrow = Options(data=file, today=TODAY.add(days=1))
    async with running(app_on(tomorrow)) as board:
        assert "You were at step 7 (Pay) for Paris. Enter continues." in board.text


async def test_support_is_shown_where_the_payment_failed(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await failed(board)
        on(screen, What.WAY, "unknown")
        await board.press("enter")
        on(screen, What.WAY, "support")
        await board.press("enter")
        assert isinstance(board.app.screen, Choose)
        assert "the payment failed, charged or not is not known" in board.text
        await board.press("enter")
        assert board.text.index("Français") < board.text.index("English")
        await board.press("enter")
        assert isinstance(board.app.screen, Message)
        assert "Ask support" in board.text
        assert "06 12 34 56 78" in board.text.replace("+33 6", "06")
        assert board.app.clipboard.startswith("Bonjour")
        await board.press("escape", "b")
        assert screen.scene.branch is None


async def test_a_payment_is_disputed_at_the_bank_with_its_proof(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.PAY)
        screen.walk.fill("order-number", "AB-77")
        screen.walk.go_on()
        screen.fresh()
        await board.press("S", "enter")
        assert "the bank or PayPal" in board.text
        await board.press("2")
        await board.press("2")
        assert "Dispute the payment" in board.text
        assert "AB-77" in board.app.clipboard
        assert "dispute" in board.app.clipboard


async def test_a_renewal_can_be_given_up_after_a_question(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r")
        screen = walk_screen(board)
        await screen.run_action("walk_give_up")
        await board.pilot.pause()
        assert isinstance(board.app.screen, Confirm)
        await board.press("y")
        assert is_back(board)
        assert state_of(screen) is RenewalState.GIVEN_UP


# Reading and copying ------------------------------------------------------------------------------------------------


async def test_what_a_step_tells_is_copied_and_stays_on_the_screen(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "y")
        assert isinstance(board.app.screen, Choose)
        await board.press("1")
        assert board.app.clipboard == "+33612345678"
        assert "+33612345678" in board.notices[-1]


async def test_with_privacy_no_number_is_shown_or_offered_to_copy(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "p")
        assert "6 12 34" not in board.text
        await board.press("y")
        assert "612345678" not in board.text


async def test_the_card_is_shown_with_what_it_means_and_never_in_privacy(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHANNEL)
        screen.answer(lambda: screen.walk.fill("procedure", "keep-shop"))
        await board.press("escape")
        screen = await to(board, StepKind.DO)
        assert "06 12 34 56 78" in board.text
        await board.press("c")
        assert "Le numéro est le 06 12 34 56 78." in board.text
        assert "The number is 06 12 34 56 78." in board.text
        await board.press("escape", "p")
        assert "12 34 56" not in board.text
        await board.press("c")
        assert "12 34 56" not in board.text


async def test_with_privacy_lines_without_a_label_are_named_by_masked_numbers(tmp_path: Path) -> None:
    lines = {"": "+33612345678 mobicarte 10EUR 2026-05-24", " ": "+33612345679 mobicarte 10EUR 2026-05-25"}
    async with running(app_on(on_file(filled(tmp_path / "two.json", lines)))) as board:
        await board.press("p", "space", "space")
        await to(board, StepKind.PAY)
        assert "Order number" in board.text
        assert "+336" not in board.text
        assert "12 34 5" not in board.text


async def test_the_same_complaint_stands_there_once(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        on(screen, What.NEXT, "")
        await board.press("enter", "enter", "enter")
        assert len(board.app._notifications) == 1


async def test_help_searches_tips_and_questions_and_leads_to_the_keys(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "question_mark")
        assert isinstance(board.app.screen, Questions)
        assert "here" in board.text
        await board.type("charged")
        await board.press("enter")
        assert isinstance(board.app.screen, Message)
        await board.press("escape")
        await board.press(*["backspace"] * 7)
        await board.type("keys")
        await board.press("enter")
        assert "The payment failed: was it charged?" in board.text
        await board.press("escape", "escape")
        assert is_in_walk(board)


async def test_what_is_pasted_into_the_search_never_reaches_the_terminal(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "?")
        box = board.app.screen.query_one(Input)
        box.post_message(Paste("red\x1b[31m\u202e"))
        await board.pilot.pause()
        assert box.value.startswith("red")
        assert "\x1b" not in box.value
        assert "\u202e" not in box.value


async def test_enter_on_a_question_opens_it_in_full(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "G", "enter")
        assert isinstance(board.app.screen, Message)


async def test_a_tap_selects_and_another_one_ticks(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.READY)
        row = next(y for y, line in enumerate(board.text.split("\n")) if "A means of payment" in line)
        await board.pilot.click(offset=(20, row))
        assert screen.sheet.cursor == Target(What.ITEM, "means-ready")
        assert ticked(screen) == ()
        await board.pilot.click(offset=(20, row))
        await board.pilot.pause()
        assert ticked(screen) == ("means-ready",)


@pytest.mark.parametrize("size", [(45, 20), (80, 24), (120, 40)])
async def test_the_cursor_is_in_sight_wherever_it_goes(file: Path, size: tuple[int, int]) -> None:
    async with running(app_on(on_file(file)), size) as board:
        screen = await to(board, StepKind.PAY)
        await board.press("g")
        for _number in range(len(screen.sheet.targets)):
            assert sum(line.lstrip("│ ").startswith("> ") for line in board.text.split("\n")) == 1
            await board.press("j")
        await board.press("g", "pagedown", "pageup")
        assert screen.sheet.cursor == screen.sheet.targets[0]


async def test_what_was_lacking_is_not_said_any_more_once_it_is_there(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.CHANNEL)
        await board.press("enter", "enter")
        assert kind_of(screen) is StepKind.CHOOSE
        screen.sheet.move_to(Target(What.NEXT))
        await board.press("enter")
        assert board.notices == ["nothing is chosen yet"]
        screen.sheet.move_to(Target(What.CHOICE, screen.scene.choices[0].id))
        await board.press("space")
        assert board.notices == []


# Several lines, purchases, history ----------------------------------------------------------------------------------


async def test_marked_lines_are_renewed_together_with_a_number_each(tmp_path: Path) -> None:
    lines = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Nice": "+33612345679 mobicarte 10EUR 2026-05-25"}
    async with running(app_on(on_file(filled(tmp_path / "two.json", lines)))) as board:
        await board.press("space", "space")
        screen = await to(board, StepKind.PAY)
        assert "Paris and 1 more" in board.text
        numbers = [target for target in screen.sheet.targets if target.id == "order-number"]
        assert len(numbers) == 2
        for target, text in zip(numbers, ("A1", "B2"), strict=True):
            screen.sheet.move_to(target)
            await board.press("enter")
            await board.type(text)
            await board.press("tab", "escape")
        orders = [board.desk.holding(line).renewals[0].renewal.proof for line in (1, 2)]
        assert sorted(proof.order_number or "" for proof in orders if proof is not None) == ["A1", "B2"]


async def test_what_was_typed_for_one_of_several_lines_is_told_with_its_line(tmp_path: Path) -> None:
    lines = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Nice": "+33612345679 mobicarte 10EUR 2026-05-25"}
    file = filled(tmp_path / "two.json", lines)
    async with running(app_on(on_file(file))) as board:
        await board.press("space", "space")
        screen = await to(board, StepKind.PAY)
        other = opened(file)
        Walk.open(other, screen.walk.held.id).fill("order-number", "B-2", line=1)
        other.repository.close()
        screen.sheet.move_to(Target(What.FIELD, "order-number", line=1))
        await board.press("enter")
        await board.type("A-1")
        await board.press("enter")
        assert "You typed for Order number · Paris: A-1" in board.text
        assert "Order number · Paris: here -, there B-2" in board.text


async def test_what_is_said_and_written_of_several_lines_is_said_of_each(tmp_path: Path) -> None:
    lines = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Nice": "+33612345679 mobicarte 10EUR 2026-05-25"}
    async with running(app_on(on_file(filled(tmp_path / "two.json", lines)))) as board:
        await board.press("space", "space")
        screen = await to(board, StepKind.PAY)
        screen.walk.fill("order-number", "B2", line=2)
        screen.fresh()
        assert "+33 6 12 34 56 7" not in board.text.split("\n")[1]
        await board.press("c")
        assert "06 12 34 56 78" in board.text
        await board.press("G")
        assert "06 12 34 56 79" in board.text
        await board.press("escape", "S", "down", "enter", "enter", "enter")
        assert "+33 6 12 34 56 79" in board.text
        assert "B2" in board.text


async def test_what_the_operator_says_otherwise_is_told_where_it_is_filled_in(file: Path) -> None:
    async with running(app_on(on_file(file)), size=(80, 24)) as board:
        screen = await to(board, StepKind.VERIFY)
        on(screen, What.OPTION, "checks", "sms")
        await board.press("space")
        screen.sheet.move_to(Target(What.FIELD, "new-valid-until"))
        await board.press("enter")
        await board.type("2027-06-30")
        await board.press("enter")
        assert "The operator says 2027-06-30, the sum says" in board.text
        assert state_of(screen) is RenewalState.PAID
        await board.press("enter")
        assert state_of(screen) is RenewalState.VERIFIED


async def test_enter_on_a_check_leads_to_what_was_read_before_it_ends(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        on(screen, What.OPTION, "checks", "sms")
        await board.press("space", "enter")
        assert (screen.sheet.cursor or Target(What.NEXT)).id == "new-credit"
        assert screen.is_writing
        await board.press("enter", "enter", "enter")
        assert state_of(screen) is RenewalState.VERIFIED


async def test_an_order_number_that_comes_after_the_payment_is_its_proof_in_the_history(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        await board.press("b")
        screen.walk.fill("order-number", "LATE-1")
        await board.press("escape", "5")
        assert "no proof" not in board.row_with("top-up EUR 10  online")
        assert "proof" in board.row_with("top-up EUR 10  online")


async def test_one_of_several_lines_can_go_its_own_way(tmp_path: Path) -> None:
    lines = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "Nice": "+33612345679 mobicarte 10EUR 2026-05-25"}
    async with running(app_on(on_file(filled(tmp_path / "two.json", lines)))) as board:
        await board.press("space", "space")
        screen = await to(board, StepKind.PAY)
        screen.action_walk_leave_out()
        await board.pilot.pause()
        assert isinstance(board.app.screen, Choose)
        await board.press("down", "enter")
        assert [held.renewal.line for held in screen.walk.members] == [1]
        assert "and 1 more" not in board.text
        left = board.desk.holding(2).renewals[0].renewal
        assert (left.batch, left.step, left.items) == (None, screen.walk.renewal.step, screen.walk.renewal.items)


async def test_what_nobody_knows_of_the_offer_is_entered_once_and_can_be_taken_back(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r")
        screen = walk_screen(board)
        unknown = next(target for target in screen.sheet.targets if target.what is What.FACT and target.id == "phone")
        screen.sheet.move_to(unknown)
        await board.press("enter")
        await board.type("740")
        await board.press("enter")
        assert "740" in board.row_with("Call")
        support = screen.walk.some_offer.channels.support
        assert support is not None
        assert support.phone == "740"
        screen.sheet.move_to(unknown)
        await board.press("enter")
        assert screen.app.screen.query_one(Input).value == "740"
        await board.press("escape")
        await board.press("u")
        await board.pilot.pause()
        assert "not known" in board.row_with("Call")


async def test_what_cannot_be_taken_back_takes_nothing_else_back_unasked(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        seen = board.desk.holding(1)
        board.desk.edit_line(1, seen.rev, seen.line.model_copy(update={"notes": "mine"}))
        await board.press("r")
        screen = walk_screen(board)
        unknown = next(target for target in screen.sheet.targets if target.what is What.FACT and target.id == "phone")
        screen.sheet.move_to(unknown)
        await board.press("enter")
        await board.type("740")
        await board.press("enter")
        own = board.app.own_carriers_file
        own.write_bytes(own.read_bytes().replace(b"740", b"741"))
        await board.press("u")
        await board.pilot.pause()
        assert "your own offers were changed since" in board.notices[-1]
        assert board.desk.holding(1).line.notes == "mine"
        await board.press("u")
        await board.pilot.pause()
        assert board.desk.holding(1).line.notes is None, "what the store has done can still be taken back"
        assert b"741" in own.read_bytes()


async def test_lines_of_different_offers_are_not_renewed_together(tmp_path: Path) -> None:
    lines = {"Paris": "+33612345678 mobicarte 10EUR 2026-05-24", "UK": "+447700900123 giffgaff until 2026-12-24"}
    async with running(app_on(on_file(filled(tmp_path / "two.json", lines)))) as board:
        await board.press("space", "space", "r")
        assert is_back(board)
        assert "one offer" in board.notices[-1]


async def test_before_anything_is_chosen_the_keys_speak_of_no_payment_that_failed(tmp_path: Path) -> None:
    async with running(app_on(on_file(tmp_path / "none.json"))) as board:
        await board.screen.run_action("buy_esim")
        await board.pilot.pause()
        screen = walk_screen(board)
        screen.walk.go_on()
        screen.walk.fill("offer", "airalo-discover-global")
        screen.walk.fill("label", "Rome")
        screen.walk.go_on()
        screen.fresh()
        await board.pilot.pause()
        assert kind_of(screen) is StepKind.DO
        assert "failed" not in board.text.splitlines()[-1]


async def test_a_travel_esim_is_bought_without_any_line(tmp_path: Path) -> None:
    async with running(app_on(on_file(tmp_path / "none.json"))) as board:
        await board.screen.run_action("buy_esim")
        await board.pilot.pause()
        screen = walk_screen(board)
        assert "First purchase" in board.text
        while not screen.scene.is_over:
            for answer in answers(screen.walk):
                give(screen.walk, answer)
            if screen.scene.kind is StepKind.WAIT:
                screen.walk.fill("code", "LPA:1$rsp.example.org$ABC-1")
            screen.fresh()
            on(screen, What.NEXT, "")
            await board.press("enter")
        assert isinstance(board.app.screen, Confirm)
        await board.press("y")
        assert screen.codes() == []
        await board.press("escape")
        assert [held.line.name for held in board.desk.holdings()] == ["A-1"]


async def test_r_without_any_line_leads_to_the_purchase_that_is_open(tmp_path: Path) -> None:
    async with running(app_on(on_file(tmp_path / "none.json"))) as board:
        await board.press("r")
        assert "No renewal is open." in board.notices
        Walk.purchase(board.desk)
        await board.press("r")
        assert "Open renewals" in board.text
        await board.press("enter")
        assert "First purchase" in board.text


async def test_the_history_shows_renewals_and_opens_them(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.VERIFY)
        await board.press("space")
        on(screen, What.NEXT, "")
        await board.press("enter", "enter")
        await board.press("5")
        assert "renewal verified" in board.text.replace(":", "")
        await board.press("slash")
        assert "renewal" in board.text
        await board.press("enter")
        again = walk_screen(board)
        assert again.scene.is_over
        await board.press("space", "b", "enter")
        assert is_back(board)
        assert again.walk.renewal.state is RenewalState.VERIFIED


# On start -----------------------------------------------------------------------------------------------------------


async def test_the_start_says_where_the_user_was_and_enter_goes_on(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.PAY)
    async with running(app_on(on_file(file))) as board:
        assert "You were at step 7 (Pay) for Paris. Enter continues." in board.text
        await board.press("enter")
        assert walk_screen(board).scene.kind is StepKind.PAY


async def test_enter_goes_on_with_a_purchase_where_there_is_no_line_to_stand_on(tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    async with running(app_on(on_file(file))) as board:
        walk = Walk.purchase(board.desk)
        walk.go_on()
        walk.fill("offer", "airalo-discover-global")
        walk.fill("label", "Italy")
    async with running(app_on(on_file(file))) as board:
        while board.screen.resume is None:
            await board.pilot.pause()
        assert "Enter goes on: Italy" in board.text
        await board.press("enter")
        assert walk_screen(board).scene.kind is StepKind.OFFER


async def test_any_other_key_takes_the_offer_away_and_r_lists_all(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.PAY)
    async with running(app_on(on_file(file))) as board:
        await board.press("j")
        assert "Enter continues" not in board.text
        await board.press("enter")
        assert is_back(board)
        await board.press("R")
        assert "step 7 of 8 (Pay)" in board.text
        await board.press("1")
        assert walk_screen(board).scene.kind is StepKind.PAY


async def test_an_untouched_draft_is_listed_and_not_spoken_of(file: Path) -> None:
    killed = opened(file)
    Walk.of(killed, killed.holdings())
    killed.repository.close()
    async with running(app_on(on_file(file))) as board:
        assert "Enter continues" not in board.text
        await board.press("R")
        assert "step 1 of 8" in board.text
        await board.press("escape", "5")
        assert "renewal: " not in board.text


async def test_an_overdue_payment_is_told_on_start_and_loud_in_the_walk(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.VERIFY)
    async with running(app_on(on_file(file))) as board:
        assert "Enter continues" not in board.text
    later = Options(data=file, today=TODAY.add(days=2))
    async with running(app_on(later)) as board:
        assert "Paris: paid, not seen to work. Enter continues." in board.text
        await board.press("enter")
        assert "OVERDUE: paid, not verified: 2 d ago" in board.text
        assert "ask support, with the order number" in board.text


async def test_a_renewal_that_was_opened_by_mistake_leaves_no_trace(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r", "escape")
        assert is_back(board)
        assert board.screen.desk.holding(1).renewals == ()
        await board.press("r", "n", *"Hi", "enter", "escape")
        assert len(board.screen.desk.holding(1).renewals) == 1


async def test_what_another_session_has_done_in_a_renewal_is_not_forgotten(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await board.press("r")
        other = opened(file)
        Walk.open(other, walk_screen(board).walk.held.id).note("Hi")
        await board.press("escape")
        assert other.holding(1).renewals[0].renewal.note == "Hi"
        other.repository.close()


# Two sessions -------------------------------------------------------------------------------------------------------


async def test_what_another_session_answers_appears(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        other = opened(file)
        Walk.open(other, screen.walk.held.id).fill("read-credit", "3 EUR")
        other.repository.close()
        board.app.look_around()
        await board.pilot.pause()
        assert "EUR 3" in board.text
        assert "Another session has changed this renewal" in board.notices[-1]


async def test_two_answers_at_once_are_shown_and_theirs_taken(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        other = opened(file)
        theirs = Walk.open(other, screen.walk.held.id)
        theirs.fill("read-credit", "3 EUR")
        await board.press("enter")
        await board.type("4 EUR")
        board.app.look_around()
        await board.pilot.pause()
        assert screen.is_writing
        await board.press("enter")
        assert isinstance(board.app.screen, Confirm)
        assert "Credit left: here -, there EUR 3" in board.text
        assert "You typed for Credit left: 4 EUR" in board.text
        assert theirs.renewal.answers == {"read-credit": "3 EUR"}
        await board.press("y")
        assert answered(screen) == {"read-credit": "3 EUR"}
        await board.press("enter")
        await board.type("5 EUR")
        await board.press("enter", "escape")
        theirs.reload()
        assert theirs.renewal.answers == {"read-credit": "5 EUR"}
        other.repository.close()


async def test_a_conflict_can_be_left_and_nothing_is_overwritten(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        screen = await to(board, StepKind.STATUS)
        other = opened(file)
        theirs = Walk.open(other, screen.walk.held.id)
        theirs.go_on()
        screen.action_walk_back()
        await board.pilot.pause()
        assert isinstance(board.app.screen, Confirm)
        assert "there 3" in board.text
        assert "[ leave the renewal ]" in board.text
        await board.press("escape")
        assert is_back(board)
        theirs.reload()
        assert scene(theirs).kind is StepKind.CHANNEL
        other.repository.close()


async def test_a_line_that_another_session_deletes_ends_the_walk(file: Path) -> None:
    async with running(app_on(on_file(file))) as board:
        await to(board, StepKind.STATUS)
        other = opened(file)
        other.delete_lines([1])
        other.repository.close()
        board.app.look_around()
        await board.pilot.pause()
        assert is_back(board)


# Kills --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("procedure", SOME)
def test_whoever_comes_back_after_any_answer_finds_the_same_step_and_answers(file: Path, procedure: Procedure) -> None:
    desk = opened(file)
    walk = begun(desk, procedure)
    while not scene(walk).is_over:
        for answer in answers(walk):
            give(walk, answer)
            again = opened(file)
            assert scene(Walk.open(again, walk.held.id)) == scene(walk)
        walk.go_on()


@pytest.mark.parametrize("procedure", SOME)
async def test_the_dashboard_comes_back_at_every_step(file: Path, procedure: Procedure) -> None:
    """Nothing is closed in between: what a killed program leaves is what was committed."""
    desk = opened(file)
    walk = begun(desk, procedure)
    while not scene(walk).is_over:
        for answer in answers(walk):
            give(walk, answer)
        async with running(app_on(on_file(file)), (80, 24)) as board:
            await board.press("R", "1")
            assert walk_screen(board).scene == scene(walk)
        walk.reload()
        walk.go_on()


# Looks --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "language"), [((45, 20), "en"), ((80, 24), "en"), ((120, 40), "en"), ((200, 60), "en"), ((80, 24), "zh")]
)
@pytest.mark.parametrize("kind", [StepKind.STATUS, StepKind.CHOOSE, StepKind.PAY])
async def test_the_screen_looks_as_before(
    file: Path, snapshot: SnapshotAssertion, size: tuple[int, int], language: str, kind: StepKind
) -> None:
    async with running(app_on(on_file(file, language=language)), size) as board:
        await to(board, kind)
        assert board.text == snapshot


def test_the_time_of_a_payment_is_an_instant(file: Path) -> None:
    desk = opened(file)
    walk = Walk.of(desk, [desk.holding(1)])
    walk.already_paid()
    walk.choose("top-up:10")
    while scene(walk).kind is not StepKind.VERIFY:
        walk.go_on()
    assert Instant.parse_iso(walk.renewal.paid_at or "") == desk.now().round("second")
