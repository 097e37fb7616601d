"""The pairs of which a person bought numbers lately."""

from bot.db.database import Database
from bot.db.shop import catalog
from bot.facts.shop import RecentPair
from bot.services.shop.catalog import Catalog

_LOOKED_AT = 8
"""Some of the last ones may not be sold any more."""


class RecentPairs:
    """Of what the shop sells now."""

    def __init__(self, database: Database, catalog: Catalog) -> None:
        self._database = database
        self._catalog = catalog

    async def of(self, person_id: int, limit: int = 2) -> tuple[RecentPair, ...]:
        """The newest first, each pair once; at most eight. Raises DatabaseFault."""
        async with self._database.glance() as tx:
            pairs = await catalog.own_pairs(tx, person_id, _LOOKED_AT)
        services, countries = self._catalog.services, self._catalog.countries
        sold = [(one, country) for one, country in pairs if one in services and country in countries]
        return tuple(RecentPair(services[one], countries[country]) for one, country in sold[:limit])
