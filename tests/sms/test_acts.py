from __future__ import annotations

from simtui.catalogue import Catalogue
from simtui.domain.act import ActKind
from simtui.domain.line import Line
from simtui.domain.rule import Rule
from simtui.holding import Holding
from simtui.sms.acts import acts_of, read_for, rule_for
from tests.sms.conftest import TODAY


def holding(offers: Catalogue, offer_id: str) -> Holding:
    offer = offers.offer(offer_id)
    assert offer is not None
    line = Line(offer=offer_id, label="Mine")
    return Holding(id=7, rev=1, line=line, acts=(), renewals=(), offer=offer, known_offer=True, today=TODAY)


def kinds(offers: Catalogue, offer_id: str, text: str) -> list[ActKind]:
    held = holding(offers, offer_id)
    reading = read_for(held, text, TODAY)
    assert reading.asked == ()
    acts = acts_of(held, TODAY, [(each.part, each.choices[0]) for each in reading.findings])
    assert {act.line for act in acts} <= {7}
    return [act.kind for act in acts]


def test_the_top_up_comes_first_and_the_dates_last(offers: Catalogue) -> None:
    text = "Votre recharge de 10€ a été prise en compte. Votre crédit est de 15€ et valable jusqu'au 12/05/2027."
    wanted = [ActKind.TOP_UP, ActKind.BALANCE_READING, ActKind.STATEMENT]
    assert kinds(offers, "sfr-la-carte", text) == wanted


def test_money_is_what_the_offer_calls_it(offers: Catalogue) -> None:
    text = "Your payment of £10 was received."
    assert kinds(offers, "giffgaff-payg", text) == [ActKind.TOP_UP]
    assert kinds(offers, "free-mobile-2eur", "Votre recharge de 10€ est validée.") == [ActKind.PAYMENT]
    assert kinds(offers, "povo2", "You topped up ¥500.") == [ActKind.TOP_UP]


def test_nothing_said_is_nothing_recorded(offers: Catalogue) -> None:
    assert kinds(offers, "giffgaff-payg", "Hello!") == []


def test_an_offer_whose_rule_nobody_knows_has_an_empty_one(offers: Catalogue) -> None:
    held = holding(offers, "sfr-la-carte")
    unknown = Holding(
        **{**vars(held), "offer": held.offer.model_copy(update={"rules": ()}), "line": held.line},
    )
    assert rule_for(unknown, TODAY) == Rule()
    [line] = read_for(unknown, "Votre ligne est valable jusqu'au 12/05/2027.", TODAY).findings
    assert (line.why, line.choices[0].clock) == (None, None)
