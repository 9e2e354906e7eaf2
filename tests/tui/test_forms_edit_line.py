from __future__ import annotations

from pathlib import Path

import pytest

from simtui.desk import Desk
from simtui.domain.calendar import Day
from simtui.domain.line import BackupChannel, BoundService, Identity, Knowledge, Line, LineState, SimForm, Weight
from simtui.errors import InputError, NotFound
from simtui.holding import Holding
from simtui.store.repository import Conflict
from simtui.tui.forms import services
from simtui.tui.forms.edit_line import EditLineForm
from simtui.tui.screens.conflict import differences
from tests.tui.filling import desk_in, held, preview, top_up

FULL = {
    "number": "+33612345678",
    "label": "Orange [b]",
    "holder": "Chen",
    "device": "old phone",
    "sim": SimForm.ESIM,
    "iccid": "8933010000000000001",
    "opened_on": Day(2020, 1, 31),
    "activated_on": Day(2020, 2, 1),
    "identity": Identity(state=Knowledge.YES, day=Day(2020, 2, 2), document="passport"),
    "auto_renew": Knowledge.NO,
    "card_expires": "2027-05",
    "lead_days": 14,
    "needed_until": Day(2028, 2, 29),
    "weight": Weight.HIGH,
    "bound_services": (
        BoundService(name="HSBC", kind="bank", weight=Weight.CRITICAL),
        BoundService(name="Bank, of (Asia)", kind=None, weight=Weight.NORMAL),
    ),
    "backup": BackupChannel(other="VoIP"),
    "notes": "two\nlines",
    "tags": ("home", "银行"),
    "state": LineState.LETTING_GO,
    "zone": "Asia/Shanghai",
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path / "data")


@pytest.fixture
def holding(desk: Desk) -> Holding:
    return held(desk, "orange-fr-mobicarte", top_up("2026-05-25"), **FULL)


def made(form: EditLineForm, **values: str) -> Line:
    checked = form.check({**form.initial(), **values})
    assert checked.result is not None, (checked.errors, checked.missing)
    return checked.result


def test_a_form_that_nobody_touched_gives_the_same_line(desk: Desk, holding: Holding) -> None:
    assert made(EditLineForm(desk, holding)) == holding.line


def test_every_field_can_be_emptied(desk: Desk, holding: Holding) -> None:
    form = EditLineForm(desk, holding)
    kept = {"offer", "label", "state", "weight", "auto_renew", "identified"}
    line = made(form, **dict.fromkeys(set(form.initial()) - kept, ""), identified="unknown", auto_renew="unknown")
    assert line == Line(label="Orange [b]", offer="orange-fr-mobicarte", weight=Weight.HIGH, state=LineState.LETTING_GO)


def test_fields_are_read_as_people_type_them(desk: Desk, holding: Holding) -> None:
    form = EditLineForm(desk, holding)
    line = made(
        form,
        number="06 98 76 54 32",
        iccid="8933 0100 0000 0000 002",
        opened_on="-1d",
        card="２０２８-０１",
        lead_days="３",
        tags="a，b, a",
        zone="Europe/Paris",
        backup="the neighbour",
    )
    assert line.number == "+33698765432"
    assert line.iccid == "8933010000000000002"
    assert line.opened_on == Day(2026, 11, 20)
    assert (line.card_expires, line.lead_days, line.tags, line.zone) == ("2028-01", 3, ("a", "b"), "Europe/Paris")
    assert line.backup == BackupChannel(other="the neighbour")


def test_another_line_can_be_the_backup(desk: Desk, holding: Holding) -> None:
    other = held(desk, "giffgaff-payg")
    assert made(EditLineForm(desk, holding), backup=f"#{other.id}").backup == BackupChannel(line=other.id)
    for wrong in ("99", f"{holding.id}"):
        assert (
            "backup"
            in EditLineForm(desk, holding).check({**EditLineForm(desk, holding).initial(), "backup": wrong}).errors
        )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "+33"),
        ("iccid", "123"),
        ("opened_on", "2026-02-31"),
        ("card", "13/27"),
        ("lead_days", "400"),
        ("zone", "Mars/Olympus"),
        ("notes", "pay with 4111 1111 1111 1111"),
        ("holder", "5500-0000-0000-0004"),
        ("services", "HSBC 4111111111111111"),
        ("services", "a (b (c))"),
        ("tags", "x" * 201),
        ("label", "x" * 201),
        ("notes", "x" * 4001),
    ],
)
def test_what_is_wrong_is_named_at_its_field(desk: Desk, holding: Holding, field: str, value: str) -> None:
    form = EditLineForm(desk, holding)
    checked = form.check({**form.initial(), field: value})
    assert list(checked.errors) == [field]
    assert checked.errors[field].problem


def test_the_number_on_a_sim_is_no_card_number(desk: Desk, holding: Holding) -> None:
    assert made(EditLineForm(desk, holding), notes="old SIM 8933010000000000001").notes


def test_a_line_needs_a_name(desk: Desk, holding: Holding) -> None:
    form = EditLineForm(desk, holding)
    assert "label" in form.check({**form.initial(), "number": "", "label": ""}).missing


def test_the_preview_follows_the_offer_that_is_picked(desk: Desk, holding: Holding) -> None:
    assert "2026-11-25" in preview(EditLineForm(desk, holding))
    assert "2026-11-25" not in preview(EditLineForm(desk, holding), offer="monaco-telecom-prepaid")


def test_an_offer_that_no_catalogue_has_is_kept(desk: Desk) -> None:
    lost = held(desk, "no-such-offer")
    form = EditLineForm(desk, lost)
    assert made(form, label="New").offer == "no-such-offer"
    assert preview(form)


def test_two_sessions_are_settled_field_by_field(desk: Desk, holding: Holding) -> None:
    form = EditLineForm(desk, holding)
    desk.edit_line(holding.id, holding.rev, holding.line.model_copy(update={"label": "Theirs", "holder": "Bob"}))
    mine = {**form.initial(), "label": "Mine", "device": "new phone"}
    result = form.check(mine).result
    assert result is not None
    with pytest.raises(Conflict) as raised:
        form.save(result)
    rival = form.rival(raised.value)
    found = differences(form.fields(mine), form.initial(), mine, rival.initial())
    assert [(each.field, each.value) for each in found] == [
        ("label", "Mine"),
        ("device", "new phone"),
        ("holder", "Bob"),
    ]
    merged = rival.check({**mine, **{each.field: each.value for each in found}}).result
    assert merged is not None
    rival.save(merged)
    now = desk.holding(holding.id).line
    assert (now.label, now.holder, now.device) == ("Mine", "Bob", "new phone")


def test_a_line_that_is_gone_has_no_rival(desk: Desk, holding: Holding) -> None:
    form = EditLineForm(desk, holding)
    desk.delete_lines([holding.id])
    with pytest.raises(Conflict) as raised:
        form.save(holding.line)
    with pytest.raises(NotFound):
        form.rival(raised.value)


def test_services_are_written_and_read() -> None:
    typed = "HSBC (bank, critical), 微信 (通讯，high)、WhatsApp"
    found = services.services(typed)
    assert [(each.name, each.kind, each.weight) for each in found] == [
        ("HSBC", "bank", Weight.CRITICAL),
        ("微信", "通讯", Weight.HIGH),
        ("WhatsApp", None, Weight.NORMAL),
    ]
    assert services.services(services.written(found)) == found
    assert services.services("") == ()
    with pytest.raises(InputError):
        services.services("a, , b")
