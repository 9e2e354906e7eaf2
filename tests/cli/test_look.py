from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_due_says_nothing_where_nothing_is_due(simtui: Run) -> None:
    simtui("add", "妈妈: giffgaff sms -3d")
    answer = simtui("due")
    assert (answer.status, answer.out, answer.err) == (0, "", "")


def test_due_has_a_line_per_line_that_needs_an_act_most_urgent_first(held: Run) -> None:
    answer = held("due")
    assert answer.status == 1
    phases = [line.split()[0] for line in answer.out.splitlines()]
    assert phases == ["rescue", "due", "unknown"]
    assert "last day 2026-11-24, 3 d left" in answer.out
    assert "EUR 10 keeps it to ~2027-05-21" in answer.out
    assert "save it by ~2027-01-01, 41 d left" in answer.out
    assert "simtui record 4 statement --until DATE" in answer.out


def test_due_leaves_out_what_is_archived_or_let_go(held: Run) -> None:
    held("edit", "Paris", "--set", "state=letting_go")
    held("edit", "Lyca", "--set", "state=archived")
    assert [line["name"] for line in held("due", "--json").json["lines"]] == ["Monaco"]


def test_due_tells_programs_what_can_be_bought(held: Run) -> None:
    answer = held("due", "--json")
    assert answer.status == 1
    paris = next(line for line in answer.json["lines"] if line["name"] == "Paris")
    best = next(option for option in paris["to_buy"] if option["cheapest"])
    assert (best["price"], best["currency"], best["number_safe_until"]) == ("10", "EUR", "2027-05-21")


def test_list_is_sorted_by_urgency_and_aligned_also_with_chinese(held: Run) -> None:
    from rich.cells import cell_len

    lines = held("list").out.splitlines()
    assert [line.split()[0] for line in lines] == ["ID", "3", "1", "4", "2"]
    column = cell_len(lines[0].partition("Offer")[0])
    chinese = lines[-1]
    assert cell_len(chinese.partition("giffgaff pay")[0]) == column


def test_list_leaves_archived_lines_out_unless_asked(held: Run) -> None:
    held("edit", "Lyca", "--set", "state=archived")
    assert "Lyca" not in held("list").out
    assert "Lyca" in held("list", "--all").out


def test_list_of_nothing_says_what_to_do(simtui: Run) -> None:
    answer = simtui("list")
    assert answer.status == 0
    assert "simtui add" in answer.out
    assert "simtui --demo" in answer.out


def test_without_a_terminal_the_list_is_printed(held: Run) -> None:
    assert held().out == held("list").out


@pytest.mark.parametrize(
    "words", ["1", "+33639980001", "+33 6 39 98 00 01", "0639980001", "80001", "paris", "PAR", "#1"]
)
def test_a_line_is_found_by_id_number_or_part_of_its_label(held: Run, words: str) -> None:
    assert held("show", words, "--json").json["line"]["id"] == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("9", "no line fits 9"),
        ("nobody", "no line fits nobody"),
        ("", "no line is named. simtui list shows the lines with their ids."),
        ("a", "a fits 3 lines. Give the id of one: 1 Paris, 3 Monaco, 4 Lyca"),
        ("3363998000", "no line fits"),
    ],
)
def test_no_line_or_several_are_an_error(held: Run, words: str, told: str) -> None:
    answer = held("show", words)
    assert (answer.status, answer.out) == (2, "")
    assert told in answer.err


def test_show_has_standing_sum_prices_and_acts(held: Run) -> None:
    told = held("show", "Paris").out
    assert "due: last day 2026-11-24, 3 d left, then goes the number" in told
    assert "+33 6 39 98 00 01 · Mobicarte, Orange France" in told
    assert "+ 6 months, line validity  2026-11-24" in told
    assert "~2027-05-21  EUR 1.68  cheapest" in told
    assert "#1  2026-05-24  top-up EUR 10" in told


def test_show_says_how_a_line_in_rescue_is_saved(held: Run) -> None:
    told = held("show", "Monaco").out
    assert "the number can be saved until ~2027-01-01, 41 d left" in told
    assert "still works: calls in, SMS in" in told
    assert "brought back by: top-up" in told


def test_a_guess_looks_like_one_wherever_it_is_told(held: Run) -> None:
    told = held("show", "Monaco").out
    assert "rescue: Credit validity ended on =2026-07-01" in told
    assert "now: receive only, until ~2027-01-01" in told
    told = held("explain", "Monaco").out
    assert "from 2026-07-02 to ~2027-01-01 (6 months): receive only" in told
    assert "after ~2027-01-01 the number is lost" in told
    held("add", "SFR: sfr-la-carte 25EUR 2026-10-01")
    told = held("show", "SFR").out
    assert "number safe until ~2027-05-30" in told
    assert "full service until ~2026-11-30" in told
    line = held("show", "SFR", "--json").json["line"]
    assert (line["full_service_certainty"], line["number_safe_certainty"]) == ("guess", "guess")


def test_fees_are_told_with_their_period(held: Run) -> None:
    held("add", "Ultra: ultra paygo 9USD 2026-08-01")
    held("edit", "Ultra", "--set", "activated_on=2026-08-01")
    held("record", "Ultra", "reading", "--credit-left", "9USD", "--date", "2026-11-01")
    told = held("explain", "Ultra").out
    assert "pays 3 fees of USD 3, every 30 days" in told
    assert "2027-02-27" in told


def test_an_act_that_does_not_count_is_named_at_once(simtui: Run) -> None:
    told = simtui("add", "giffgaff sms 2027-01-01").out
    assert "2027-01-01 SMS sent: lies ahead, not counted yet" in told


def test_show_invents_no_date(held: Run) -> None:
    told = held("show", "Lyca").out
    assert "unknown: no date known" in told
    assert "simtui record 4 statement --until DATE" in told


def test_explain_names_what_did_not_count(held: Run) -> None:
    held("record", "妈妈", "sms_in", "--date", "-1d")
    told = held("explain", "妈妈").out
    assert "Left out" in told
    assert "2026-11-20 SMS received: does not count: Incoming calls and texts do not count." in told


def test_in_chinese_everything_is_chinese(held: Run) -> None:
    told = held("show", "Paris", "--lang", "zh").out
    assert "待续费" in told
    assert "此后失去号码" in told
    assert "+ 6 个月" in told


def test_private_hides_numbers_and_balances(held: Run) -> None:
    held("record", "Paris", "reading", "--credit-left", "4.20EUR")
    told = held("show", "Paris", "--private").out + held("list", "--private").out
    assert "+33*******01" in told
    assert "639980001" not in told.replace(" ", "")
    assert "4.20" not in told
    line = held("show", "Paris", "--private", "--json").json["line"]
    assert (line["number"], line["balances"]) == ("+33*******01", None)


def test_private_hides_the_balance_in_a_sum_as_well(simtui: Run) -> None:
    simtui("add", "Ultra: ultra paygo")
    simtui("edit", "Ultra", "--set", "activated_on=2026-08-01")
    simtui("record", "Ultra", "reading", "--credit-left", "9.87USD")
    answers = [
        simtui(command, "1", "--private", *extra) for command in ("show", "explain") for extra in ((), ["--json"])
    ]
    assert all(answer.status == 0 and "9.87" not in answer.out for answer in answers)
    assert "9.87" in simtui("explain", "1").out


def test_private_hides_numbers_in_what_went_wrong_and_in_what_was_undone(held: Run) -> None:
    held("add", "+33639980003 mobicarte")
    for extra in ([], ["--json"]):
        answer = held("show", "3363998", "--private", *extra)
        held("add", "+33639980004 mobicarte")
        undone = held("undo", "--private", *extra)
        assert "+33*******04" in undone.out
        assert "+3363998000" not in answer.err + undone.out
    assert "+33 6 39 98 00 03" in held("undo").out


def test_a_line_without_a_label_is_called_by_its_number_in_groups(held: Run) -> None:
    held("add", "+33639980003 mobicarte 10EUR 2026-05-24")
    row = next(line for line in held("list").out.splitlines() if "98 00 03" in line)
    assert row.count("98 00 03") == 1
    assert row.split("  ")[1].strip() == "+33 6 39 98 00 03"
    assert "+33 6 39 98 00 03" in held("due").out
    assert "+33 6 39 98 00 01" in held("list").out


@pytest.mark.parametrize(("width", "columns"), [(80, 7), (60, 6), (45, 5)])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_list_fits_a_narrow_terminal(
    held: Run, monkeypatch: pytest.MonkeyPatch, width: int, columns: int, language: str
) -> None:
    from rich.cells import cell_len

    from simtui.cli.console import Console

    monkeypatch.setattr(Console, "width", width)
    lines = held("list", "--lang", language).out.splitlines()
    assert max(map(cell_len, lines)) <= width
    assert len([cell for cell in lines[0].split("  ") if cell]) == columns
    assert "~2027-01-01" in lines[1]


def test_names_give_way_to_what_is_to_be_done(held: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from simtui.cli.console import Console

    held("edit", "Lyca", "--set", "label=" + "名" * 150)
    monkeypatch.setattr(Console, "width", 100)
    lines = held("due").out.splitlines()
    assert any("名名名…" in line for line in lines)
    assert all("  " * 20 not in line for line in lines)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [80, 60, 45])
def test_what_is_to_be_done_is_told_whole_within_the_terminal(
    held: Run, monkeypatch: pytest.MonkeyPatch, width: int, language: str
) -> None:
    from rich.cells import cell_len

    from simtui.cli.console import Console

    whole = held("due", "--lang", language).out.split()
    monkeypatch.setattr(Console, "width", width)
    told = held("due", "--lang", language).out
    assert max(map(cell_len, told.splitlines())) <= width
    assert "".join(told.split()) == "".join(whole)


def test_due_names_the_date_of_the_credit_where_that_of_the_number_is_not_known(simtui: Run) -> None:
    simtui("add", "Credit: lebara-fr 20EUR 2026-11-01")
    told = simtui("due").out
    assert "last day" in told
    assert "the number's date is not known: simtui record 1 statement --until DATE enters it" in told


def test_hostile_labels_are_shown_not_obeyed(simtui: Run) -> None:
    simtui("add", "--label", "a[/x]\x1b[31m\u202egpj", "giffgaff sms -3d")
    told = simtui("list").out + simtui("show", "1").out
    assert r"a[/x]\x1b[31m\u202egpj" in told
    assert not set("\x1b\u202e").intersection(told)


def test_json_has_the_same_fields_for_every_line(held: Run) -> None:
    lines = held("list", "--json").json["lines"]
    documented = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    for line in lines:
        assert list(line) == list(lines[0])
        assert all(f"`{field}`" in documented for field in line)
    clock = lines[0]["clocks"][0]
    for part in (clock, clock["stages"][0], clock["sum"][0], held("show", "1", "--json").json["line"]["to_buy"][0]):
        assert all(f"`{field}`" in documented for field in part)


def test_the_operators_date_beats_the_rule_and_is_marked(held: Run) -> None:
    held("record", "Paris", "statement", "--until", "2027-03-01")
    assert "=2027-03-01" in held("list").out
    line = held("show", "Paris", "--json").json["line"]
    assert (line["next_date"], line["certainty"], line["sum"][0]["kind"]) == ("2027-03-01", "stated", "stated")


def test_a_paid_renewal_that_nobody_verified_needs_an_act(held: Run, tmp_path: Path) -> None:
    document = json.loads(held("export").out)
    mum = next(entry for entry in document["lines"] if entry["line"]["label"] == "妈妈")
    mum["renewals"] = [{"procedure": "keep-number-online", "state": "paid", "paid_at": "2026-11-20T18:00:00Z"}]
    file = tmp_path / "one.json"
    file.write_text(json.dumps({**document, "lines": [mum]}), encoding="utf-8")
    other = str(tmp_path / "other.json")
    assert held("import", "--yes", str(file), "--data", other).status == 0
    answer = held("due", "--data", other)
    assert answer.status == 1
    assert answer.out.startswith("paid?  1   妈妈  paid, not verified") or "paid, not verified" in answer.out


def test_a_line_lost_by_a_guessed_date_is_asked_about_for_a_month(held: Run) -> None:
    held("edit", "Paris", "--set", "state=archived")
    held("edit", "Lyca", "--set", "state=archived")
    day_after = held("due", today="2027-01-02")
    assert day_after.status == 1
    assert "Monaco  may be lost since ~2027-01-01: check with the operator" in day_after.out
    assert "Monaco" in held("due", today="2027-01-31").out
    assert held("due", today="2027-02-01").status == 0
    assert "the date is a guess: check with the operator" in held("explain", "Monaco", today="2027-01-02").out
    held("edit", "Monaco", "--set", "state=letting_go")
    assert held("due", today="2027-01-02").out == ""


def test_a_line_that_may_be_lost_is_settled_by_the_operators_date(held: Run) -> None:
    told = {line["name"]: line["needs_act"] for line in held("list", "--json", today="2027-01-02").json["lines"]}
    assert told["Monaco"]
    said = held("record", "Monaco", "statement", "--until", "2027-08-01", today="2027-01-02")
    assert said.status == 0, said.err
    told = {line["name"]: line["needs_act"] for line in held("list", "--json", today="2027-01-02").json["lines"]}
    assert not told["Monaco"]
