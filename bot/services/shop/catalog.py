"""Services and countries: kept in the database and in memory, also served while HidSim is down."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.db.database import Database
from bot.db.shop import catalog
from bot.domain.alerts import Alert, AlertKind, ShortList
from bot.domain.catalog import Country, Service, labels
from bot.domain.listed import Listed
from bot.domain.no_answer import NotDone
from bot.domain.refusals import Reason, Refusal
from bot.faults import DatabaseFault
from bot.i18n import code_of, known_code
from bot.services.partner import Partner
from bot.services.shop.denial import Assortment, Denial, told
from bot.services.shop.prices import VIEW_WAIT, Prices
from bot.services.shop.shelf import Shelf, shelved
from bot.services.shop.shortfall import Shortfall
from bot.services.telling.alerts import Alerts
from bot.tasks import Nursery
from bot.ticks import every

_log = structlog.get_logger(__name__)

_REFRESHED = timedelta(hours=1)
_AT_ONCE = 500
"""Services that are read or written while everybody else waits for the connection."""


class Catalog:
    """Everything that can be bought. Names no words: lists come back as facts."""

    def __init__(
        self,
        database: Database,
        partner: Partner,
        nursery: Nursery,
        aliases: Mapping[str, Sequence[str]],
        alerts: Alerts,
        denial: Denial,
    ) -> None:
        self._database = database
        self._partner = partner
        self._nursery = nursery
        self._aliases = aliases
        self._alerts = alerts
        self._denial = denial
        self._unmatched_told = False
        self._shelf = Shelf()
        self._short_services, self._short_countries = Shortfall(), Shortfall()
        self._refreshing = asyncio.Lock()
        self._first: asyncio.Task[bool] | None = None
        self._loading = asyncio.Lock()
        self.services: dict[int, Service] = {}
        self.countries: dict[int, Country] = {}
        self.matcher, self.country_matcher = self._shelf.matcher, self._shelf.country_matcher
        self.refreshed_at: datetime | None = None
        self.prices = Prices(partner, nursery, lambda: self.countries)

    async def load(self) -> None:
        """From the database into memory. Thousands of services are put in order beside the event loop."""
        async with self._loading:
            services = await self._saved_services()
            async with self._database.read() as tx:
                countries = await catalog.all_countries(tx)
                before = await catalog.denied_services(tx), await catalog.hidden_countries(tx)
            found = Assortment(services, countries, *before)
            self._shelf = shelf = await asyncio.to_thread(shelved, found, self._denial, self._aliases)
            self.services, self.countries = shelf.services, shelf.countries
            self.matcher, self.country_matcher = shelf.matcher, shelf.country_matcher

    async def _saved_services(self) -> list[Service]:
        found: list[Service] = []
        while True:
            async with self._database.read() as tx:
                part = await catalog.services_after(tx, found[-1].id if found else 0, _AT_ONCE)
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
            services = await self._partner.services()
            countries = await self._partner.countries()
        except NotDone as error:
            _log.warning("the catalog could not be refreshed", reason=error.why)
            return False
        if not services or not countries:
            _log.warning("HidSim's catalog came empty and was ignored")
            await self._tell_short(len(services), len(countries))
            return False
        codes = await asyncio.to_thread(_codes, countries)
        await self._note_denied()
        keeping = self._short_services.keeps(self._standing(self._shelf.all.services), {s.id for s in services})
        keeping_countries = self._short_countries.keeps(
            self._standing(self._shelf.all.countries), {c.id for c in countries}
        )
        if keeping or keeping_countries:
            await self._tell_short(len(services), len(countries))
        wrote_services = await self._save_services(services, keeping)
        if await self._save_countries(codes, keeping_countries) or wrote_services:
            await self.load()
        self.refreshed_at = self._database.now()
        self._tell_unmatched()
        return True

    async def first_read(self) -> bool:
        """Whether there is a catalog. While there was never one, a tap joins its reading and waits a moment."""
        if not self._shelf.all.services:
            if self._first is None or self._first.done():
                self._first = self._nursery.start(self.refresh(), "first catalog")
            await asyncio.wait([self._first], timeout=VIEW_WAIT)
        return bool(self._shelf.all.services)

    async def _save_services(self, listed: Sequence[Listed], keeping: Collection[str]) -> bool:
        """Writes what is not known yet, in portions between which others come in. Whether there was anything."""
        known, found = {s.hidsim_id: s.name for s in self._shelf.all.services}, {s.id: s.name for s in listed}
        changed = [(key, name) for key, name in found.items() if known.get(key) != name]
        gone = [key for key in known if key not in found and key not in keeping]
        for start in range(0, len(changed), _AT_ONCE):
            async with self._database.write() as tx:
                await catalog.save_services(tx, changed[start : start + _AT_ONCE], complete=False)
        for start in range(0, len(gone), _AT_ONCE):
            async with self._database.write() as tx:
                await catalog.services_gone(tx, gone[start : start + _AT_ONCE])
        return bool(changed or gone)

    async def _save_countries(self, listed: Sequence[tuple[str, str, str | None]], keeping: Collection[str]) -> bool:
        """The same for countries, of which there are few."""
        ours = self._shelf.all.countries
        known, found = {(c.hidsim_id, c.name, c.code) for c in ours}, {one[0] for one in listed}
        kept = {one for one in known if one[0] in keeping and one[0] not in found}
        if known == {*listed, *kept} and labels(ours) == {c.id: c.label for c in ours}:
            return False
        async with self._database.write() as tx:
            await catalog.save_countries(tx, listed, keeping=keeping)
        return True

    def _standing(self, known: Sequence[Service] | Sequence[Country]) -> set[str]:
        return {one.hidsim_id for one in known}

    async def _note_denied(self) -> None:
        """Before HidSim's names are read: what is denied by its name of now stays so under any later one."""
        denied, before = self._shelf.denied, self._shelf.all
        services = {one: entry for one, entry in denied.services.items() if before.denied.get(one) != entry}
        countries = {one: entry for one, entry in denied.countries.items() if before.hidden.get(one) != entry}
        if not services and not countries:
            return
        async with self._database.write() as tx:
            await catalog.note_denied_services(tx, services)
            await catalog.note_hidden_countries(tx, countries)
        noted = replace(before, denied={**before.denied, **services}, hidden={**before.hidden, **countries})
        self._shelf = replace(self._shelf, all=noted)

    def _tell_unmatched(self) -> None:
        """Once in this run, when the catalog is there: an entry with a typo protects nobody."""
        if self._unmatched_told:
            return
        self._unmatched_told = True
        for sentence in told(self._shelf.denied, self._denial):
            _log.warning(sentence)

    async def _tell_short(self, services: int, countries: int) -> None:
        """Admins hear once a day of each list that lacks more than half of what stood."""
        day = self._database.now().date().isoformat()
        found = {
            AlertKind.SHORT_SERVICES: (services, len(self._shelf.all.services)),
            AlertKind.SHORT_COUNTRIES: (countries, len(self._shelf.all.countries)),
        }
        for kind, (brought, stood) in found.items():
            if 2 * brought >= stood:
                continue
            _log.warning("HidSim's list is short", list=kind.value, brought=brought, stood=stood)
            async with self._database.write() as tx:
                facts = ShortList(brought, stood)
                await self._alerts.raise_in(tx, Alert(kind, day, facts=facts))

    @every(15, "catalog")
    async def refresh_if_due(self) -> None:
        """The clock's tick: soon again while it was never read in this run, else about once an hour."""
        if self._refreshing.locked():
            return
        if self.refreshed_at is None or not timedelta(0) <= self._database.now() - self.refreshed_at <= _REFRESHED:
            await self.refresh()

    def service(self, service_id: int) -> Service:
        """Raises Refusal: the service is not in the catalog (any more), or this shop does not sell it."""
        if (found := self.services.get(service_id)) is None:
            raise Refusal(Reason.SERVICE_DENIED if service_id in self._shelf.denied.services else Reason.NO_SERVICE)
        return found

    def country(self, country_id: int) -> Country:
        """Raises Refusal: the country is not in the catalog (any more), or this shop does not sell numbers of it."""
        if (found := self.countries.get(country_id)) is None:
            raise Refusal(Reason.COUNTRY_HIDDEN if country_id in self._shelf.denied.countries else Reason.NO_COUNTRY)
        return found

    def check_words(self, words: str) -> None:
        """Raises Refusal for the name of what this shop does not sell: nothing else is to be found by it."""
        if self._shelf.denied_matcher.exact(words):
            raise Refusal(Reason.SERVICE_DENIED)
        hidden = self._shelf.hidden_matcher
        if any(look(words) is not None for look in (hidden.named, hidden.coded, hidden.dialled)):
            raise Refusal(Reason.COUNTRY_HIDDEN)

    def check_nearest(self, words: str) -> None:
        """Raises Refusal where words that only resemble names of what is sold are nearer to what is not.

        Compares with every name, so beside the loop.
        """
        if self._shelf.denied_matcher.is_nearer(words, self.matcher):
            raise Refusal(Reason.SERVICE_DENIED)

    async def listed(self, person_id: int) -> list[Service]:
        """All services: own recent ones, the shop's most bought, those everybody knows, then the rest by name."""
        async with self._database.glance() as tx:
            first = [*await catalog.own_services(tx, person_id, 4), *await catalog.most_bought(tx, 12)]
        return [self.services[i] for i in dict.fromkeys([*first, *self._shelf.in_order]) if i in self.services]

    async def search(self, text: str) -> list[Service]:
        """Our own matches; HidSim's search when ours finds nothing. Raises NotDone when that gives no answer."""
        ours = await asyncio.to_thread(self.matcher.find, text)
        if found := [self.services[i] for i in ours if i in self.services]:
            return found
        theirs = await self._partner.search_services(text)
        if not theirs:
            return []
        await self._note_denied()
        async with self._database.write() as tx:
            await catalog.save_services(tx, ((s.id, s.name) for s in theirs), complete=False)
        await self.load()
        known = {s.hidsim_id: s for s in self.services.values()}
        return [known[s.id] for s in theirs if s.id in known][:16]


def _codes(countries: Sequence[Listed]) -> list[tuple[str, str, str | None]]:
    """(HidSim's id, name, ISO code). Looking up an odd name may take a second: not for the loop."""
    return [(c.id, c.name, known_code(c.code) or code_of(c.name)) for c in countries]
