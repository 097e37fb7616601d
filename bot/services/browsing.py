"""The lists that people page through: services, search results, countries."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.db import catalog as rows
from bot.db.database import Database
from bot.domain.catalog import (
    Country,
    CountryOrder,
    CountryPage,
    CountryRow,
    Service,
    ServicePage,
    Sort,
    in_order,
    most_asked,
    page_of,
)
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import HidSimError
from bot.services.catalog import Catalog
from bot.services.listings import Listing, Listings
from bot.services.matching import parse_query

_log = structlog.get_logger(__name__)

SERVICES_A_PAGE = 16
COUNTRIES_A_PAGE = 8
OWN_COUNTRIES = 3
_READ_FIRST = 12
"""Countries of a new order that are priced before it stays: a page, and some in place of those sold out."""
SEARCH_LIMIT = 64
"""Characters of a typed text that are looked at."""
_SHORTEST_PART = 3
"""Fewer characters begin too many names to mean one."""


Names = Callable[[Country], str]
"""How a person reads a country's name."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What typed words mean: a page of services, or a pair with an optional maximum in micro-units."""

    page: ServicePage
    pair: tuple[int, int] | None
    maximum: int | None


class Browsing:
    """Pages of the catalog for one person."""

    def __init__(self, database: Database, catalog: Catalog, now: Callable[[], datetime]) -> None:
        self._database = database
        self._catalog = catalog
        self._now = now
        self._listings = Listings()

    async def services(self, person_id: int, number: int) -> ServicePage:
        """Raises Refusal while the catalog has never been read."""
        await self._check_catalog()
        found = await self._catalog.listed(person_id)
        page = page_of(len(found), SERVICES_A_PAGE, number)
        start = page.number * SERVICES_A_PAGE
        return ServicePage(tuple(found[start : start + SERVICES_A_PAGE]), page)

    async def _check_catalog(self) -> None:
        if not await self._catalog.first_read():
            raise Refusal(Reason.HIDSIM_DOWN)

    async def search(self, text: str) -> ServicePage:
        """What a typed text finds; the page remembers its search, so that buttons lead back to it."""
        query = parse_query(text, self._catalog.matcher, self._catalog.country_matcher)
        found, unanswered = self._named(query.service_ids), False
        if not found:
            found, unanswered = await self._everywhere(query.words or text)
        found = found or self._by_fewer_words(text.split())
        async with self._database.write() as connection:
            search = await rows.search_id(connection, text)
        shown = tuple(found[:SERVICES_A_PAGE])
        return ServicePage(shown, page_of(1, 1, 0), search, text, unanswered=unanswered)

    async def _everywhere(self, words: str) -> tuple[list[Service], bool]:
        """What the catalog and HidSim's own search find, and whether that gave no answer."""
        try:
            return await self._catalog.search(words), False
        except HidSimError as error:
            _log.warning("HidSim's search did not answer", error=type(error).__name__)
            return [], True

    def _named(self, service_ids: Iterable[int]) -> list[Service]:
        return [self._catalog.services[one] for one in service_ids if one in self._catalog.services]

    def _by_fewer_words(self, words: Sequence[str]) -> list[Service]:
        """`telegram atlantis`: when all words together mean nothing, the most of them that stand together do."""
        for size in range(len(words) - 1, 0, -1):
            for part in (words[:size], words[-size:]):
                text = " ".join(part)
                if len(text) >= _SHORTEST_PART and (found := self._named(self._catalog.matcher.find(text))):
                    return found
        return []

    async def typed(self, text: str) -> Typed:
        """A search, or the pair and maximum that the words name (`telegram brazil 0.3`).

        Raises Refusal while the catalog has never been read.
        """
        await self._check_catalog()
        query = parse_query(text, self._catalog.matcher, self._catalog.country_matcher)
        if len(query.service_ids) > 0 and query.country_id is not None:
            return Typed(ServicePage((), page_of(0, 1, 0)), (query.service_ids[0], query.country_id), query.max_micros)
        return Typed(await self.search(text[:SEARCH_LIMIT]), None, None)

    async def search_again(self, search: int) -> ServicePage:
        """The results of a remembered search. Raises Refusal for one that never was."""
        async with self._database.read() as connection:
            text = await rows.search_text(connection, search)
        if text is None:
            raise Refusal(Reason.NO_SERVICE)
        return await self.search(text)

    async def countries(
        self,
        person_id: int,
        service_id: int,
        sort: Sort,
        number: int,
        names: Names,
        listing: int | None = None,
        high: int | None = None,
    ) -> CountryPage:
        """A page of countries with the prices of those in view; the others are priced behind.

        `listing`: the order of before, if it is still known. Raises Refusal for an unknown service, or no catalog.
        """
        service = self._catalog.service(service_id)
        if not self._catalog.countries:
            raise Refusal(Reason.HIDSIM_DOWN)
        found = self._listings.find(listing, person_id, service_id, sort)
        found = found or await self._listed(person_id, service, sort, names, high)
        ids = found.sold_out if sort is Sort.SOLD_OUT else found.countries
        page = page_of(len(ids), COUNTRIES_A_PAGE, number)
        here = ids[page.number * COUNTRIES_A_PAGE : (page.number + 1) * COUNTRIES_A_PAGE]
        in_view = [self._catalog.countries[one] for one in here if one in self._catalog.countries]
        await self._catalog.price(service, in_view)
        tags = self._catalog.tags(service)
        self._catalog.fill_behind(service, found.countries)
        return CountryPage(
            service=service,
            sort=sort,
            page=page,
            rows=tuple(CountryRow(country, tags.get(country.id)) for country in in_view),
            listing=found.id,
            chosen=found.sort,
            sold_out=len(found.sold_out),
            high=found.high,
        )

    async def _listed(self, person_id: int, service: Service, sort: Sort, names: Names, high: int | None) -> Listing:
        """A new order of the countries. Those that would stand first are priced before, so that none is sold out."""
        async with self._database.read() as connection:
            recent = await rows.own_countries(connection, person_id, service.id, OWN_COUNTRIES)
            bought = await rows.countries_most_bought(connection, service.id, COUNTRIES_A_PAGE)
        countries = self._catalog.countries
        asked = list(dict.fromkeys([*bought, *most_asked(list(countries.values()))]))
        spelt = {one.id: names(one) for one in countries.values()}
        chosen = Sort.CHEAPEST if sort is Sort.SOLD_OUT else sort

        def ordered() -> CountryOrder:
            tags = self._catalog.tags(service)
            return in_order(
                list(countries.values()),
                tags,
                chosen,
                recent=recent,
                asked=asked,
                names=spelt,
                known=COUNTRIES_A_PAGE,
            )

        await self._catalog.price(service, [countries[one] for one in ordered().listed[:_READ_FIRST]])
        found = ordered()
        return self._listings.add(person_id, service.id, chosen, found.listed, found.sold_out, high)
