"""The lists that people page through: services, search results, countries."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.db import catalog as rows
from bot.db.database import Database
from bot.domain.catalog import CountryPage, Service, ServicePage, Sort, page_of, sorted_rows
from bot.domain.refusals import Reason, Refusal
from bot.hidsim import HidSimError
from bot.services.catalog import Catalog
from bot.services.matching import parse_query

_log = structlog.get_logger(__name__)

SERVICES_A_PAGE = 16
COUNTRIES_A_PAGE = 10
SEARCH_LIMIT = 64
"""Characters of a typed text that are looked at."""
_SHORTEST_PART = 3
"""Fewer characters begin too many names to mean one."""


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
        is_country = query.country_id is not None and not query.words
        shown = tuple(found[:SERVICES_A_PAGE])
        return ServicePage(shown, page_of(1, 1, 0), search, text, unanswered=unanswered, is_country=is_country)

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
        self, person_id: int, service_id: int, sort: Sort, number: int, names: Mapping[int, str]
    ) -> CountryPage:
        """A page of countries with the prices of those in view; the others are priced behind."""
        service = self._catalog.service(service_id)
        async with self._database.read() as connection:
            recent = await rows.own_countries(connection, person_id, 3)
        countries = list(self._catalog.countries.values())
        if not countries:
            raise Refusal(Reason.HIDSIM_DOWN)
        page = page_of(len(countries), COUNTRIES_A_PAGE, number)
        here = slice(page.number * COUNTRIES_A_PAGE, (page.number + 1) * COUNTRIES_A_PAGE)
        in_view = sorted_rows(countries, self._catalog.tags(service), sort, recent, names)[here]
        await self._catalog.price(service, [row.country for row in in_view])
        tags = self._catalog.tags(service)
        self._catalog.fill_behind(service)
        return CountryPage(
            service=service,
            sort=sort,
            page=page,
            rows=tuple(sorted_rows([row.country for row in in_view], tags, sort, recent, names)),
            unread=len(countries) - len(tags),
        )
