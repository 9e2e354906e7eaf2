from __future__ import annotations

import pytest

from simtui.domain.wording import Gap, Slot, Token, TokenKind, Words, elements, fold, tokens


def texts(text: str) -> list[str]:
    return [token.text for token in tokens(fold(text).text)]


def test_case_accents_and_full_width_forms_do_not_count() -> None:
    assert texts("Crédit ＳＯＬＤＥ ５，２０") == texts("credit solde 5,20")
    assert fold("ﾃﾞ").text != ""


def test_signs_that_cannot_be_seen_do_not_count_and_places_stay_true() -> None:
    folded = fold("cre\u0301dit\u200b 5\u00a0€")
    assert folded.text == "credit 5 €"
    at = folded.text.index("5")
    start, end = folded.span(at, at + 1)
    assert "cre\u0301dit\u200b 5\u00a0€"[start:end] == "5"
    assert folded.span(len(folded.text), len(folded.text)) == (12, 12)


def test_a_text_falls_into_words_numbers_signs_and_sentences() -> None:
    found = tokens(fold("L'crédit : 5,20 €. Fin! 余额10。www.orange.fr").text)
    assert [token.text for token in found if token.kind is TokenKind.END] == [".", "!", "。"]
    assert found[0] == Token(TokenKind.WORD, "l", 0, 1)
    assert [token.text for token in found if token.kind is TokenKind.NUMBER] == ["5,20", "10"]
    assert [token.text for token in found if token.kind is TokenKind.WIDE] == ["余", "额"]


def test_a_pattern_has_words_wordings_gaps_and_placeholders() -> None:
    assert elements("Solde|crédit * jusqu'au|expire_le {valid_until}") == (
        Words((("solde",), ("credit",))),
        Gap(),
        Words((("jusqu", "au"), ("expire", "le"))),
        Slot.VALID_UNTIL,
    )
    assert elements("剩余 {data}") == (Words((("剩",),)), Words((("余",),)), Slot.DATA)


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("{credit}", "needs a word"),
        ("solde", "needs a word"),
        ("* solde {credit}", "begins nor ends"),
        ("solde {credit} *", "begins nor ends"),
        ("solde * * {credit}", "one [*] is enough"),
        ("solde {credit} ou {credit}", "stands twice"),
        ("solde {credits}", "no such placeholder"),
        ("solde {credit", "not closed"),
        ("solde| {credit}", "either side"),
        ("a " * 60 + "{credit}", "at most 40"),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        elements(pattern)


def test_what_is_passed_over_may_stand_several_times() -> None:
    assert elements("du {other} au {other} solde {credit}")
