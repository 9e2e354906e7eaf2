"""What operators write: families of wordings, in messages made up for these tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simtui.catalogue import Catalogue
from simtui.sms.reading import Reading
from tests.sms.conftest import Says

MONACO, ORANGE, SFR = "monaco-telecom-prepaid", "orange-fr-mobicarte", "sfr-la-carte"
FAMILIES: list[tuple[str, str, dict[str, object]]] = [
    (
        ORANGE,
        "Orange info : votre crédit est de 5,20€, valable jusqu'au 12/05/2027. Votre ligne est valable jusqu'au 12/11/2027.",
        {"credit": "5.20 EUR", "valid_until": "2027-11-12 line, 2027-05-12 credit"},
    ),
    (
        ORANGE,
        "Solde Mobicarte : 12,35 €, à utiliser avant le 03/02/2027 inclus.",
        {"credit": "12.35 EUR", "valid_until": "2027-02-03 credit"},
    ),
    (
        ORANGE,
        (
            "Votre recharge de 10€ est bien prise en compte. Votre crédit est valable jusqu'au 21/12/2026 "
            "et votre numéro jusqu'au 21/05/2027."
        ),
        {"amount": "10 EUR", "valid_until": "2027-05-21 line, 2026-12-21 credit"},
    ),
    (
        ORANGE,
        "Il vous reste 3,1 Go sur 10 Go, 48 minutes et 120 SMS.",
        {"data": "3174", "minutes": "48", "sms": "120"},
    ),
    (
        SFR,
        "SFR La Carte : votre solde est de 8,45 EUR, valable jusqu'au 03.04.2027.",
        {"credit": "8.45 EUR", "valid_until": "2027-04-03"},
    ),
    (
        SFR,
        "Votre compte a été rechargé de 20€. Nouveau solde : 28€45, à utiliser jusqu'au 12 mai 2027.",
        {"amount": "20 EUR", "credit": "28.45 EUR", "valid_until": "2027-05-12"},
    ),
    (
        "bouygues-carte-prepayee",
        "Bouygues Telecom : votre credit principal est de 4.10 euros. Il expire le 05/06/2027.",
        {"credit": "4.10 EUR", "valid_until": "2027-06-05"},
    ),
    (
        "free-mobile-2eur",
        "Free Mobile : il vous reste 45 min, 60 SMS et 21Mo. Conso internet : 29 Mo. Hors forfait : 0,00€",
        {"data": "21", "minutes": "45", "sms": "60"},
    ),
    (
        "la-poste-mobile-prepayee",
        "La Poste Mobile : votre crédit restant est de 7,80€ et expire le 14/01/2027 à 23h59",
        {"credit": "7.80 EUR", "valid_until": "2027-01-14 credit"},
    ),
    (
        "lycamobile-fr",
        "Cher client, votre solde Lycamobile est de €3.42. Votre numéro est actif jusqu'au 30-12-2026.",
        {"credit": "3.42 EUR", "valid_until": "2026-12-30"},
    ),
    (
        "lebara-fr",
        "Lebara : solde principal 9.99 €. Votre crédit expire le 19/02/27. Internet : 2.5GB restants",
        {"credit": "9.99 EUR", "valid_until": "2027-02-19 credit", "data": "2560"},
    ),
    (
        MONACO,
        "Monaco Telecom : votre crédit est de 12,50 euros et est valable jusqu'au 2 juillet 2027.",
        {"credit": "12.50 EUR", "valid_until": "2027-07-02"},
    ),
    (
        MONACO,
        "Monaco Telecom: your credit is EUR 12.50, valid until 2 July 2027.",
        {"credit": "12.50 EUR", "valid_until": "2027-07-02"},
    ),
    (
        "giffgaff-payg",
        "Hi! You've topped up £10.00. Your new balance is £15.20. Cheers, giffgaff",
        {"amount": "10.00 GBP", "credit": "15.20 GBP"},
    ),
    (
        "giffgaff-payg",
        "Your airtime credit is £2.40. Your goodybag has 3.1GB of data left and expires on 12/12/2026.",
        {"credit": "2.40 GBP", "data": "3174"},
    ),
    ("giffgaff-payg", "Your balance is 50p.", {"credit": "0.5 GBP"}),
    (
        "ultra-mobile-paygo",
        "Ultra: your PayGo plan is valid until December 5, 2026. Wallet: $6.00. 87 minutes, 95 texts and 80MB left.",
        {"credit": "6.00 USD", "valid_until": "2026-12-05", "data": "80", "minutes": "87", "sms": "95"},
    ),
    (
        "ultra-mobile-paygo",
        "Your Ultra plan expires on 05/12/2027.",
        {"valid_until": "2027-05-12"},
    ),
    ("china-mobile-8yuan", "【中国移动】截至2026年11月21日，您的账户余额为23.45元。", {"credit": "23.45 CNY"}),
    (
        "china-unicom-keep",
        "【中国联通】您当月剩余流量3.1GB，剩余语音48分钟，短信剩余50条，话费余额１０．５０元。",
        {"credit": "10.50 CNY", "data": "3174", "minutes": "48", "sms": "50"},
    ),
    (
        "china-telecom-5yuan",
        "【中国电信】您的号码可用余额为5.60元，已使用流量120MB，剩余流量904MB。",
        {"credit": "5.60 CNY", "data": "904"},
    ),
    ("china-telecom-5yuan", "您已成功充值50元，当前余额73.45元。", {"amount": "50 CNY", "credit": "73.45 CNY"}),
    ("china-mobile-suspend", "您的停机保号业务至2027年5月12日到期。", {"valid_until": "2027-05-12 term"}),
    (
        "club-sim-hk",
        "您的储值余额为$48.5，有效期至2027年5月12日。",
        {"credit": "48.5 HKD", "valid_until": "2027-05-12"},
    ),
    (
        "club-sim-hk",
        "Your Club SIM stored value balance is HK$48.5, valid until 12/05/2027.",
        {"credit": "48.5 HKD", "valid_until": "2027-05-12"},
    ),
]


@pytest.mark.parametrize(
    ("offer", "text", "wanted"), FAMILIES, ids=lambda value: value[:40] if isinstance(value, str) else "-"
)
def test_a_wording(says: Says, offer: str, text: str, wanted: dict[str, object]) -> None:
    assert says(offer, text) == wanted


UNCLEAR: list[tuple[str, str, dict[str, object]]] = [
    # Nothing is left of it, or nobody says that it is what is left.
    (SFR, "Votre solde est inférieur à 1€. Rechargez vite.", {}),
    ("giffgaff-payg", "Your balance is below £1.", {}),
    ("china-telecom-5yuan", "您的余额低于5元，请及时充值。", {}),
    (SFR, "Recharge de 20€ : 5€ offerts !", {}),
    ("free-mobile-2eur", "Votre forfait à 2 €/mois", {}),
    (SFR, "Votre solde est de -2,00 €", {}),
    (ORANGE, "Votre code est 123456, valable 10 minutes.", {}),
    # A date whose day may still count or not, and one that may be about two things.
    (SFR, "Votre ligne sera suspendue le 12/05/2027.", {"valid_until": {"2027-05-11", "2027-05-12"}}),
    (
        "lebara-fr",
        "Valable jusqu'au 19/02/2027.",
        {"valid_until": {"2027-02-19 credit", "2027-02-19 use"}},
    ),
    (
        "la-poste-mobile-prepayee",
        "Le crédit de votre ligne est valable jusqu'au 19/02/2027.",
        {"valid_until": {"2027-02-19 credit", "2027-02-19 line"}},
    ),
    ("lycamobile-fr", "Your bundle expires on 14-12-2026.", {"valid_until": {"2026-12-14"}}),
    (SFR, "Votre solde : 5€. Votre crédit est de 7€.", {"credit": {"5 EUR", "7 EUR"}}),
    (SFR, "Votre crédit est de 1.000 €", {"credit": "1000 EUR"}),
    (SFR, "Votre crédit est de 1,000 €", {"credit": {"1.000 EUR", "1000 EUR"}}),
    (SFR, "Votre crédit est de 5 $", {"credit": {f"5 {code}" for code in ("USD", "AUD", "CAD", "HKD", "NZD", "SGD")}}),
    ("povo2", "残高 balance ¥500", {"credit": "500 JPY"}),
    # An offer sold where both orders of day and month are in use.
    (
        "speakout-7eleven",
        "Your airtime balance expires on 05/06/2027.",
        {"valid_until": {"2027-06-05 airtime", "2027-05-06 airtime"}},
    ),
]


@pytest.mark.parametrize(
    ("offer", "text", "wanted"), UNCLEAR, ids=lambda value: value[:40] if isinstance(value, str) else "-"
)
def test_what_is_not_certain_is_asked_or_left(says: Says, offer: str, text: str, wanted: dict[str, object]) -> None:
    assert says(offer, text) == wanted


def test_a_text_that_contradicts_its_country_makes_dates_ask(says: Says) -> None:
    day_first = says(SFR, "Solde 5€ valable jusqu'au 05/06/2027.")
    contradicted = says(SFR, "12/31/2026: solde 5€ valable jusqu'au 05/06/2027.")
    assert day_first["valid_until"] == "2027-06-05"
    assert contradicted["valid_until"] == {"2027-06-05", "2027-05-06"}


def test_where_it_stands_in_the_message_is_told(reading: Callable[[str, str], Reading]) -> None:
    found = reading(SFR, "\u200bVotre\u00a0crédit est de ５，２０\u202f€.")
    [finding] = found.findings
    assert found.quoted(finding.choices[0]) == "５，２０\u202f€"


def test_a_wording_of_the_offer_goes_before_a_general_one(reading: Callable[[str, str], Reading]) -> None:
    [credit] = reading("ultra-mobile-paygo", "Wallet: 6.00").findings
    assert credit.is_offers_own
    assert not reading("google-fi-flexible", "Wallet: 6.00").findings


@pytest.mark.parametrize(
    "offer_id",
    [
        ORANGE,
        SFR,
        MONACO,
        "bouygues-carte-prepayee",
        "free-mobile-2eur",
        "la-poste-mobile-prepayee",
        "lycamobile-fr",
        "lebara-fr",
        "giffgaff-payg",
        "ultra-mobile-paygo",
        "china-mobile-8yuan",
        "china-unicom-keep",
        "china-telecom-5yuan",
    ],
)
def test_the_offers_bring_wordings_of_their_own(offers: Catalogue, offer_id: str) -> None:
    offer = offers.offer(offer_id)
    assert offer is not None
    assert offer.messages
