"""Every member of every closed list has its word, in both languages, and sums can be told."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

import pytest

from simtui import i18n, sums, words
from simtui.change_words import change_name
from simtui.domain import query
from simtui.domain.act import Act, ActKind, Channel, Mark, ReadingSource
from simtui.domain.calendar import Day, Period
from simtui.domain.line import Knowledge, LineState, SimForm, Weight
from simtui.domain.offer import Offer, OfferKind, PaymentMethod, Plan, Source, SourceCertainty
from simtui.domain.query import QueryError
from simtui.domain.reckoning import Certainty, ClockState, Remark, RemarkKind, Step, StepKind, Why
from simtui.domain.record import Text
from simtui.domain.rule import Loses, PlanKind, StageName, Undo, Works
from simtui.domain.standing import Phase

LISTS: list[type[StrEnum]] = [
    Phase, ActKind, Channel, Mark, ReadingSource, LineState, SimForm, Weight, Knowledge, OfferKind, PaymentMethod,
    SourceCertainty, Loses, PlanKind, StageName, Works, Undo, ClockState, Why, RemarkKind,
]  # fmt: skip


@pytest.mark.parametrize("members", LISTS)
def test_every_member_has_a_word_in_both_languages(members: type[StrEnum]) -> None:
    english = [words.word(member) for member in members]
    i18n.use("zh")
    chinese = [words.word(member) for member in members]
    assert all(english)
    assert all(chinese)
    assert [value for value, _word in words.choices(members)] == [member.value for member in members]
    assert sum(one != other for one, other in zip(english, chinese, strict=True)) >= len(english) - 2


@pytest.mark.parametrize("certainty", Certainty)
def test_every_certainty_has_words(certainty: Certainty) -> None:
    assert words.certainty_word(certainty)


def test_only_stated_dates_and_guesses_are_marked() -> None:
    assert [words.certainty_mark(certainty) for certainty in sorted(Certainty)] == ["~", "", "", "="]


OFFER = Offer(
    id="x",
    kind=OfferKind.KEEP_NUMBER,
    name=Text(en="Card"),
    country="FR",
    zone="Europe/Paris",
    currency="EUR",
    plans=(Plan(id="week", name=Text(en="A week", zh="一周"), kind=PlanKind.DATA),),
    sources=(Source(id="s", what=Text(en="A page."), as_of="2026-09", certainty=SourceCertainty.OFFICIAL),),
)
ACT = Act(line=1, kind=ActKind.TOP_UP, day=Day(2026, 5, 1), amount=Decimal("10.00"), currency="EUR")


@pytest.mark.parametrize("kind", StepKind)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_step_can_be_told_with_and_without_its_parts(kind: StepKind, language: str) -> None:
    i18n.use(language)
    day = Day(2026, 11, 21)
    full = Step(
        kind, day=day, result=day, act=ACT, period=Period(months=6), amount=Decimal(3), currency="EUR", count=2,
        stage=StageName.SUSPENDED, anchor="first_use", why=Why.AMOUNT_MISSING, name=Text(en="Line"), source="s",
    )  # fmt: skip
    for step in (full, Step(kind)):
        (line,) = sums.sum_lines([step], OFFER)
        assert isinstance(line.what, str)
    assert sums.sum_lines([full], OFFER)[0].what


def test_an_act_is_told_with_its_plan_and_amount() -> None:
    assert words.act_title(ACT) == "top-up EUR 10"
    bought = Act(line=1, kind=ActKind.PLAN_PURCHASE, day=Day(2026, 5, 1), plan="week", mark=Mark.FREE)
    assert words.act_title(bought, OFFER) == "plan bought (free use) A week"
    assert words.act_title(bought) == "plan bought (free use) week"


def test_a_remark_names_the_act_and_the_reason() -> None:
    remark = Remark(RemarkKind.EXCLUDED, ACT, Text(en="vouchers only"))
    assert sums.remark(remark, OFFER) == "2026-05-01 top-up EUR 10: does not count: vouchers only"
    assert sums.remark(Remark(RemarkKind.FUTURE, ACT), OFFER).endswith("lies ahead, not counted yet")


def test_facts_without_chinese_say_so() -> None:
    assert words.text(Text(en="Card")) == "Card"
    i18n.use("zh")
    assert words.text(Text(en="Card")) == "Card（仅英文）"
    assert words.text(Text(en="Card", zh="卡")) == "卡"
    assert words.text(None) == ""


@pytest.mark.parametrize(
    ("amount", "told"), [("10", "EUR 10"), ("10.00", "EUR 10"), ("2.5", "EUR 2.50"), ("0.0833", "EUR 0.0833")]
)
def test_money_has_its_code_and_no_needless_zeros(amount: str, told: str) -> None:
    assert words.money(Decimal(amount), "EUR") == told


def test_periods_and_days_left_are_told_in_words() -> None:
    assert words.period(Period(months=6)) == "6 months"
    assert words.period(Period(years=1, days=1)) == "1 year 1 day"
    assert words.period(Period(days=0)) == "0 days"
    assert [words.days_left(days) for days in (0, 1, 41)] == ["today", "1 d left", "41 d left"]


def test_a_filter_knows_the_words_of_the_language() -> None:
    i18n.use(i18n.CHINESE)
    names = words.filter_names()
    assert names["phase"]["抢救"] == "rescue"
    assert set(names) == {"phase", "kind", "state"}
    with pytest.raises(QueryError) as refused:
        query.parse("phase:红", names)
    assert "抢救" in words.filter_fault(refused.value)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("add_line|Mum", "add line: Mum"),
        ("record_top_up|Mum", "record top-up: Mum"),
        ("state_archived|3", "set to archived: 3"),
        ("state_archived_many|3", "archive 3 lines"),
        ("state_letting_go_many|2", "let 2 lines go"),
        ("import|Mum", "import: Mum"),
        ("import_many|12", "import 12 lines"),
        ("add_line_many|13", "add 13 lines"),
        ("delete_line_many|2", "delete 2 lines"),
        ("record_top_up_many|2", "record top-up: 2 lines"),
        ("record_dance|Mum", "record_dance|Mum"),
        ("something", "something"),
    ],
)
def test_changes_have_names(name: str, told: str) -> None:
    assert change_name(name) == told
