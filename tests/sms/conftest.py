"""Messages as operators word them; all made up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from simtui import catalogue, paths
from simtui.catalogue import Catalogue
from simtui.domain.calendar import Day
from simtui.domain.line import Line
from simtui.domain.money import Money
from simtui.domain.rule import Rule
from simtui.domain.terms import terms_for
from simtui.sms.reading import Finding, Part, Reading, read

TODAY = Day(2026, 11, 21)
Says = Callable[[str, str], dict[str, object]]


@pytest.fixture(scope="session")
def offers() -> Catalogue:
    return catalogue.load(paths.bundled("carriers.json"), None)


@pytest.fixture
def reading(offers: Catalogue) -> Callable[[str, str], Reading]:
    def found(offer_id: str, text: str) -> Reading:
        offer = offers.offer(offer_id)
        assert offer is not None
        rule = terms_for(Line(offer=offer_id, label="Mine"), offer).rule_on(TODAY) or Rule()
        return read(text, offer, rule, TODAY)

    return found


def told(finding: Finding) -> object:
    """What a finding means: a plain text, or a set of them where it has to be asked about."""
    choices = [_text(choice.value) + (f" {choice.clock}" if choice.clock else "") for choice in finding.choices]
    return choices[0] if finding.why is None else set(choices)


@pytest.fixture
def says(reading: Callable[[str, str], Reading]) -> Says:
    """What a message says, by part; several dates are joined."""

    def found(offer_id: str, text: str) -> dict[str, object]:
        findings = reading(offer_id, text).findings
        by_part: dict[str, object] = {}
        for finding in findings:
            if finding.part is Part.VALID_UNTIL and "valid_until" in by_part:
                by_part["valid_until"] = f"{by_part['valid_until']}, {told(finding)}"
            else:
                by_part[finding.part.value] = told(finding)
        return by_part

    return found


def _text(value: object) -> str:
    if isinstance(value, Money):
        return f"{value.amount} {value.currency}"
    return value.format_iso() if isinstance(value, Day) else str(value)
