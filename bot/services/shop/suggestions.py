"""What to suggest while somebody is still typing. From memory and our own database alone: HidSim is not asked."""

import asyncio
from collections.abc import Iterable

from bot.db.database import Database
from bot.db.shop import catalog as pairs
from bot.db.shop import favorites
from bot.domain.price_window import Window
from bot.domain.refusals import Refusal
from bot.facts.shop import Suggestion, SuggestionFacts
from bot.services.account import Account
from bot.services.shop.catalog import Catalog
from bot.services.shop.query import Query, parse_query

MOST = 20
_LONGEST = 64
"""Characters of a text that are looked at."""
_FAVORITES, _PAIRS = 8, 8


class Suggestions:
    """`on`: the operator wants inline search."""

    def __init__(self, database: Database, catalog: Catalog, account: Account, *, on: bool) -> None:
        self._database = database
        self._catalog = catalog
        self._account = account
        self.on = on

    async def of(self, person_id: int, text: str) -> SuggestionFacts:
        """For an empty text what they saved and bought. Raises DatabaseFault."""
        text = text[:_LONGEST].strip()
        found = await (self._typed(person_id, text) if text else self._own(person_id))
        return SuggestionFacts(tuple(dict.fromkeys(found))[:MOST], self._account.currency)

    async def _own(self, person_id: int) -> list[Suggestion]:
        services, countries = self._catalog.services, self._catalog.countries
        async with self._database.glance() as tx:
            saved = await favorites.of_person(tx, person_id, _FAVORITES, 0)
            bought = await pairs.own_pairs(tx, person_id, _PAIRS)
        found = [Suggestion(one.service, one.country, Window(one.low, one.high)) for one in saved]
        known = {(one.service.id, one.country.id) for one in saved}
        found += [
            Suggestion(services[service], countries[country])
            for service, country in bought
            if (service, country) not in known and service in services and country in countries
        ]
        return [one for one in found if one.service.id in services and one.country and one.country.id in countries]

    async def _typed(self, person_id: int, text: str) -> Iterable[Suggestion]:
        try:
            query = await asyncio.to_thread(self._read, text)
        except Refusal:  # rather the name of what is not sold
            return []
        services = [self._catalog.services[one] for one in query.service_ids if one in self._catalog.services]
        country = self._catalog.countries.get(query.country_id or 0)
        if not services and country is not None and not query.words:
            services = (await self._catalog.listed(person_id))[:_PAIRS]
        return [Suggestion(one, country) for one in services]

    def _read(self, text: str) -> Query:
        """Beside the loop, as what is typed into a chat. Raises Refusal for what is not sold."""
        query = parse_query(text, self._catalog.matcher, self._catalog.country_matcher)
        if query.service_ids:
            self._catalog.check_nearest(query.words)
        return query
