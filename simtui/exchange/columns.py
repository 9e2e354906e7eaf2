"""The columns of a CSV file, under the names that people and other programs give them."""

from __future__ import annotations

from simtui.text import plain_keys

# Several spellings of one column; compared without case, blanks, hyphens and underscores.
_NAMES: dict[str, str] = {
    "label": "name, line, title, 名称, 名字",
    "number": "phone, phone number, mobile, msisdn, tel, telephone, 号码, 手机号, 手机号码, 电话, 电话号码",
    "offer": "product, offer id, 产品, 卡种",
    "carrier": "operator, provider, carrier name, 运营商",
    "variant": "cohort",
    "valid_until": "expires, expiry, expires on, expiry date, expiration date, valid to, 有效期至, 有效期, 到期, 到期日, 到期日期",
    "valid_until_read_on": "read on, checked on, 查询日期",
    "last_top_up_date": "last top up, top up date, topup date, recharge date, last recharge, 充值日期, 最近充值, 最近充值日期, 上次充值, 上次充值日期",
    "last_top_up_amount": "top up amount, topup amount, recharge amount, amount, 充值金额, 最近充值金额, 上次充值金额, 金额",
    "last_payment_date": "payment date, 付款日期, 最近付款日期",
    "last_payment_amount": "payment amount, 付款金额",
    "last_call_date": "last call, 最近通话日期, 最近通话",
    "last_sms_date": "last sms, 最近短信日期, 最近短信",
    "last_data_date": "last data, 最近上网日期, 最近上网",
    "first_use_date": "first use, first used, 首次使用, 首次使用日期",
    "plan": "plan id, package, 套餐",
    "plan_date": "plan bought on, 套餐购买日期, 购买日期",
    "plan_price": "套餐价格",
    "plan_until": "plan ends on, 套餐到期日, 套餐有效期至",
    "balance": "credit, 余额, 话费余额",
    "balance_date": "balance read on, 余额日期",
    "currency": "币种, 货币",
    "opened_on": "opened, 开户日期, 开卡日期",
    "activated_on": "activated, activation date, 激活日期, 激活",
    "identified": "实名, 已实名",
    "identified_on": "实名日期",
    "id_document": "document, 证件",
    "auto_renew": "auto renewal, 自动续费, 自动续订",
    "card_expires": "card expiry, 卡有效期",
    "holder": "owner, 持有人, 机主",
    "device": "phone model, 设备",
    "sim": "sim or esim, 卡形式",
    "iccid": "",
    "lead_days": "notice, 提前天数",
    "needed_until": "needed to, keep until, 需要到, 保号至, 保留至",
    "weight": "importance, 重要性, 重要程度",
    "notes": "note, comment, 备注, 说明",
    "tags": "tag, 标签",
    "state": "status, 状态",
    "zone": "time zone, timezone, 时区",
}

COMPUTED = frozenset(
    [
        "id",
        "offer_name",
        "country",
        "kind",
        "phase",
        "next_date",
        "days_left",
        "loses",
        "certainty",
        "final_date",
        "final_certainty",
        "full_service_until",
        "number_safe_until",
        "stage",
        "today",
        "next_clock",
    ]
)
"""Columns that simtui writes itself and works out again."""

FORBIDDEN = {"pin", "pin1", "pin2", "puk", "puk1", "puk2", "password", "密码", "cardnumber", "cvv", "activationcode"}
"""What simtui has no place for, or none outside its store; it is not read, and the preview says so."""


def _key(heading: str) -> str:
    kept = plain_keys(heading).casefold()
    return "".join(char for char in kept if char not in " _-\t.:")


_BY_KEY: dict[str, str] = {
    _key(name): column for column, names in _NAMES.items() for name in (column, *names.split(", ")) if name
}


def column_of(heading: str) -> str | None:
    """Return the column that a heading means, or None."""
    return _BY_KEY.get(_key(heading))


def is_forbidden(heading: str) -> bool:
    """Tell whether the heading names something that must not be kept here."""
    return _key(heading) in FORBIDDEN


def is_computed(heading: str) -> bool:
    """Tell whether simtui works the column out itself."""
    return _key(heading) in {_key(name) for name in COMPUTED}
