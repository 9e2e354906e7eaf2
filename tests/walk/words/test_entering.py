"""What a user knows of an operator is entered once: checked like all carriers' content, kept in the user's own file."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from simtui.desk import Desk, NewLine
from simtui.domain.line import Line
from simtui.domain.procedure import Fact
from simtui.errors import InputError, SimtuiError
from simtui.own_file import edit, with_offer
from simtui.own_offers import OfferForm, new_offer
from simtui.paths import bundled
from simtui.store.tinydb_repository import open_repository
from simtui.walk.facts import fact_line
from simtui.walk.scene import FactLine
from simtui.walk.staging import known_of
from simtui.walk.walk import Walk

OPEN_EVERYWHERE = "mucho-ch"
"""An offer of whose channels nothing is known."""


def walk(desk: Desk, offer: str = OPEN_EVERYWHERE) -> Walk:
    line = desk.add_line(NewLine(Line(label="a line", offer=offer)))
    return Walk.of(desk, [desk.holding(line)])


def fact(of: Walk, which: Fact) -> FactLine:
    return fact_line(which, known_of(of))


@pytest.mark.parametrize(
    ("which", "typed", "value"),
    [
        (Fact.PHONE, " +81 3 1234 5678 ", "+81 3 1234 5678"),
        (Fact.PHONE, "１５７", "157"),
        (Fact.PHONE_ABROAD, "+81 3 1234 5678", "+81 3 1234 5678"),
        (Fact.HOURS, "9:00 to 18:00", "9:00 to 18:00"),
        (Fact.MAIL, "help@example.com", "help@example.com"),
        (Fact.BALANCE_CODE, "* 123 #", "*123#"),
        (Fact.TOP_UP_CODE, "*124*CODE#", None),
        (Fact.TOP_UP_CODE, "*124#", "*124#"),
        (Fact.SHOP, "Shibuya", "Shibuya"),
    ],
)
def test_an_unknown_fact_is_entered_once(desk: Desk, which: Fact, typed: str, value: str | None) -> None:
    of = walk(desk)
    assert fact(of, which).may_enter
    if value is None:
        with pytest.raises(InputError):
            of.enter_fact(which, typed)
        return
    of.enter_fact(which, typed)
    line = fact(of, which)
    assert (line.value, line.note, line.may_enter) == (value, "yours", True)
    # It is there for every other line of the offer, and what was entered before stays.
    of.enter_fact(Fact.APP, "povo")
    assert fact(walk(desk), which).value == value


def test_the_other_facts_of_the_support_stay(desk: Desk) -> None:
    of = walk(desk)
    for which, typed in (
        (Fact.PHONE, "157"),
        (Fact.HOURS, "day"),
        (Fact.BALANCE_CODE, "*1#"),
        (Fact.TOP_UP_CODE, "*2#"),
    ):
        of.enter_fact(which, typed)
    of.enter_fact(Fact.PHONE, "158")
    of.enter_fact(Fact.BALANCE_CODE, "*3#")
    told = [fact(of, which).value for which in (Fact.PHONE, Fact.HOURS, Fact.BALANCE_CODE, Fact.TOP_UP_CODE)]
    assert told == ["158", "day", "*3#", "*2#"]


def test_hours_are_filled_in_beside_a_phone_that_the_catalogue_knows(desk: Desk) -> None:
    of = walk(desk, "club-sim-hk")
    known = [each for each in (Fact.PHONE, Fact.PHONE_ABROAD, Fact.HOURS, Fact.MAIL) if fact(of, each).is_known]
    before = {each: fact(of, each).value for each in known}
    missing = next(each for each in (Fact.HOURS, Fact.MAIL) if each not in known)
    of.enter_fact(missing, "a@example.com")
    assert fact(of, missing).value == "a@example.com"
    assert {each: fact(of, each).value for each in known} == before


def test_what_the_catalogue_knows_cannot_be_replaced(desk: Desk, own_file: Path) -> None:
    with pytest.raises(InputError, match="known already"):
        walk(desk, "orange-fr-mobicarte").enter_fact(Fact.SITE, "https://example.com")
    assert not own_file.exists()


@pytest.mark.parametrize(
    ("which", "typed", "problem"),
    [
        (Fact.SITE, "http://example.com", "https"),
        (Fact.SITE, "https://povo.jp@evil.example", "hides its site"),
        (Fact.SITE, "nowhere", "names no site"),
        (Fact.PHONE, "**21*0612345678#", "call-forwarding"),
        (Fact.BALANCE_CODE, "*62*0612345678#", "call-forwarding"),
        (Fact.BALANCE_CODE, "＊＊２１＊０６１２３４５６７８＃", "call-forwarding"),
        (Fact.HOURS, "dial **21*0612345678# first", "call-forwarding"),
        (Fact.PHONE, "ask Mum", "dialled"),
        (Fact.PHONE, "12.10", "dialled"),
        (Fact.PHONE_ABROAD, "2026-11-25", "dialled"),
        (Fact.PHONE, "**", "dialled"),
        (Fact.TOP_UP_CODE, "12.10", "dialled"),
        (Fact.MAIL, "nobody", "no mail address"),
        (Fact.HOURS, "4111 1111 1111 1111", "payment card"),
        (Fact.APP, "x" * 201, "200 characters"),
        (Fact.APP, "   ", "200 characters"),
        (Fact.ORDER, "ten", "not for you"),
    ],
)
def test_what_would_lead_people_astray_is_refused(
    desk: Desk, own_file: Path, which: Fact, typed: str, problem: str
) -> None:
    of = walk(desk)
    with pytest.raises(InputError, match=problem) as refused:
        of.enter_fact(which, typed)
    assert refused.value.place == fact(of, which).label
    assert not own_file.exists()


@pytest.mark.parametrize("typed", ["700", "*123#", "01.23.45.67.89", "+33 (0)1 23-45", "(0)800 123 456", "1/234 56 78"])
def test_a_number_is_taken_as_people_write_it(desk: Desk, typed: str) -> None:
    of = walk(desk)
    of.enter_fact(Fact.PHONE, typed)
    assert fact(of, Fact.PHONE).value == typed


def test_a_site_may_be_typed_without_its_scheme(desk: Desk) -> None:
    of = walk(desk)
    of.enter_fact(Fact.SITE, "www.example.com/top-up")
    line = fact(of, Fact.SITE)
    assert (line.value, line.copies) == ("https://www.example.com/top-up", "https://www.example.com/top-up")


def test_the_file_is_one_that_the_catalogue_takes(desk: Desk, own_file: Path) -> None:
    of = walk(desk)
    of.enter_fact(Fact.BALANCE_CODE, "*123#")
    written = orjson.loads(own_file.read_bytes())
    assert written["additions"][OPEN_EVERYWHERE]["channels"] == {"codes": [{"does": "balance", "code": "*123#"}]}
    assert [source["id"] for source in written["additions"][OPEN_EVERYWHERE]["sources"]] == ["my-own"]
    assert desk.catalogue.check_all() == ()
    assert own_file.stat().st_mode & 0o777 == 0o600


def test_an_offer_of_ones_own_is_changed_itself(desk: Desk, own_file: Path) -> None:
    form = OfferForm(carrier="Mine", name="Mine", country="FR", zone="Europe/Paris", currency="EUR")
    made = new_offer(form, [], desk.today_in("Europe/Paris"))
    edit(own_file, lambda content: with_offer(content, "Mine", made), desk.today_in("Europe/Paris"))
    desk.reload_catalogue()
    of = walk(desk, made.id)
    of.enter_fact(Fact.PHONE, "3900")
    of.enter_fact(Fact.PHONE, "3901")
    assert fact(of, Fact.PHONE).value == "3901"
    assert "additions" not in orjson.loads(own_file.read_bytes())


def test_an_offer_that_nobody_knows_takes_nothing(desk: Desk) -> None:
    with pytest.raises(InputError, match="in no catalogue"):
        walk(desk, "gone-offer").enter_fact(Fact.PHONE, "3900")


@pytest.mark.parametrize("channels", ["x", {"support": "x"}, {"codes": "x"}, {"codes": ["x"]}])
def test_a_file_of_another_shape_is_left_as_it_is(desk: Desk, own_file: Path, channels: object) -> None:
    own_file.parent.mkdir()
    content = orjson.dumps({"schema": 1, "carriers": [], "additions": {OPEN_EVERYWHERE: {"channels": channels}}})
    own_file.write_bytes(content)
    with pytest.raises(SimtuiError, match="must be"):
        walk(desk).enter_fact(Fact.PHONE, "157")
    assert own_file.read_bytes() == content


def test_where_nothing_may_be_changed_the_file_is_not_either(desk: Desk, data_file: Path, own_file: Path) -> None:
    of = walk(desk)
    reader = open_repository(data_file, read_only=True)
    looking = Desk(reader, desk.catalogue, own_carriers=desk._own)
    with pytest.raises(SimtuiError):
        Walk.open(looking, of.held.id).enter_fact(Fact.PHONE, "157")
    reader.close()
    alone = Desk(desk.repository, desk.catalogue)
    with pytest.raises(SimtuiError, match="no carriers file"):
        Walk.open(alone, of.held.id).enter_fact(Fact.PHONE, "157")
    assert not own_file.exists()
    assert bundled("carriers.json").exists()
