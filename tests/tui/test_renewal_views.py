"""The walkthrough's views without an app: everything fits, nothing is lost, the cursor can reach what it must."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from syrupy.assertion import SnapshotAssertion
from whenever import Date, Instant, TimeDelta

from simtui import i18n
from simtui.config import Settings
from simtui.desk import Desk
from simtui.domain.procedure import StepKind
from simtui.domain.walkthrough import FollowUp
from simtui.session import Options, open_desk
from simtui.text import cell_width
from simtui.tui.forms.editor import Editor
from simtui.tui.views import renewal
from simtui.tui.views.layout import Line, Look
from simtui.tui.views.renewal_choices import choice_rows
from simtui.tui.views.renewal_questions import KEYS, QuestionRows, question_lines
from simtui.tui.views.renewal_rows import Picture, Target, What, folded
from simtui.tui.views.standing import standing_lines
from simtui.tui.views.waiting import waits
from simtui.walk.scene import Scene
from simtui.walk.staging import scene, searchable
from simtui.walk.walk import Walk
from tests.tui.dashboards import TODAY
from tests.tui.walks import ALL, SOME, answers, begun, give

WIDTHS = (36, 41, 55, 56, 74, 114, 149, 150, 194)


@pytest.fixture
def desk() -> Iterator[Desk]:
    opened = open_desk(Options(demo=True, today=TODAY), Settings())
    yield opened
    opened.repository.close()


def demo_walk(desk: Desk, name: str = "Demo Orange Paris") -> Walk:
    return Walk.of(desk, [next(held for held in desk.holdings() if held.line.name == name)])


def at(walk: Walk, kind: StepKind) -> Scene:
    """Go on to the first step of a kind."""
    while (now := scene(walk)).kind is not kind:
        if now.kind is StepKind.CHOOSE:
            walk.choose(now.choices[0].id)
        walk.go_on()
    return now


def picture(now: Scene, *, whole: bool = True, private: bool = False) -> Picture:
    made = Picture(now, now.who, now.number, Look(private=private), whole)
    return replace(made, cursor=renewal.first_target(now, renewal.targets(renewal.rows(made, 110))))


def texts(found: object) -> list[str]:
    lines: list[Line] = [getattr(row, "line", row) for row in found]  # type: ignore[attr-defined]
    return ["".join(part for part, _ink in line).rstrip() for line in lines]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("procedure", SOME)
def test_every_step_of_every_procedure_fits_every_width(desk: Desk, procedure: object, language: str) -> None:
    i18n.use(language)
    walk = begun(desk, procedure)  # type: ignore[arg-type]
    for _number in range(20):
        now = scene(walk)
        for width in WIDTHS:
            for whole in {False, width > 110}:
                made = picture(now, whole=whole)
                found = texts([*renewal.head(made, width), *renewal.rows(made, width)])
                assert all(cell_width(line) <= width for line in found), (now.step, width)
        if now.is_over:
            return
        for answer in answers(walk):
            give(walk, answer)
        walk.go_on()
    raise AssertionError("it never ends")


@pytest.mark.parametrize("procedure", ALL, ids=lambda each: each.id)
def test_the_cursor_reaches_all_that_is_asked_and_begins_on_it(desk: Desk, procedure: object) -> None:
    walk = begun(desk, procedure)  # type: ignore[arg-type]
    while not (now := scene(walk)).is_over:
        found = renewal.targets(renewal.rows(picture(now), 110))
        ids = {target.id for target in found}
        assert {item.id for item in now.items} | {field.id for field in now.fields} <= ids
        assert {choice.id for choice in now.choices} | {question.id for question in now.questions} <= ids
        begins = renewal.first_target(now, found)
        assert begins is not None
        assert begins.what not in (What.STEP, What.QUESTION)
        if now.choices:
            best = next((choice.id for choice in now.choices if choice.cheapest), begins.id)
            assert begins == Target(What.CHOICE, best)
        for answer in answers(walk):
            give(walk, answer)
        walk.go_on()


def test_finished_steps_are_folded_with_their_answers_and_later_ones_named(desk: Desk) -> None:
    now = at(demo_walk(desk), StepKind.PAY)
    found = texts(renewal.rows(picture(now), 110))
    assert "  done  5 Amount              top-up EUR 10" in found
    assert "  now   7 Pay                 EUR 10" in found
    assert "        8 Verify" in found
    assert renewal.title(now, whole=True, buys=False) == "Renew  step 7 of 8"


def test_a_small_screen_shows_one_step_alone(desk: Desk) -> None:
    now = at(demo_walk(desk), StepKind.PAY)
    found = texts(renewal.rows(picture(now, whole=False), 43))
    assert not {step.title for step in now.trail} & {line.strip(" 0123456789") for line in found}
    assert renewal.title(now, whole=False, buys=False) == "Renew  7/8  Pay"


def test_choices_stand_in_columns_with_what_they_lead_to(desk: Desk) -> None:
    now = at(demo_walk(desk), StepKind.CHOOSE)
    found = texts(renewal.rows(picture(now), 110))
    head = next(line for line in found if "Full service until" in line)
    best = next(line for line in found if "top-up 10" in line)
    for column, cell in (("Full service until", "~2027-05-21"), ("Number safe until", "~2027-05-21")):
        assert best[head.index(column) :].startswith(cell)
    assert best.rstrip().endswith("EUR 1.68  cheapest")
    assert best.lstrip().startswith("> ( ) ")


def test_marks_stand_beneath_where_only_they_find_no_room_beside(desk: Desk) -> None:
    walk = demo_walk(desk)
    now = at(walk, StepKind.CHOOSE)
    wordy = [each._replace(receive_only=True) for each in now.choices]
    whole = max(cell_width(line) for line in texts(choice_rows(wordy, 200, narrowed=False)))
    header, first, beneath, *_rest = texts(choice_rows(wordy, whole - 1, narrowed=False))
    assert header.split()[:2] == ["Name", "Price"]
    assert "with receive-only time" not in first
    assert "with receive-only time" in beneath


def test_what_was_asked_for_dims_what_does_not_suffice(desk: Desk) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.CHOOSE)
    walk.fill("needed-until", "2027-04-01")
    rows = renewal.rows(picture(scene(walk)), 110)
    inks = {text.strip(): ink for row in rows for text, ink in row.line if text.strip().startswith("top-up")}
    assert inks["top-up 10"] != "muted"
    assert inks["top-up 5"] == "muted"


def test_privacy_masks_number_and_readings(desk: Desk) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.STATUS)
    walk.fill("read-credit", "7.41 EUR")
    for kind in (StepKind.STATUS, StepKind.DO):
        made = replace(picture(at(walk, kind), private=True), number="+33 ** 12")
        found = "\n".join(texts([*renewal.head(made, 110), *renewal.rows(made, 110)]))
        assert "39 98 00" not in found
        assert "7.41" not in found


def test_a_field_that_is_filled_in_shows_the_text_and_what_is_wrong_with_it(desk: Desk) -> None:
    made = picture(at(demo_walk(desk), StepKind.STATUS))
    assert made.cursor == Target(What.FIELD, "read-credit")
    hinted = texts(renewal.rows(made, 110))
    assert any("with the currency" in line for line in hinted)
    wrong = replace(made, editor=Editor.on("seven"), complaint="that is no amount")
    rows = renewal.rows(wrong, 110)
    assert any("seven" in line for line in texts(rows))
    assert any("that is no amount" in line for line in texts(rows))
    [(line, cell)] = [(texts([row])[0], row.cursor) for row in rows if row.cursor is not None]
    assert line[:cell].endswith("seven")


def test_long_links_are_broken_and_never_cut() -> None:
    link = "https://boutique.orange.example/vitrine/rechargements-mobile/mobicarte/"
    lines = texts(folded(link, 30))
    assert all(len(line) <= 30 for line in lines)
    assert "".join(lines) == link
    assert "".join(texts(folded("续费" * 20, 9))) == "续费" * 20


def test_control_characters_of_a_note_are_shown_and_not_sent(desk: Desk) -> None:
    walk = demo_walk(desk)
    walk.note("red \x1b[31m")
    made = picture(scene(walk))
    assert r"\x1b[31m" in "\n".join(texts(renewal.head(made, 110)))


@pytest.mark.parametrize(
    ("hours", "told"), [(0.5, "30 min ago"), (1.2, "1 h ago"), (47.9, "47 h ago"), (50, "2 d ago")]
)
def test_how_long_a_payment_waits(hours: float, told: str) -> None:
    paid = Instant.from_utc(2026, 11, 20, 8)
    waiting = FollowUp(paid, None, paid + TimeDelta(hours=24), overdue=False)
    assert waits(waiting, paid + TimeDelta(minutes=round(hours * 60))) == f"paid, not verified: {told}"


def test_a_payment_of_which_only_the_day_is_known_is_told_with_its_day() -> None:
    paid = Instant.from_utc(2026, 11, 20, 23)
    waiting = FollowUp(paid, None, paid + TimeDelta(hours=24), overdue=False, on=Date(2026, 11, 20))
    assert waits(waiting, paid + TimeDelta(hours=9)) == "paid on 2026-11-20, not verified"


def test_the_standing_says_that_a_payment_was_not_seen_to_work(desk: Desk) -> None:
    told = "paid, not verified: look whether it has taken effect"
    paid = next(held for held in desk.holdings() if held.line.name == "演示 妈妈的号码")
    assert told in " ".join(" ".join(texts(standing_lines(paid, "", Look(), 90))).split())
    other = next(held for held in desk.holdings() if held.line.name == "Demo Orange Paris")
    assert told not in " ".join(" ".join(texts(standing_lines(other, "", Look(), 90))).split())


def test_what_was_paid_already_is_not_asked_to_be_paid(desk: Desk) -> None:
    walk = demo_walk(desk)
    assert scene(walk).kind is not StepKind.PAY
    at(walk, StepKind.PAY)
    walk.go_on()
    walk.back()
    assert scene(walk).text == "Paid already. What you still fill in here is kept with the payment."


@pytest.mark.parametrize("width", [36, 41, 76])
def test_the_dates_that_a_choice_leads_to_are_never_cut_off(desk: Desk, width: int) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.PAY)
    now = scene(walk)
    assert any("→" in line for line in now.change)
    plain = " ".join(texts(renewal.rows(picture(now, whole=False), width)))
    for line in now.change:
        assert line.rsplit(" ", 1)[1] in plain


def test_what_comes_next_is_the_step_that_is_gone_on_to(desk: Desk) -> None:
    walk = demo_walk(desk)
    walk.already_paid()
    now = scene(walk)
    assert now.kind is StepKind.CHOOSE
    told = next(line for line in texts(renewal.rows(picture(now, whole=False), 76)) if "→ Done" in line)
    walk.choose(now.choices[0].id)
    walk.go_on()
    pay = scene(walk)
    assert pay.kind is StepKind.PAY
    assert told.endswith(f"on to {pay.at} Pay")


def test_a_renewal_that_is_over_shows_its_answers_in_full(desk: Desk) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.PAY)
    receipt = "/somewhere/receipts/2026/november/orange-mobicarte-recharge.pdf"
    walk.fill("order-number", "AB-1234")
    walk.fill("receipt", receipt)
    walk.go_on()
    walk.fill("checks", "sms")
    walk.go_on()
    made = picture(scene(walk))
    for width in (41, 76, 116):
        assert receipt in "".join(texts(renewal.rows(made, width))).replace(" ", "")


def test_overdue_is_loud_in_words_and_ink(desk: Desk) -> None:
    walk = demo_walk(desk, "演示 妈妈的号码")
    now = scene(walk)
    assert now.kind is StepKind.VERIFY
    made = replace(picture(now), paid="paid, not verified: 26 h ago", overdue=True)
    assert [
        (text.rstrip(), ink)
        for line in renewal.head(made, 60)
        for text, ink in line
        if ink == "rescue" and text.strip()
    ] == [("OVERDUE: paid, not verified: 26 h ago", "rescue")]


# Tips and questions --------------------------------------------------------------------------------------------------


def test_questions_of_the_step_come_first_and_words_find_the_others(desk: Desk) -> None:
    walk = demo_walk(desk)
    now = scene(walk)
    others = [each for each in searchable(walk) if each.id not in {one.id for one in now.questions}]
    also = {each.id: "mot de passe" if each.id == "password-lost" else "" for each in walk.procedures.questions}
    every = QuestionRows.of(now.questions, others, also)
    assert [entry.here for entry in every.entries] == sorted((entry.here for entry in every.entries), reverse=True)
    assert every.id_at(every.count - 1) == KEYS
    assert [
        entry.question.id for entry in QuestionRows.of(now.questions, others, also, "PASSE").entries if entry.question
    ] == ["password-lost"]
    assert QuestionRows.of(now.questions, others, also, "no such thing").count == 0


def test_what_nobody_knows_is_said_once(desk: Desk) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.DO)
    question = next(each for each in searchable(walk) if each.id == "payment-failed")
    assert any(not fact.value for fact in question.facts)
    plain = texts(question_lines(question, Look(), 60))
    assert "not known" in "".join(plain)
    assert not any(one.strip() == other.strip() == "not known" for one, other in pairwise(plain))


def test_a_question_in_full_has_its_facts(desk: Desk) -> None:
    walk = demo_walk(desk)
    at(walk, StepKind.DO)
    question = next(each for each in scene(walk).questions if each.id == "read-back")
    plain = "\n".join(texts(question_lines(question, Look(), 60)))
    assert "+33 6 39 98 00 12" in plain
    assert "39 98 00" not in "\n".join(texts(question_lines(question, Look(private=True), 60)))


@pytest.mark.parametrize("kind", list(StepKind))
@pytest.mark.parametrize(("width", "whole"), [(41, False), (76, False), (116, True), (194, True)])
def test_every_kind_of_step_looks_as_before(
    desk: Desk, snapshot: SnapshotAssertion, kind: StepKind, width: int, whole: bool
) -> None:
    assert _drawn(desk, kind, width, whole=whole) == snapshot


@pytest.mark.parametrize("kind", list(StepKind))
def test_every_kind_of_step_looks_as_before_in_chinese(desk: Desk, snapshot: SnapshotAssertion, kind: StepKind) -> None:
    i18n.use("zh")
    assert _drawn(desk, kind, 76, whole=False) == snapshot


def _drawn(desk: Desk, kind: StepKind, width: int, *, whole: bool) -> str:
    procedure = next(each for each in ALL if each.makes_line or each.id == "recharge-online" if each.first_of(kind))
    walk = begun(desk, procedure)
    while (now := scene(walk)).kind is not kind:
        for answer in answers(walk):
            give(walk, answer)
        walk.go_on()
    made = picture(now, whole=whole)
    return "\n".join(texts([*renewal.head(made, width), *renewal.rows(made, width)]))


def test_where_nothing_is_listed_the_cursor_begins_at_what_can_be_named(desk: Desk) -> None:
    now = at(demo_walk(desk), StepKind.CHOOSE)._replace(choices=())
    found = renewal.targets(renewal.rows(picture(now), 76))
    assert renewal.first_target(now, found) == Target(What.OTHER)


def test_the_offer_in_the_head_that_has_no_room_ends_in_an_ellipsis(desk: Desk) -> None:
    now = at(demo_walk(desk), StepKind.LINE)._replace(offer="CMLink Mobile Duck 保号，英国 CMLink（中国移动）" * 2)
    (first, *_rest) = renewal.head(picture(now), 76)
    told = "".join(text for text, _ink in first)
    assert told.rstrip().endswith("…")
    assert cell_width(told) == 76
