"""Services, countries and prices: kept in the database and in memory, also served while HidSim is down."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.db import catalog as rows
from bot.db.database import Database, DatabaseFault
from bot.domain.catalog import Country, PriceTag, Service, labels
from bot.domain.money import Markup, to_micros
from bot.domain.price_window import Ladder, Offer
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import Country as FarCountry
from bot.hidsim import HidSim, HidSimError, Product, Urgency
from bot.hidsim import Service as FarService
from bot.i18n import code_of, known_code
from bot.services.alerts import Alerts
from bot.services.country_matching import CountryMatcher
from bot.services.matching import ServiceMatcher
from bot.services.partner import refusal_of
from bot.services.shelf import shelved
from bot.services.shortfall import Shortfall
from bot.tasks import Nursery

_log = structlog.get_logger(__name__)

_FRESH = timedelta(seconds=20)
"""A price screen reads again what is older than this."""
_LISTED = timedelta(minutes=5)
"""A price in a list may be as old as this."""
_REFRESHED = timedelta(hours=1)
_KEPT_PAIRS = 20_000
_BUTTON_ID = 30
"""The longest product id that a button has room for; paths take the short one just as well (contract)."""
_AT_ONCE = 500
"""Services that are read or written while everybody else waits for the connection."""
_VIEW_WAIT = 2.5
"""Seconds a list waits for its prices before it shows those it has (a tap is answered within a second anyway)."""


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


class Catalog:
    """Everything that can be bought. Names no words: lists come back as facts."""

    def __init__(
        self,
        database: Database,
        hidsim: HidSim,
        nursery: Nursery,
        markup: Markup,
        aliases: Mapping[str, Sequence[str]],
        alerts: Alerts,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._hidsim = hidsim
        self._nursery = nursery
        self._markup = markup
        self._aliases = aliases
        self._alerts = alerts
        self._now = now
        self._short_services, self._short_countries = Shortfall(), Shortfall()
        self._offers: OrderedDict[tuple[int, int], Offers] = OrderedDict()
        self._filling: int | None = None
        self._reading: dict[tuple[int, int, Urgency], asyncio.Task[Offers | HidSimError]] = {}
        self._refreshing = asyncio.Lock()
        self._first: asyncio.Task[bool] | None = None
        self._loading = asyncio.Lock()
        self._in_order: tuple[int, ...] = ()
        self.services: dict[int, Service] = {}
        self.countries: dict[int, Country] = {}
        self.matcher = ServiceMatcher((), aliases)
        self.country_matcher = CountryMatcher(())
        self.refreshed_at: datetime | None = None

    async def load(self) -> None:
        """From the database into memory. Thousands of services are put in order beside the event loop."""
        async with self._loading:
            services = await self._saved_services()
            async with self._database.read() as connection:
                countries = await rows.all_countries(connection)
            shelf = await asyncio.to_thread(shelved, services, countries, self._aliases)
            self.services, self.countries = shelf.services, shelf.countries
            self.matcher, self.country_matcher, self._in_order = shelf.matcher, shelf.country_matcher, shelf.in_order

    async def _saved_services(self) -> list[Service]:
        found: list[Service] = []
        while True:
            async with self._database.read() as connection:
                part = await rows.services_after(connection, found[-1].id if found else 0, _AT_ONCE)
            found += part
            if len(part) < _AT_ONCE:
                return found

    async def refresh(self) -> bool:
        """From HidSim into the database and memory. False: HidSim does not answer, or nothing can be written now.

        An empty list is taken for a fault of HidSim's and not for an empty shop; a short one brings what is new, and
        makes nothing forgotten until it was confirmed.
        """
        async with self._refreshing:
            try:
                return await self._refresh()
            except DatabaseFault as error:
                _log.warning("the catalog could not be written; the clock reads it again", error=str(error))
                return False

    async def _refresh(self) -> bool:
        try:
            services = await self._hidsim.services()
            countries = await self._hidsim.countries()
        except HidSimError as error:
            _log.warning("the catalog could not be refreshed", error=type(error).__name__, reason=str(error))
            return False
        if not services or not countries:
            _log.warning("HidSim's catalog came empty and was ignored")
            await self._tell_short(len(services), len(countries))
            return False
        codes = await asyncio.to_thread(_codes, countries)
        keeping = self._short_services.keeps(self._standing(self.services), {s.id for s in services})
        keeping_countries = self._short_countries.keeps(self._standing(self.countries), {c.id for c in countries})
        if keeping or keeping_countries:
            await self._tell_short(len(services), len(countries))
        wrote_services = await self._save_services(services, keeping)
        if await self._save_countries(codes, keeping_countries) or wrote_services:
            await self.load()
        self.refreshed_at = self._now()
        return True

    async def first_read(self) -> bool:
        """Whether there is a catalog. While there was never one, a tap joins its reading and waits a moment."""
        if not self.services:
            if self._first is None or self._first.done():
                self._first = self._nursery.start(self.refresh(), "first catalog")
            await asyncio.wait([self._first], timeout=_VIEW_WAIT)
        return bool(self.services)

    async def _save_services(self, listed: Sequence[FarService], keeping: Collection[str]) -> bool:
        """Writes what is not known yet, in portions between which others come in. Whether there was anything."""
        known, found = {s.hidsim_id: s.name for s in self.services.values()}, {s.id: s.name for s in listed}
        changed = [(key, name) for key, name in found.items() if known.get(key) != name]
        gone = [key for key in known if key not in found and key not in keeping]
        for start in range(0, len(changed), _AT_ONCE):
            async with self._database.write() as connection:
                await rows.save_services(connection, changed[start : start + _AT_ONCE], complete=False)
        for start in range(0, len(gone), _AT_ONCE):
            async with self._database.write() as connection:
                await rows.services_gone(connection, gone[start : start + _AT_ONCE])
        return bool(changed or gone)

    async def _save_countries(self, listed: Sequence[tuple[str, str, str | None]], keeping: Collection[str]) -> bool:
        """The same for countries, of which there are few."""
        ours = list(self.countries.values())
        known, found = {(c.hidsim_id, c.name, c.code) for c in ours}, {one[0] for one in listed}
        kept = {one for one in known if one[0] in keeping and one[0] not in found}
        if known == {*listed, *kept} and labels(ours) == {c.id: c.label for c in ours}:
            return False
        async with self._database.write() as connection:
            await rows.save_countries(connection, listed, keeping=keeping)
        return True

    def _standing(self, known: Mapping[int, Service] | Mapping[int, Country]) -> set[str]:
        return {one.hidsim_id for one in known.values()}

    async def _tell_short(self, services: int, countries: int) -> None:
        """Admins hear once a day of each list that lacks more than half of what stood."""
        now = self._now()
        found = {"services": (services, len(self.services)), "countries": (countries, len(self.countries))}
        for what, (brought, stood) in found.items():
            if 2 * brought >= stood:
                continue
            _log.warning("HidSim's list is short", list=what, brought=brought, stood=stood)
            async with self._database.write() as connection:
                await self._alerts.raise_in(
                    connection, f"short-{what}", now.date().isoformat(), now, found=str(brought), known=str(stood)
                )

    async def refresh_if_due(self) -> None:
        """The clock's tick: soon again while it was never read in this run, else about once an hour."""
        if self._refreshing.locked():
            return
        if self.refreshed_at is None or not timedelta(0) <= self._now() - self.refreshed_at <= _REFRESHED:
            await self.refresh()

    def service(self, service_id: int) -> Service:
        """Raises Refusal: the service is not in the catalog (any more)."""
        if (found := self.services.get(service_id)) is None:
            raise Refusal(Reason.NO_SERVICE)
        return found

    def country(self, country_id: int) -> Country:
        """Raises Refusal: the country is not in the catalog (any more)."""
        if (found := self.countries.get(country_id)) is None:
            raise Refusal(Reason.NO_COUNTRY)
        return found

    async def listed(self, person_id: int) -> list[Service]:
        """All services: own recent ones, the shop's most bought, those everybody knows, then the rest by name."""
        async with self._database.read() as connection:
            first = [*await rows.own_services(connection, person_id, 4), *await rows.most_bought(connection, 12)]
        return [self.services[i] for i in dict.fromkeys([*first, *self._in_order]) if i in self.services]

    async def search(self, text: str) -> list[Service]:
        """Our own matches; HidSim's search when ours finds nothing. Raises HidSimError when that gives no answer."""
        ours = await asyncio.to_thread(self.matcher.find, text)
        if found := [self.services[i] for i in ours if i in self.services]:
            return found
        theirs = await self._hidsim.search_services(text)
        if not theirs:
            return []
        async with self._database.write() as connection:
            await rows.save_services(connection, ((s.id, s.name) for s in theirs), complete=False)
        await self.load()
        known = {s.hidsim_id: s for s in self.services.values()}
        return [known[s.id] for s in theirs if s.id in known][:16]

    async def offers(self, service: Service, country: Country, urgency: Urgency = Urgency.TAP) -> Offers:
        """A pair's offers, read now unless that was a moment ago. An older reading stands in while HidSim is down.

        Raises Refusal when there is nothing to show at all.
        """
        known = self._offers.get((service.id, country.id))
        if known is not None and timedelta(0) <= self._now() - known.read_at < _FRESH:
            return known
        try:
            return await self._read(service, country, urgency)
        except HidSimError as error:
            if known is not None:
                return known
            raise refusal_of(error) from error

    def tags(self, service: Service) -> dict[int, PriceTag]:
        """The prices in memory that are young enough for a list, by country id."""
        now = self._now()
        pairs = ((c, self._offers.get((service.id, c))) for c in self.countries)
        return {c: found.tag for c, found in pairs if found and timedelta(0) <= now - found.read_at <= _LISTED}

    async def price(self, service: Service, countries: Iterable[Country]) -> None:
        """Reads the prices of these countries at once, waiting a moment for them; the rest arrives behind."""
        known = self.tags(service)
        missing = [c for c in countries if c.id not in known]
        if not missing:
            return
        work = [self._nursery.start(self._try_read(service, c, Urgency.TAP), "price") for c in missing]
        await asyncio.wait(work, timeout=_VIEW_WAIT)

    def fill_behind(self, service: Service, countries: Sequence[int]) -> None:
        """Prices these countries at the lowest urgency, the first ones first; the service looked at last goes on."""
        if self._filling == service.id:
            return
        self._filling = service.id
        self._nursery.start(self._fill(service, countries), "fill prices")

    async def _fill(self, service: Service, countries: Sequence[int]) -> None:
        known = self.tags(service)
        for country in [self.countries[one] for one in countries if one in self.countries]:
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
        except HidSimError:
            return False
        return True

    async def _read(self, service: Service, country: Country, urgency: Urgency) -> Offers:
        """One request for everybody who waits for this pair: a price that many look at goes stale for all at once."""
        key = (service.id, country.id, urgency)
        if (reading := self._reading.get(key)) is None:
            reading = self._reading[key] = self._nursery.start(self._fetch(service, country, urgency), "read offers")
            reading.add_done_callback(lambda done: self._read_is_over(key, done))
        found = await asyncio.shield(reading)
        if isinstance(found, HidSimError):
            raise found
        return found

    def _read_is_over(self, key: tuple[int, int, Urgency], done: "asyncio.Task[Offers | HidSimError]") -> None:
        if self._reading.get(key) is done:
            del self._reading[key]

    async def _fetch(self, service: Service, country: Country, urgency: Urgency) -> Offers | HidSimError:
        """Returns what went wrong: who asked raises it, and a task that nobody waits for any more fails in silence.

        A price that rounds to nothing is no offer: nobody could be charged for it, and HidSim might read it as none.
        """
        try:
            products = await self._hidsim.products(service.hidsim_id, country.hidsim_id, urgency=urgency)
        except HidSimError as error:
            return error
        offers = tuple(self._offer(p) for p in products if to_micros(p.price))
        found = Offers(offers, self._now(), _tag(offers))
        self._offers[service.id, country.id] = found
        self._offers.move_to_end((service.id, country.id))
        while len(self._offers) > _KEPT_PAIRS:
            self._offers.popitem(last=False)
        return found

    def _offer(self, product: Product) -> Offer:
        ident = product.id if len(product.id) <= _BUTTON_ID else product.short_id or product.id
        shown = self._markup.shown(to_micros(product.price))
        return Offer(ident, shown, product.stock, product.name, product.price)

    def offers_at_hand(self, service_id: int, country_id: int, *, fresh: bool = False) -> tuple[Offer, ...] | None:
        """A pair's offers as last read, however long ago (`fresh`: a moment ago); None when they never were so."""
        known = self._offers.get((service_id, country_id))
        if fresh and known is not None and not timedelta(0) <= self._now() - known.read_at < _FRESH:
            return None
        return None if known is None else known.offers

    def forget_offers(self, service_id: int, country_id: int) -> None:
        """What was read of a pair is known to be wrong (406, sold out): the next screen reads again."""
        self._offers.pop((service_id, country_id), None)
        for urgency in Urgency:
            self._reading.pop((service_id, country_id, urgency), None)


def _codes(countries: Sequence[FarCountry]) -> list[tuple[str, str, str | None]]:
    """(HidSim's id, name, ISO code). Looking up an odd name may take a second: not for the loop."""
    return [(c.id, c.name, known_code(c.code) or code_of(c.name)) for c in countries]
