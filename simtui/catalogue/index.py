"""The catalogue: every carrier and offer that can be held, each offer validated when it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from simtui.catalogue.checks import check_addition, check_offer, check_words
from simtui.catalogue.faults import faults_of
from simtui.catalogue.formats import Addition, is_own_id, with_addition
from simtui.catalogue.gather import Gathered, Raw
from simtui.catalogue.problems import Fault, Finding, Problem, placed
from simtui.catalogue.search import Entry, ranked
from simtui.catalogue.summary import CarrierEntry, Summary, summary_of
from simtui.domain.offer import Offer


class Catalogue:
    """Carriers and offers, bundled and the user's own, with what is wrong about them as values.

    Unchanging but for what it learns by validating; after a change of the user's own file, load a new one.
    """

    def __init__(self, gathered: Gathered) -> None:
        self._raws = gathered.offers
        self._additions = gathered.additions
        self._findings: list[Finding] = list(gathered.findings)
        self._valid: dict[str, Offer | None] = {}
        self._own: dict[str, Addition | None] = {}
        self._entries: list[Entry] = []
        self._carrier_by_offer = {offer: one.id for one in gathered.carriers.values() for offer in one.offers}
        self.carriers: Mapping[str, CarrierEntry] = gathered.carriers
        self.updated: str = gathered.updated
        self.offers: Mapping[str, Offer] = Offers(self)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all offers, in the order of the files, whether valid or not; cheap."""
        return tuple(self._raws)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is known to be wrong so far, in the current language; `check_all` looks for the rest."""
        return tuple(finding.told() for finding in self._findings)

    def check_all(self) -> tuple[Problem, ...]:
        """Validate every offer and return all problems. Takes a while; not for a start."""
        for offer_id in self._raws:
            self.offer(offer_id)
        return self.problems

    def offer(self, offer_id: str) -> Offer | None:
        """Return the offer with the user's additions, or None where it does not exist or is wrong (see `problems`)."""
        if offer_id not in self._raws:
            return None
        if offer_id not in self._valid:
            self._valid[offer_id] = self._validated(offer_id)
        return self._valid[offer_id]

    def addition(self, offer_id: str) -> Addition | None:
        """Return what the user added to a bundled offer, to be shown as "yours"."""
        self.offer(offer_id)
        return self._own.get(offer_id)

    def carrier_of(self, offer_id: str) -> CarrierEntry | None:
        """Return the carrier of an offer."""
        carrier = self._carrier_by_offer.get(offer_id)
        return self.carriers[carrier] if carrier is not None else None

    def summary(self, offer_id: str) -> Summary | None:
        """Return what a list row shows of an offer, without validating it."""
        carrier = self.carrier_of(offer_id)
        return summary_of(offer_id, self._raws[offer_id].value, carrier) if carrier is not None else None

    def file_of(self, offer_id: str) -> str:
        """Return the path of the file that an offer stands in, empty where there is no such offer."""
        return self._raws[offer_id].file if offer_id in self._raws else ""

    def is_own(self, offer_id: str) -> bool:
        """Tell whether the user added the offer."""
        return offer_id in self._raws and is_own_id(offer_id)

    def search(self, text: str, region: str | None = None) -> list[str]:
        """Return the ids of the offers that fit what was typed, best first (`catalogue.search.ranked`)."""
        if not self._entries:
            summaries = (self.summary(offer_id) for offer_id in self._raws)
            self._entries = [Entry.of(summary) for summary in summaries if summary is not None]
        return ranked(self._entries, text, region)

    def _validated(self, offer_id: str) -> Offer | None:
        raw = self._raws[offer_id]
        try:
            offer = Offer.model_validate(raw.value)
        except ValidationError as error:
            self._note(faults_of(error, raw.value), raw, offer_id)
            return None
        faults = [*check_offer(offer), *check_words(raw.value)]
        if faults:
            self._note(faults, raw, offer_id)
            return None
        return self._with_own(offer, self._additions.get(offer_id))

    def _with_own(self, offer: Offer, raw: Raw | None) -> Offer:
        """Return the offer with the user's additions, or as it is where they are wrong."""
        if raw is None:
            return offer
        try:
            addition = Addition.model_validate(raw.value)
        except ValidationError as error:
            self._note(faults_of(error, raw.value), raw, offer.id)
            return offer
        faults = [*check_addition(addition, offer), *check_words(raw.value)]
        try:
            merged = with_addition(offer, addition)
        except ValidationError as error:
            faults += faults_of(error, {})
        if faults:
            self._note(faults, raw, offer.id)
            return offer
        self._own[offer.id] = addition
        return merged

    def _note(self, faults: list[Fault], raw: Raw, offer_id: str) -> None:
        by_place = {fault.place: fault for fault in reversed(faults)}
        self._findings += placed(reversed(by_place.values()), raw.file, offer_id, raw.place)


class Offers(Mapping[str, Offer]):
    """The valid offers by id. Looking one up validates that one; going through or counting them validates all."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getitem__(self, offer_id: str) -> Offer:
        offer = self._catalogue.offer(offer_id)
        if offer is None:
            raise KeyError(offer_id)
        return offer

    def __iter__(self) -> Iterator[str]:
        return (offer_id for offer_id in self._catalogue.ids if self._catalogue.offer(offer_id) is not None)

    def __len__(self) -> int:
        return sum(1 for _offer in self)
