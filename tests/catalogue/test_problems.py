"""Each wrong thing is named with its offer and place, and everything else is used."""

from __future__ import annotations

import ast
import inspect
from typing import Any

import pytest

from simtui import i18n
from simtui.catalogue import Problem
from simtui.catalogue.faults import MOST_FAULTS, domain_words
from simtui.domain import calendar, money, rule, wording
from simtui.domain import offer as offers
from tests.catalogue.conftest import Loader, carrier, clock, file_of, offer, text


def problems_of(loaded: Loader, **changes: Any) -> tuple[Problem, ...]:
    catalogue = loaded(
        file_of(carrier(offer("good")), carrier(offer("first"), offer("bad", **changes), carrier_id="b"))
    )
    problems = catalogue.check_all()
    assert catalogue.offers.keys() == {"good", "first"}
    assert {problem.offer for problem in problems} == {"bad"}
    return problems


def the_problem(loaded: Loader, **changes: Any) -> tuple[str, str]:
    (problem,) = problems_of(loaded, **changes)
    assert problem.place.startswith("carriers[1].offers[1].")
    return problem.place.removeprefix("carriers[1].offers[1]."), problem.what


def rules(**changes: Any) -> list[dict[str, Any]]:
    return [{"clocks": [clock(**changes)]}]


STAGE = {"name": "suspended", "length": {"by": "unknown"}}
PLAN = {"id": "p", "name": text("P"), "kind": "data"}


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        ({"rules": rules(length={"by": "fixed", "period": "6M"})}, "rules[0].clocks[0].length.period", "P6M"),
        ({"rules": rules(length={"by": "fixed", "period": "P999Y"})}, "rules[0].clocks[0].length.period", "P100Y"),
        ({"rules": rules(length={"by": "fixed", "period": 6})}, "rules[0].clocks[0].length.period", "P6M"),
        ({"rules": rules(length={"by": "fixed"})}, "rules[0].clocks[0].length.period", "is missing"),
        ({"rules": rules(length={"period": "P6M"})}, "rules[0].clocks[0].length.by", "is missing"),
        ({"rules": rules(length={"by": "luck"})}, "rules[0].clocks[0].length.by", "fixed, amount"),
        ({"rules": rules(length={"by": "amount", "tiers": []})}, "rules[0].clocks[0].length.tiers", "at least one"),
        (
            {"rules": rules(length={"by": "amount", "tiers": [{"below": 5}]})},
            "rules[0].clocks[0].length.tiers[0]",
            "needs either at",
        ),
        ({"rules": rules(after=None)}, "rules[0].clocks[0]", "must say in after"),
        ({"rules": rules(after="lost")}, "rules[0].clocks[0].after", "none, unknown"),
        (
            {"rules": rules(after=[{"name": "limbo", "length": {"by": "unknown"}}])},
            "rules[0].clocks[0].after[0].name",
            "receive_only",
        ),
        ({"rules": rules(restart_on=[])}, "rules[0].clocks[0].restart_on", "restarts_on is near"),
        ({"rules": rules(source="page")}, "", "page"),
        ({"rules": [{"valid_from": "2026-02-31"}]}, "rules[0].valid_from", "2026-11-20"),
        ({"rules": [{"valid_from": "1901-01-01"}]}, "rules[0].valid_from", "1970"),
        ({"rules": [{"stated": "x"}]}, "rules[0]", "stated"),
        ({"rules": {}}, "rules", "list in brackets"),
        ({"top_ups": [{"amount": "ten"}]}, "top_ups[0].amount", "9.99"),
        ({"top_ups": [{"amount": -1}]}, "top_ups[0].amount", "0 or more"),
        ({"top_ups": [{"amount": True}]}, "top_ups[0].amount", "9.99"),
        ({"plans": [PLAN | {"data_mb": 1.5}]}, "plans[0].data_mb", "whole number"),
        ({"plans": [PLAN | {"id": "No Spaces"}]}, "plans[0].id", "lower-case"),
        ({"plans": [PLAN, PLAN]}, "", "same id"),
        ({"plans": [PLAN | {"name": text(" ")}]}, "plans[0].name.en", "empty"),
        ({"plans": [PLAN | {"name": "P"}]}, "plans[0].name", "braces"),
        ({"plans": [PLAN | {"name": text("x" * 4001)}]}, "plans[0].name.en", "4000"),
        ({"channels": {"site": "ftp://x.example"}}, "channels.site", "https://"),
        ({"channels": {"app": 3}}, "channels.app", "text in quotes"),
        ({"messages": [{"pattern": "{credit}"}]}, "messages[0].pattern", "needs a word"),
        ({"messages": [{"pattern": "solde {euros}"}]}, "messages[0].pattern", "valid_until"),
        ({"messages": [{"pattern": "solde {credit}" + " x" * 200}]}, "messages[0].pattern", "200"),
        ({"messages": [{"pattern": "* solde {credit}"}]}, "messages[0].pattern", "begins or ends"),
        ({"payments": [{"method": "card", "confirmed": "maybe"}]}, "payments[0].confirmed", "true or false"),
        ({"country": "France"}, "country", "FR"),
        ({"currency": "EURO"}, "currency", "EUR"),
        ({"zone": "Paris is nice"}, "zone", "Europe/Paris"),
        ({"zone": "Europe/Monte_Carlo"}, "zone", "does not know|this machine knows"),
        ({"name": None}, "name", "braces"),
        ({"warnings": "one"}, "warnings", "list in brackets"),
        ({"zh name": 1}, '["zh name"]', "not a known field"),
    ],
)
def test_a_wrong_offer_is_named_with_the_place(loaded: Loader, changes: dict[str, Any], place: str, words: str) -> None:
    (problem,) = problems_of(loaded, **changes)

    at = "carriers[1].offers[1]"
    assert problem.place == at + (place if place.startswith("[") or not place else f".{place}")
    assert any(word in problem.what for word in words.split("|"))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"channels": {"site": "http://telco.example"}}, "channels.site"),
        ({"channels": {"site": "https://telco.example@evil.example/top-up"}}, "channels.site"),
        ({"messages": [{"pattern": "solde {credit}", "clock": "gone"}]}, "messages[0].clock"),
        ({"channels": {"site": "https://telco.example\\@evil.example"}}, "channels.site"),
        ({"channels": {"site": "https://telco\u202eelpmaxe.example"}}, "channels.site"),
        ({"channels": {"site": "https://localhost/x"}}, "channels.site"),
        ({"channels": {"site": "https://[bad"}}, "channels.site"),
        ({"channels": {"support": {"url": "http://telco.example"}}}, "channels.support.url"),
        (
            {"sources": [{"id": "s", "what": text("w"), "certainty": "old", "url": "http://a@b.example"}]},
            "sources[0].url",
        ),
        (
            {"rules": rules(restarts_on=[{"acts": ["plan_purchase"], "plans": ["gone"]}])},
            "rules[0].clocks[0].restarts_on[0].plans[0]",
        ),
        (
            {"rules": rules(excludes=[{"acts": ["data"], "plans": ["gone"], "reason": text("r")}])},
            "rules[0].clocks[0].excludes[0].plans[0]",
        ),
        (
            {"rules": rules(length={"by": "amount", "tiers": [{"from": 5, "below": 5, "period": "P1M"}]})},
            "rules[0].clocks[0].length.tiers[0].below",
        ),
        (
            {"rules": rules(length={"by": "balance", "tiers": [{"from": 5, "below": 11}, {"from": 10}]})},
            "rules[0].clocks[0].length.tiers[1]",
        ),
        (
            {"rules": rules(starts=[{"on": "purchase", "length": {"by": "amount", "tiers": [{"at": 5}, {"at": 5}]}}])},
            "rules[0].clocks[0].starts[0].length.tiers[1]",
        ),
        (
            {
                "rules": rules(
                    restarts_on=[
                        {
                            "acts": ["top_up"],
                            "length": {"by": "amount", "tiers": [{"from": 5}, {"from": 9, "below": 10}]},
                        }
                    ]
                )
            },
            "rules[0].clocks[0].restarts_on[0].length.tiers[1]",
        ),
        (
            {"rules": rules(after=[{**STAGE, "undo": ["use", "shop_visit"], "undo_from": "5"}])},
            "rules[0].clocks[0].after[0].undo_from",
        ),
        (
            {"rules": rules(after=[{**STAGE, "undo": ["top_up"], "undo_all": True}])},
            "rules[0].clocks[0].after[0].undo_all",
        ),
    ],
)
def test_more_is_asked_of_an_offer_than_its_form(loaded: Loader, changes: dict[str, Any], place: str) -> None:
    assert the_problem(loaded, **changes)[0] == place


def test_a_plain_http_link_is_good_enough_to_read_a_source(loaded: Loader) -> None:
    source = {"id": "s", "what": text("w"), "certainty": "old", "url": "http://telco.example/faq"}

    assert loaded(file_of(carrier(offer(sources=[source])))).check_all() == ()


def test_an_exact_amount_may_stand_out_of_a_range(loaded: Loader) -> None:
    tiers = [{"from": 5, "below": 10, "period": "P1M"}, {"from": 10, "period": "P2M"}, {"at": 20, "period": "P6M"}]

    assert loaded(file_of(carrier(offer(rules=rules(length={"by": "amount", "tiers": tiers}))))).check_all() == ()


def test_an_id_belongs_to_whoever_came_first(loaded: Loader) -> None:
    catalogue = loaded(
        file_of(carrier(offer("same")), carrier(offer("same", country="MC"), offer("other"), carrier_id="b")),
    )

    assert catalogue.offers["same"].country == "FR"
    assert [(problem.offer, problem.place) for problem in catalogue.problems] == [("same", "carriers[1].offers[0].id")]
    assert "other" in catalogue.offers


def test_bundled_ids_cannot_be_shadowed(loaded: Loader) -> None:
    own = file_of(
        carrier(offer("demo", country="MC"), offer("new"), offer("my-new"), carrier_id="my-telco"),
        carrier(offer("my-other"), carrier_id="telco"),
        additions={"demo": {"plans": [{"id": "fake", "name": text("x"), "kind": "data"}]}},
    )

    catalogue = loaded(file_of(carrier(offer("demo"), offer("my-bundled"))), own)
    catalogue.check_all()

    assert catalogue.offers.keys() == {"demo", "my-new"}
    assert catalogue.offers["demo"].country == "FR"
    assert catalogue.offers["demo"].plans == ()
    assert sorted(problem.place for problem in catalogue.problems) == [
        "additions.demo.plans[0].id",
        "carriers[0].offers[0].id",
        "carriers[0].offers[1].id",
        "carriers[0].offers[1].id",
        "carriers[1].id",
    ]


def test_a_wrong_addition_leaves_the_offer_as_it_came(loaded: Loader) -> None:
    own = file_of(
        additions={
            "demo": {"rules": [{"clocks": [clock(source="nowhere")]}]},
            "also": {"plan": []},
            "gone": {},
            "flat": 3,
            "refers": {"rules": rules(restarts_on=[{"acts": ["plan_purchase"], "plans": ["gone"]}])},
        }
    )

    catalogue = loaded(file_of(carrier(offer("demo"), offer("also"), offer("flat"), offer("refers"))), own)

    assert {(problem.offer, problem.place) for problem in catalogue.check_all()} == {
        ("demo", "additions.demo"),
        ("also", "additions.also.plan"),
        ("gone", "additions.gone"),
        ("flat", "additions.flat"),
        ("refers", "additions.refers.rules[0].clocks[0].restarts_on[0].plans[0]"),
    }
    assert len(catalogue.offers) == 4
    assert len(catalogue.offers["demo"].rules) == 1


def test_additions_are_only_for_the_own_file(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer()), additions={"demo": {}}))

    assert [problem.place for problem in catalogue.problems] == ["additions.demo"]


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (file_of(carrier(offer("lost"), country="France")), ["carriers[0].country"]),
        (file_of(carrier(carrier_id="A b")), ["carriers[0].id"]),
        (file_of(carrier() | {"offers": 3}), ["carriers[0].offers"]),
        (file_of(carrier() | {"offers": [3, {"id": 5}, {}]}), [f"carriers[0].offers[{at}]" for at in ("0", "1", "2")]),
        (file_of() | {"carriers": {}}, ["carriers"]),
        (file_of() | {"carriers": [1]}, ["carriers[0]"]),
        (file_of(additions=[]), ["additions"]),
        (file_of(carrer=[]), ["carrer"]),
    ],
)
def test_a_wrong_frame_is_named_and_the_rest_used(loaded: Loader, content: dict[str, Any], places: list[str]) -> None:
    content["carriers"] = (
        content["carriers"]
        if isinstance(content["carriers"], dict)
        else [
            *content["carriers"],
            carrier(offer("kept"), carrier_id="kept"),
        ]
    )

    catalogue = loaded(content)

    assert [problem.place.removesuffix(".id") for problem in catalogue.problems] == [
        place.removesuffix(".id") for place in places
    ]
    assert catalogue.ids == (("kept",) if isinstance(content["carriers"], list) else ())


def test_problems_are_found_when_an_offer_is_asked_for(loaded: Loader) -> None:
    catalogue = loaded(file_of(carrier(offer("bad", country="x"), offer("worse", country="y"))))

    assert list(catalogue.problems) == []
    assert catalogue.offer("worse") is None
    assert catalogue.offer("worse") is None
    assert [problem.offer for problem in catalogue.problems] == ["worse"]
    assert [problem.offer for problem in catalogue.check_all()] == ["worse", "bad"]
    assert len(catalogue.check_all()) == 2


def test_a_thousand_faults_are_cut_short(loaded: Loader) -> None:
    problems = problems_of(loaded, **{f"field{number}": 1 for number in range(1000)})

    assert len(problems) == MOST_FAULTS + 1
    assert "980" in problems[-1].what


def test_problems_are_told_in_the_language_of_the_moment(loaded: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = loaded(file_of(carrier(offer("bad", kind=None))))
    catalogue.check_all()

    for module in ("faults", "gather", "checks"):
        monkeypatch.setattr(f"simtui.catalogue.{module}._", lambda words: f"<{words}>")

    assert catalogue.problems[0].what.startswith("<must be one of")
    assert i18n.current() == "en"


def test_every_sentence_of_the_domain_has_words() -> None:
    sentences = [
        call.args[0].value
        for module in (rule, offers, money, calendar, wording)
        for call in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "ValueError"
        and isinstance(call.args[0], ast.Constant)
    ]

    assert len(sentences) >= 10
    assert [sentence for sentence in sentences if not domain_words(str(sentence))] == []
