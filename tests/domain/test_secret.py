"""Activation codes as mails write them."""

from __future__ import annotations

import pytest

from simtui.domain.secret import activation_code


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("LPA:1$rsp.truphone.com$JQ-209U6H-6I82J5", "LPA:1$rsp.truphone.com$JQ-209U6H-6I82J5"),
        ("  lpa:1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815 ", "LPA:1$SMDP.GSMA.COM$04386-AGYFT-A74Y8-3F815"),
        ("1$smdp.io$K2-1ABC2D", "LPA:1$smdp.io$K2-1ABC2D"),
        ("smdp.io K2-1ABC2D", "LPA:1$smdp.io$K2-1ABC2D"),
        ("smdp.io， K2-1ABC2D", "LPA:1$smdp.io$K2-1ABC2D"),
        ("LPA:1$smdp.io$", "LPA:1$smdp.io$"),
        ("LPA:1$smdp.io$AB$1.3.6.1.4.1.31746$1", "LPA:1$smdp.io$AB$1.3.6.1.4.1.31746$1"),
    ],
)
def test_it_is_kept_as_phones_take_it(typed: str, kept: str) -> None:
    found = activation_code(typed)
    assert found is not None
    assert found.text == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "LPA:2$smdp.io$AB",
        "LPA:1$smdp$AB",
        "LPA:1$-x.io$AB",
        "LPA:1$smdp.io$A B",
        "LPA:1$smdp.io$[/x]",
        "hello",
        "LPA:1$smdp.io$" + "A" * 300,
    ],
)
def test_what_no_phone_takes_is_none(typed: str) -> None:
    assert activation_code(typed) is None


def test_it_tells_whether_a_confirmation_code_is_asked() -> None:
    asks, plain = activation_code("LPA:1$smdp.io$AB$$1"), activation_code("LPA:1$smdp.io$AB")
    assert asks is not None
    assert plain is not None
    assert asks.asks_confirmation
    assert not plain.asks_confirmation
