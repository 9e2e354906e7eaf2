"""What an offer must keep beyond its schema: honest links, harmless codes, real zones, references that lead somewhere.

Carriers files are passed around and are a way to cheat people out of their calls, and with them out of the codes that
banks send. That is why call-forwarding codes are refused wherever they stand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal

from simtui.catalogue.formats import Addition, is_own_id
from simtui.catalogue.links import refusal
from simtui.catalogue.problems import Fault, join, key
from simtui.domain.offer import Channels, Offer, Source
from simtui.domain.rule import AmountLength, AmountTier, BalanceLength, Clock, Countdown, Length, Rule
from simtui.domain.undoing import PAID_WAYS
from simtui.i18n import _

# 3GPP TS 22.030: 21 all calls, 67 busy, 61 no reply, 62 not reachable, 002 and 004 several at once. *401* forwards all
# calls in Indian networks, *71 *72 *90 *92 with a number do in American ones. Diallers skip spacing. A single star in
# the middle of a longer code (*101*21#) is a menu.
_GAP = r"[\s\-.()]*"
_SERVICES = "|".join(_GAP.join(digits) for digits in ("21", "61", "62", "67", "002", "004", "401"))
_FORWARDS = re.compile(rf"(?:\*{_GAP}\*|(?<![0-9])\*){_GAP}(?:{_SERVICES}){_GAP}\*")
_FORWARDS_AS_CODE = re.compile(r"\*{1,2}(?:21|61|62|67|002|004)#?|\*(?:71|72|90|92)\+?[0-9]{3,}#?")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def check_offer(offer: Offer) -> list[Fault]:
    """Return what is wrong with a valid offer, places relative to it."""
    faults = [*check_channels(offer.channels, "channels"), *_check_zone(offer.zone)]
    faults += _check_links(_source_links(offer.sources), plain_http=True)
    for number, rule in enumerate(offer.rules):
        faults += check_rule(rule, f"rules[{number}]", {plan.id for plan in offer.plans})
    faults += _check_messages(offer)
    if not offer.name.en.strip():
        faults.append(Fault("name.en", lambda: _("is empty")))
    for number, plan in enumerate(offer.plans):
        if not plan.name.en.strip():
            faults.append(Fault(f"plans[{number}].name.en", lambda: _("is empty")))
    return faults


def check_addition(addition: Addition, offer: Offer) -> list[Fault]:
    """Return what is wrong with a valid addition to an offer, places relative to the addition."""
    faults = list(_check_links(_source_links(addition.sources), plain_http=True))
    ids = [(f"plans[{number}].id", plan.id) for number, plan in enumerate(addition.plans)]
    ids += [(f"sources[{number}].id", source.id) for number, source in enumerate(addition.sources)]
    faults += [Fault(place, _foreign_id) for place, some_id in ids if not is_own_id(some_id)]
    if addition.channels is not None:
        faults += check_channels(addition.channels, "channels")
    plans = {plan.id for plan in (*offer.plans, *addition.plans)}
    for number, rule in enumerate(addition.rules):
        faults += check_rule(rule, f"rules[{number}]", plans)
    return faults


def check_words(raw: object) -> list[Fault]:
    """Return the texts in a raw value that tell people to dial a call-forwarding code, hidden or not."""
    return [Fault(place, _forwarding) for place, text in _texts(raw, "") if _FORWARDS.search(_plain(text))]


def check_channels(channels: Channels, place: str) -> list[Fault]:
    """Return links and codes among the channels that would lead people astray."""
    support = channels.support
    links = [("site", channels.site), ("support.url", support.url if support else None)]
    faults = list(_check_links(((f"{place}.{name}", link) for name, link in links), plain_http=False))
    dialled = [(f"codes[{number}].code", code.code) for number, code in enumerate(channels.codes)]
    dialled += [(f"codes[{number}].to", code.to or "") for number, code in enumerate(channels.codes)]
    if support is not None:
        dialled += [("support.phone", support.phone or ""), ("support.from_abroad", support.from_abroad or "")]
    for name, code in dialled:
        if _FORWARDS_AS_CODE.fullmatch(re.sub(_GAP, "", _plain(code))):
            faults.append(Fault(f"{place}.{name}", _forwarding))
    return faults


def check_rule(rule: Rule, place: str, plans: set[str]) -> list[Fault]:
    """Return references to plans that the offer does not have, and tables by amount that contradict themselves."""
    faults: list[Fault] = []
    for number, clock in enumerate(rule.clocks):
        at = f"{place}.clocks[{number}]"
        faults += _check_plans(clock, at, plans)
        faults += _check_ways_back(clock, at)
        for name, length in _lengths(clock):
            faults += _check_length(length, f"{at}.{name}")
    for number, fee in enumerate(rule.fees):
        faults += _check_ways_back(fee, f"{place}.fees[{number}]")
        for name, length in _stage_lengths(fee):
            faults += _check_length(length, f"{place}.fees[{number}].{name}")
    return faults


def _check_plans(clock: Clock, place: str, plans: set[str]) -> Iterator[Fault]:
    named = [(f"restarts_on[{number}]", trigger.plans) for number, trigger in enumerate(clock.restarts_on)]
    named += [(f"excludes[{number}]", exclusion.plans) for number, exclusion in enumerate(clock.excludes)]
    for name, ids in named:
        for number, plan in enumerate(ids):
            if plan not in plans:
                yield Fault(f"{place}.{name}.plans[{number}]", lambda: _("names a plan that the offer does not have"))


def _check_ways_back(countdown: Countdown, place: str) -> Iterator[Fault]:
    for number, stage in enumerate(countdown.after if isinstance(countdown.after, tuple) else ()):
        if stage.undo_from is not None and PAID_WAYS.keys().isdisjoint(stage.undo):
            yield Fault(f"{place}.after[{number}].undo_from", lambda: _("needs a way in undo that is paid"))
        if stage.undo_all and len(set(stage.undo)) < 2:
            yield Fault(f"{place}.after[{number}].undo_all", lambda: _("needs two ways in undo"))


def _check_messages(offer: Offer) -> Iterator[Fault]:
    known = {part.id for rule in offer.rules for part in rule.countdowns}
    for number, message in enumerate(offer.messages):
        if message.clock is not None and message.clock not in known:
            yield Fault(f"messages[{number}].clock", lambda: _("names a clock that the offer does not have"))


def _lengths(clock: Clock) -> Iterator[tuple[str, Length]]:
    yield "length", clock.length
    for number, start in enumerate(clock.starts):
        if start.length is not None:
            yield f"starts[{number}].length", start.length
    for number, trigger in enumerate(clock.restarts_on):
        if trigger.length is not None:
            yield f"restarts_on[{number}].length", trigger.length
    yield from _stage_lengths(clock)


def _stage_lengths(countdown: Countdown) -> Iterator[tuple[str, Length]]:
    for number, stage in enumerate(countdown.after if isinstance(countdown.after, tuple) else ()):
        yield f"after[{number}].length", stage.length


def _check_length(length: Length, place: str) -> Iterator[Fault]:
    if not isinstance(length, (AmountLength, BalanceLength)):
        return
    for number, tier in enumerate(length.tiers):
        if tier.from_ is not None and tier.below is not None and tier.below <= tier.from_:
            yield Fault(f"{place}.tiers[{number}].below", lambda: _("must be more than from"))
        if any(_overlap(tier, earlier) for earlier in length.tiers[:number]):
            yield Fault(f"{place}.tiers[{number}]", lambda: _("covers amounts that an earlier tier covers too"))


def _overlap(one: AmountTier, other: AmountTier) -> bool:
    """Tell whether two ranges share an amount; an exact amount may stand out of a range, but not twice."""
    if one.from_ is None or other.from_ is None:
        return one.at is not None and one.at == other.at
    endless = Decimal("Infinity")
    return one.from_ < (other.below or endless) and other.from_ < (one.below or endless)


def _check_zone(zone: str) -> Iterator[Fault]:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # 3 ms, and only needed once an offer is looked at

    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Fault("zone", lambda: _("is not a time zone that this machine knows"))


def _source_links(sources: Iterable[Source]) -> Iterator[tuple[str, str | None]]:
    return ((f"sources[{number}].url", source.url) for number, source in enumerate(sources))


def _check_links(links: Iterable[tuple[str, str | None]], *, plain_http: bool) -> Iterator[Fault]:
    for place, link in links:
        refused = refusal(link, plain_http=plain_http) if link is not None else None
        if refused is not None:
            yield Fault(place, refused)


def _foreign_id() -> str:
    return _("must begin with my-, as all ids that you add do")


def _forwarding() -> str:
    return _("is a call-forwarding code: dialling it would send your calls, and the codes read out in them, to others")


def _plain(text: str) -> str:
    """Return the text with full-width twins plain and without invisible characters."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def _texts(raw: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(raw, str):
        yield place, raw
    elif isinstance(raw, list):
        for number, part in enumerate(raw):
            yield from _texts(part, f"{place}[{number}]")
    elif isinstance(raw, dict):
        for name, part in raw.items():
            yield from _texts(part, join(place, key(str(name)).removeprefix(".")))
