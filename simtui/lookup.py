"""What a person means when they name an offer, a plan or a line: exactly one, or an error that lists the candidates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from simtui.domain.act import ActKind
from simtui.domain.offer import Offer
from simtui.domain.record import Text
from simtui.errors import InputError, NotFound
from simtui.i18n import _, current
from simtui.text import plain_keys, shown

_MOST_CANDIDATES = 8
_LONGEST_NAME = 200

_ACT_ALIASES = {
    alias: kind
    for kind, aliases in {
        ActKind.ACTIVATION: "activated 激活",
        ActKind.TOP_UP: "topup recharge 充值",
        ActKind.PLAN_PURCHASE: "plan 套餐 购买套餐",
        ActKind.PAYMENT: "paid 付款 缴费",
        ActKind.CALL_OUT: "call called 通话 主叫",
        ActKind.CALL_IN: "被叫 来电",
        ActKind.SMS_OUT: "sms text 短信 发短信",
        ActKind.SMS_IN: "收短信",
        ActKind.DATA: "流量 上网",
        ActKind.BALANCE_READING: "balance reading 余额",
        ActKind.STATEMENT: "valid 有效期",
        ActKind.IDENTIFICATION: "identified 实名",
        ActKind.HOLD: "停机保号",
        ActKind.FEE: "扣费",
        ActKind.PROMO: "promotion 促销",
        ActKind.NOTE: "备注",
    }.items()
    for alias in aliases.split()
}


class OfferSummary(Protocol):
    """What choosing among offers needs to know of one."""

    @property
    def id(self) -> str:
        """The offer's id."""

    @property
    def name(self) -> Text:
        """The offer's name."""

    @property
    def country(self) -> str:
        """The country of its numbers."""

    @property
    def carrier_name(self) -> Text:
        """The name of its carrier."""


class OfferBook(Protocol):
    """Where offers are looked up: the catalogue, or a test's stand-in."""

    def search(self, text: str, region: str | None = None) -> Sequence[str]:
        """Return the ids of the offers that fit, best first."""

    def summary(self, offer_id: str) -> OfferSummary | None:
        """Return an offer at a glance."""

    def offer(self, offer_id: str) -> Offer | None:
        """Return an offer, None where there is none or it cannot be used."""


class LineName(NamedTuple):
    """What a line can be called by."""

    id: int
    label: str
    number: str


def one_offer(typed: str, book: OfferBook, region: str | None = None) -> str:
    """Return the id of the offer meant by an id, a name or a part of one; `region` (`MC`) decides between equals.

    Raises:
        NotFound: If no offer fits.
        InputError: If several fit; it names them.
    """
    words = typed.strip()
    if book.summary(words.lower()) is not None:
        return words.lower()
    # Single letters stand in some offer or other: that is no choice.
    is_choice = len(words) <= _LONGEST_NAME and any(sum(map(str.isalnum, word)) > 1 for word in words.split())
    found = book.search(words, region) if is_choice else []
    if not found:
        hint = _("simtui carriers list shows all offers.")
        raise NotFound(_("no offer fits {typed}").format(typed=shown(words[:60])), place=_("offer"), next_step=hint)
    summaries = [summary for offer_id in found if (summary := book.summary(offer_id)) is not None]
    chosen = _only(summaries, words, region)
    if chosen is not None:
        return chosen
    ids = ", ".join(summary.id for summary in summaries[:_MOST_CANDIDATES])
    hint = _("Give the id of one: {ids}.").format(ids=ids + (" …" if len(summaries) > _MOST_CANDIDATES else ""))
    raise InputError(
        _("{typed} fits {n} offers").format(typed=shown(words[:60]), n=len(summaries)), place=_("offer"), next_step=hint
    )


def faulty_entry(offer_id: str) -> InputError:
    """Return that the offer exists and cannot be used."""
    problem = _("the catalogue's entry of {id} is faulty").format(id=offer_id)
    return InputError(problem, place=_("offer"), next_step=_("simtui carriers check says where."))


def _only(found: Sequence[OfferSummary], words: str, region: str | None) -> str | None:
    """Return the one offer that is meant: the only one, the one of that very name, of that carrier, of the region."""
    meant = _folded(words)
    named = [summary.id for summary in found if meant in _full_names(summary)]
    made_by = [summary.id for summary in found if meant in _texts(summary.carrier_name)]
    local = [summary.id for summary in found if summary.country == region]
    for ids in ([summary.id for summary in found], named, made_by, local):
        if len(ids) == 1:
            return ids[0]
    return None


def _full_names(summary: OfferSummary) -> set[str]:
    names = _texts(summary.name)
    return {*names, *(f"{carrier} {name}" for carrier in _texts(summary.carrier_name) for name in names)}


def offers_named(typed: str, book: OfferBook) -> set[str]:
    """Return the offers of that very id or name, and those of a carrier of that name; nothing is matched loosely."""
    meant = _folded(typed)
    found = (summary for offer_id in book.search(typed) if (summary := book.summary(offer_id)) is not None)
    return {one.id for one in found if meant in {one.id, *_full_names(one), *_texts(one.carrier_name)}}


def one_plan(typed: str, offer: Offer) -> str:
    """Return the id of the offer's plan meant by an id, a name or a part of one.

    Raises:
        NotFound: If no plan fits; it names those there are.
        InputError: If several fit; it names them.
    """
    meant = _folded(typed)
    if not meant:
        raise InputError(_("is empty"), place=_("plan"))
    exact = [plan.id for plan in offer.plans if meant in (plan.id, *_texts(plan.name))]
    partly = [plan.id for plan in offer.plans if any(meant in name for name in (plan.id, *_texts(plan.name)))]
    for ids in (exact, partly):
        if len(ids) == 1:
            return ids[0]
    if partly:
        hint = _("Give the id of one: {ids}.").format(ids=", ".join(partly[:_MOST_CANDIDATES]))
        problem = _("{typed} fits {n} plans").format(typed=shown(typed.strip()[:60]), n=len(partly))
        raise InputError(problem, place=_("plan"), next_step=hint)
    name = shown(offer.name.in_language(current()))
    known = ", ".join(plan.id for plan in offer.plans[:_MOST_CANDIDATES])
    hint = _("Its plans: {ids}.").format(ids=known) if known else _("It has none.")
    problem = _("{offer} has no plan {typed}").format(offer=name, typed=shown(typed.strip()[:60]))
    raise NotFound(problem, place=_("plan"), next_step=hint)


def act_kind(typed: str) -> ActKind | None:
    """Return what kind of act a word means, in English or Chinese; None where it means none."""
    meant = plain_keys(typed).strip().lower().replace("-", "_").replace(" ", "_")
    meant = _ACT_ALIASES.get(meant, meant)
    return ActKind(meant) if meant in set(ActKind) else None


def one_line(typed: str, lines: Iterable[LineName]) -> int:
    """Return the id of the line meant by its id, its number, or a part of its label that no other label has.

    The last four or more digits of a number will do.

    Raises:
        NotFound: If no line fits.
        InputError: If several fit; it names them by id.
    """
    words = plain_keys(typed).strip()
    if not words:
        hint = _("simtui list shows the lines with their ids.")
        raise NotFound(_("no line is named"), next_step=hint)
    known = list(lines)
    if words.isascii() and words.removeprefix("#").isdigit():
        meant = int(words.removeprefix("#")[:18])
        if any(line.id == meant for line in known):
            return meant
    found = _lines_named(words, _folded(typed), known)
    if len(found) == 1:
        return found[0].id
    if not found:
        hint = _("simtui list shows the lines with their ids.")
        raise NotFound(_("no line fits {typed}").format(typed=shown(typed.strip()[:60])), next_step=hint)
    names = ", ".join(f"{line.id} {shown(line.label or line.number)}" for line in found[:_MOST_CANDIDATES])
    hint = _("Give the id of one: {ids}.").format(ids=names)
    problem = _("{typed} fits {n} lines").format(typed=shown(typed.strip()[:60]), n=len(found))
    raise InputError(problem, next_step=hint)


def _lines_named(words: str, folded: str, known: Sequence[LineName]) -> Sequence[LineName]:
    """Return the lines that fit, by the strictest way in which any fits."""
    digits = re.sub(r"[\s().-]", "", words)
    if re.fullmatch(r"\+?[0-9]{4,15}", digits):
        bare = digits.removeprefix("+").removeprefix("00")
        whole = [line for line in known if line.number.removeprefix("+") == bare]
        found = whole or [line for line in known if line.number.endswith(bare.removeprefix("0"))]
        if found:
            return found
    if not folded:
        return []
    same = [line for line in known if _folded(line.label) == folded]
    return same or [line for line in known if folded in _folded(line.label)]


def _texts(name: Text) -> list[str]:
    return [_folded(words) for words in (name.en, name.zh) if words]


def _folded(text: str) -> str:
    """Return a text as it is compared: no case, accents, full-width forms or double blanks."""
    parts = unicodedata.normalize("NFKD", text)
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).casefold().split())
