"""CSV as people and programs write it."""

from __future__ import annotations

import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simtui.catalogue import Catalogue, load
from simtui.domain.act import ActKind
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge, LineState, Weight
from simtui.errors import InputError
from simtui.exchange.columns import column_of
from simtui.exchange.csv_in import read_csv
from simtui.exchange.incoming import Import
from simtui.paths import bundled

TODAY = Day(2026, 11, 21)


@pytest.fixture(scope="module")
def book() -> Catalogue:
    return load(bundled("carriers.json"), None)


def read(text: str, book: Catalogue) -> Import:
    return read_csv(text, book, lambda _zone: TODAY, place="test.csv")


def wrong(text: str, book: Catalogue) -> list[tuple[int, str, str]]:
    found = read(text, book)
    assert not found.lines
    return [(one.row, one.column, one.problem) for one in found.wrong]


def test_headings_in_chinese_semicolons_and_full_width_digits(book: Catalogue) -> None:
    text = (
        "名称;手机号;产品;最近充值日期;充值金额;币种;备注;标签\n"
        "妈妈的号码;＋３３６３９９８０００１;mobicarte;２０２６年８月３１日;１０;eur;常用;家人，银行\n"
    )
    (one,) = read(text, book).lines
    assert (one.line.label, one.line.number, one.line.tags) == ("妈妈的号码", "+33639980001", ("家人", "银行"))
    (act,) = one.acts
    assert (act.kind, act.day, str(act.amount), act.currency) == (ActKind.TOP_UP, Day(2026, 8, 31), "10", "EUR")


@pytest.mark.parametrize(
    ("before", "separator"), [("sep=;\r\n", ";"), ("\n\n", ","), (" \r\n,,\r\n", ","), ("SEP=\t\n", "\t")]
)
def test_what_spreadsheets_put_before_the_headings_is_passed_over(book: Catalogue, before: str, separator: str) -> None:
    (one,) = read(f"{before}label{separator}offer\nMum{separator}giffgaff\n", book).lines
    assert one.line.label == "Mum"


def test_numbers_without_country_code_are_those_of_the_offers_country(book: Catalogue) -> None:
    numbers = [
        "06 39 98 00 01",
        "639980002",
        "33639980003",
        "0033639980004",
        "+33 6 39 98 00 05",
        "＋３３６３９９８０００６",
    ]
    text = "number,offer\n" + "".join(f"{number},mobicarte\n" for number in numbers)
    assert [one.line.number for one in read(text, book).lines] == [f"+3363998000{n}" for n in range(1, 7)]


def test_a_cell_too_many_is_wrong_because_all_after_a_stray_comma_would_be(book: Catalogue) -> None:
    text = "label,offer,balance,balance date\nMum,giffgaff,10,50,2026-11-01\nDad,giffgaff,10,2026-11-01,,\n"
    found = read(text, book)
    assert [(one.row, one.problem) for one in found.wrong] == [(2, "has more cells than there are headings")]
    assert [one.line.label for one in found.lines] == ["Dad"]


@pytest.mark.parametrize("currency", ["XXX", "[/x]", "$", "EURO"])
def test_a_wrong_currency_is_named_in_its_own_column(book: Catalogue, currency: str) -> None:
    found = wrong(f"label,offer,currency,balance\nMum,giffgaff,{currency},10\n", book)
    assert [(row, column) for row, column, _problem in found] == [(2, "currency")]
    assert found[0][2].startswith("no such currency")


@pytest.mark.parametrize(("currency", "code"), [("eur", "EUR"), ("€", "EUR"), ("欧元", "EUR"), ("", "GBP")])
def test_a_currency_may_be_a_sign(book: Catalogue, currency: str, code: str) -> None:
    (one,) = read(f"label,offer,currency,balance\nMum,giffgaff,{currency},10\n", book).lines
    assert one.acts[0].balances is not None
    assert one.acts[0].balances.currency == code


def test_a_plan_without_its_day_is_not_dropped_silently(book: Catalogue) -> None:
    assert wrong("label,offer,plan until\nMum,giffgaff,2026-12-01\n", book) == [
        (2, "plan_date", "is missing: when was the plan bought?")
    ]


def test_a_file_that_is_all_wrong_says_so_with_the_first_fault(book: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        read("label,offer\n" + "Mum,nonsense\n" * 600, book)
    assert caught.value.problem == "more than 500 things are wrong"
    assert caught.value.next_step == "The first: row 2, offer: no offer fits nonsense."


def test_too_many_lines_are_refused_by_their_number(book: Catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simtui.exchange.csv_in.MOST_LINES", 5)
    assert len(read("label,offer\n" + "Mum,giffgaff-payg\n" * 5, book).lines) == 5
    with pytest.raises(InputError, match="holds more than 5 lines"):
        read("label,offer\n" + "Mum,giffgaff-payg\n" * 6, book)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_any_usual_separator_and_line_ending(book: Catalogue, separator: str, ending: str) -> None:
    rows = [["Label", "Offer", "Last SMS date"], ["Mum, and Dad; both", "giffgaff", "2026-11-01"]]
    file = io.StringIO()
    csv.writer(file, delimiter=separator, lineterminator=ending).writerows(rows)
    (one,) = read(file.getvalue(), book).lines
    assert one.line.label == "Mum, and Dad; both"


def test_the_operators_date_with_the_day_it_was_read(book: Catalogue) -> None:
    text = "label,offer,valid_until,checked on\nMT,monaco-telecom-prepaid,2026-07-01,2026-05-02\nMT2,monaco-telecom-prepaid,01-15,\n"
    first, second = read(text, book).lines
    assert (first.acts[0].kind, first.acts[0].day) == (ActKind.STATEMENT, Day(2026, 5, 2))
    assert (second.acts[0].day, second.acts[0].valid_until) == (TODAY, Day(2027, 1, 15))


def test_everything_a_row_can_tell(book: Catalogue) -> None:
    cells = {
        "label": "Club",
        "number": "+85251234567",
        "offer": "club sim",
        "plan": "SMS pack",
        "plan date": "2026-03-01",
        "plan until": "2026-04-01",
        "plan price": "6",
        "last call": "2026-04-02",
        "last sms": "2026-04-03",
        "last data": "2026-04-04",
        "payment date": "2026-04-05",
        "payment amount": "1.50",
        "balance": "20",
        "balance date": "2026-05-01",
        "activated": "2025-01-01",
        "opened": "2024-12-31",
        "identified on": "2025-01-02",
        "document": "passport",
        "auto renewal": "no",
        "card expiry": "2027-05",
        "holder": "Demo",
        "device": "phone",
        "sim": "eSIM",
        "iccid": "8985 2000 0000 0000 0000",
        "notice": "14",
        "importance": "high",
        "comment": "hello",
        "tags": "a;b",
        "status": "letting go",
        "time zone": "Asia/Shanghai",
    }
    found = read(f"{','.join(cells)}\n{','.join(cells.values())}\n", book)
    assert (found.wrong, found.unused) == ((), ())
    (one,) = found.lines
    line = one.line
    assert (line.sim, line.iccid, line.lead_days) == ("esim", "89852000000000000000", 14)
    assert (line.weight, line.state, line.auto_renew) == (Weight.HIGH, LineState.LETTING_GO, Knowledge.NO)
    assert (line.identity.state, line.identity.day, line.identity.document) == (
        Knowledge.YES,
        Day(2025, 1, 2),
        "passport",
    )
    assert [(act.kind, str(act.day)) for act in one.acts] == [
        (ActKind.PAYMENT, "2026-04-05"),
        (ActKind.PLAN_PURCHASE, "2026-03-01"),
        (ActKind.CALL_OUT, "2026-04-02"),
        (ActKind.SMS_OUT, "2026-04-03"),
        (ActKind.DATA, "2026-04-04"),
        (ActKind.BALANCE_READING, "2026-05-01"),
    ]
    plan = one.acts[1]
    assert (plan.plan, str(plan.amount), plan.currency, plan.valid_until) == ("sms-pack", "6", "HKD", Day(2026, 4, 1))


def test_a_carrier_helps_where_the_offer_alone_is_not_enough(book: Catalogue) -> None:
    (one,) = read("label,operator,product\nx,Monaco Telecom,prepaid\n", book).lines
    assert one.line.offer == "monaco-telecom-prepaid"


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        ("x,,,,,,", "offer", "is missing"),
        (",,mobicarte,,,,", "label", "a number or a label is needed"),
        ("x,12,mobicarte,,,,", "number", "too short or too long for a phone number"),
        ("x,,orange,,,,", "offer", "orange fits 9 offers"),
        ("x,,mobicarte,2026-02-31,,,", "valid_until", "no such day: 2026-02-31"),
        ("x,,mobicarte,03/04/2026,,,", "valid_until", "03/04/2026 may mean more than one day"),
        ("x,,mobicarte,,2026-11-01,1.000,", "last_top_up_amount", "no such amount: 1.000"),
        ("x,,mobicarte,,2026-11-01,10 EURO,", "last_top_up_amount", "no such currency: EURO"),
        ("x,,mobicarte,,,10,", "last_top_up_date", "is missing: when was this paid?"),
        ("x,,mobicarte,,2026-11-01,10,EURO", "currency", "no such currency: EURO"),
        (f"{'x' * 201},,mobicarte,,,,", "label", "is longer than 200 characters"),
    ],
)
def test_what_is_wrong_is_named_with_row_and_column(book: Catalogue, row: str, column: str, told: str) -> None:
    heading = "label,number,offer,valid_until,last_top_up_date,last_top_up_amount,currency"
    assert (2, column, told) in wrong(f"{heading}\n{row}\n", book)


def test_all_that_is_wrong_with_a_row_is_named_at_once(book: Catalogue) -> None:
    text = (
        "label,number,offer,valid_until,auto_renew,weight,zone,notes\n"
        "x,12,mobicarte,never,perhaps,heavy,Mars,4111111111111111\n"
    )
    assert {column for _row, column, _problem in wrong(text, book)} == {
        "number",
        "valid_until",
        "auto_renew",
        "weight",
        "zone",
        "notes",
    }


def test_rows_are_counted_as_a_spreadsheet_does(book: Catalogue) -> None:
    text = "label,offer\nok,giffgaff\n\n,,\nbad,nonsense-offer\n"
    found = read(text, book)
    assert [one.row for one in found.lines] == [2]
    assert [one.row for one in found.wrong] == [5]


def test_columns_that_are_not_read_are_named(book: Catalogue) -> None:
    found = read("label,offer,Colour,phase,PIN\nx,giffgaff,red,due,1234\n", book)
    assert found.unused == ("Colour",)
    assert [one.column for one in found.remarks] == ["PIN"]
    assert "1234" not in repr(found)


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "label\nx\n", "offer\ngiffgaff\n", "label,name,offer\n"])
def test_without_headings_that_name_lines_nothing_is_read(book: Catalogue, text: str) -> None:
    with pytest.raises(InputError):
        read(text, book)


def test_a_leading_apostrophe_that_protects_is_taken_off_once(book: Catalogue) -> None:
    text = "label,offer,notes\n'=1+1,giffgaff,''=2\n'plain,giffgaff,'\n"
    first, second = read(text, book).lines
    assert (first.line.label, first.line.notes) == ("=1+1", "'=2")
    assert (second.line.label, second.line.notes) == ("'plain", "'")


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Valid until", "valid_until"),
        ("VALID_UNTIL", "valid_until"),
        ("有效期至", "valid_until"),
        ("Ｏｆｆｅｒ", "offer"),
        ("x", None),
    ],
)
def test_headings_are_known_by_many_names(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


@given(st.text())
def test_no_text_does_more_than_refuse(text: str) -> None:
    book = load(bundled("carriers.json"), None)
    with contextlib.suppress(InputError):
        read(f"label,number,offer,valid_until,last_top_up_date,last_top_up_amount\n{text}", book)
