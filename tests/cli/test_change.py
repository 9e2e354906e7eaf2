"""Adding, editing, recording, undoing."""

from __future__ import annotations

from pathlib import Path

import pytest

from simtui.cli.console import Console
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("text", "name", "offer", "next_date", "act"),
    [
        ("+33639980001 mobicarte 10EUR 2026-11-20", "+33639980001", "orange-fr-mobicarte", "2027-05-20", "top_up"),
        (
            "+33 6 39 98 00 01 mobicarte 2026-11-20 10 EUR",
            "+33639980001",
            "orange-fr-mobicarte",
            "2027-05-20",
            "top_up",
        ),
        (
            "０６３９９８０００１ mobicarte １０ＥＵＲ ２０２６－１１－２０",
            "+33639980001",
            "orange-fr-mobicarte",
            "2027-05-20",
            "top_up",
        ),
        ("+33639980001 Mum mobicarte €10 yesterday", "Mum", "orange-fr-mobicarte", "2027-05-20", "top_up"),
        ("Mum: giffgaff sms -3d", "Mum", "giffgaff-payg", "2027-05-18", "sms_out"),
        ("妈妈：giffgaff 短信 11-18", "妈妈", "giffgaff-payg", "2027-05-18", "sms_out"),
        ("giffgaff call today", "giffgaff pay as you go", "giffgaff-payg", "2027-05-21", "call_out"),
        ("MT monaco-telecom-prepaid valid until 2027-01-01", "MT", "monaco-telecom-prepaid", "2027-01-01", "statement"),
        ("MT: monaco telecom prepaid 有效期至 2027年1月1日", "MT", "monaco-telecom-prepaid", "2027-01-01", "statement"),
        ("povo2 390JPY 2026-11-01", "povo 2.0", "povo2", "2027-05-08", "plan_purchase"),
        ("Free: free 2 EUR 2EUR 2026-11-01", "Free", "free-mobile-2eur", "2026-12-01", "payment"),
        ("Mum: mobicarte 充值 10欧元 2026-11-20", "Mum", "orange-fr-mobicarte", "2027-05-20", "top_up"),
        ("Aunt club sim plan sms-pack 2026-11-01", "Aunt", "club-sim-hk", "2027-12-01", "plan_purchase"),
    ],
)
def test_a_line_is_added_in_one_go(simtui: Run, text: str, name: str, offer: str, next_date: str, act: str) -> None:
    answer = simtui("add", text)
    assert (answer.status, answer.err) == (0, "")
    line = simtui("show", "1", "--json").json["line"]
    assert (line["name"], line["offer"], line["next_date"]) == (name, offer, next_date)
    assert [one["kind"] for one in line["acts"]] == [act]
    assert next_date in answer.out


@pytest.mark.parametrize("label", ["Maman", "Anna", "Tom", "Oma", "Max", "Travail", "iPad"])
def test_a_label_may_sound_like_some_offer(simtui: Run, label: str) -> None:
    assert simtui("add", f"+33639980001 {label} mobicarte 10EUR 2026-11-20").status == 0
    line = simtui("show", "1", "--json").json["line"]
    assert (line["label"], line["offer"]) == (label, "orange-fr-mobicarte")


@pytest.mark.parametrize(
    "text",
    [
        "Mum +33 6 39 98 00 01 mobicarte 10EUR 2026-11-20",
        "Mum: +33639980001 mobicarte 10EUR 2026-11-20",
        "Mum +33-6-39-98-00-01: mobicarte 10EUR 2026-11-20",
        "tel:+33639980001 Mum, mobicarte, 10EUR, 2026-11-20",
        "\u202a+33639980001\u202c Mum mobicarte 10EUR 2026-11-20",
        "Mum ＋３３６３９９８０００１ mobicarte １０ＥＵＲ 2026-11-20",
    ],
)
def test_a_number_is_found_wherever_it_stands(simtui: Run, text: str) -> None:
    assert simtui("add", text).status == 0
    line = simtui("show", "1", "--json").json["line"]
    assert (line["number"], line["label"]) == ("+33639980001", "Mum")
    assert line["next_date"] == "2027-05-20"


def test_a_line_can_be_added_with_nothing_known_of_it(simtui: Run) -> None:
    answer = simtui("add", "+33639980001 mobicarte")
    assert answer.status == 0
    assert "unknown: no date known" in answer.out


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing was said"),
        ("+33639980001", "a number or label and an offer are needed"),
        ("+33639980001 mobikarte-nonsense 10EUR 2026-11-20", "no offer fits"),
        ("+33639980001 orange 10EUR 2026-11-20", "orange fits"),
        ("+33639980001 mobicarte 10 2026-11-20 extra", "amount: no such currency: EXTRA"),
        ("+33639980001 mobicarte extra", "not understood: extra"),
        ("+33639980001 mobicarte -5EUR 2026-11-20", "amount: no such amount: -5"),
        ("+33639980001 mobicarte 10EUR5 2026-11-20", "amount: no such amount: 10EUR5"),
        ("+33639980001 mobicarte 10EUR", "date: the day is missing"),
        ("+33639980001 mobicarte sms", "date: the day is missing"),
        ("+33639980001 mobicarte until", "valid until: the day is missing"),
        ("+33639980001 mobicarte until soon", "valid until: no such day: soon"),
        ("+33639980001 mobicarte 2026-11-20", "what happened on that day is missing"),
        ("+33639980001 +33639980002 mobicarte", "number: only one number can be given"),
        ("+33639980001 orange 10EUR", "a number or label and an offer are needed"),
        ("Mum:", "offer: is missing"),
        ("a b c d e f", "offer: no offer fits"),
        ("x " * 251, "is longer than 500 characters"),
        ("qx " * 166, "offer: no offer fits"),
        ("+336 mobicarte 10EUR 2026-11-20", "number: this is no phone number"),
        ("+33639980001x mobicarte", "number: this is no phone number"),
        ("3363998 mobicarte", "number: too short or too long for a phone number"),
        ("+33639980001999999 mobicarte", "number: too short or too long for a phone number"),
        ("+33639980001 mobicarte 10EUR 2026-02-31", "date: no such day: 2026-02-31"),
        ("+33639980001 mobicarte 10EUR 03/04/2026", "date: 03/04/2026 may mean more than one day"),
        ("+33639980001 mobicarte 10XXX 2026-11-20", "amount: no such currency: XXX"),
        ("povo plan gold 2026-11-20", "povo 2.0 has no plan gold"),
    ],
)
def test_what_is_not_understood_is_named_and_nothing_is_added(simtui: Run, text: str, told: str) -> None:
    answer = simtui("add", text)
    assert (answer.status, answer.out) == (2, "")
    assert told in answer.err
    assert simtui("list", "--json").json["lines"] == []


def test_candidates_are_named_where_an_offer_is_ambiguous(simtui: Run) -> None:
    answer = simtui("add", "+33639980001 sfr")
    assert "sfr-la-carte, sfr-la-carte-antilles" in answer.err


def test_numbers_by_standard_input_are_seen_by_nobody_and_added_together(simtui: Run) -> None:
    answer = simtui("add", "--stdin", stdin="Mum: giffgaff sms -3d\n\n+33639980001 nonsense-offer\n")
    assert answer.status == 2
    assert "line 2, offer: no offer fits" in answer.err
    assert simtui("list", "--json").json["lines"] == []
    assert simtui("add", "--stdin", stdin="A: giffgaff sms -3d\nB: giffgaff\n").status == 0
    assert [line["name"] for line in simtui("list", "--json").json["lines"]] == ["B", "A"]


def test_a_number_that_is_held_is_refused_unless_told_otherwise(held: Run) -> None:
    answer = held("add", "+33639980001 mobicarte")
    assert answer.status == 2
    assert "you hold this as line 1 already" in answer.err
    assert held("add", "+33639980001 mobicarte", "--yes").status == 0


def test_a_field_gets_another_value_and_the_rest_stays(held: Run) -> None:
    answer = held(
        "edit", "Paris", "--set", "holder=王女士", "--set", "tags=bank, 家人", "--set", "lead_days=14", "--json"
    )
    line = answer.json["line"]
    assert (line["holder"], line["tags"], line["label"]) == ("王女士", ["bank", "家人"], "Paris")
    assert line["number"] == "+33639980001"
    assert held("edit", "Paris", "--set", "holder=", "--json").json["line"]["holder"] is None


def test_words_of_the_forms_are_understood_as_values(held: Run) -> None:
    held("edit", "Paris", "--set", "weight=至关重要", "--set", "state=任其失效", "--set", "number=06 39 98 00 09")
    line = next(entry for entry in held("export").json["lines"] if entry["id"] == 1)["line"]
    assert (line["weight"], line["state"], line["number"]) == ("critical", "letting_go", "+33639980009")
    answer = held("record", "Paris", "充值", "--amount", "10欧元", "--channel", "门店", "--json")
    assert (answer.json["act"]["channel"], answer.json["act"]["currency"]) == ("shop", "EUR")


def test_a_day_such_as_minus_three_needs_no_quotes(simtui: Run) -> None:
    assert simtui("add", "Mum", "giffgaff", "sms", "-3d").status == 0
    assert simtui("record", "Mum", "sms", "--date", "-2d", "--json").json["act"]["date"] == "2026-11-19"
    assert simtui("show", "Mum", "--json").json["line"]["acts"][-1]["date"] == "2026-11-18"


def test_an_identification_is_told_in_parts(held: Run) -> None:
    def identity() -> object:
        body = next(entry for entry in held("export").json["lines"] if entry["id"] == 1)["line"]
        return body.get("identity")

    held("edit", "Paris", "--set", "identified_on=2026-05-24", "--set", "id_document=passport")
    assert identity() == {"state": "yes", "day": "2026-05-24", "document": "passport"}
    held("edit", "Paris", "--set", "id_document=")
    assert identity() == {"state": "yes", "day": "2026-05-24"}
    held("edit", "Paris", "--set", "identified=no", "--set", "identified_on=")
    assert identity() == {"state": "no"}


def test_a_backup_channel_is_another_line_or_something_else(held: Run) -> None:
    def backup() -> object:
        return next(entry for entry in held("export").json["lines"] if entry["id"] == 1)["line"].get("backup")

    held("edit", "Paris", "--set", "backup=Monaco")
    assert backup() == {"line": 3}
    held("edit", "Paris", "--set", "backup=VoIP at home")
    assert backup() == {"other": "VoIP at home"}
    held("edit", "Paris", "--set", "backup=")
    assert backup() is None


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("colour=red", "no such field: colour"),
        ("label", "no such field: label"),
        ("label=", "a number or a label is needed"),
        ("number=12", "number: too short or too long for a phone number"),
        ("state=gone", "state: must be one of: active, letting_go, archived, ported_out"),
        ("lead_days=400", "lead_days: no such number: 400"),
        ("opened_on=2026-13-01", "opened_on: no such day"),
        ("zone=Mars/Olympus", "zone: there is no such time zone"),
        ("iccid=8933", "iccid: must be the 18 to 20 digits on the card"),
        ("card_expires=05/27", "card_expires: must be a month such as 2027-05"),
        ("notes=card 4111 1111 1111 1111", "notes: this looks like the number of a payment card"),
        ("offer=orange", "offer: orange fits"),
        ("backup=2", "a line is no backup of itself"),
    ],
)
def test_a_wrong_value_is_named_at_its_field_and_changes_nothing(held: Run, setting: str, told: str) -> None:
    before = held("export").out
    answer = held("edit", "2", "--set", setting)
    assert answer.status == 2
    assert told in answer.err
    assert held("export").out == before


def test_an_act_is_recorded_and_shows_what_it_changes(held: Run) -> None:
    answer = held("record", "Paris", "top-up", "--amount", "10EUR")
    assert answer.status == 0
    assert "Recorded top-up EUR 10 of 2026-11-21 on Paris." in answer.out
    assert "2026-11-24 → ~2027-05-21" in answer.out
    assert "due → safe" in answer.out


def test_an_act_that_does_not_count_is_said_when_it_is_recorded(held: Run) -> None:
    for extra in (["--dry-run"], []):
        told = held("record", "妈妈", "sms_in", *extra).out
        assert "SMS received: does not count: Incoming calls and texts do not count." in told
    answer = held("record", "Paris", "top-up", "--amount", "10EUR", "--date", "2027-01-01", "--json")
    assert [(remark["kind"], remark["act"]) for remark in answer.json["remarks"]] == [
        ("future", answer.json["act"]["id"])
    ]


def test_an_act_on_a_lost_line_asks_to_check_with_the_operator(held: Run) -> None:
    answer = held("record", "Paris", "top-up", "--amount", "10EUR", today="2026-11-25")
    assert "last day           none" in answer.out
    assert "after the line was lost: check with the operator" in answer.out


def test_two_notes_or_readings_of_one_day_are_no_double(held: Run) -> None:
    for extra in (["note", "--note", "a"], ["note", "--note", "b"], ["reading", "--credit-left", "3"]):
        assert held("record", "Paris", *extra).status == 0
    assert held("record", "Paris", "reading", "--credit-left", "2").status == 0
    assert held("record", "Paris", "note", "--note", "a").status == 2


def test_a_number_of_another_line_is_refused_unless_told_otherwise(held: Run) -> None:
    answer = held("edit", "Paris", "--set", "number=+33639980002")
    assert answer.status == 2
    assert "number: you hold this as line 4 already. --yes sets it all the same." in answer.err
    assert held("edit", "Paris", "--set", "number=+33639980001").status == 0
    assert held("edit", "Paris", "--set", "number=+33639980002", "--yes").status == 0


def test_a_dry_run_only_tells(held: Run) -> None:
    before = held("export").out
    answer = held("record", "Paris", "top_up", "--amount", "10EUR", "--dry-run", "--json")
    assert answer.json["act"]["id"] is None
    assert (answer.json["before"]["next_date"], answer.json["after"]["next_date"]) == ("2026-11-24", "2027-05-21")
    assert held("export").out == before


def test_everything_an_act_can_hold_can_be_said(held: Run) -> None:
    answer = held(
        "record", "Paris", "top_up", "--amount", "10,50", "--date", "-3d", "--channel", "third-party",
        "--credit-left", "12.10EUR", "--data-left", "3.1GB", "--minutes-left", "20", "--sms-left", "5",
        "--source", "sms", "--note", "birdpass", "--order-number", "A-1", "--receipt", "~/r.pdf", "--json",
    )  # fmt: skip
    assert answer.status == 0
    act = next(entry for entry in held("export").json["lines"] if entry["id"] == 1)["acts"][-1]
    del act["order"]
    assert act == {
        "kind": "top_up",
        "day": "2026-11-18",
        "amount": "10.50",
        "currency": "EUR",
        "channel": "third_party",
        "balances": {"credit": "12.10", "currency": "EUR", "data_mb": 3174, "minutes": 20, "sms": 5},
        "read_at": "sms",
        "proof": {"order_number": "A-1", "receipt": "~/r.pdf"},
        "note": "birdpass",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["dance"], "no such act: dance"),
        (["statement"], "--until: is missing: the last day that the operator names"),
        (["reading"], "a reading needs at least one balance. Give --credit-left"),
        (["plan", "--plan", " "], "plan: is empty"),
        (["note", "--note", "x" * 5000], "--note: is longer than 4000 characters"),
        (["top_up", "--amount", "10EUR5"], "--amount: no such amount: 10EUR5"),
        (["top_up", "--amount", "ten"], "--amount"),
        (["top_up", "--amount", "1,000"], "--amount: no such amount: 1,000"),
        (["top_up", "--amount", "5EUR", "--date", "2026-02-30"], "--date: no such day: 2026-02-30"),
        (["plan", "--plan", "gold"], "plan: Mobicarte has no plan gold. Its plans: mini"),
        (["statement", "--until", "2027-01-01", "--clock", "sim"], "--clock: no such clock: sim"),
        (["top_up", "--channel", "pigeon"], "--channel: must be one of: online, app"),
        (["reading", "--data-left", "much"], "--data-left: no such amount of data: much"),
        (["note", "--note", "4111-1111-1111-1111"], "--note: this looks like the number of a payment card"),
    ],
)
def test_a_wrong_act_is_named_at_its_option(held: Run, arguments: list[str], told: str) -> None:
    before = held("export").out
    answer = held("record", "Paris", *arguments)
    assert (answer.status, answer.out) == (2, "")
    assert told in answer.err
    assert held("export").out == before


def test_the_same_act_again_is_refused_unless_told_otherwise(held: Run) -> None:
    again = ("record", "Paris", "top_up", "--amount", "10EUR", "--date", "2026-05-24")
    answer = held(*again)
    assert answer.status == 2
    assert "top-up EUR 10 of 2026-05-24 is recorded already as #1. --yes records it once more." in answer.err
    assert held(*again, "--yes").status == 0


def test_at_a_terminal_a_double_is_asked_about(held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Console, "asks", lambda _console: True)
    again = ("record", "Paris", "top_up", "--amount", "10EUR", "--date", "2026-05-24")
    assert "nothing was recorded" in held(*again, stdin="no\n").err
    answer = held(*again, stdin="yes\n")
    assert answer.status == 0
    assert "is recorded already as #1. Record it once more? [yes/no]" in answer.err


def test_changes_are_undone_and_done_again_by_name(held: Run) -> None:
    held("record", "Paris", "top_up", "--amount", "10EUR")
    assert held("undo").out == "Undone: record top-up: Paris\n"
    assert held("show", "Paris", "--json").json["line"]["next_date"] == "2026-11-24"
    assert held("undo", "--redo").out == "Done again: record top-up: Paris\n"
    assert held("show", "Paris", "--json").json["line"]["next_date"] == "2027-05-21"


def test_with_nothing_to_undo_that_is_said(simtui: Run) -> None:
    assert simtui("undo").out == "There is nothing to undo.\n"
    assert simtui("undo", "--json").json["undone"] is None


@pytest.mark.parametrize(
    "arguments", [("add", "giffgaff"), ("edit", "1", "--set", "label=x"), ("record", "1", "note"), ("undo",)]
)
def test_read_only_changes_nothing(held: Run, data_file: Path, arguments: tuple[str, ...]) -> None:
    before = data_file.read_bytes()
    answer = held(*arguments, "--read-only")
    assert answer.status == 2
    assert "reading only" in answer.err
    assert data_file.read_bytes() == before
