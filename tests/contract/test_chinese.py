"""All Chinese texts are written by the same rules: how the reader is addressed, blanks, signs, and the words used.

A blank stands between a Chinese character and a Latin letter or digit, none beside a full-width sign. What is typed as it
stands (a filter, a link) follows its own rules.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from simtui.paths import bundled
from tools import locale_files

HAN = r"[\u3400-\u9fff]"
SIGNS = "，。；：？！、（）“”《》"
SPOKEN = ("phrases.toml", "letters.toml")
"""What the user says or writes to others, who are strangers to be polite to."""
SEARCHED = re.compile(r"/words(/zh)?$")
"""Words to be found by, one after the other; nobody reads them."""
LINK = re.compile(r" ?https?://\S+ ?")
FILTER = re.compile(r"[a-z]+:[\u3400-\u9fff]+")
MONTH = re.compile(r"\d{1,2}月")
DATE = "{year}年{number}月{day}日"
QUOTED = re.compile("“[^”]*”")
BLANK = re.compile(rf"(?<={HAN}) (?={HAN})")
NUMBERS = "n|at|of|all|id|day|days|month|months|amount|money|price|per|first|last|said|until|since|year"
"""The placeholders that always hold digits, or letters with digits."""

RULES = {
    "a blank between Chinese and Latin": re.compile(rf"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}"),
    "a blank between Chinese and a number": re.compile(rf"{HAN}\{{(?:{NUMBERS})\}}|\{{(?:{NUMBERS})\}}{HAN}"),
    "no blank beside a full-width sign": re.compile(rf"[{SIGNS}] | [{SIGNS}]"),
    "no half-width sign beside Chinese": re.compile(rf"{HAN}[,;:?!()]|[,;:?!()]{HAN}"),
    "no blank between Chinese": re.compile(rf"{HAN} +{HAN}"),
    "an ellipsis has six dots": re.compile(rf"{HAN}…(?!…)|\.\.\."),
}
WORDS = {
    "您": "你",
    "自动续订": "自动续费",
    "自动续期": "自动续费",
    "帐户": "账户",
    "帐号": "账户",
    "账号": "账户",
    "登陆": "登录",
    "营运商": "运营商",
    "电信商": "运营商",
    "旅行卡": "远游卡",
    "旅游卡": "远游卡",
    "未经证实": "未证实",
    "未验证": "未核实",
    "待验证": "待核实",
    "全部功能": "完整服务",
    "备用方式": "备用联系方式",
    "录入": "记录",
}


class Chinese(NamedTuple):
    """A Chinese text, and where it stands."""

    place: str
    text: str


def in_catalogue() -> Iterator[Chinese]:
    for message in locale_files.written():
        for text in locale_files.translations(message) if message.id else ():
            yield Chinese(f"simtui.po: {message.id}", text)


def in_data(node: object, place: str) -> Iterator[Chinese]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from in_data(value, f"{place}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from in_data(value, f"{place}/{number}")
    elif isinstance(node, str) and re.search(r"/zh(/|$)", place):
        yield Chinese(place, node)


def in_sources() -> Iterator[Chinese]:
    for file in locale_files.PACKAGE.rglob("*.py"):
        calls = (each for each in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(each, ast.Call))
        for given in (keyword for call in calls for keyword in call.keywords if keyword.arg == "zh"):
            if isinstance(given.value, ast.Constant) and isinstance(given.value.value, str):
                yield Chinese(f"{file.name}:{given.value.lineno}", given.value.value)


def everything() -> list[Chinese]:
    files = [*locale_files.PACKAGE.glob("procedures/*.toml"), *locale_files.PACKAGE.glob("walk/*.toml")]
    offers = json.loads(bundled("carriers.json").read_text(encoding="utf-8"))
    texts = [*in_catalogue(), *in_sources(), *in_data(offers, "carriers.json")]
    for file in files:
        texts += in_data(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    return [each for each in texts if not SEARCHED.search(each.place)]


TEXTS = everything()


def plain(text: str) -> str:
    """Return a text without what is written by rules of its own."""
    if MONTH.fullmatch(text):
        return ""
    without = FILTER.sub("", LINK.sub("", text.replace(DATE, "")))
    # Within quotation marks stands what is typed or seen elsewhere, blanks and all.
    return QUOTED.sub(lambda quoted: BLANK.sub("", quoted[0]), without)


def test_there_are_texts_of_every_kind() -> None:
    for kind in ("simtui.po", "carriers.json", "steps.toml", "letters.toml", "phrases.toml", "own_offers.py"):
        assert any(each.place.startswith(kind) for each in TEXTS), kind


@pytest.mark.parametrize("rule", RULES)
def test_every_text_is_written_by_the_rule(rule: str) -> None:
    broken = [each for each in TEXTS if RULES[rule].search(plain(each.text))]
    assert not broken, rule


def test_every_text_uses_the_word_that_all_use() -> None:
    wrong = [
        (each.place, word, right)
        for each in TEXTS
        for word, right in WORDS.items()
        if word in each.text and not (word == "您" and each.place.startswith(SPOKEN))
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("共3 步", "a blank between Chinese and Latin"),
        ("登录App", "a blank between Chinese and Latin"),
        ("剩{n} 天", "a blank between Chinese and a number"),
        ("好 ，再来", "no blank beside a full-width sign"),
        ("请选 “是”", "no blank beside a full-width sign"),
        ("好,再来", "no half-width sign beside Chinese"),
        ("号码 (一个)", "no half-width sign beside Chinese"),
        ("充值 续费", "no blank between Chinese"),
        ("读取中…", "an ellipsis has six dots"),
    ],
)
def test_a_text_that_breaks_a_rule_is_found(text: str, rule: str) -> None:
    assert RULES[rule].search(plain(text))
    assert not RULES[rule].search(plain("第 3 步：用 App 输入“备注 内容”，见 https://a.example/x （未读）……"))
