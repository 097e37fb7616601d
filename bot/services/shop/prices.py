"""What pairs cost: offers read when somebody looks, kept in memory, served while HidSim is down."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.catalog import Country, PriceTag, Service
from bot.domain.no_answer import NotDone
from bot.domain.price_window import Ladder, Offer
from bot.services.partner import Partner, Urgency
from bot.tasks import Nursery

_FRESH = timedelta(seconds=20)
"""A price screen reads again what is older than this."""
_LISTED = timedelta(minutes=5)
"""A price in a list may be as old as this."""
_KEPT_PAIRS = 20_000
VIEW_WAIT = 2.5
"""Seconds a list waits for what is being read before it shows what there is; a tap is answered within one anyway."""


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers of one pair as read at a time (UTC). `tag` says them at a glance: a list looks at 250 of them."""

    offers: tuple[Offer, ...]
    read_at: datetime
    tag: PriceTag


def _tag(offers: tuple[Offer, ...]) -> PriceTag:
    ladder = Ladder(offers)
    if not ladder:
        return PriceTag(None, 0)
    known = all(o.stock is not None for o in ladder.offers)
    return PriceTag(ladder.prices[0], sum(o.stock or 0 for o in ladder.offers) if known else None)


class Prices:
    """Of every pair the offers as they were read last. Writes nothing down."""

    def __init__(
        self,
        partner: Partner,
        nursery: Nursery,
        countries: Callable[[], Mapping[int, Country]],
    ) -> None:
        self._partner = partner
        self._nursery = nursery
        self._countries = countries
        self._offers: OrderedDict[tuple[int, int], Offers] = OrderedDict()
        self._filling: int | None = None
        self._reading: dict[tuple[int, int, Urgency], asyncio.Task[Offers | NotDone]] = {}

    async def offers(self, service: Service, country: Country, urgency: Urgency = Urgency.TAP) -> Offers:
        """A pair's offers, read now unless that was a moment ago. An older reading stands in while HidSim is down.

        Raises Refusal when there is nothing to show at all.
        """
        try:
            return await self.look(service, country, urgency)
        except NotDone:
            if (known := self._offers.get((service.id, country.id))) is not None:
                return known
            raise

    async def look(self, service: Service, country: Country, urgency: Urgency) -> Offers:
        """The same for who has to know how it is now: raises NotDone where it can't be read."""
        known = self._offers.get((service.id, country.id))
        if known is not None and timedelta(0) <= self._partner.now() - known.read_at < _FRESH:
            return known
        return await self._read(service, country, urgency)

    def tags(self, service: Service) -> dict[int, PriceTag]:
        """The prices in memory that are young enough for a list, by country id."""
        now = self._partner.now()
        pairs = ((c, self._offers.get((service.id, c))) for c in self._countries())
        return {c: found.tag for c, found in pairs if found and timedelta(0) <= now - found.read_at <= _LISTED}

    async def price(self, service: Service, countries: Iterable[Country]) -> None:
        """Reads the prices of these countries at once, waiting a moment for them; the rest arrives behind."""
        known = self.tags(service)
        missing = [c for c in countries if c.id not in known]
        if not missing:
            return
        work = [self._nursery.start(self._try_read(service, c, Urgency.TAP), "price") for c in missing]
        await asyncio.wait(work, timeout=VIEW_WAIT)

    def fill_behind(self, service: Service, countries: Sequence[int]) -> None:
        """Prices these countries at the lowest urgency, the first ones first; the service looked at last goes on."""
        if self._filling == service.id:
            return
        self._filling = service.id
        self._nursery.start(self._fill(service, countries), "fill prices")

    async def _fill(self, service: Service, countries: Sequence[int]) -> None:
        known = self.tags(service)
        for country in [self._countries()[one] for one in countries if one in self._countries()]:
            if self._filling != service.id:
                return
            if country.id not in known and not await self._try_read(service, country, Urgency.FILL):
                break
        if self._filling == service.id:
            self._filling = None

    def stop_filling(self) -> None:
        self._filling = None

    async def _try_read(self, service: Service, country: Country, urgency: Urgency) -> bool:
        try:
            await self._read(service, country, urgency)
        except NotDone:
            return False
        return True

    async def _read(self, service: Service, country: Country, urgency: Urgency) -> Offers:
        """One request for everybody who waits for this pair: a price that many look at goes stale for all at once."""
        key = (service.id, country.id, urgency)
        if (reading := self._reading.get(key)) is None:
            reading = self._reading[key] = self._nursery.start(self._fetch(service, country, urgency), "read offers")
            reading.add_done_callback(lambda done: self._read_is_over(key, done))
        found = await asyncio.shield(reading)
        if isinstance(found, NotDone):
            raise found
        return found

    def _read_is_over(self, key: tuple[int, int, Urgency], done: "asyncio.Task[Offers | NotDone]") -> None:
        if self._reading.get(key) is done:
            del self._reading[key]

    async def _fetch(self, service: Service, country: Country, urgency: Urgency) -> Offers | NotDone:
        """Returns what went wrong: who asked raises it, and a task that nobody waits for any more fails in silence."""
        try:
            offers = await self._partner.offers(service, country, urgency)
        except NotDone as error:
            return error
        found = Offers(offers, self._partner.now(), _tag(offers))
        self._offers[service.id, country.id] = found
        self._offers.move_to_end((service.id, country.id))
        while len(self._offers) > _KEPT_PAIRS:
            self._offers.popitem(last=False)
        return found

    async def offers_of(self, service: Service, countries: Sequence[Country]) -> list[Offers]:
        """The same of several countries, read side by side, without those that can't be read.

        Raises Refusal when none can.
        """
        work = [self._nursery.start(self._try_offers(service, one), "offers") for one in countries]
        read = [await one for one in work]
        found = [one for one in read if isinstance(one, Offers)]
        if not found and isinstance(read[0], NotDone):
            raise read[0]
        return found

    async def _try_offers(self, service: Service, country: Country) -> Offers | NotDone:
        try:
            return await self.offers(service, country)
        except NotDone as error:
            return error

    def some_at_hand(self, service_id: int, countries: Sequence[int]) -> list[Offer]:
        """The offers of several countries as last read, without those that never were."""
        return [one for country in countries for one in self.offers_at_hand(service_id, country) or ()]

    def all_at_hand(self, service_id: int, countries: Sequence[int], *, fresh: bool = False) -> list[Offer] | None:
        """The same, where each of them has been read (`fresh`: a moment ago); else None."""
        each = [self.offers_at_hand(service_id, country, fresh=fresh) for country in countries]
        return None if None in each else [one for offers in each for one in offers or ()]

    def is_sold_out(self, service_id: int, country_id: int) -> bool:
        """By the last reading; a pair that was never read is not."""
        at_hand = self.offers_at_hand(service_id, country_id)
        return at_hand is not None and not Ladder(at_hand)

    def offers_at_hand(self, service_id: int, country_id: int, *, fresh: bool = False) -> tuple[Offer, ...] | None:
        """A pair's offers as last read, however long ago (`fresh`: a moment ago); None when they never were so."""
        known = self._offers.get((service_id, country_id))
        if fresh and known is not None and not timedelta(0) <= self._partner.now() - known.read_at < _FRESH:
            return None
        return None if known is None else known.offers

    def forget_offers(self, service_id: int, country_id: int) -> None:
        """What was read of a pair is known to be wrong (406, sold out): the next screen reads again."""
        self._offers.pop((service_id, country_id), None)
        for urgency in Urgency:
            self._reading.pop((service_id, country_id, urgency), None)
