"""The page about procedures says what the files say."""

from __future__ import annotations

import re
from pathlib import Path

from simtui.domain.procedure import FieldType, StepKind
from simtui.procedures import from_texts
from tests.procedures.test_loading import shipped

PAGE = (Path(__file__).parents[2] / "docs" / "procedures.md").read_text(encoding="utf-8")
PROCEDURE, QUESTION = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_examples_are_read_as_they_stand() -> None:
    texts = shipped()
    asked = "\n".join(
        part for part in re.split(r"\n(?=\[)", texts["questions.toml"]) if not part.startswith("[forgot-to-renew]")
    )
    known = from_texts(
        {"steps.toml": texts["steps.toml"], "questions.toml": asked + "\n" + QUESTION, "example.toml": PROCEDURE}
    )
    (example,) = known.all
    assert [step.id for step in example.steps] == ["status", "do", "pay", "verify"]
    assert [item.id for item in example.step("do").items] == ["open-top-up", "number-read-back"]
    assert [item.id for item in example.step("pay").items] == ["pay-now"]
    assert len(known.question("forgot-to-renew").lines) == 2


def test_all_kinds_of_steps_and_fields_are_named() -> None:
    for kind in (*StepKind, *FieldType):
        assert f"`{kind.value}`" in PAGE
