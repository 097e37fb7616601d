"""The lists that people page through: services, search results, countries."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import structlog

from bot.db.database import Database
from bot.db.shop import catalog
from bot.domain.catalog import Country, Service, Sort
from bot.domain.country_order import CountryOrder, Known, in_order, most_asked
from bot.domain.no_answer import NotDone
from bot.domain.refusals import Reason, Refusal
from bot.domain.results import Result
from bot.facts.pages import page_of
from bot.facts.shop import CountryPage, CountryRow, ServicePage
from bot.services.shop.catalog import Catalog
from bot.services.shop.listings import Listing, Listings
from bot.services.shop.query import Query, meaningful, parse_query, parts_of, read_country, read_maximum
from bot.services.shop.results import Results

_log = structlog.get_logger(__name__)

SERVICES_A_PAGE = 16
COUNTRIES_A_PAGE = 8
OWN_COUNTRIES = 3
FAMOUS_SERVICES = 8
"""So many are offered where a country was typed and no service."""
_READ_FIRST = 12
"""Countries of a new order that are priced before it stays: a page, and some in place of those sold out."""
SEARCH_LIMIT = 64
"""Characters of a typed text that are looked at."""
_MOST_DIGITS = 3
"""Of a text that is remembered: more could be a number or a code, which somebody pasted here by mistake."""

Names = Callable[[Country], str]
"""How a person reads a country's name."""


@dataclass(frozen=True, slots=True)
class Here:
    """Where the person stands who types: the countries of a service, or the price in one of them."""

    service: int
    country: int | None


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair, with a maximum in micro-units if one was named. `here`: it was reached from where the person stands."""

    service: int
    country: int
    maximum: int | None
    here: bool = False


@dataclass(frozen=True, slots=True)
class CountryStep:
    """A service and what goes on to the price. `unknown`: a text that was to be a country, and is none."""

    service: int
    maximum: int | None = None
    here: bool = False
    unknown: str = ""


@dataclass(frozen=True, slots=True)
class NoPrice:
    """A number where a maximum is typed, and not one that a number could cost."""


Typed = ServicePage | Pair | CountryStep | NoPrice


class Browsing:
    """Pages of the catalog for one person."""

    def __init__(self, database: Database, catalog: Catalog, results: Results) -> None:
        self._database = database
        self._catalog = catalog
        self._results = results
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

    async def search(self, person_id: int, text: str) -> ServicePage:
        """What a typed text finds; the page remembers its search, if it may, so that buttons lead back to it."""
        query = await self._read(text)
        found, unanswered, unknown = self._named(query.service_ids), False, query.unknown
        if not found and query.words:
            found, unanswered = await self._everywhere(query.words)
        if not found and query.words:
            found, unknown = await asyncio.to_thread(self._by_fewer_words, query.words.split())
        country = self._catalog.countries.get(query.country_id or 0)
        if not found and (country is not None or (query.max_micros and not query.words)):
            found, unknown = (await self._catalog.listed(person_id))[:FAMOUS_SERVICES], query.words
        search = await self._remembered(text)
        return ServicePage(
            tuple(found[:SERVICES_A_PAGE]),
            page_of(1, 1, 0),
            search,
            text,
            unanswered=unanswered,
            unknown=unknown,
            country=country,
            named=bool(found) and bool(query.words) and unknown != query.words,
            high=query.max_micros,
        )

    async def _remembered(self, text: str) -> int | None:
        """The search's id. What may hold a phone number or a code is answered, and written down nowhere."""
        if sum(sign.isdigit() for sign in text) > _MOST_DIGITS:
            return None
        async with self._database.write() as tx:
            return await catalog.search_id(tx, text)

    async def _read(self, text: str) -> Query:
        """Raises Refusal where words are rather the name of what this shop does not sell."""
        query = await asyncio.to_thread(self._parsed, text)
        if words := query.unknown or ("" if query.service_ids else query.words):
            self._catalog.check_words(words)
        return query

    def _parsed(self, text: str) -> Query:
        """Beside the loop: comparing with 20,000 names takes a tenth of a second."""
        query = parse_query(text, self._catalog.matcher, self._catalog.country_matcher)
        if query.service_ids:
            self._catalog.check_nearest(query.words)
        return query

    async def _everywhere(self, words: str) -> tuple[list[Service], bool]:
        """What the catalog and HidSim's own search find, and whether that gave no answer."""
        try:
            return await self._catalog.search(words), False
        except NotDone as error:
            _log.warning("HidSim's search did not answer", reason=error.why)
            return [], True

    def _named(self, service_ids: Iterable[int]) -> list[Service]:
        return [self._catalog.services[one] for one in service_ids if one in self._catalog.services]

    def _by_fewer_words(self, words: list[str]) -> tuple[list[Service], str]:
        """`telegra atlantis`: when all words together mean nothing, the most of them that stand together do."""
        for part, rest in parts_of(words):
            self._catalog.check_nearest(part)
            if found := self._named(self._catalog.matcher.find(part)):
                return found, meaningful(rest)
        return [], ""

    async def typed(self, person_id: int, text: str, here: Here | None = None) -> Typed:
        """What a text means where it was typed. Raises Refusal before the first catalog, and for what is not sold."""
        await self._check_catalog()
        text = text[:SEARCH_LIMIT]
        if here is not None and (found := await asyncio.to_thread(self._typed_here, text, here)) is not None:
            return found
        query = await self._read(text)
        if query.service_ids and not query.unknown:
            service = query.service_ids[0]
            if query.country_id is not None:
                return Pair(service, query.country_id, query.max_micros)
            if query.max_micros is not None:
                return CountryStep(service, query.max_micros)
        if here is not None and here.country is None and not query.service_ids:
            return CountryStep(here.service, here=True, unknown=text)
        return await self.search(person_id, text)

    async def asks_for_a_number(self, text: str, *, named_alone: bool) -> bool:
        """Whether a text names a service exactly, with a country or a maximum, and nothing else.

        `named_alone`: or the service alone. Says nothing of what is typed where a service is chosen.
        """
        text = text[:SEARCH_LIMIT]
        if read_maximum(text) is not None:
            return False
        matcher = self._catalog.matcher
        query = await asyncio.to_thread(parse_query, text, matcher, self._catalog.country_matcher)
        if query.unknown or not matcher.exact(query.words):
            return False
        return named_alone or query.country_id is not None or query.max_micros is not None

    def _typed_here(self, text: str, here: Here) -> Typed | None:
        """A country or a maximum of the service at hand; None for what is neither, or rather a service."""
        if (price := read_maximum(text)) is not None:
            if price.micros is None:
                return NoPrice()
            if here.country is None:
                return CountryStep(here.service, price.micros, here=True)
            return Pair(here.service, here.country, price.micros, here=True)
        found = read_country(text, self._catalog.country_matcher)
        if found is None or not (found.sure or not self._catalog.matcher.find(text)):
            return None
        return Pair(here.service, found.country_id, found.max_micros, here=True)

    async def search_again(self, person_id: int, search: int) -> ServicePage:
        """The results of a remembered search. Raises Refusal for one that never was."""
        async with self._database.read() as tx:
            text = await catalog.search_text(tx, search)
        if text is None:
            raise Refusal(Reason.NO_SERVICE)
        return await self.search(person_id, text)

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
        shown = sort if sort is Sort.SOLD_OUT else found.sort
        results = await self._results.of(service.id)
        ids = found.sold_out if sort is Sort.SOLD_OUT else found.countries
        page = page_of(len(ids), COUNTRIES_A_PAGE, number)
        places = range(page.number * COUNTRIES_A_PAGE, min((page.number + 1) * COUNTRIES_A_PAGE, len(ids)))
        if sort is not Sort.SOLD_OUT:
            ids = self._settled(found, service, places, names, results)
        here = ids[places.start : places.stop]
        in_view = [self._catalog.countries[one] for one in here if one in self._catalog.countries]
        await self._catalog.prices.price(service, in_view)
        tags = self._catalog.prices.tags(service)
        self._catalog.prices.fill_behind(service, found.countries)
        return CountryPage(
            service=service,
            sort=shown,
            page=page,
            rows=tuple(CountryRow(one, tags.get(one.id), results.get(one.id)) for one in in_view),
            listing=found.id,
            chosen=found.sort,
            sold_out=len(found.sold_out),
            high=found.high,
            unread=sum(one not in tags for one in found.countries),
            has_results=bool(results),
        )

    def _settled(
        self, listing: Listing, service: Service, places: range, names: Names, results: Mapping[int, Result]
    ) -> tuple[int, ...]:
        """The order, in which those that nobody saw yet stand by the prices that have come in since."""
        if not listing.seen.issuperset(places):
            unseen, countries = listing.unseen(), self._catalog.countries
            rest = [countries[one] for one in unseen if one in countries]
            spelt = {one.id: names(one) for one in rest}
            tags, asked = self._catalog.prices.tags(service), most_asked(rest)
            known = Known(tags, spelt, asked=asked, results=results, high=listing.high, page=0)
            order = in_order(rest, listing.sort, known)
            listing.settle(places, list(dict.fromkeys([*order.listed, *order.sold_out, *unseen])))
        return listing.countries

    async def _listed(self, person_id: int, service: Service, sort: Sort, names: Names, high: int | None) -> Listing:
        """A new order of the countries. Those that would stand first are priced before, so that none is sold out."""
        async with self._database.glance() as tx:
            recent = await catalog.own_countries(tx, person_id, service.id, OWN_COUNTRIES)
            bought = await catalog.countries_most_bought(tx, service.id, COUNTRIES_A_PAGE)
        countries = self._catalog.countries
        asked = list(dict.fromkeys([*bought, *most_asked(list(countries.values()))]))
        spelt = {one.id: names(one) for one in countries.values()}
        results = await self._results.of(service.id)
        strict = sort is not Sort.SOLD_OUT and (results or sort is not Sort.BEST)
        chosen = sort if strict else Sort.USUAL

        def ordered() -> CountryOrder:
            tags = self._catalog.prices.tags(service)
            known = Known(tags, spelt, recent, asked, results, high, COUNTRIES_A_PAGE)
            return in_order(list(countries.values()), chosen, known)

        await self._catalog.prices.price(service, [countries[one] for one in ordered().listed[:_READ_FIRST]])
        found = ordered()
        return self._listings.add(person_id, service.id, chosen, found.listed, found.sold_out, high, COUNTRIES_A_PAGE)
