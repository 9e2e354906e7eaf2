"""What may be typed at any question of a walk: answers of yes and no, and commands, in English or Chinese.

Full-width letters count as their plain twins. `=` before an answer takes it as it stands, for an order number `b`.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from simtui import words
from simtui.i18n import _
from simtui.text import plain_keys


class Verb(StrEnum):
    """A command."""

    BACK = "back"
    NOTE = "note"
    KNOW = "know"
    FAILED = "failed"
    PAID = "paid"
    SKIP = "skip"
    NEXT = "next"
    CODE = "code"
    CARD = "card"
    SUPPORT = "support"
    WITHOUT = "without"
    HELP = "help"
    QUIT = "quit"


class Command(NamedTuple):
    """A command, with the words after it."""

    verb: Verb
    words: str = ""


_LETTERS = {
    "b": Verb.BACK,
    "F": Verb.FAILED,
    "P": Verb.PAID,
    "q": Verb.QUIT,
    "?": Verb.HELP,
    "n": Verb.NOTE,
    "c": Verb.CARD,
    "S": Verb.SUPPORT,
}
"""Single letters as the dashboard has them; capitals where it has capitals."""
_WORDS = {
    "back": Verb.BACK,
    "返回": Verb.BACK,
    "上一步": Verb.BACK,
    "note": Verb.NOTE,
    "备注": Verb.NOTE,
    "know": Verb.KNOW,
    "补充": Verb.KNOW,
    "failed": Verb.FAILED,
    "失败": Verb.FAILED,
    "付款失败": Verb.FAILED,
    "paid": Verb.PAID,
    "already paid": Verb.PAID,
    "已付": Verb.PAID,
    "已付款": Verb.PAID,
    "skip": Verb.SKIP,
    "跳过": Verb.SKIP,
    "next": Verb.NEXT,
    "下一步": Verb.NEXT,
    "code": Verb.CODE,
    "激活码": Verb.CODE,
    "what to say": Verb.CARD,
    "短语卡": Verb.CARD,
    "support": Verb.SUPPORT,
    "客服": Verb.SUPPORT,
    "without": Verb.WITHOUT,
    "移出": Verb.WITHOUT,
    "help": Verb.HELP,
    "帮助": Verb.HELP,
    "quit": Verb.QUIT,
    "exit": Verb.QUIT,
    "退出": Verb.QUIT,
}
_WITH_WORDS = re.compile(r"(n|note|know|without|\?|help)(?:\s+|(?<=\?))(.+)|(备注|补充|帮助|移出)[\s:]*(.+)", re.DOTALL)
_YES = ("y", "yes", "x", "ok", "done", "是", "是的", "好", "好了", "对", "完成", "有", "要", "需要", "付了")
_NO = ("n", "no", "否", "不", "不是", "没有", "没", "不要", "不需要", "没付", "还没", "还没有")

_CHARGED = ("charged", "it was charged", "扣了", "已扣", "扣款了", "已扣款")
_NOT_CHARGED = ("not charged", "it was not charged", "没扣", "没有扣", "未扣", "没扣款", "没有扣款", "未扣款")


def command(typed: str) -> Command | None:
    """Return the command that was typed, None where it is an answer."""
    text = plain_keys(typed).strip()
    if text in _LETTERS:
        return Command(_LETTERS[text])
    if text.casefold() in _WORDS:
        return Command(_WORDS[text.casefold()])
    match = _WITH_WORDS.fullmatch(text)
    if match is None:
        return None
    name = match[1] or match[3]
    # What a note says stands as it was typed, full-width signs and all.
    said = typed.strip()[-len(match[2] or match[4]) :]
    return Command(_LETTERS.get(name) or _WORDS[name], said.strip())


def yes_or_no(typed: str) -> bool | None:
    """Return what was answered to a question of yes or no, None where it was neither."""
    text = plain_keys(typed).strip().casefold()
    if text in (*_YES, _("yes").casefold()):
        return True
    return False if text in (*_NO, _("no").casefold()) else None


def was_charged(typed: str) -> bool | None:
    """Return what was answered to whether an account was charged, None where it was neither yes nor no."""
    text = plain_keys(typed).strip().casefold()
    if text in _CHARGED:
        return True
    return False if text in _NOT_CHARGED else yes_or_no(typed)


def literal(typed: str) -> str:
    """Return an answer without the `=` that keeps it from being taken for a command."""
    text = typed.strip()
    return text[1:].strip() if text[:1] in ("=", "＝") else text


def explained() -> list[str]:
    """Return what can be typed, a line each."""
    return [
        _("Enter: leave the question open, or keep what is there"),
        _("-: empty what is there"),
        _("b or back: the question before, or the step before"),
        _("next: finish this step as it stands"),
        _("skip: go past this step, it is not wanted"),
        _("n WORDS: keep a note"),
        _("know NAME: WORDS: enter what is not known here, such as know hours: 9 to 18"),
        _("P or paid: I have paid already"),
        _("F or failed: the payment failed"),
        _("code: show the activation code"),
        _("c: what to say in the shop or on the phone"),
        _("S or support: how support is reached, and what to write to it"),
        _("without LINE: of several lines let one go its own way"),
        _("?: this help; ? WORDS searches tips and questions"),
        _("? 2: read the second of the tips and questions in full"),
        _("q or quit: leave; everything is saved"),
        words.about("~", _("a guess: old sources, or how acts add up is not known")),
        words.about("=", _("a date that the operator stated")),
        _("=WORDS: an answer that would be a command, as it stands"),
    ]
