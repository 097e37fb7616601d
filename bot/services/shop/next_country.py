"""The country in which to try next, when it may be the country's fault that no code came."""

from collections.abc import Collection

from bot.domain.catalog import Country, Service
from bot.domain.country_order import most_asked
from bot.domain.price_window import Ladder, Window
from bot.domain.refusals import Refusal
from bot.domain.results import Result
from bot.services.shop.catalog import Catalog
from bot.services.shop.results import Results

_ASKED = 8
"""Countries whose prices are read at once where too few are known."""
_ROUNDS = 3
"""How often so many more are read as long as none of those known has a number."""
_UNTOLD = 0.3
"""What a country is worth of which too few people tell: more than a bad one, less than a good one. A share of codes."""


class NextCountry:
    """Looks no further than a window that its person agreed to, and buys nothing."""

    def __init__(self, catalog: Catalog, results: Results) -> None:
        self._catalog = catalog
        self._results = results

    async def best(self, service_id: int, window: Window, tried: Collection[int]) -> Country | None:
        """By its results, then the cheapest, where offers lie inside the window now; none that was tried.

        None: there is none. Raises Refusal for a service that is not sold any more, and DatabaseFault.
        """
        service = self._catalog.service(service_id)
        untried = [one for one in self._catalog.countries.values() if one.id not in tried]
        for enough in range(_ASKED, (_ROUNDS + 1) * _ASKED, _ASKED):
            learned = await self._read(service, untried, enough)
            if not learned and enough > _ASKED:
                return None
            best = await self._best_known(service, window, untried)
            if best is not None:
                return best
        return None

    async def _best_known(self, service: Service, window: Window, untried: list[Country]) -> Country | None:
        results = await self._results.of(service.id)
        found = [(one.id, lowest) for one in untried if (lowest := self._lowest(service, one, window))]
        ranked = sorted((-_worth(results.get(one)), lowest, one) for one, lowest in found)
        for _, _, country_id in ranked[:3]:
            country = self._catalog.countries.get(country_id)
            if country is not None and await self._is_offered(service, country, window):
                return country
        return None

    def check(self, country_id: int) -> None:
        """Raises Refusal for a country that is not sold."""
        self._catalog.country(country_id)

    async def _read(self, service: Service, untried: list[Country], enough: int) -> bool:
        """Those that most people ask for first, where fewer than `enough` are known. Whether more are known now."""
        known = self._catalog.prices.tags(service)
        if sum(one.id in known for one in untried) < enough:
            asked = dict.fromkeys([*most_asked(untried), *(one.id for one in untried)])
            unread = [self._catalog.country(one) for one in asked if one not in known]
            await self._catalog.prices.price(service, unread[:_ASKED])
        return len(self._catalog.prices.tags(service)) > len(known)

    def _lowest(self, service: Service, country: Country, window: Window) -> int | None:
        """The lowest price inside the window, as it was read last."""
        offers = self._catalog.prices.offers_at_hand(service.id, country.id) or ()
        return next((price for price in Ladder(offers).prices if window.holds(price) and price), None)

    async def _is_offered(self, service: Service, country: Country, window: Window) -> bool:
        """By offers that were read a moment ago."""
        try:
            found = await self._catalog.prices.offers(service, country)
        except Refusal:
            return False
        return bool(Ladder(found.offers).match(window).offers)


def _worth(result: Result | None) -> float:
    """In tenths: a price decides between what is nearly the same."""
    return round(_UNTOLD if result is None else result.lower_bound, 1)
