"""Messages come from anywhere: none makes reading fail, and none makes it slow."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simtui import catalogue, paths
from simtui.domain.act import Act
from simtui.domain.line import Line
from simtui.domain.rule import Rule
from simtui.domain.terms import terms_for
from simtui.domain.wording import Slot, elements
from simtui.holding import Holding
from simtui.sms.acts import acts_of, read_for
from simtui.sms.general import general_patterns
from simtui.sms.reading import MOST_CHARACTERS, Reading, read
from simtui.sms.telling import quoted, sentence
from simtui.text import one_line
from tests.sms.conftest import TODAY

OFFERS = ("orange-fr-mobicarte", "giffgaff-payg", "ultra-mobile-paygo", "china-unicom-keep", "lebara-fr")
PIECES = st.sampled_from(
    [word for general in general_patterns() for word in general.pattern.replace("_", " ").replace("|", " ").split()]
    + list("€£$.!\n\x1b\u202e\u200b５元余额")
    + ["12/05/2026", "1.000", "5,20", "3,1 Go", "48 min", "12 mai", "00:00", "2026年5月12日", "99999999999"]
)
TEXTS = st.text(max_size=400) | st.lists(PIECES, max_size=80).map(" ".join) | st.lists(PIECES, max_size=80).map("".join)
BOOK = catalogue.load(paths.bundled("carriers.json"), None)


def found_in(text: str, offer_id: str) -> Reading:
    offer = BOOK.offer(offer_id)
    assert offer is not None
    rule = terms_for(Line(offer=offer_id, label="Mine"), offer).rule_on(TODAY) or Rule()
    return read(text, offer, rule, TODAY)


@given(TEXTS, st.sampled_from(OFFERS))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_text_makes_reading_fail(text: str, offer_id: str) -> None:
    found = found_in(text, offer_id)
    offer = BOOK.offer(offer_id)
    assert offer is not None
    for finding in found.findings:
        assert (finding.why is None) == (finding.clear is not None)
        assert finding.why is not None or len(finding.choices) == 1
        for choice in finding.choices:
            assert 0 <= choice.start < choice.end <= len(found.text)
            assert one_line(quoted(found, choice)).isprintable()
        assert one_line(sentence(finding, found, offer)).isprintable()


@given(TEXTS, st.sampled_from(OFFERS), st.integers(0, 3))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_picked_can_be_recorded(text: str, offer_id: str, pick: int) -> None:
    offer = BOOK.offer(offer_id)
    assert offer is not None
    line = Line(offer=offer_id, label="Mine")
    held = Holding(id=1, rev=1, line=line, acts=(), renewals=(), offer=offer, known_offer=True, today=TODAY)
    found = read_for(held, text, TODAY)
    settled = [(each.part, each.choices[pick % len(each.choices)]) for each in found.findings]
    acts = acts_of(held, TODAY, settled)
    assert bool(acts) == bool(settled)
    assert held.with_acts(acts).phase
    assert [Act.model_validate(act.model_dump(mode="json")) for act in acts] == acts


@given(st.text(alphabet="abc {}|*_{credit}", max_size=60))
def test_no_pattern_fails_otherwise_than_by_being_refused(pattern: str) -> None:
    try:
        parts = elements(pattern)
    except ValueError:
        return
    assert any(isinstance(part, Slot) for part in parts)


@pytest.mark.parametrize(
    "piece",
    [
        "solde ",
        "solde credit ",
        "5,20 € ",
        "12/05/2026 ",
        "1,",
        "9",
        "余额",
        "余",
        "{",
        "reste 3,1 Go sur ",
        "\u202e1 ",
    ],
)
def test_a_long_text_takes_no_more_than_its_share(piece: str) -> None:
    def seconds(characters: int) -> float:
        text = (piece * MOST_CHARACTERS)[:characters]
        return min(_time(lambda: found_in(text, "orange-fr-mobicarte")) for _turn in range(2))

    found_in(piece, "orange-fr-mobicarte")
    short, long = seconds(MOST_CHARACTERS // 4), seconds(MOST_CHARACTERS)
    assert long < 12 * short + 0.1
    assert long < 3


def test_only_the_beginning_of_a_text_is_looked_at() -> None:
    far = " " * MOST_CHARACTERS + "solde 5 €"
    assert found_in(far, "orange-fr-mobicarte").findings == ()
    assert _time(lambda: found_in("solde 5 € " * 500_000, "orange-fr-mobicarte")) < 3


def _time(deed: Callable[[], object]) -> float:
    start = time.perf_counter()
    deed()
    return time.perf_counter() - start
