"""The user's own carriers file: what is in it, read, changed and written whole.

`with_…` and `without_…` are pure: from a file's content to its next content, leaving what they do not know untouched.
`edit` is the one that reads and writes. A file that cannot be understood is never overwritten.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import orjson

from simtui.catalogue import is_own_id
from simtui.catalogue.checks import check_addition, check_channels, check_offer, check_words
from simtui.catalogue.formats import SCHEMA, Addition
from simtui.catalogue.gather import wrong_schema
from simtui.catalogue.problems import Fault, key
from simtui.catalogue.reading import MOST_BYTES, read_object
from simtui.domain.calendar import Day
from simtui.domain.offer import Channels, Offer, Plan, TopUp
from simtui.domain.record import Record, Text
from simtui.domain.rule import Rule
from simtui.errors import InputError, NotFound
from simtui.i18n import _
from simtui.own_offers import OWN_SOURCE, own_id, own_source
from simtui.store.files import atomic_write, make_folder
from simtui.store.lock import FileLock
from simtui.text import system_reason

Document = dict[str, Any]
"""The content of an own carriers file (docs/catalogue.md)."""

_LISTS = {Plan: "plans", TopUp: "top_ups", Rule: "rules"}
_LOCK_SECONDS = 5.0


def with_offer(document: Document, carrier: str, offer: Offer) -> Document:
    """Return the content with an own offer under a carrier of that name; one of the same id is replaced.

    Raises:
        InputError: The offer has a link or code that is refused, or an id that is not the user's to give.
    """
    raw = _dumped(offer)
    _refuse([*check_offer(offer), *check_words(raw), *check_words({"carrier": carrier})])
    if not is_own_id(offer.id):
        raise InputError(_("must begin with my-, as all ids that you add do"), place="id")
    document = deepcopy(document)
    holder = _carrier_named(document, carrier, offer.country)
    offers = _list(holder, "offers")
    if any(other.get("id") == offer.id for other in offers):
        holder["offers"] = [raw if other.get("id") == offer.id else other for other in offers]
        return document
    document = without_offer(document, offer.id)
    _list(_carrier_named(document, carrier, offer.country), "offers").append(raw)
    return document


def without_offer(document: Document, offer_id: str) -> Document:
    """Return the content without an own offer; a carrier that loses its last offer goes with it."""
    document = deepcopy(document)
    for carrier in list(_list(document, "carriers")):
        offers = _list(carrier, "offers")
        carrier["offers"] = [offer for offer in offers if offer.get("id") != offer_id]
        if offers and not carrier["offers"]:
            document["carriers"].remove(carrier)
    return document


def with_part(document: Document, offer: Offer, part: Plan | TopUp | Rule, today: Day) -> Document:
    """Return the content with an own plan, top-up or rule of an offer, bundled or own.

    An own plan of the same id, top-up of the same amount or rule for the same time is replaced.

    Raises:
        InputError: The part has a link, code, id or reference that is refused.
        NotFound: The offer is the user's own and not in the file.
    """
    name, raw = _LISTS[type(part)], _dumped(part)
    _refuse([*_check_part(part, offer), *check_words(raw)])
    document = deepcopy(document)
    holder = _own_holder(document, offer.id)
    mark = _mark(raw)
    holder[name] = [*(other for other in _list(holder, name) if _mark(other) != mark), raw]
    _name_source(holder, today)
    return document


def with_channels(document: Document, offer: Offer, channels: Channels, today: Day) -> Document:
    """Return the content with what the user knows of an offer's channels, bundled or own.

    What it has goes before what the user entered earlier; codes are kept one for each thing that they do. What a bundled
    offer knows already stays as it is (`catalogue.formats`).

    Raises:
        InputError: There is a link or code that is refused.
        NotFound: The offer is the user's own and not in the file.
    """
    raw = channels.model_dump(mode="json", exclude_defaults=True)
    _refuse([*check_channels(channels, "channels"), *check_words(raw)])
    document = deepcopy(document)
    holder = _own_holder(document, offer.id)
    holder["channels"] = _merged(holder.get("channels") or {}, raw)
    _name_source(holder, today)
    return document


def without_part(document: Document, offer_id: str, part: Plan | TopUp | Rule) -> Document:
    """Return the content without an own plan, top-up or rule of an offer."""
    document = deepcopy(document)
    holder = _holder(document, offer_id)
    if holder is not None:
        name, mark = _LISTS[type(part)], _mark(_dumped(part))
        holder[name] = [raw for raw in _list(holder, name) if _mark(raw) != mark]
    return document


def read(path: Path) -> Document:
    """Return the content of the own file, an empty one where there is none yet.

    Raises:
        InputError: The file is there but cannot be used; it must not be overwritten then.
    """
    try:
        path.lstat()
    except FileNotFoundError:
        return {"schema": SCHEMA, "carriers": []}
    except OSError as error:
        raise InputError(system_reason(error), place=str(path)) from error
    document = read_object(path)
    fault = document if isinstance(document, Fault) else wrong_schema(document) or _wrong_shape(document)
    if isinstance(document, Fault) or fault is not None:
        assert fault is not None
        place = f"{path}: {fault.place}" if fault.place else str(path)
        raise InputError(fault.words(), place=place, next_step=_("Repair or move the file; it was left as it is."))
    return document


def edit(path: Path, change: Callable[[Document], Document], today: Day) -> None:
    """Read the own file, change its content and write it whole, 0600 in a 0700 folder; other sessions wait meanwhile.

    Raises:
        SimtuiError: The file cannot be used, the change is refused, or it could not be locked or written; in every
            case the file is as it was.
    """
    try:
        make_folder(path.parent)
    except OSError as error:
        raise InputError(system_reason(error), place=str(path.parent)) from error
    with FileLock(path.with_name(path.name + ".lock"), timeout=_LOCK_SECONDS, clock=time.time).held():
        _save(path, {**change(read(path)), "updated": today.format_iso()})


def _save(path: Path, document: Document) -> None:
    data = orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
    if len(data) > MOST_BYTES:
        raise InputError(_("is larger than {n} MB").format(n=MOST_BYTES // 1024 // 1024), place=str(path))
    atomic_write(path, data)


def _check_part(part: Plan | TopUp | Rule, offer: Offer) -> list[Fault]:
    if isinstance(part, Plan):
        return check_addition(Addition(plans=(part,)), offer) if not is_own_id(offer.id) else []
    return check_addition(Addition(rules=(part,)), offer) if isinstance(part, Rule) else []


def _holder(document: Document, offer_id: str) -> Document | None:
    """Return the raw own offer, or the raw addition to a bundled one, or None where there is neither yet."""
    for carrier in _list(document, "carriers"):
        for offer in _list(carrier, "offers"):
            if offer.get("id") == offer_id:
                return offer
    additions: dict[str, Document] = document.get("additions", {})
    return additions.get(offer_id)


def _own_holder(document: Document, offer_id: str) -> Document:
    """Return the raw own offer, or the addition to a bundled one, which is put there if missing; raises NotFound."""
    holder = _holder(document, offer_id)
    if holder is not None:
        return holder
    if is_own_id(offer_id):
        raise NotFound(_("is not among your own offers"), place=offer_id)
    added: Document = document.setdefault("additions", {}).setdefault(offer_id, {})
    return added


def _name_source(holder: Document, today: Day) -> None:
    """Put the source there that stands behind what the user entered."""
    if all(source.get("id") != OWN_SOURCE for source in _list(holder, "sources")):
        holder["sources"].append(_dumped(own_source(today)))


def _merged(known: Document, new: Document) -> Document:
    """Return raw channels with new ones on top: within the support each fact of its own, of the codes one a purpose."""
    merged = {**known, **new}
    support = {**(known.get("support") or {}), **new.get("support", {})}
    replaced = {code["does"] for code in new.get("codes", ())}
    codes = [code for code in known.get("codes") or () if code.get("does") not in replaced] + new.get("codes", [])
    parts: Document = {"support": support, "codes": codes}
    return {**merged, **{name: part for name, part in parts.items() if part}}


def _carrier_named(document: Document, name: str, country: str) -> Document:
    carriers = _list(document, "carriers")
    named = _dumped(Text.plain(name))
    for carrier in carriers:
        if carrier.get("name") == named and carrier.get("country") == country:
            return carrier
    carrier_id = own_id(name, {str(carrier.get("id")) for carrier in carriers})
    carrier = {"id": carrier_id, "name": named, "country": country, "offers": []}
    carriers.append(carrier)
    return carrier


def _mark(raw: Document) -> tuple[object, ...]:
    """Return what tells one part of an offer from another of the same list."""
    if "id" in raw:
        return (raw["id"],)
    if "amount" in raw:
        return _number(raw["amount"]), raw.get("source")
    return raw.get("valid_from"), raw.get("opened_from"), raw.get("variant")


def _number(value: object) -> object:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return value


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise InputError(faults[0].words(), place=faults[0].place)


def _dumped(record: Record) -> Document:
    return record.model_dump(mode="json", by_alias=True, exclude_none=True)


def _list(holder: Document, name: str) -> list[Document]:
    """Return the list of that name, put there if missing; only for content that is a copy or is written anyway."""
    parts: list[Document] = holder.setdefault(name, [])
    return parts


def _wrong_shape(document: Document) -> Fault | None:
    """Return where the file is not built of the objects and lists that the functions above walk through."""
    carriers, additions = document.get("carriers", []), document.get("additions", {})
    if not isinstance(additions, dict):
        return Fault("additions", lambda: _("must be an object in braces"))
    wrong = _not_objects(carriers, "carriers")
    for number, carrier in enumerate(carriers if wrong is None else ()):
        wrong = wrong or _not_objects(carrier.get("offers", []), f"carriers[{number}].offers")
    holders = {f"additions{key(offer_id)}": addition for offer_id, addition in additions.items()}
    wrong = wrong or _not_objects(list(holders.values()), "additions")
    if wrong is not None:
        return wrong
    for number, carrier in enumerate(carriers):
        holders |= {f"carriers[{number}].offers[{at}]": one for at, one in enumerate(carrier.get("offers", []))}
    channels = {f"{place}.channels": one["channels"] for place, one in holders.items() if one.get("channels")}
    for place, one in channels.items():
        wrong = wrong or _wrong_channels(one, place)
    if wrong is not None:
        return wrong
    lists = ((f"{place}.{name}", one.get(name, [])) for place, one in holders.items() for name in _PART_LISTS)
    return next((fault for place, parts in lists if (fault := _not_objects(parts, place)) is not None), None)


_PART_LISTS = (*_LISTS.values(), "sources")


def _wrong_channels(channels: object, place: str) -> Fault | None:
    if not isinstance(channels, dict) or not isinstance(channels.get("support") or {}, dict):
        return Fault(place, lambda: _("must be an object in braces"))
    return _not_objects(channels.get("codes") or [], f"{place}.codes")


def _not_objects(parts: object, place: str) -> Fault | None:
    if not isinstance(parts, list):
        return Fault(place, lambda: _("must be a list in brackets"))
    if not all(isinstance(part, dict) for part in parts):
        return Fault(place, lambda: _("must be an object in braces"))
    return None
