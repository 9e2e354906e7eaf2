from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from simtui.desk import Desk
from simtui.domain.act import Act, ActKind, Balances, Channel, Mark, Proof, ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.standing import Standing
from simtui.errors import NotFound
from simtui.holding import Holding
from simtui.store.repository import Conflict
from simtui.tui.forms.act import ActForm, Start
from simtui.tui.widgets.spans import plain
from tests.tui.filling import TODAY, desk_in, held, preview, top_up


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def orange(desk: Desk) -> Holding:
    return held(desk, "orange-fr-mobicarte", top_up("2026-05-25"), label="Orange")


def made(form: ActForm, **values: str) -> list[Act]:
    checked = form.check({**form.initial(), **values})
    assert checked.result is not None, (checked.errors, checked.missing)
    return checked.result


def ids(form: ActForm, **values: str) -> set[str]:
    return {field.id for field in form.fields({**form.initial(), **values})}


def test_what_counts_for_the_offer_comes_first(desk: Desk, orange: Holding) -> None:
    kinds = ActForm(desk, [orange]).fields({"kind": "top_up"})[0].options
    assert kinds[0].value == ActKind.TOP_UP
    assert {each.value for each in kinds} == set(ActKind)
    uk = held(desk, "giffgaff-payg")
    assert ActForm(desk, [uk]).initial()["kind"] == ActKind.CALL_OUT


def test_a_top_up_today_needs_only_its_amount(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange])
    [act] = made(form, amount="10")
    assert (act.line, act.kind, act.day, act.amount, act.currency) == (orange.id, "top_up", TODAY, Decimal(10), "EUR")
    [act_id] = form.save([act])
    assert act_id in {each.id for each in desk.holding(orange.id).acts}


@pytest.mark.parametrize("width", [41, 76])
def test_both_dates_of_several_lines_are_in_sight(desk: Desk, width: int) -> None:
    lines = [
        held(desk, "sfr-la-carte", top_up(day), label=f"The number of {day}") for day in ("2026-07-01", "2026-11-01")
    ]
    form = ActForm(desk, lines)
    shown = [plain(line) for line in form.preview({**form.initial(), "amount": "10"}, width)]
    assert max(map(len, shown)) <= width
    assert " ".join(shown).count("~2026-12-06") == 2


def test_only_the_fields_that_fit_the_kind_are_asked(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange])
    assert {"amount", "channel", "order_number"} <= ids(form)
    assert ids(form, kind="note") == {"kind", "day", "note"}
    assert "mark" in ids(form, kind="call_out")
    assert {"credit", "data", "minutes", "sms", "read_at"} <= ids(form, kind="balance_reading")
    assert {"valid_until", "clock", "read_at"} <= ids(form, kind="statement")


def test_the_clock_is_asked_only_where_there_are_several(desk: Desk, orange: Holding) -> None:
    assert "clock" not in ids(ActForm(desk, [held(desk, "giffgaff-payg")]), kind="statement")
    [act] = made(ActForm(desk, [orange]), kind="statement", valid_until="2027-03-01", clock="credit")
    assert act.clock == "credit"


def test_a_kind_that_changes_keeps_what_still_fits(desk: Desk, orange: Holding) -> None:
    [act] = made(ActForm(desk, [orange]), kind="call_out", amount="10", channel="shop", note="from Lyon", mark="wifi")
    assert (act.amount, act.channel, act.note, act.mark) == (None, None, "from Lyon", Mark.WIFI)


def test_a_reading_takes_what_was_read(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange], Start(ActKind.BALANCE_READING))
    [act] = made(form, credit="2,10", data="3.1 GB", minutes="48", read_at="site")
    assert act.balances == Balances(credit=Decimal("2.10"), currency="EUR", data_mb=3174, minutes=48)
    assert act.read_at is ReadingSource.SITE
    assert "credit" in form.check(form.initial()).missing


def test_a_statement_needs_its_date(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange], Start(ActKind.STATEMENT))
    assert "valid_until" in form.check(form.initial()).missing
    assert made(form, valid_until="12-24")[0].valid_until == Day(2026, 12, 24)


def test_the_proof_is_kept_as_text(desk: Desk, orange: Holding) -> None:
    [act] = made(ActForm(desk, [orange]), amount="10", order_number="A-1", receipt="~/r.pdf", channel="online")
    assert act.proof == Proof(order_number="A-1", receipt="~/r.pdf")
    assert act.channel is Channel.ONLINE


def test_the_plans_come_from_the_offer_and_bring_their_price(desk: Desk) -> None:
    club = held(desk, "club-sim-hk")
    form = ActForm(desk, [club], Start(ActKind.PLAN_PURCHASE))
    plan = next(each for each in club.offer.plans if each.price is not None)
    values = form.adjusted({**form.initial(), "plan": plan.id}, "plan")
    [act] = made(form, **values)
    assert (act.plan, act.amount) == (plan.id, plan.price)
    assert form.adjusted({**values, "amount": "1.23", "plan": ""}, "plan")["amount"] == "1.23"
    assert form.adjusted({**values, "plan": ""}, "plan")["amount"] == ""


def test_the_standing_before_and_after_stands_beneath(desk: Desk, orange: Holding) -> None:
    text = preview(ActForm(desk, [orange]), amount="10")
    now, then = text.splitlines()[:2]
    assert now.startswith("now     due 2026-11-25")
    assert then.startswith("then    safe ~2027-05-21")
    assert "This changes no date." in preview(ActForm(desk, [orange], Start(ActKind.BALANCE_READING)), credit="2")


def test_a_day_ahead_and_a_wrong_day_are_told(desk: Desk, orange: Holding) -> None:
    assert "not counted yet" in preview(ActForm(desk, [orange]), amount="10", day="+3d")
    assert "2027-05-21" in preview(ActForm(desk, [orange]), amount="10", day="31 x")


def test_why_no_date_follows_is_said(desk: Desk, orange: Holding) -> None:
    assert "the amount is missing" in preview(ActForm(desk, [orange]))


def test_an_edited_act_keeps_what_the_form_does_not_show(desk: Desk) -> None:
    odd = Act(
        line=1,
        kind=ActKind.TOP_UP,
        day=Day(2026, 5, 25),
        order=7,
        amount=Decimal("10.5"),
        currency="USD",
        plan="no-longer-sold",
        mark=Mark.FREE,
        from_credit=True,
        balances=Balances(data_mb=3000),
        valid_until=Day(2026, 6, 25),
        note="old [/x]",
    )
    line = held(desk, "orange-fr-mobicarte", odd)
    form = ActForm(desk, [line], edited=line.acts[0])
    assert made(form) == [line.acts[0].act]
    [changed] = made(form, note="new")
    form.save([changed])
    assert desk.holding(line.id).acts[0].act.note == "new"


def test_one_act_is_recorded_on_several_lines(desk: Desk, orange: Holding) -> None:
    uk = held(desk, "giffgaff-payg", label="UK")
    form = ActForm(desk, [orange, uk], Start(ActKind.TOP_UP, plan="mobicarte-plan"))
    acts = made(form, amount="10")
    assert [(act.line, act.currency, act.plan) for act in acts] == [(orange.id, "EUR", None), (uk.id, "GBP", None)]
    text = preview(form, amount="10")
    assert "Orange" in text.splitlines()[0]
    assert "UK" in text.splitlines()[1]
    form.save(acts)
    assert len(desk.holding(uk.id).acts) == 1


def test_a_second_entry_of_the_same_act_is_asked_about(desk: Desk, orange: Holding) -> None:
    form = ActForm(desk, [orange])
    doubts = form.doubts(made(form, day="2026-05-25", amount="10"))
    assert doubts == ["“top-up EUR 10” of 2026-05-25 is recorded for Orange already. Record it once more?"]
    assert not form.doubts(made(form, day="2026-05-26", amount="10"))
    edited = ActForm(desk, [orange], edited=orange.acts[0])
    assert not edited.doubts(made(edited))


def test_an_act_that_another_session_changed_or_deleted(desk: Desk, orange: Holding) -> None:
    first = orange.acts[0]
    form = ActForm(desk, [orange], edited=first)
    desk.edit_act(first.id, first.rev, first.act.model_copy(update={"note": "theirs"}))
    with pytest.raises(Conflict) as raised:
        form.save(made(form, note="mine"))
    rival = form.rival(raised.value)
    assert rival.initial()["note"] == "theirs"
    rival.save(made(rival, note="both"))
    desk.delete_act(orange.id, desk.holding(orange.id).acts[0])
    with pytest.raises(NotFound):
        form.rival(raised.value)


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("day", "2026-02-31", "top_up"),
        ("amount", "1.000", "top_up"),
        ("amount", "10 ABC", "top_up"),
        ("valid_until", "soon", "statement"),
        ("credit", "-1", "balance_reading"),
        ("data", "3 apples", "balance_reading"),
        ("minutes", "1.5", "balance_reading"),
        ("note", "4111 1111 1111 1111", "top_up"),
        ("order_number", "x" * 201, "top_up"),
    ],
)
def test_what_is_wrong_is_named_at_its_field(desk: Desk, orange: Holding, field: str, value: str, kind: str) -> None:
    form = ActForm(desk, [orange])
    checked = form.check({**form.initial(), "kind": kind, field: value})
    assert checked.result is None
    assert list(checked.errors) == [field]


def test_ten_thousand_lines_are_previewed_by_their_first_twenty(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = held(desk, "orange-fr-mobicarte", top_up("2026-11-01"))
    many = [replace(first, id=number) for number in range(1, 10_001)]
    form = ActForm(desk, many, Start(ActKind.TOP_UP))
    reckoned: list[int] = []
    with_act = Holding.with_act

    def counting(holding: Holding, act: Act, *, instead_of: int | None = None) -> Standing:
        reckoned.append(holding.id)
        return with_act(holding, act, instead_of=instead_of)

    monkeypatch.setattr(Holding, "with_act", counting)
    values = {**form.initial(), "amount": "10"}
    lines = [plain(line) for line in form.preview(values, 76)]
    assert reckoned == list(range(1, 21))
    assert len(lines) == 21
    assert lines[-1] == "and 9,980 more"
    acts = form.check(values).result
    assert acts is not None
    assert [act.line for act in acts] == list(range(1, 10_001))
