"""The fields of a line as people type them: in a CSV file, in `edit --set`, in a quick line.

Every reader takes the text and today's date and returns what the record keeps; a refusal says what would be understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from simtui import numbers, typed
from simtui.domain.act import Channel, Mark, ReadingSource
from simtui.domain.calendar import Day
from simtui.domain.line import Knowledge, LineState, SimForm, Weight
from simtui.errors import InputError
from simtui.i18n import _
from simtui.text import plain_keys

_E = TypeVar("_E", bound=StrEnum)

_ALIASES: dict[type[StrEnum], dict[str, str]] = {
    Channel: {"网上": "online", "应用": "app", "门店": "shop", "电话": "phone", "第三方": "third_party"},
    Mark: {
        "免费": "free",
        "免费使用": "free",
        "紧急": "emergency",
        "紧急呼叫": "emergency",
        "wi_fi": "wifi",
        "漫游": "roaming",
    },
    ReadingSource: {
        "网站": "site",
        "应用": "app",
        "热线": "hotline",
        "短信": "sms",
        "邮件": "mail",
        "门店": "shop",
        "拨号代码": "dial_code",
    },
    SimForm: {"实体卡": "sim", "实体": "sim", "card": "sim", "sim_card": "sim", "sim_卡": "sim"},
    Weight: {"低": "low", "普通": "normal", "一般": "normal", "高": "high", "关键": "critical", "至关重要": "critical"},
    LineState: {
        "使用中": "active",
        "正常": "active",
        "放弃": "letting_go",
        "任其失效": "letting_go",
        "归档": "archived",
        "已归档": "archived",
        "已携出": "ported_out",
        "已携转": "ported_out",
    },
    Knowledge: dict.fromkeys(("y", "true", "1", "on", "是", "已", "开", "有"), "yes")
    | dict.fromkeys(("n", "false", "0", "off", "否", "未", "关", "无"), "no")
    | dict.fromkeys(("?", "未知", "不明"), "unknown"),
}


def one_of(text: str, members: type[_E], *, field: str = "") -> _E:
    """Return the member of a closed list that a word means, in English or Chinese.

    Raises:
        InputError: If it means none; it names them all.
    """
    meant = plain_keys(text).strip().lower().replace(" ", "_").replace("-", "_")
    try:
        return members(_ALIASES.get(members, {}).get(meant, meant))
    except ValueError as error:
        choices = ", ".join(members)
        raise InputError(_("must be one of: {choices}").format(choices=choices), place=field) from error


def _text(text: str, _today: Day) -> str:
    return text.strip()


def _tags(text: str, _today: Day) -> tuple[str, ...]:
    for separator in "，;；、":
        text = text.replace(separator, ",")
    return tuple(tag.strip() for tag in text.split(",") if tag.strip())


READERS: Mapping[str, Callable[[str, Day], Any]] = {
    "label": _text,
    "number": lambda text, _today: numbers.to_e164(text),
    "variant": _text,
    "holder": _text,
    "device": _text,
    "sim": lambda text, _today: one_of(text, SimForm),
    "iccid": lambda text, _today: "".join(plain_keys(text).split()),
    "opened_on": typed.day,
    "activated_on": typed.day,
    "identified": lambda text, _today: one_of(text, Knowledge),
    "identified_on": typed.day,
    "id_document": _text,
    "auto_renew": lambda text, _today: one_of(text, Knowledge),
    "card_expires": lambda text, _today: plain_keys(text).strip(),
    "lead_days": lambda text, _today: typed.count(text, most=365),
    "needed_until": lambda text, today: typed.day(text, today, ahead=True),
    "weight": lambda text, _today: one_of(text, Weight),
    "notes": lambda text, _today: typed.note(text),
    "tags": _tags,
    "state": lambda text, _today: one_of(text, LineState),
    "zone": lambda text, _today: typed.zone(text),
}
"""The fields that stand for themselves; offer and backup channel need a catalogue and other lines."""

_IDENTITY = {"identified": "state", "identified_on": "day", "id_document": "document"}


def read_field(name: str, text: str, today: Day) -> Any:  # noqa: ANN401 - each field has its own type
    """Return the value of a field.

    Raises:
        InputError: If the text is not understood; its place is the field.
    """
    try:
        return READERS[name](text, today)
    except InputError as refused:
        raise InputError(refused.problem, place=name, next_step=refused.next_step) from refused


def as_record_fields(values: Mapping[str, Any], identity: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return what the record takes: the three fields about identification as one, on top of a known `identity`.

    Whoever says when they were identified says that they are.
    """
    fields = {name: value for name, value in values.items() if name not in _IDENTITY}
    told = {part: values[name] for name, part in _IDENTITY.items() if values.get(name) is not None}
    if "day" in told:
        told.setdefault("state", Knowledge.YES)
    if told:
        fields["identity"] = {**(identity or {}), **told}
    return fields
