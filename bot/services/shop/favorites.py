"""What a person saved to buy again: a pair and its window."""

from bot.db.database import Database
from bot.db.shop import favorites
from bot.domain.catalog import Favorite
from bot.domain.price_window import Window
from bot.facts.pages import page_of
from bot.facts.shop import FavoritePage
from bot.services.account import Account
from bot.services.shop.catalog import Catalog

A_PAGE = 8


class Favorites:
    def __init__(self, database: Database, catalog: Catalog, account: Account) -> None:
        self._database = database
        self._catalog = catalog
        self._account = account

    async def save(self, person_id: int, service_id: int, country_id: int, window: Window) -> None:
        """Raises Refusal for a pair that is not in the catalog."""
        self._catalog.service(service_id)
        self._catalog.country(country_id)
        async with self._database.write() as tx:
            await favorites.save(tx, person_id, service_id, country_id, window)

    async def forget(self, person_id: int, service_id: int, country_id: int) -> None:
        async with self._database.write() as tx:
            await favorites.forget(tx, person_id, service_id, country_id)

    async def remove(self, person_id: int, favorite_id: int) -> Favorite | None:
        """What was removed, so that it can come back; None when it was gone already, or never theirs."""
        async with self._database.write() as tx:
            found = await favorites.get(tx, person_id, favorite_id)
            await favorites.remove(tx, person_id, favorite_id)
        return found

    async def page(self, person_id: int, number: int, removed: Favorite | None = None) -> FavoritePage:
        async with self._database.read() as tx:
            page = page_of(await favorites.count(tx, person_id), A_PAGE, number)
            found = await favorites.of_person(tx, person_id, A_PAGE, page.number * A_PAGE)
        return FavoritePage(tuple(found), page, self._account.currency, removed)
