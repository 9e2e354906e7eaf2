"""Texts for support and banks: in three languages, whatever the program speaks, and never with a blank."""

from __future__ import annotations

import re
import string
from functools import cache
from typing import Any

import pytest

from simtui import i18n
from simtui.catalogue import Catalogue, load
from simtui.domain.line import Line
from simtui.domain.offer import PaymentMethod
from simtui.domain.renewal import Renewal
from simtui.paths import bundled
from simtui.text import one_line
from simtui.walk.letters import Letters, Problem, Tongue, Wording, letters, tongue_of
from simtui.walk.support import Affair, dispute_text, problem_of, problems_of, support_text

MOBICARTE, AIRALO = "orange-fr-mobicarte", "airalo-discover-global"
EVERYTHING: dict[str, Any] = {
    "line": 1,
    "state": "paid",
    "items": [{"amount": "10.50", "currency": "EUR"}],
    "amount": "10.50",
    "currency": "EUR",
    "method": "card",
    "paid_at": "2026-11-20T23:30:00Z",
    "proof": {"order_number": "A-7", "receipt": "~/r.pdf", "confirmation": "Merci"},
}


@cache
def catalogue() -> Catalogue:
    return load(bundled("carriers.json"), None)


def affair(offer_id: str = MOBICARTE, number: str | None = "+33639980001", **fields: Any) -> Affair:
    offer, carrier = catalogue().offers[offer_id], catalogue().carrier_of(offer_id)
    line = Line(label="a line", number=number, offer=offer_id)
    return Affair(
        Renewal(procedure="recharge-online", **fields), line, offer, None if carrier is None else carrier.name
    )


def blanks(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


# The data ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tongue", Tongue)
def test_every_language_has_every_text(tongue: Tongue) -> None:
    wording = letters().languages[tongue]
    for letter in (wording.support, wording.dispute):
        assert set(letter.problems) == set(letter.asks) == set(Problem)
        assert all(
            text.strip() for text in (letter.greeting, letter.thanks, *letter.problems.values(), *letter.asks.values())
        )
    assert set(wording.methods) == set(PaymentMethod) - {PaymentMethod.OTHER}
    assert len(set(wording.months)) == 12


@pytest.mark.parametrize("tongue", Tongue)
def test_a_sentence_of_a_fact_has_its_own_blank_and_ends(tongue: Tongue) -> None:
    for name, text in letters().languages[tongue].facts.model_dump().items():
        assert blanks(text) <= {name}
        assert text.endswith((".", "。"))


def test_a_language_that_lacks_a_text_is_refused() -> None:
    raw = letters().model_dump(mode="json")
    del raw["languages"]["fr"]["support"]["problems"]["wrong_plan"]
    with pytest.raises(ValueError, match="wrong_plan"):
        Letters.model_validate(raw)
    del raw["languages"]["fr"]
    with pytest.raises(ValueError, match="no texts in fr"):
        Letters.model_validate(raw)


def test_a_language_that_lacks_a_means_of_payment_is_refused() -> None:
    raw = letters().languages[Tongue.EN].model_dump(mode="json")
    del raw["methods"]["paypal"]
    with pytest.raises(ValueError, match="paypal"):
        Wording.model_validate(raw)


@pytest.mark.parametrize(
    ("country", "tongue"),
    [("FR", "fr"), ("MC", "fr"), ("RE", "fr"), ("CN", "zh"), ("HK", "zh"), ("GB", "en"), ("JP", "en")],
)
def test_operators_are_written_to_in_the_language_of_their_country(country: str, tongue: str) -> None:
    assert tongue_of(country) == tongue


# What is written -----------------------------------------------------------------------------------------------------


def test_all_that_is_known_is_told_in_english() -> None:
    assert support_text(affair(**EVERYTHING), Problem.NOT_EFFECTIVE, Tongue.EN) == (
        "Hello. I have paid, but what I paid for has not taken effect. Line: +33 6 39 98 00 01. Offer: Mobicarte. "
        "Bought: top-up of 10.50 EUR. Amount: 10.50 EUR. Date of payment: 21 November 2026. Paid by: bank card. "
        "Order number: A-7. Please check the order and make it effective, or tell me what is missing. Thank you."
    )


def test_all_that_is_known_is_told_in_french() -> None:
    text = support_text(affair(**EVERYTHING), Problem.NOT_EFFECTIVE, Tongue.FR)
    for part in (
        "+33 6 39 98 00 01",
        "recharge de 10,50 EUR",
        "21 novembre 2026",
        "carte bancaire",
        "commande\u00a0: A-7",
    ):
        assert part in text


def test_all_that_is_known_is_told_in_chinese() -> None:
    text = support_text(affair(**EVERYTHING), Problem.NOT_EFFECTIVE, Tongue.ZH)
    for part in ("号码：+33 6 39 98 00 01。", "充值 10.50 EUR", "2026年11月21日", "银行卡", "订单号：A-7。"):
        assert part in text


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_programs_language_does_not_matter(language: str) -> None:
    i18n.use(language)
    try:
        assert support_text(affair(**EVERYTHING), Problem.WRONG_PLAN, Tongue.FR).startswith(
            "Bonjour. Je me suis trompé"
        )
    finally:
        i18n.use("en")


@pytest.mark.parametrize("tongue", Tongue)
@pytest.mark.parametrize("problem", Problem)
def test_what_nobody_knows_is_left_out_and_no_blank_shows(problem: Problem, tongue: Tongue) -> None:
    bare = Affair(Renewal(procedure="recharge-online"), None, catalogue().offers[MOBICARTE], None)
    wording = letters().languages[tongue]
    for text, letter in (
        (support_text(bare, problem, tongue), wording.support),
        (dispute_text(bare, problem, tongue), wording.dispute),
    ):
        offer = [wording.facts.offer.format(offer=_offer_name(tongue))] if letter is wording.support else []
        whole = wording.join.join(
            [letter.greeting, letter.problems[problem], *offer, letter.asks[problem], letter.thanks]
        )
        assert text == whole
        assert not re.search(r"[{}]|None|: ?\.", text)


def _offer_name(tongue: Tongue) -> str:
    return catalogue().offers[MOBICARTE].name.in_language(tongue.value)


@pytest.mark.parametrize("missing", ["items", "amount", "method", "paid_at", "proof"])
@pytest.mark.parametrize("tongue", Tongue)
def test_each_unknown_thing_takes_its_own_sentence_along(missing: str, tongue: Tongue) -> None:
    fields = {name: value for name, value in EVERYTHING.items() if name != missing}
    if missing == "amount":
        del fields["currency"]
    whole = dispute_text(affair(**EVERYTHING), Problem.CHARGED_TWICE, tongue)
    less = dispute_text(affair(**fields), Problem.CHARGED_TWICE, tongue)
    assert len(less) < len(whole)
    assert not re.search(r"[{}]|None|: ?\.", less)


def test_another_means_of_payment_has_no_name_to_give() -> None:
    text = support_text(affair(**{**EVERYTHING, "method": "other"}), Problem.NOT_EFFECTIVE, Tongue.EN)
    assert "Paid by" not in text


def test_a_dispute_has_the_proof() -> None:
    text = dispute_text(affair(**EVERYTHING), Problem.NOT_EFFECTIVE, Tongue.FR)
    for part in ("Vendeur\u00a0: Orange France.", "commande\u00a0: A-7", "«\u00a0Merci\u00a0»", "J'ai le reçu"):
        assert part in text


def test_the_day_is_the_one_that_the_user_gave() -> None:
    told = affair(**EVERYTHING, answers={"paid-on": "2026-11-18"})
    assert "18 November 2026" in support_text(told, Problem.NOT_EFFECTIVE, Tongue.EN)


def test_a_plan_is_named_and_a_thing_that_no_catalogue_lists_too() -> None:
    offer = catalogue().offers[AIRALO]
    items = [{"plan": offer.plans[1].id}, {"name": "Extra {x}"}, {"plan": "gone"}]
    text = support_text(affair(AIRALO, None, items=items), Problem.CODE_MISSING, Tongue.ZH)
    assert f"购买内容：{offer.plans[1].name.in_language('zh')}、Extra {{x}}。" in text


def test_what_a_person_wrote_stays_on_one_line_and_is_safe() -> None:
    proof = {"order_number": "A\x1b[31m\n7", "confirmation": "Merci\r\n\u202eabc"}
    text = dispute_text(affair(**{**EVERYTHING, "proof": proof}), Problem.NOT_EFFECTIVE, Tongue.EN)
    assert text == one_line(text)
    assert "\x1b" not in text
    assert "A\\x1b[31m 7" in text


# What went wrong -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"state": "draft"}, None),
        ({"state": "verified", "paid_at": "2026-11-20T10:00:00Z"}, None),
        ({"state": "given_up"}, None),
        ({"state": "paid"}, Problem.NOT_EFFECTIVE),
        ({"state": "paid", "charged": "yes", "tries": 1}, Problem.PAYMENT_FAILED_CHARGED),
        ({"branch": "charged", "tries": 1}, Problem.PAYMENT_FAILED),
        ({"branch": "go_on", "tries": 1, "charged": "no"}, Problem.PAYMENT_FAILED_NOT_CHARGED),
        ({"branch": "go_on", "tries": 2, "charged": "unknown"}, Problem.PAYMENT_FAILED_UNSURE),
        ({"state": "failed", "tries": 1, "charged": "unknown"}, Problem.PAYMENT_FAILED_UNSURE),
        ({"procedure": "travel-buy", "state": "paid", "step": "wait"}, Problem.CODE_MISSING),
        ({"procedure": "travel-buy", "state": "paid", "step": "verify"}, Problem.NOT_EFFECTIVE),
        ({"procedure": "of-a-newer-version", "state": "paid", "step": "wait"}, Problem.NOT_EFFECTIVE),
    ],
)
def test_a_renewal_tells_what_went_wrong(fields: dict[str, Any], problem: Problem | None) -> None:
    assert problem_of(Renewal.model_validate({"procedure": "recharge-online", **fields})) is problem


def test_a_code_that_did_not_come_is_written_about_where_one_is_to_come() -> None:
    bought = Renewal.model_validate({"procedure": "travel-buy", "state": "paid", "step": "wait"})
    topped_up = Renewal.model_validate({"procedure": "recharge-online", "state": "paid"})
    assert problems_of(bought)[0] is Problem.CODE_MISSING
    assert set(problems_of(topped_up)) == set(Problem) - {Problem.CODE_MISSING}
    assert problems_of(topped_up)[0] is Problem.NOT_EFFECTIVE


def test_no_line_begins_with_a_french_colon_or_question_mark() -> None:
    about = affair(**EVERYTHING)
    for problem in Problem:
        for text in (support_text(about, problem, Tongue.FR), dispute_text(about, problem, Tongue.FR)):
            assert not re.search(" [:;?!»]|« ", text)


def test_how_often_it_failed_is_told_from_the_second_time_on() -> None:
    once, twice = (affair(**{**EVERYTHING, "tries": tries}) for tries in (1, 2))
    assert "failed 1" not in support_text(once, Problem.PAYMENT_FAILED, Tongue.EN)
    assert "The payment failed 2 times." in support_text(twice, Problem.PAYMENT_FAILED, Tongue.EN)
