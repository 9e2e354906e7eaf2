from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from simtui.domain.act import Channel
from simtui.domain.offer import OfferKind
from simtui.domain.procedure import Condition, Fact, FieldType, Procedure, StepKind
from simtui.errors import InputError, NotFound
from simtui.procedures import IDS, from_texts, procedures

FOLDER = files("simtui.procedures")
NAMES = ("steps", "questions", *IDS)
GOLDEN = Path(__file__).with_name("ids.txt")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def shipped() -> dict[str, str]:
    return {f"{name}.toml": FOLDER.joinpath(f"{name}.toml").read_text(encoding="utf-8") for name in NAMES}


def all_ids() -> Iterator[str]:
    """Everything that renewals keep or other code names, one a line."""
    known = procedures()
    for procedure in known.all:
        for step in procedure.steps:
            yield f"{procedure.id} {step.id} {step.kind.value}"
            yield from (f"{procedure.id} {step.id} field {each.id} {each.type.value}" for each in step.fields)
            yield from (f"{procedure.id} {step.id} item {each.id}" for each in step.items)
            yield from (f"{procedure.id} {step.id} question {each}" for each in step.questions)
    yield from (f"{each.kind.value} {each.id}" for each in known.questions)


def texts_in(value: Any, place: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield every text in a record, with its place."""
    if isinstance(value, dict):
        if "en" in value:
            yield place, value
        for key, part in value.items():
            yield from texts_in(part, f"{place}.{key}")
    elif isinstance(value, list):
        for number, part in enumerate(value, start=1):
            yield from texts_in(part, f"{place}.{number}")


def all_texts() -> list[tuple[str, dict[str, str]]]:
    known = procedures()
    records = [json.loads(each.model_dump_json()) for each in (*known.all, *known.questions)]
    return [found for each in records for found in texts_in(each, each["id"])]


# What ships --------------------------------------------------------------------------------------------------------


def test_the_ids_are_the_ones_that_stored_renewals_know() -> None:
    # Renewals in data files name steps, fields and items: who takes one away changes what old files mean.
    assert list(all_ids()) == GOLDEN.read_text().splitlines()


def test_every_text_is_there_in_both_languages() -> None:
    texts = all_texts()
    assert len(texts) > 700
    for place, text in texts:
        assert text["en"].strip() == text["en"] != "", place
        assert text["zh"], place
        assert CHINESE.search(text["zh"]), place
        assert not CHINESE.search(re.sub(r"\([^()]*\)", "", text["en"])), place


def test_chinese_texts_use_full_width_marks() -> None:
    for place, text in all_texts():
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", text["zh"]), (place, text["zh"])


def test_every_list_of_one_thing_ends_alike_in_both_languages() -> None:
    # A text that announces what follows beneath it does so in both.
    for place, text in all_texts():
        assert text["en"].endswith(":") == text["zh"].endswith("："), place


def test_there_are_ten_procedures_and_one_makes_a_line() -> None:
    known = procedures()
    assert [each.id for each in known.all] == list(IDS)
    assert len(IDS) == 10
    assert [each.id for each in known.all if each.makes_line] == ["travel-buy"]


@pytest.mark.parametrize("procedure", procedures().all, ids=lambda procedure: procedure.id)
def test_a_procedure_asks_pays_and_checks_in_this_order(procedure: Procedure) -> None:
    kinds = [step.kind for step in procedure.steps]
    before = [StepKind.LINE, StepKind.STATUS, StepKind.CHANNEL, StepKind.READY, StepKind.CHOOSE, StepKind.DO]
    if procedure.makes_line:
        expected = ["ready", "offer", "do", "choose", "pay", "wait", "do", "verify"]
        assert [kind.value for kind in kinds] == expected
    else:
        assert kinds == [*before, StepKind.PAY, StepKind.VERIFY]
        assert [step.id for step in procedure.steps] == [kind.value for kind in kinds]


@pytest.mark.parametrize("procedure", procedures().all, ids=lambda procedure: procedure.id)
def test_what_is_done_is_done_in_several_single_steps(procedure: Procedure) -> None:
    for step in procedure.steps:
        if step.kind is StepKind.DO:
            assert len(step.items) >= 3, step.id


@pytest.mark.parametrize("procedure", procedures().all, ids=lambda procedure: procedure.id)
def test_nothing_but_an_offer_and_a_name_is_required(procedure: Procedure) -> None:
    required = {each.id for step in procedure.steps for each in step.fields if each.required}
    assert required == ({"offer", "label"} if procedure.makes_line else set())


def test_secrets_are_asked_for_as_secrets_and_passwords_never() -> None:
    fields = [each for procedure in procedures().all for step in procedure.steps for each in step.fields]
    assert {each.id for each in fields if each.type is FieldType.SECRET} == {"code", "confirmation-code"}
    assert not [each.id for each in fields if re.search(r"pass|pin|puk|card", each.id)]


@pytest.mark.parametrize(
    ("kind", "usual", "others"),
    [
        (
            OfferKind.KEEP_NUMBER,
            "keep-online",
            {"keep-shop", "keep-phone", "keep-third-party", "recharge-online", "recharge-shop", "esim-app"},
        ),
        (OfferKind.DATA, "data-card", {"keep-shop", "keep-phone"}),
        (OfferKind.ESIM, "esim-app", {"keep-online", "keep-shop", "keep-phone"}),
        (OfferKind.TRAVEL_ESIM, "travel-renew", {"travel-buy"}),
    ],
)
def test_each_kind_of_offer_has_its_procedures_the_usual_one_first(
    kind: OfferKind, usual: str, others: set[str]
) -> None:
    fitting = [each.id for each in procedures().fitting(kind)]
    assert fitting[0] == usual
    assert set(fitting[1:]) == others


def test_every_channel_is_open_to_a_number() -> None:
    assert {each.channel for each in procedures().fitting(OfferKind.KEEP_NUMBER)} == set(Channel)


def test_what_is_asked_for_by_id_is_found_or_named() -> None:
    known = procedures()
    assert known.get("data-card").id == "data-card"
    assert known.question("bills").id == "bills"
    with pytest.raises(NotFound, match="keep-by-pigeon"):
        known.get("keep-by-pigeon")
    with pytest.raises(NotFound, match="why"):
        known.question("why")


def test_they_are_read_once() -> None:
    assert procedures() is procedures()


# Nothing that nobody uses ------------------------------------------------------------------------------------------


def test_every_question_condition_and_fact_is_used_somewhere() -> None:
    known = procedures()
    steps = [step for procedure in known.all for step in procedure.steps]
    asked = {question for step in steps for question in step.questions}
    assert asked == {question.id for question in known.questions}
    items = [item for step in steps for item in step.items]
    whens = [item.when for item in items] + [question.when for question in known.questions]
    whens += [line.when for question in known.questions for line in question.lines]
    assert {condition for when in whens for condition in when} == set(Condition)
    shown = [each.facts for each in steps] + [each.facts for each in items] + [each.facts for each in known.questions]
    facts = {fact for each in shown for fact in each}
    assert facts == set(Fact)


@pytest.mark.parametrize("part", ["fields", "items", "steps"])
def test_everything_shared_is_used(part: str) -> None:
    shared = tomllib.loads(FOLDER.joinpath("steps.toml").read_text(encoding="utf-8"))
    everything = "\n".join(shipped().values())
    assert not [name for name in shared[part] if f'"{name}"' not in everything]


# Files that are not as they should be ------------------------------------------------------------------------------


STEPS = """
[fields.amount]
type = "money"
label = { en = "Amount", zh = "金额" }

[items.dial]
text = { en = "Dial", zh = "拨打" }
hint = { en = "Loudly", zh = "大声" }

[steps.pay]
kind = "pay"
title = { en = "Pay", zh = "付款" }
fields = ["amount"]
items = ["dial"]
questions = ["why"]
"""
QUESTIONS = """
[why]
kind = "tip"
title = { en = "Why?", zh = "为什么？" }
lines = [{ en = "Because.", zh = "因为。" }]
"""
PROCEDURE = """
name = { en = "Pay thrice", zh = "付三次" }
kinds = ["data"]
channel = "phone"
needs = { en = "A phone", zh = "电话" }
takes = { en = "A day", zh = "一天" }
proof = { en = "None", zh = "无" }

[[steps]]
use = "pay"

[[steps]]
use = "pay"
id = "pay-again"
title = { en = "Pay again", zh = "再付" }
fields = []
items = [{ use = "dial", id = "dial-again", hint = { en = "Softly", zh = "小声" } }]

[[steps]]
id = "look"
kind = "verify"
title = { en = "Look", zh = "看" }
"""


def read(procedure: str = PROCEDURE, steps: str = STEPS, questions: str = QUESTIONS) -> Procedure:
    return from_texts({"steps.toml": steps, "questions.toml": questions, "thrice.toml": procedure}).get("thrice")


def test_a_step_takes_over_what_is_shared_and_changes_what_it_says_itself() -> None:
    first, second, third = read().steps
    assert (first.id, first.kind, first.questions) == ("pay", StepKind.PAY, ("why",))
    assert [each.id for each in first.fields] == ["amount"]
    assert (second.id, second.title.en, second.fields) == ("pay-again", "Pay again", ())
    assert second.questions == ("why",)
    (again,) = second.items
    assert (again.id, again.text.en, again.hint and again.hint.en) == ("dial-again", "Dial", "Softly")
    assert first.items[0].hint is not None
    assert first.items[0].hint.en == "Loudly"
    assert third.items == ()


def swapped(old: str, new: str, text: str = PROCEDURE) -> str:
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("changed", "place", "problem"),
    [
        ({"procedure": "name = "}, "thrice.toml", "not TOML"),
        ({"steps": "[steps"}, "steps.toml", "not TOML"),
        ({"procedure": swapped('use = "pay"', 'use = "play"')}, "thrice.toml: steps.1", "play"),
        ({"procedure": swapped('use = "dial"', 'use = "shout"')}, "thrice.toml: steps.2.items.1", "shout"),
        ({"procedure": swapped('channel = "phone"', 'channel = "pigeon"')}, "thrice.toml: channel", "online"),
        ({"procedure": swapped('kind = "verify"', 'kind = "guess"')}, "thrice.toml: steps.3.kind", "verify"),
        (
            {"procedure": swapped('kind = "verify"', 'kind = "verify"\ncolour = "red"')},
            "steps.3.colour",
            "not permitted",
        ),
        ({"procedure": swapped("fields = []", 'fields = "amount"')}, "thrice.toml: steps.2.fields", "list"),
        ({"procedure": swapped("fields = []", "fields = [7]")}, "thrice.toml: steps.2.fields.1", "table"),
        ({"procedure": swapped(', id = "dial-again"', "")}, "thrice.toml", "share an id"),
        ({"procedure": PROCEDURE.partition("[[steps]]")[0]}, "thrice.toml: steps", "list"),
        ({"steps": swapped('"why"', '"who"', STEPS)}, "thrice.toml: steps.1.questions", "who"),
        ({"steps": swapped('type = "money"', 'type = "shells"', STEPS)}, "thrice.toml: steps.1.fields.1.type", "money"),
        ({"questions": swapped('kind = "tip"', 'kind = "rumour"', QUESTIONS)}, "questions.toml: why.kind", "branch"),
        ({"questions": swapped("lines = [{", "when = ['always']\nlines = [{", QUESTIONS)}, "why.when.1", "online"),
        ({"questions": "why = 7"}, "questions.toml: why", "table"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_named_with_the_place(
    changed: dict[str, str], place: str, problem: str
) -> None:
    with pytest.raises(InputError) as caught:
        read(**changed)
    assert place in caught.value.place
    assert problem in caught.value.problem


def test_the_hotlines_hours_stand_beside_its_number_and_nowhere_else() -> None:
    known = procedures()
    items = (item.facts for procedure in known.all for step in procedure.steps for item in step.items)
    told = [*items, *(question.facts for question in known.questions)]
    assert [facts for facts in told if Fact.HOURS in facts and Fact.PHONE not in facts] == []
