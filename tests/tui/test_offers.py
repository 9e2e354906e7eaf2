"""Offers side by side: rows and orders without an app, each of its keys, and what it looks like."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from simtui import catalogue, comparing, i18n, paths
from simtui.comparing import Comparison, Offering
from simtui.domain.calendar import Day
from simtui.text import cell_width
from simtui.tui.offer_board import OfferBoard
from simtui.tui.screens.form_screen import FormScreen
from simtui.tui.screens.offers import OffersScreen
from simtui.tui.views import offers
from simtui.tui.views.layout import Line
from simtui.tui.widgets.spans import plain
from tests.tui.dashboards import TODAY, Dashboard, app_on, on_file, running
from tests.tui.test_screens import SIZES

SOME = (
    "giffgaff-payg",
    "orange-fr-mobicarte",
    "sfr-la-carte",
    "lycamobile-fr",
    "monaco-telecom-travel-esim",
    "airalo-discover-plus-global",
    "u-mobile-power-prepaid",
    "dtac-prepaid",
    "aldi-talk",
    "orange-ro-prepay",
    "movistar-es",
    "flow-cayman",
)


@pytest.fixture(scope="module")
def known() -> Comparison:
    """Some offers with everything about them."""
    i18n.use(i18n.ENGLISH)
    comparison = Comparison(catalogue.load(paths.bundled("carriers.json"), None), TODAY)
    for offer_id in SOME:
        comparison.learn(offer_id)
    return comparison


@pytest.fixture(scope="module")
def whole() -> Comparison:
    """All offers, reckoned once for all tests."""
    i18n.use(i18n.ENGLISH)
    comparison = Comparison(catalogue.load(paths.bundled("carriers.json"), None), TODAY)
    for _one in comparison.steps(()):
        pass
    return comparison


@asynccontextmanager
async def comparing_offers(
    data_file: Path, whole: Comparison, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Dashboard]:
    """The comparison over an empty data file, with everything known."""
    async with running(app_on(on_file(data_file)), size=size) as dashboard:
        dashboard.app.desk.catalogue = whole.catalogue
        dashboard.screen._offers = OfferBoard(whole)
        await dashboard.press("C")
        yield dashboard


@pytest.fixture
async def board(data_file: Path, whole: Comparison) -> AsyncIterator[Dashboard]:
    async with comparing_offers(data_file, whole) as dashboard:
        yield dashboard


def screen(dashboard: Dashboard) -> OffersScreen:
    found = dashboard.app.screen
    assert isinstance(found, OffersScreen)
    return found


def some(known: Comparison) -> list[Offering]:
    found = [known.offering(each) for each in SOME]
    assert all(found)
    return [each for each in found if each is not None]


def one(known: Comparison, offer_id: str) -> Offering:
    found = known.offering(offer_id)
    assert found is not None
    return found


def text(lines: Sequence[Line]) -> list[str]:
    return [plain(line).rstrip() for line in lines]


# What is compared


def test_a_comparison_begins_with_what_a_list_can_show() -> None:
    found = catalogue.load(paths.bundled("carriers.json"), None)
    fresh = Comparison(found, TODAY)
    assert len(fresh.rows) == len(found.ids)
    assert fresh.done == 0
    assert {row.offer for row in fresh.rows} == {None}
    row = plain(offers.OfferRows(fresh.rows[:1]).row(0, 80)[0])
    assert "Monaco" in row
    assert offers.PENDING in row


def test_what_is_in_sight_comes_first() -> None:
    fresh = Comparison(catalogue.load(paths.bundled("carriers.json"), None), TODAY)
    steps = fresh.steps(["aldi-talk", "giffgaff-payg"])
    assert [next(steps) for _each in range(4)] == ["aldi-talk", "aldi-talk", "giffgaff-payg", "giffgaff-payg"]
    assert one(fresh, "aldi-talk").plan is not None
    assert fresh.done == 2
    next(steps)
    assert fresh.done == 2, "all are read before the others are reckoned"


def test_a_faulty_offer_leaves_the_list(tmp_path: Path) -> None:
    own = tmp_path / "carriers.json"
    own.write_text(
        '{"schema": 1, "carriers": [{"id": "my-c", "name": {"en": "C"}, "country": "FR",'
        ' "offers": [{"id": "my-bad", "name": {"en": "Bad"}}]}]}'
    )
    fresh = Comparison(catalogue.load(paths.bundled("carriers.json"), own), TODAY)
    assert one(fresh, "my-bad").own
    fresh.learn("my-bad")
    assert fresh.offering("my-bad") is None


@pytest.mark.parametrize(
    ("offer_id", "keeps", "by", "cost", "grace"),
    [
        ("giffgaff-payg", "6 months", "any use, top-up, plan", "cents", "none"),
        ("orange-fr-mobicarte", "1 month to 6 months", "top-up", "EUR 20", "none"),
        ("monaco-telecom-travel-esim", "-", "-", "-", "-"),
        ("lycamobile-fr", "?", "top-up", "?", "?"),
        ("airalo-discover-plus-global", "as its plan", "plan", "USD 89", "?"),
        ("u-mobile-power-prepaid", "1 day / MYR 1", "top-up", "MYR 370", "?"),
        ("dtac-prepaid", "30 days to 180 days", "top-up, plan", "THB 26", "?"),
        ("aldi-talk", "4 months to 24 months", "top-up", "EUR 0", "2 months"),
        ("movistar-es", "6 months", "top-up", "EUR 10", "54 days"),
        ("orange-ro-prepay", "15 days to 30 days", "top-up", "EUR 8", "up to 180 days"),
    ],
)
def test_facts_in_words(known: Comparison, offer_id: str, keeps: str, by: str, cost: str, grace: str) -> None:
    row = one(known, offer_id)
    assert row.keeping is not None
    assert row.plan is not None
    assert comparing.keeps_words(row.keeping, row.currency) == keeps
    assert comparing.by_words(row.keeping) == by
    assert comparing.cost_words(row.plan, row.currency) == cost
    assert comparing.grace_words(row.keeping) == grace


def test_what_a_year_takes_is_told_act_by_act(known: Comparison) -> None:
    assert comparing.year_words(one(known, "orange-fr-mobicarte")) == ["2 × top-up, EUR 10 each"]
    assert comparing.year_words(one(known, "lycamobile-fr")) == ["how long it lasts is not known"]
    assert comparing.year_words(one(known, "aldi-talk")) == ["a new line lasts a year without an act"]


def test_filter_names_lead_to_values_that_there_are(known: Comparison) -> None:
    board = OfferBoard(known)
    for key, names in comparing.filter_names().items():
        for name in names:
            board.set_filter(name if key == "yours" else f'{key}:"{name}"')
            assert board.query is not None


# Rows


@pytest.mark.parametrize("width", [72, 75, 90, 110, 125, 170])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_rows_fit_their_width(known: Comparison, width: int, language: str) -> None:
    i18n.use(language)
    rows = offers.OfferRows(some(known))
    header = rows.header(width)
    assert header is not None
    assert cell_width(plain(header)) == width
    for index in range(rows.count):
        assert cell_width(plain(rows.row(index, width)[0])) == width
    i18n.use(i18n.ENGLISH)


def test_a_phone_has_two_lines_an_offer(known: Comparison) -> None:
    rows = offers.OfferRows([one(known, "orange-fr-mobicarte")], two_lines=True)
    assert rows.header(43) is None
    assert text(rows.row(0, 43)) == [
        "FR  Mobicarte, Orange France",
        "  1 month+     top-up          EUR 20",
    ]


def test_guesses_look_like_guesses(known: Comparison) -> None:
    row = offers.OfferRows([one(known, "sfr-la-carte")]).row(0, 80)[0]
    assert ("~7 days+", "guess") in row
    assert ("~EUR 5", "guess") in row


def test_costs_stand_by_currency_and_unknown_ones_last_either_way(known: Comparison) -> None:
    rows = some(known)
    by_cost = [row.id for row in offers.sort_offers(rows, "cost")]
    assert by_cost[:2] == ["aldi-talk", "giffgaff-payg"], "what costs nothing stands first, whatever the currency"
    assert by_cost[2:6] == ["sfr-la-carte", "orange-ro-prepay", "movistar-es", "orange-fr-mobicarte"]
    assert set(by_cost[-2:]) == {"lycamobile-fr", "monaco-telecom-travel-esim"}
    back = [row.id for row in offers.sort_offers(rows, "cost", backwards=True)]
    assert back[:10] == by_cost[:10][::-1] or set(back[-2:]) == set(by_cost[-2:])
    assert set(back[-2:]) == set(by_cost[-2:])


def test_the_longest_grace_stands_first(known: Comparison) -> None:
    found = [row.id for row in offers.sort_offers(some(known), "grace")]
    assert found[:2] == ["sfr-la-carte", "flow-cayman"]


def test_names_and_countries_are_in_order(known: Comparison) -> None:
    names = [row.summary.name.en.casefold() for row in offers.sort_offers(some(known), "name")]
    assert names == sorted(names)
    back = [row.summary.name.en.casefold() for row in offers.sort_offers(some(known), "name", backwards=True)]
    assert back == names[::-1]
    countries = [row.country for row in offers.sort_offers(some(known), "country")]
    assert countries == sorted(countries)


@pytest.mark.parametrize("width", [40, 60, 76])
def test_an_offer_in_full_fits_and_cuts_no_link(known: Comparison, width: int) -> None:
    for row in some(known):
        assert row.offer is not None
        lines = text(offers.detail(row, known.catalogue, width))
        assert max(map(cell_width, lines)) <= width, row.id
        whole = "".join(line.replace(" ", "") for line in lines)
        for source in row.offer.sources:
            if source.url is not None and source.url.isascii():
                assert source.url in whole


def test_a_remark_is_no_heading(known: Comparison) -> None:
    lines = offers.detail(one(known, "orange-fr-mobicarte"), known.catalogue, 60)
    bold = [plain(line) for line in lines if line and line[-1][1] == "bold"]
    assert "Sources" in bold
    assert all(not line.rstrip().endswith(".") for line in bold)


# Keys


async def test_the_offers_open_over_an_empty_file_and_reckon_while_they_are_looked_at(data_file: Path) -> None:
    async with running(app_on(on_file(data_file))) as board:
        await board.press("C")
        assert "Offers (138)  by name" in board.text
        while not screen(board).offers.comparison.complete:
            await board.pilot.pause(0.02)
        await board.pilot.pause()
        assert "~GBP 50" in board.row_with(">1pMobile")
        assert "reckoned" not in board.text
        await board.press("C")
        assert "Welcome" in board.text


async def test_the_filter_works_while_typing_and_names_what_is_wrong(board: Dashboard) -> None:
    await board.press("slash")
    await board.type("country:GB cost<20")
    assert "Offers (13 of 138)" in board.text
    await board.type(" esim:maybe")
    assert "esim:maybe" in board.row_with("wrong")
    await board.press("escape")
    assert "Offers (138)" in board.text
    await board.press("slash")
    await board.type("nothing-like-it")
    await board.press("enter")
    assert "No offer fits the filter." in board.text
    await board.press("escape")
    assert "Offers (138)" in board.text
    assert isinstance(board.app.screen, OffersScreen)


async def test_the_order_goes_round_and_can_be_reversed(board: Dashboard) -> None:
    for order in ("by country", "by cost a year", "by grace", "by name"):
        await board.press("s")
        assert order in board.text
    await board.press("S")
    assert "by name ↓" in board.text


async def test_enter_goes_to_the_offer_and_esc_back(board: Dashboard) -> None:
    await board.press("enter")
    assert screen(board).offer.has_focus
    await board.press("pagedown")
    assert screen(board).offer.top > 0
    await board.press("escape")
    assert screen(board).list.has_focus
    await board.press("tab", "tab")
    assert screen(board).list.has_focus


async def test_a_line_can_be_added_on_the_offer(board: Dashboard) -> None:
    await board.press("slash")
    await board.type("mobicarte")
    await board.press("enter", "a")
    assert isinstance(board.app.screen, FormScreen)
    assert "Mobicarte" in board.row_with("offer")
    await board.type("Paris")
    await board.press("ctrl+s")
    assert board.screen.holding is not None
    assert board.screen.holding.line.name == "Paris"
    assert board.screen.holding.offer.id == "orange-fr-mobicarte"


async def test_the_site_is_copied(board: Dashboard) -> None:
    await board.press("slash")
    await board.type("mobicarte")
    await board.press("enter", "y")
    assert "https://" in board.notices[-1]


async def test_what_is_known_stays_known_until_the_day_is_another(board: Dashboard) -> None:
    before = screen(board).offers.comparison
    await board.press("s", "j")
    here = screen(board).list.current
    await board.press("escape", "C")
    assert screen(board).offers.comparison is before
    assert screen(board).offers.sort == "country"
    assert screen(board).list.current == here
    board.app.board.today = Day(2026, 11, 22).format_iso()
    screen(board).show_board()
    screen(board).workers.cancel_all()
    assert screen(board).offers.comparison is not before
    assert screen(board).offers.sort == "country"


async def test_a_phone_shows_the_offer_alone(data_file: Path, whole: Comparison) -> None:
    async with comparing_offers(data_file, whole, (45, 20)) as dashboard:
        await dashboard.press("enter")
        assert not screen(dashboard).list.display
        assert "A year" in dashboard.text
        await dashboard.press("escape")
        assert not screen(dashboard).offer.display


# What it looks like


@pytest.mark.parametrize(("size", "language"), [*((size, "en") for size in SIZES), ((80, 24), "zh")], ids=str)
async def test_the_screen(
    data_file: Path, whole: Comparison, size: tuple[int, int], language: str, snapshot: SnapshotAssertion
) -> None:
    async with comparing_offers(data_file, whole, size) as dashboard:
        if language != i18n.ENGLISH:
            i18n.use(language)
            screen(dashboard).show_board()
        await dashboard.press(*"jjjjjjjj")
        shown = dashboard.text
        i18n.use(i18n.ENGLISH)
    assert shown == snapshot
    assert max(cell_width(row) for row in shown.split("\n")) <= size[0]
